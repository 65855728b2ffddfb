"""A plan is judged by the rules that would speak: a firm's own by their own words, none that was put aside."""

from pathlib import Path

from listener.catalogue import load
from listener.model.inputs import BrandAct
from listener.rules.prechecking.supposing import Supposed, suppose

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
