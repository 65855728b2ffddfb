"""What is judged: a signal, or a moment, with all the rules may ask of it."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from listener.model.inputs import BrandAct, Profile
from listener.model.ledger import EXCERPT, Ledger, Proof, Talk, mark_of
from listener.model.signals import Broadcast
from listener.rules.case import Case, of_signal
from listener.rules.rehearsing import BEGIN, WHO
from tests.rules.builders import CATALOGUE, DAY, OPENED, belief, case_of, done, said

READING = belief("best_friends", 0.7)


def moment(ledger: Ledger | None = None, profile: Profile | None = None, at: datetime = BEGIN) -> Case:
    """Nothing is heard; time has passed."""
    return Case(ledger or Ledger(), at, READING, profile, CATALOGUE)


def test_a_turn_is_judged_by_who_spoke_where_and_what_was_heard_in_it() -> None:
    turn = said("customer", "1 h", in_="social", complaint=0.9)
    profile, ledger = Profile(customer_id="C-1"), Ledger(orders=3)
    case = of_signal(ledger, turn, READING, profile, CATALOGUE)
    assert (case.ledger, case.reading, case.profile, case.catalogue) == (ledger, READING, profile, CATALOGUE)
    assert (case.at, case.at_s, case.event_id) == (turn.occurred_at, OPENED + 3600, turn.event_id)
    assert (case.side, case.kind, case.channel, case.says) == ("customer", "", "social", {"complaint": 0.9})
    assert (case.conversation_id, case.mark, case.heard) == ("t", mark_of("t"), turn)
    assert (case.public, case.excerpt, case.broadcast, case.details) == (True, "complaint", None, {})
    assert not case_of(said("customer")).public


def test_an_act_is_judged_by_its_kind_and_details() -> None:
    act = done("fee_charged", "1 h", what="paper bill")
    act = act.model_copy(update={"data": act.data.model_copy(update={"conversation_id": "t"})})
    profile = Profile(customer_id="C-1")
    case = of_signal(Ledger(orders=3), act, READING, profile, CATALOGUE)
    assert (case.ledger.orders, case.reading, case.profile, case.catalogue) == (3, READING, profile, CATALOGUE)
    assert (case.at_s, case.event_id) == (OPENED + 3600, act.event_id)
    assert (case.side, case.kind, case.channel, case.details) == ("act", "fee_charged", "act", {"what": "paper bill"})
    assert (case.conversation_id, case.mark, case.says, case.heard) == ("t", mark_of("t"), {}, None)
    assert case.broadcast is None


def test_an_act_to_more_than_one_is_known_by_its_event() -> None:
    told = {"event_id": "a-1", "occurred_at": BEGIN, "kind": "product_launched"}
    everybody = BrandAct.model_validate(told | {"audience": {"everyone": True}})
    one = BrandAct.model_validate(told | {"customer": {"customer_id": "C-1"}})
    for data in (everybody, one):
        sent = Broadcast(event_id="a-1", occurred_at=BEGIN, data=data, **WHO)
        assert of_signal(Ledger(), sent, READING, None, CATALOGUE).broadcast == "a-1"
    copied = done("product_launched").model_copy(update={"event_id": "a-2", "data": everybody})
    assert case_of(copied).broadcast == "a-2"


def test_a_cue_that_was_not_heard_is_nought() -> None:
    case = case_of(said("customer", complaint=0.4, exit=0.7))
    assert (case.cue("complaint"), case.cue("betrayal")) == (0.4, 0.0)
    assert case.loudest(("complaint", "exit", "betrayal")) == 0.7
    assert case.loudest(("betrayal", "escalation")) == 0.0


def test_types_share_a_belief_on_the_track_that_is_asked_for() -> None:
    case = moment()
    assert case.share("best_friends", "fling") == pytest.approx(0.7 + 0.3 / 28)
    assert case.share("best_friends", track="enacted") == pytest.approx(1 / 29)
    assert case.share() == 0.0


def test_the_conversation_is_the_one_of_its_mark() -> None:
    ledger = Ledger(talks=(Talk(mark_of("u")), Talk(mark_of("t"), offered=2)))
    talk = case_of(said("customer"), ledger).talk
    assert talk is not None
    assert talk.offered == 2
    assert case_of(said("customer", talk="v"), ledger).talk is None


def test_what_is_heard_proves_by_its_words_cut_short_and_an_act_by_the_firms_word() -> None:
    turn = said("customer", in_="email").model_copy(update={"excerpt": "x" * 500})
    assert case_of(turn).proof("F02") == Proof(
        turn.event_id, "email", OPENED, "customer", "F02", "x" * (EXCERPT - 1) + "…"
    )
    act = done("fee_charged")
    assert case_of(act).proof("F23") == Proof(act.event_id, "act", OPENED, "firm", "F23", "")


def test_they_have_been_a_customer_since_the_profile_says_so() -> None:
    assert moment(profile=Profile(customer_id="C-1", customer_since=BEGIN - timedelta(days=3))).tenure_s() == 3 * DAY
    day = Profile(customer_id="C-1", customer_since=date(2026, 3, 1))
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert moment(profile=day, at=noon).tenure_s() == 1.5 * DAY
    assert moment(profile=Profile(customer_id="C-1", customer_since=BEGIN + timedelta(days=3))).tenure_s() == 0.0


def test_a_day_begins_at_midnight_utc_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/New_York")
        time.tzset()
        far = moment(profile=Profile(customer_id="C-1", customer_since=date(2026, 3, 1)), at=BEGIN).tenure_s()
    time.tzset()
    assert far == DAY + 9 * 3600


def test_where_no_profile_says_they_have_been_one_since_they_were_first_heard_of() -> None:
    for profile in (None, Profile(customer_id="C-1")):
        assert moment(Ledger(first_s=OPENED - 5 * DAY), profile).tenure_s() == 5 * DAY
        assert moment(profile=profile).tenure_s() == 0.0
