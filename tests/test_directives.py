"""What the CRM and operators say of a customer: what it changes is told at once, not when the customer next speaks."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from listener import catalogue
from listener.book import Book, Core
from listener.model.inputs import Command, Profile
from listener.model.outcomes import Outcome
from listener.model.outputs import Briefing, Estimate, Transition
from listener.model.signals import Commanded, ProfileTold
from listener.settings import Settings
from listener.workbench import core_of
from tests.test_merging import NEW, NOON, complaint, said

EUROS = {"amount": "9000.00", "currency": "EUR"}


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), catalogue.load())


def overriding(minute: int, name: str = "", **told: str) -> Commanded:
    facts = said(minute, NEW, name)
    order = {"command_id": facts["event_id"], "occurred_at": facts["occurred_at"], "customer_id": NEW}
    return Commanded(**facts, data=Command(**order, command="override", **told))


def profile(minute: int, **told: Any) -> ProfileTold:
    return ProfileTold(**said(minute, NEW), data=Profile(customer_id=NEW, **told))


def by_topic(outcomes: Any) -> dict[str, Outcome]:
    return {one.topic: one for one in outcomes}


def test_what_an_operator_says_the_relationship_is_stands_in_the_estimate_at_once(core: Core) -> None:
    book = Book(core)
    list(book.take(complaint(1, NEW)))
    outcomes = list(book.take(overriding(2, held="best_friends", wanted="best_friends")))
    told = by_topic(outcomes)
    assert told.keys() == {"estimates", "briefings", "transitions"}
    estimate, briefing = (told[one].value for one in ("estimates", "briefings"))
    assert isinstance(estimate, Estimate)
    assert (estimate.held.top[0].type, estimate.as_of) == ("best_friends", NOON + timedelta(minutes=2))
    assert isinstance(briefing, Briefing)
    assert briefing.held[0].type == "best_friends"
    moves = [one.value for one in outcomes if isinstance(one.value, Transition) and one.value.kind == "type_change"]
    assert {(move.track, move.to) for move in moves} >= {("held", "best_friends"), ("wanted", "best_friends")}


def test_two_overrides_of_one_moment_are_two_estimates(core: Core) -> None:
    """They differ, so whoever sorts out what comes twice by its id must not take one for the other."""
    book = Book(core)
    list(book.take(complaint(1, NEW)))
    one, other = (by_topic(book.take(overriding(2, held, held=held)))["estimates"] for held in ("fling", "kinship"))
    assert one.value.held.top[0].type != other.value.held.top[0].type
    assert one.id != other.id


def test_a_profile_that_says_something_new_changes_what_is_at_risk_at_once(core: Core) -> None:
    book = Book(core)
    list(book.take(complaint(1, NEW)))
    told = by_topic(book.take(profile(2, annual_value=EUROS, name="Ann")))
    assert told["estimates"].value.value.at_risk is not None
    assert told["briefings"].value.name == "Ann"
    assert "alerts" not in told
    assert not list(book.take(profile(3, annual_value=EUROS, name="Ann"))), "the same again is no news"


def test_a_profile_that_comes_back_to_what_it_said_once_is_news_and_the_same_again_is_none(core: Core) -> None:
    """Its id is its value, which relate has heard before."""
    book = Book(core)
    list(book.take(complaint(1, NEW)))
    gold, basic = (
        profile(2, segments=[segment]).model_copy(update={"event_id": segment}) for segment in ("gold", "basic")
    )
    known = []
    for told in (gold, gold, basic, gold):
        before = book.states[NEW]
        list(book.take(told))
        known.append((book.states[NEW].profile.segments, book.states[NEW] == before))
    assert known == [(("gold",), False), (("gold",), True), (("basic",), False), (("gold",), False)]


def test_of_a_customer_whom_nobody_has_heard_a_profile_tells_nobody_anything(core: Core) -> None:
    """The CRM lists millions; an estimate of each would be the prior, said a million times."""
    book = Book(core)
    assert not list(book.take(profile(1)))
    assert not list(book.take(profile(2, annual_value=EUROS)))
    list(book.take(overriding(3, held="fling")))
    assert by_topic(book.take(profile(4, name="Ann"))).keys() >= {"estimates", "briefings"}


def test_a_profile_of_today_does_not_make_what_was_heard_a_year_ago_of_today(core: Core) -> None:
    """A backfill sends old contacts after the profiles, whose time is when they came."""
    book = Book(core)
    list(book.take(complaint(1, NEW)))
    list(book.take(profile(60 * 24 * 365, annual_value=EUROS)))
    (estimate,) = [one.value for one in book.take(complaint(2, NEW)) if one.topic == "estimates"]
    assert estimate.as_of == datetime(2026, 3, 2, 12, 2, tzinfo=UTC)


@pytest.mark.parametrize("ahead", [1, 60 * 23])
def test_the_times_of_estimates_never_run_backwards_whatever_is_dated_ahead(core: Core, ahead: int) -> None:
    """A topic that is compacted by customer keeps the last estimate, which a reader takes for the newest."""
    book = Book(core)
    lived = (
        complaint(1, NEW),
        profile(7 + ahead, name="Ann"),
        complaint(2, NEW),
        overriding(3 + ahead, "order", held="fling"),
        complaint(4, NEW),
        profile(5, name="Ann Example"),
        complaint(6, NEW),
    )
    told = [one.value.as_of for signal in lived for one in book.take(signal) if one.topic == "estimates"]
    assert len(told) == len(lived)
    assert told == sorted(told)


def test_of_whom_an_operator_alone_has_told_a_profile_tells_as_of_then(core: Core) -> None:
    book = Book(core)
    told = [*book.take(overriding(3, held="fling")), *book.take(profile(4, name="Ann"))]
    assert [one.value.as_of.minute for one in told if one.topic == "estimates"] == [3, 3]
