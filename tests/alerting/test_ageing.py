"""What time and late answers do to open alerts: which of them, in which order, from which second on."""

from datetime import timedelta
from typing import Any

import pytest
from msgspec.structs import replace as amended

from listener.alerting.ageing import age, end, next_due_s, resolve
from listener.alerting.occasion import Occasion
from listener.model.told import CLOSED, ENDED_S, Closed, Open, Silence, Told
from listener.rules.rehearsing import BEGIN
from tests.alerting.harness import WHO
from tests.alerting.test_holding_back import found
from tests.rules.builders import CATALOGUE

START = int(BEGIN.timestamp())


def alert(alert_id: str = "a", **over: Any) -> Open:
    """An open alert that nothing happens to for a thousand seconds; times are seconds after the beginning."""
    times: dict[str, Any] = {"due_s": 0, "mends_s": 0, "expires_s": 1000, **over}
    told = {name: START + value if name.endswith("_s") and value else value for name, value in times.items()}
    facts = {"rule": "failure", "code": "F12", "matter": 1, "cause": "e", "severity": 2, "status": "raised"}
    more = {"started_s": START, "updated_s": START, "repair_due_s": START, "occurrences": 1, "threat": 0.5}
    return Open(**{"alert_id": alert_id, **facts, **more, "confidence": 0.5, "wanted": "", "why": "", **told})


def due(what: str) -> Open:
    """An alert to which this happens after fifty seconds."""
    return amended(alert(), **{what: START + 50})


def after(seconds: int) -> Occasion:
    return Occasion(WHO, BEGIN + timedelta(seconds=seconds), CATALOGUE)


def aged(*alerts: Open, by: int) -> tuple[Told, list[tuple[str, str]]]:
    """What is left after so many seconds, and what was said."""
    told, said = age(Told(open=alerts), after(by))
    return told, [(one.alert_id, one.status) for one in said]


@pytest.mark.parametrize(
    ("what", "status"), [("due_s", "escalated"), ("mends_s", "resolved"), ("expires_s", "expired")]
)
def test_it_happens_in_the_very_second_it_is_due_and_not_before(what: str, status: str) -> None:
    assert aged(due(what), by=49)[1] == []
    assert aged(due(what), by=50)[1] == [("a", status)]


def test_what_is_mended_is_resolved_and_neither_expires_nor_escalates() -> None:
    assert aged(alert(mends_s=50, due_s=50, expires_s=50), by=50)[1] == [("a", "resolved")]


def test_what_is_on_its_way_to_be_resolved_does_not_escalate_but_its_time_may_end() -> None:
    assert aged(alert(mends_s=90, due_s=50), by=60)[1] == []
    assert aged(alert(mends_s=90, due_s=50), by=90)[1] == [("a", "resolved")]
    assert aged(alert(mends_s=90, expires_s=50), by=60)[1] == [("a", "expired")]


def test_what_fell_due_is_said_in_order_of_time_then_of_id() -> None:
    alerts = alert("c", due_s=50), alert("b", due_s=50), alert("a", expires_s=60), alert("d", mends_s=40)
    assert [name for name, _ in aged(*alerts, by=60)[1]] == ["d", "b", "c", "a"]


def test_an_escalated_alert_stays_open_among_the_others_and_is_due_no_more() -> None:
    others = alert("x"), alert("z")
    told, _ = aged(others[0], alert("y", due_s=50), others[1], by=60)
    late = alert("y", due_s=0, status="escalated", updated_s=60)
    assert told.open == (others[0], late, others[1])


def test_an_ended_alert_is_kept_among_the_closed_with_its_moment_and_severity() -> None:
    told, _ = aged(alert("x"), alert("y", expires_s=50, severity=3), by=60)
    assert told.open == (alert("x"),)
    assert told.closed == (Closed("failure", 1, "y", START + 60, 3),)


@pytest.mark.parametrize(("what", "has_ended"), [("due_s", False), ("mends_s", True), ("expires_s", True)])
def test_it_is_said_of_whom_when_and_whether_it_is_over(what: str, has_ended: bool) -> None:
    _, (said,) = age(Told(open=(due(what),)), after(60))
    assert (said.customer_id, said.brand, said.updated_at) == (*WHO, after(60).at)
    assert said.ended_at == (after(60).at if has_ended else None)
    assert said.catalogue == CATALOGUE.version


def test_a_silence_ends_in_its_second_and_the_others_stay() -> None:
    short, long = Silence("failure", START + 50), Silence("neglect", START + 51)
    told, _ = age(Told(silences=(short, long)), after(50))
    assert told.silences == (long,)


@pytest.mark.parametrize(("age_s", "is_kept"), [(ENDED_S, True), (ENDED_S + 1, False)])
def test_an_ended_alert_is_forgotten_once_nothing_can_raise_it_again(age_s: int, is_kept: bool) -> None:
    old, new = (Closed("failure", 1, name, START - ago) for name, ago in (("x", age_s), ("y", 0)))
    told, _ = age(Told(closed=(old, new)), after(0))
    assert told.closed == ((old, new) if is_kept else (new,))


def test_the_newest_of_the_closed_are_kept() -> None:
    old = tuple(Closed("failure", n, str(n), START) for n in range(CLOSED))
    last = alert()
    told, _ = end(Told(open=(last,), closed=old), last, "expired", after(5))
    assert [one.alert_id for one in told.closed] == [*(str(n) for n in range(1, CLOSED)), "a"]


def test_an_answer_in_time_resolves_its_matter_alone_and_a_late_one_all_of_its_rule() -> None:
    here, there, other = alert("a"), alert("b", matter=2), alert("c", rule="neglect", code="F33")
    told = Told(open=(here, there, other))
    settled = found("F12", "failure", phase="settled")
    left, said = resolve(told, settled, after(5))
    assert (left.open, [one.alert_id for one in said]) == ((there, other), ["a"])
    left, said = resolve(told, amended(settled, phase="late"), after(5))
    assert (left.open, [one.alert_id for one in said]) == ((other,), ["a", "b"])
    assert {(one.status, one.customer_id, one.ended_at) for one in said} == {("resolved", "C-1", after(5).at)}


def test_the_next_thing_is_the_soonest_of_any_alert() -> None:
    assert next_due_s(Told()) is None
    assert next_due_s(Told(open=(alert(),))) == START + 1000
    assert next_due_s(Told(open=(alert(), alert(due_s=70, mends_s=60), alert(due_s=65)))) == START + 60
