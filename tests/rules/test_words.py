"""What people read about the rules is true: the how-to, lint, explain, diff, precheck."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.cli import listener
from listener.model.inputs import BrandAct
from listener.model.outputs import Dimensions, Estimate, TopTypes, TrackEstimate, TypeShare, ValueAtStake
from listener.rules.checking import lint
from listener.rules.prechecking import precheck
from listener.rules.situations import SITUATIONS, understand

HOWTO = Path(__file__).parents[2] / "docs" / "rules-howto.md"


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(listener, list(words))
    assert result.exit_code == code, result.output
    return result.output


def test_there_is_nothing_to_mend() -> None:
    assert lint(load()) == []


def test_the_how_to_names_every_situation() -> None:
    told = HOWTO.read_text()
    assert [name for name in SITUATIONS if f"| `{name}` |" not in told] == []


def test_every_situation_says_what_it_means() -> None:
    assert all(claim.__doc__ for claim in SITUATIONS.values())


def test_a_first_draft_works_as_it_is(tmp_path: Path) -> None:
    """A stranger's five minutes begin with something that holds."""
    run("rules", "new", "late-parcel", "--code", "F12", "--into", str(tmp_path))
    assert "3 stories hold" in run("rules", "test", "late-parcel", "--catalogue", str(tmp_path))
    assert "nothing to mend" in run("rules", "lint", "--catalogue", str(tmp_path))


def test_an_overlay_changes_only_the_keys_it_names(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demotion.yaml").write_text("status: off\n")
    told = [json.loads(line) for line in run("rules", "list", "--json", "--catalogue", str(tmp_path)).splitlines()]
    (demotion,) = [one for one in told if one["id"] == "demotion"]
    assert (demotion["status"], demotion["code"]) == ("off", "F20")


def test_a_broken_rule_is_named_and_not_a_stack_trace(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "demotion.yaml").write_text("colour: red\n")
    result = CliRunner().invoke(listener, ["rules", "list", "--catalogue", str(tmp_path)])
    assert result.exit_code == 2
    assert "demotion.yaml" in result.output


PRIME = {
    "event_id": "a-10",
    "occurred_at": "2026-03-04T06:00:00Z",
    "audience": {"everyone": True},
    "kind": "price_changed",
    "details": {"product": "membership", "change_pct": 25, "scope": "all", "effective_at": "2026-03-20T00:00:00Z"},
}
TERMS = PRIME | {"kind": "terms_changed", "details": {"rights_removed": True, "topic": "legal", "consent": "deemed"}}
GIFT = PRIME | {"kind": "recognition_given", "details": {"form": "milestone", "public": False}}


@pytest.mark.parametrize(
    ("act", "wanted", "advice"),
    [
        (PRIME, "marriage_partners", "rescind"),
        (TERMS, "marriage_partners", "rescind"),
        (PRIME, "fling", "proceed"),
        (TERMS, "basic_exchange", "proceed"),
        (GIFT, "marriage_partners", "proceed"),
    ],
)
def test_a_planned_act_is_judged_by_who_the_customers_are(act: dict, wanted: str, advice: str) -> None:
    """Price +25% at short notice and a right taken by deemed consent are the articles' cases (S2)."""
    top = TopTypes(wanted=(TypeShare(type=wanted, p=0.9),)).wanted
    track = TrackEstimate(top=top, family={}, unsettled=0.1)
    when = BrandAct.model_validate(act).occurred_at
    known = Estimate(
        customer_id="C-1", brand="acme", as_of=when, events_heard=9, held=track, wanted=track, enacted=track,
        dimensions=Dimensions(valence=0, intimacy=0, intensity=0, power=0), strength=0.5, strain=0, distress=0,
        engagement="steady", value=ValueAtStake(), catalogue="-",
    )  # fmt: skip
    verdict = precheck(BrandAct.model_validate(act), [known], load(), when)
    assert verdict.reaction.advice == advice
    assert verdict.spare == (("C-1",) if advice != "proceed" else ())


@pytest.mark.parametrize("rule", ["tone-deaf-campaign", "ignored-suggestion", "partner-treated-as-buyer"])
def test_a_rule_explains_itself(rule: str) -> None:
    assert "why" not in run("rules", "explain", rule).splitlines()[0]
    assert "grave breach:" in run("rules", "explain", "tone-deaf-campaign")


@pytest.mark.parametrize("words", ["tenure over 3 years", "contacts over many", "wants mostly friends"])
def test_a_situation_that_cannot_run_is_linted(words: str) -> None:
    """What lint passes must not fall over when it is tried."""
    with pytest.raises(ValueError, match=words.split()[0]):
        understand(words)
