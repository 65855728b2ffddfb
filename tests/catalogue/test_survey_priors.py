"""A firm's own answers become its prior, slowly."""

import json
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from listener.catalogue import load
from listener.catalogue.survey_priors import prior_from_answers
from listener.commands.tie import tie
from listener.model.types import TYPE_INDEX

KNOWN = load()


def test_a_few_answers_change_little_and_many_change_much() -> None:
    before = KNOWN.priors.of(None)
    few, many = (prior_from_answers(["fling"] * n, before) for n in (3, 600))
    place = TYPE_INDEX["fling"]
    assert before[place] < few[place] < 0.1
    assert many[place] > 0.85


def test_the_fitted_prior_can_be_laid_over_the_catalogue(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    told = {"topic": "contact.survey.v1", "value": {"instrument": "1q", "wanted": "business_partners"}}
    answers.write_text("\n".join([json.dumps(told)] * 200))
    done = CliRunner().invoke(tie, ["fit", "--surveys", str(answers), "--name", "ours"])
    assert done.exit_code == 0, done.output
    (tmp_path / "over" / "priors").mkdir(parents=True)
    (tmp_path / "over" / "priors" / "ours.yaml").write_text(done.stdout)
    prior = load(tmp_path / "over").priors.of("ours")
    expected = prior_from_answers(["business_partners"] * 200, KNOWN.priors.of(None))
    assert np.allclose(prior, expected, atol=2e-3)
    assert yaml.safe_load(done.stdout)["source"].startswith("listener tie fit: 200 answers")


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [("not json", 2, "line 1"), ('{"value": {"wanted": "frenemy"}}', 1, "frenemy"), ("{}", 1, "no answer")],
)
def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path, line: str, code: int, says: str) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(line)
    done = CliRunner().invoke(tie, ["fit", "--surveys", str(answers)])
    assert done.exit_code == code
    assert says in done.output
