"""What an agent is told before speaking."""

from datetime import timedelta

from msgspec.structs import replace

from listener.briefing import brief
from listener.model.inputs import Profile
from listener.model.types import TYPES
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import WHO, Customer
from tests.alerting.test_life import failure, ignored
from tests.rules.builders import CATALOGUE, belief


def told(customer: Customer, wanted: str, sure: float = 0.9):
    profile = Profile(customer_id="C-1", name="Ann", named_contacts=("Maria",))
    return brief(WHO, BEGIN, belief(wanted, sure), customer.ledger, customer.told, profile, CATALOGUE).checked()


def test_it_says_what_is_open_what_to_do_and_what_would_insult() -> None:
    customer = Customer("basic_exchange").hear(failure(), ignored("1 h"))
    briefing = told(customer, "basic_exchange")
    assert [one.what for one in briefing.open_matters] == [
        "The product or service failed the customer",
        "The customer's question or complaint went unanswered",
    ]
    assert "campaign" in briefing.avoid
    assert briefing.do
    assert "1 matter to mend first" in briefing.in_one_line
    assert briefing.history.named_contacts == ("Maria",)


def test_what_is_owed_and_alerted_is_told_once() -> None:
    customer = Customer("captive").hear(ignored()).wait(timedelta(hours=25))
    assert len(told(customer, "captive").open_matters) == 1


def test_no_published_type_name_is_shown_to_people() -> None:
    for name in TYPES:
        line = told(Customer(name), name).in_one_line.lower()
        assert name.replace("_", " ") not in line or CATALOGUE.types.by_id[name].display.lower() in line
        assert "slave" not in line


def test_what_they_expect_is_said_without_its_sources() -> None:
    """Who answers the phone reads it: where it was read stands beside it in the catalogue."""
    for kind in CATALOGUE.types.by_id.values():
        assert not [said for said in kind.expects if set(said) & set("[]()")]


def test_an_unsettled_belief_says_so() -> None:
    assert told(Customer("fling"), "fling", sure=0.3).in_one_line.startswith("Not settled yet")


def test_nothing_changed_means_the_same_briefing() -> None:
    customer = Customer("basic_exchange").hear(failure())
    assert told(customer, "basic_exchange") == told(customer, "basic_exchange")


def test_what_the_customer_did_is_no_wound_to_mend() -> None:
    """An open alert about an act of the customer's own has no moves of ours in the book of repairs."""
    customer = Customer("captive").hear(ignored()).wait(timedelta(hours=25))
    theirs = tuple(replace(one, code="C02") for one in customer.told.open)
    customer.told = replace(customer.told, open=theirs)
    assert theirs
    assert told(customer, "captive").do
