"""docs/precheck.md says what its own plan, and the changes of it that it names, come to on the sample."""

import json
import re
from pathlib import Path

import pytest

from listener.catalogue import load
from listener.model.inputs import BrandAct
from listener.model.outputs import Estimate
from listener.operating.looking_up import known_in
from listener.replay import replay
from listener.rules.prechecking import Crowd, precheck
from listener.settings import Settings
from listener.workbench import core_of, hearing_of, records_of

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
