"""A plan is judged by the rules that would speak: a firm's own by their own words, none that was put aside."""

from datetime import timedelta
from pathlib import Path

from listener.catalogue import load
from listener.model.inputs import BrandAct
from listener.rules.prechecking.what_if import Supposed, suppose

OURS = """\
id: ours
code: F12
title: The parcel came late
status: on
notices: [{when: service_incident, where: {incident: late}, p: 1.0, tells: It was late again.}]
why: They count on the day
"""


def supposed(folder: Path, **status: str) -> Supposed:
    (folder / "rules").mkdir(exist_ok=True)
    (folder / "rules" / "ours.yaml").write_text(OURS.replace("status: on", f"status: {status.get('ours', 'on')}"))
    (folder / "rules" / "failure.yaml").write_text(f"status: {status.get('failure', 'on')}\n")
    act = {"event_id": "p", "occurred_at": "2026-03-04T06:00:00Z", "audience": {"everyone": True}}
    act |= {"kind": "service_incident", "details": {"incident": "late", "severity": 3}}
    return suppose(BrandAct.model_validate(act), load(folder))


def test_of_two_rules_of_a_code_the_surer_says_why_and_each_type_is_counted_once(tmp_path: Path) -> None:
    both = supposed(tmp_path)
    assert (both.by["F12"], both.why["F12"]) == ("ours", "It was late again.")
    assert len(set(both.breaks["F12"])) == len(both.breaks["F12"])
    assert supposed(tmp_path, ours="off").by["F12"] == "failure"


def test_a_rule_in_the_shadow_has_no_say(tmp_path: Path) -> None:
    assert supposed(tmp_path, ours="shadow").by["F12"] == "failure"
    assert supposed(tmp_path, failure="shadow").by["F12"] == "ours"
    nobody = supposed(tmp_path, ours="shadow", failure="shadow")
    assert "F12" not in nobody.breaks
    assert set(nobody.levels.values()) == {0}


def by_ours(folder: Path, p: float = 1.0, ahead: int | None = None, if_: str = "") -> Supposed:
    """What a change of terms breaks for a firm whose own rule of it asks for this, and is noticed this surely."""
    (folder / "rules").mkdir(exist_ok=True)
    way = f"{{when: terms_changed, if: [{if_}], p: {p}, tells: It changed.}}"
    ours = OURS.replace("F12", "F07").split("notices:")[0] + f"notices: [{way}]\nwhy: They count on it\n"
    (folder / "rules" / "ours.yaml").write_text(ours)
    told = {"event_id": "p", "occurred_at": "2026-03-04T06:00:00Z", "audience": {"everyone": True}}
    act = BrandAct.model_validate(told | {"kind": "terms_changed", "details": {"topic": "returns"}})
    return suppose(act, load(folder), told_ahead=None if ahead is None else timedelta(days=ahead))


def speaks(supposed: Supposed) -> bool:
    return supposed.why.get("F07") == "It changed."


def test_it_is_supposed_to_be_done_to_somebody_who_is_known(tmp_path: Path) -> None:
    """They have been here for four hundred days, have ordered and written five times."""
    assert speaks(by_ours(tmp_path, if_="has bought, contacts over 4, contacts under 6, tenure over 399 d"))
    assert not speaks(by_ours(tmp_path, if_="tenure over 400 d"))


def test_a_notice_that_they_will_have_had_is_as_long_as_it_is_said_to_be(tmp_path: Path) -> None:
    assert not speaks(by_ours(tmp_path, if_="notice given 30 d"))
    assert not speaks(by_ours(tmp_path, ahead=29, if_="notice given 30 d"))
    assert speaks(by_ours(tmp_path, ahead=30, if_="notice given 30 d"))


def test_what_is_unsure_or_no_breach_for_a_type_breaks_nothing_of_it(tmp_path: Path) -> None:
    assert not speaks(by_ours(tmp_path, 0.59))
    told = by_ours(tmp_path, 0.6)
    assert speaks(told)
    hurt = {name for name, level in told.levels.items() if level}
    assert hurt == {name for names in told.breaks.values() for name in names}
    assert {told.levels[name] for name in hurt} == {2, 3}
    assert list(told.breaks) == sorted(told.breaks)
