"""docs/precheck.md is true of the sample; what a plan or a file of estimates lacks is said by name."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.cli import listener
from listener.commands.reading import records_of
from listener.model.inputs import BrandAct
from listener.model.outputs import Estimate
from listener.operating.looking_up import known_in
from listener.replay import replay
from listener.rules.prechecking import Crowd, precheck
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from tests.commands.rules.asking import OURS, asked
from tests.rules.prechecking.test_verdict import PRIME

PAGE = Path("docs/precheck.md").read_text()
BOOK = load()


@pytest.fixture(scope="module")
def crowd() -> Crowd:
    """The sample's customers, as its replay leaves them."""
    settings, records = Settings(brand="fernway"), records_of(Path("listener/demo/sample.jsonl"))
    until = records[-1].received_at.replace(day=20)
    known = known_in(replay(records, until, hearing_of(settings, BOOK), core_of(settings, BOOK)))
    estimates = {name: one.estimate for name, one in known.items()}
    assert all(isinstance(one, Estimate) for one in estimates.values())
    return Crowd(estimates)  # type: ignore[arg-type]  # as the line above has it


@pytest.mark.parametrize(
    ("changes", "breaks", "advice"),
    [
        ({}, ["F06", "F24", "F27"], "rescind"),
        ({"effective_at": "2026-09-02T00:00:00Z"}, ["F27"], "rescind"),
        ({"effective_at": "2026-09-02T00:00:00Z", "scope": "all"}, ["F27"], "consult"),
    ],
)
def test_the_plan_of_the_page_comes_to_what_it_says(
    changes: dict, breaks: list[str], advice: str, crowd: Crowd
) -> None:
    told = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])  # type: ignore[index]  # the page has one
    plan = BrandAct.model_validate(told | {"details": told["details"] | changes})
    verdict = precheck(plan, crowd, BOOK, plan.occurred_at)
    assert (list(verdict.breaks), verdict.reaction.advice) == (breaks, advice)
    assert all(value in PAGE for value in changes.values())


@pytest.mark.parametrize(
    ("planned", "says"),
    [
        ({name: told for name, told in PRIME.items() if name != "occurred_at"}, "occurred_at is missing"),
        (PRIME | {"kind": "price_change"}, "'price_change' is no kind of act; did you mean price_changed?"),
        (PRIME | {"details": {}}, "change_pct"),
    ],
)
def test_what_is_wrong_with_the_plan_is_said_by_name(planned: dict, says: str, tmp_path: Path) -> None:
    assert says in asked(tmp_path, planned, "fling", code=2)


def test_a_detail_that_no_rule_knows_is_said_to_be_passed_over(tmp_path: Path) -> None:
    strange = PRIME | {"details": PRIME["details"] | {"colour": "red", "scope": "everyone"}}
    told = asked(tmp_path, strange, "fling", code=0)
    assert "price_changed has no detail 'colour'" in told
    assert "scope is one of all, existing_customers, new_customers, and not 'everyone'" in told


def test_estimates_of_another_brand_are_no_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OURS, "LISTENER_BRAND", "other")
    told = asked(tmp_path, PRIME, "fling", "fling", code=2)
    assert "known.jsonl: no estimate of other in it, but 2 of acme; LISTENER_BRAND=acme judges by those" in told


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "no estimate in it; without any there is nothing to judge by; `listener replay"),
        ("{", "line 1: not JSON ("),
        ("[1]", "line 1: a JSON list, no estimate"),
        ('{"brand": "acme", "customer_id": "C-1"}', "an estimate in it is none: as_of: Field required"),
    ],
)
def test_a_file_that_holds_no_estimates_is_said_to_hold_none(line: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "known.jsonl").write_text(line)
    (tmp_path / "act.json").write_text(json.dumps(PRIME))
    words = ["precheck", str(tmp_path / "act.json"), "--estimates", str(tmp_path / "known.jsonl")]
    done = CliRunner().invoke(listener, words, env=OURS)
    assert done.exit_code == 2
    assert says in done.stderr


@pytest.mark.parametrize(
    ("whom", "says"),
    [
        ({"audience": {"segment": "gold"}}, "audience.segment: none of 1 customers is in 'gold'"),
        (
            {"audience": None, "customer": {"customer_id": "C-2"}},
            "customer: nothing is known of C-2; did you mean C-1?",
        ),
    ],
)
def test_a_plan_for_nobody_is_no_advice(whom: dict, says: str, tmp_path: Path) -> None:
    assert says in asked(tmp_path, PRIME | whom, "fling", code=2)
