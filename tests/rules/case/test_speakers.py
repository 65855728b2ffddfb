"""Rules may ask for a person with a name, and for one of the customer's own contacts."""

from copy import copy

import pytest
import yaml

from listener.catalogue.rules import Example, Owes, Rule, RuleBook
from listener.model.inputs import Profile
from listener.model.ledger import Ledger
from listener.rules.case import Case, of_signal
from listener.rules.case.speakers import is_their_contact
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.rehearsing import rehearse, speaks
from listener.rules.situations import holds
from tests.rules.builders import CATALOGUE, belief, debt, said


def case(side: str = "agent", agent_id: str | None = "maria", contacts: tuple[str, ...] = (), **cues: float) -> Case:
    profile = Profile(customer_id="C-1", named_contacts=contacts)
    return of_signal(Ledger(), said(side, agent_id=agent_id, **cues), belief("captive"), profile, CATALOGUE)


@pytest.mark.parametrize(
    ("agent_id", "contact", "is_one"),
    [
        ("Maria", "maria", True),
        ("morag", "Morag Innes", True),
        ("innes-morag", "Morag Innes", True),
        ("ann", "Ann Lee", True),
        ("magda.z", "Magda Zielinska", True),
        ("rochat", "Mme Rochat", True),
        ("小林", "小林", True),
        ("frau lenz", "Frau Meier", False),
        ("night-14", "Mme Rochat", False),
        ("mar", "Maria", False),
        ("47", "47 Club", False),
        (None, "Maria", False),
    ],
)
def test_a_contact_is_known_by_their_name_or_parts_of_it(agent_id: str | None, contact: str, is_one: bool) -> None:
    assert is_their_contact(case(agent_id=agent_id, contacts=("Jo", contact))) is is_one


def test_where_no_profile_is_known_nobody_is_their_contact() -> None:
    known = case(contacts=("Maria",))
    known.profile = None
    assert not is_their_contact(known)


def test_a_bot_with_a_name_is_no_person() -> None:
    for words in ("from a named person", "from their contact"):
        assert holds(words, case(contacts=("Maria",)))
        assert not holds(words, case("bot", contacts=("Maria",)))
        assert not holds(words, case("customer", contacts=("Maria",)))
    assert not holds("from a named person", case(agent_id=None))
    assert not holds("from their contact", case(contacts=()))


def settled(way: str, one: Case) -> bool:
    return SETTLEMENTS[way].concerns(one) and not SETTLEMENTS[way].lacks(one, debt())


def test_a_word_from_a_named_person_settles_and_thanks_alone_do_not() -> None:
    assert settled("named person", case())
    assert not settled("named person", case(agent_id=None))
    assert not settled("their contact", case())
    assert settled("their contact", case(contacts=("Maria",)))
    for way in ("named person", "their contact"):
        assert not settled(way, case(contacts=("Maria",), thanks_only=0.6))
        assert not settled(way, case("bot", contacts=("Maria",)))


@pytest.mark.parametrize(("agent_id", "fires"), [("maria", False), (None, True), ("jo", True)])
def test_a_rule_may_owe_an_answer_by_their_contact(agent_id: str | None, fires: bool) -> None:
    owes = Owes(when="customer", says={"question": 0.5}, within="24 h", settled_by=("their contact",))
    rule = Rule(id="by-maria", code="F02", title="Their contact did not answer", owes=owes, why="They know each other")
    given = yaml.safe_load("[{at: 0 h, talk: t, customer: {question: 0.9}}, {at: 2 h, talk: t, agent: {concrete: 1}}]")
    given[1]["agent_id"] = agent_id
    story = Example(name="x", type="captive", given=tuple(given), until="3 d", named_contacts=("Maria",))
    book = copy(CATALOGUE)
    book.__dict__["rules"] = RuleBook({rule.id: rule})
    assert speaks(rule, rehearse(story, book))[0] is fires
