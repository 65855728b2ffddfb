"""Whose a handle is: the first to claim it is whoever spoke under it; who claims it later gets only what comes then."""

from datetime import timedelta

import pytest

from listener import catalogue
from listener.book import Book, Core
from listener.hearing import Hearing, Identities
from listener.model.inputs import Profile
from listener.model.record import Record
from listener.model.wire import Handle
from listener.settings import Settings
from listener.workbench import core_of
from tests.shell_fakes import NOON, chat, hearing, record

PHONE = Handle(kind="phone", value="+49 170 1")
MAIL = Handle(kind="email", value="ann@example.org")
CALLER = PHONE.customer_id
BY_PHONE = {"handle": PHONE.model_dump()}


@pytest.fixture(scope="module")
def core() -> Core:
    return core_of(Settings(brand="acme"), catalogue.load())


class Line:
    """What is said to the listener, in order, an hour apart; profiles are known ahead, as ingest knows them."""

    def __init__(self, core: Core) -> None:
        self.book, self.ears, self.told = Book(core), hearing(identities=Identities()), 0

    def profile(self, who: str, *handles: Handle) -> "Line":
        told = Profile(customer_id=who, handles=handles)
        at = NOON + timedelta(hours=self.told)
        self.ears.identities.link(told, at)
        return self._take(
            record("crm_customers", told.model_dump(), key=who.encode(), offset=self.told, received_at=at)
        )

    def says(self, who: str | dict, ears: Hearing | None = None) -> "Line":
        at = NOON + timedelta(hours=self.told)
        said = chat("a complaint", who, event_id=f"e-{self.told}", occurred_at=at.isoformat())
        return self._take(record("contact_chat", said, received_at=at), ears)

    def order(self, command: str, who: str, into: str | None = None) -> "Line":
        at = NOON + timedelta(hours=self.told)
        told = {"command_id": f"k-{self.told}", "occurred_at": at.isoformat(), "command": command}
        return self._take(record("commands", told | {"customer_id": who, "into": into}, received_at=at))

    def _take(self, told: Record, ears: Hearing | None = None) -> "Line":
        self.told += 1
        (fate,) = (ears or self.ears).hear([told])
        for signal in fate.signals:
            list(self.book.take(signal))
        return self

    @property
    def heard(self) -> dict[str, int]:
        return {who: state.heard for who, state in self.book.states.items() if state.merged_into is None}


@pytest.fixture
def line(core: Core) -> Line:
    """Somebody calls, Ann's profile says it was her, she writes; Bob writes as well."""
    return Line(core).says(BY_PHONE).profile("ANN", PHONE).says("ANN").says("BOB")


def test_a_handle_that_another_claims_takes_nothing_of_whoever_had_it_with_it(line: Line):
    line.profile("ANN").profile("BOB", PHONE)
    assert line.heard == {"ANN": 2, "BOB": 1}
    line.says("ANN").says(BY_PHONE)
    assert line.heard == {"ANN": 3, "BOB": 2}


def test_what_still_comes_under_the_handle_itself_goes_to_whoever_has_it_now(line: Line):
    """An ingest that has not read the profile yet names the handle."""
    line.profile("BOB", PHONE).says(BY_PHONE, hearing())
    assert line.heard == {"ANN": 2, "BOB": 2}


def test_a_handle_that_goes_back_and_forth_is_with_whoever_claimed_it_last(line: Line):
    line.profile("BOB", PHONE).profile("ANN", PHONE, MAIL).says(BY_PHONE, hearing())
    assert line.heard == {"ANN": 3, "BOB": 1}


def test_a_handle_in_two_profiles_stays_where_it_is_when_both_are_told_again_unchanged(line: Line):
    """A CRM exports all of them every night."""
    line.profile("BOB", PHONE)
    before = line.book.states[CALLER]
    for _ in range(3):
        line.profile("ANN", PHONE).profile("BOB", PHONE)
    assert line.book.states[CALLER] == before


def test_who_has_the_handle_now_is_erased_with_it_and_who_had_it_stays(line: Line):
    line.profile("BOB", PHONE).order("erase", "BOB")
    assert set(line.book.states) == {"ANN"}


def test_an_operator_may_still_say_under_a_handle_that_two_customers_are_one(line: Line):
    line.order("merge", CALLER, "BOB")
    assert line.heard == {"BOB": 3}


def test_a_handle_claimed_by_one_who_was_merged_into_it_is_no_circle_to_hand_states_round_in(line: Line):
    line.order("merge", "BOB", CALLER)
    assert line.heard == {"ANN": 3}
    line.profile("BOB", PHONE).says("BOB").says(BY_PHONE)
    assert line.heard == {"ANN": 3, CALLER: 2}
