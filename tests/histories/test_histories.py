"""Each written history can be played: every event is of the wire contract, every expectation can be met."""

from datetime import datetime
from pathlib import Path
from typing import Any, get_args

import orjson
import pytest

from listener.catalogue import load
from listener.envelopes.recording import read
from listener.hearing.decoding import decode
from listener.model.types import TypeId

HERE = Path(__file__).parent
FOLDERS = (
    "dev",
    "dev3",
    "dev4",
    "dev5",
    "dev6",
    "dev7",
    "dev8",
    "dev9",
    "dev10",
    "dev11",
    "dev12",
    "unseen",
    "unseen2",
)
SHARED, PART = ("dev8", "dev9"), ("dev10", "dev11")  # the types of one set in two folders; only some of the types
TYPES = set(get_args(TypeId))
SEVERITIES = ("medium", "high", "critical")
OTHER_CODES = {"S01", "D01"}


def expectations(folder: str) -> dict[str, dict[str, Any]]:
    """By the name of the history."""
    found = sorted((HERE / folder).glob("*.expect.json"))
    return {path.name.removesuffix(".expect.json"): orjson.loads(path.read_bytes()) for path in found}


def lines(folder: str, name: str) -> list[bytes]:
    return (HERE / folder / f"{name}.jsonl").read_bytes().splitlines()


@pytest.mark.parametrize("folders", [("dev8", "dev9"), *((name,) for name in FOLDERS if name not in (*SHARED, *PART))])
def test_each_type_has_its_history(folders: tuple[str, ...]) -> None:
    """In its folder, or in one of two whose writers shared the types between them."""
    assert {name.rsplit("-", 1)[0] for folder in folders for name in expectations(folder)} >= TYPES


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_event_is_of_the_wire_contract(folder: str) -> None:
    """Decoding raises on one that is not, without its text."""
    for name in expectations(folder):
        for recorded in read(lines(folder, name)):
            assert decode(recorded.as_record()).unknown_fields == 0, (name, recorded.line)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_expectation_is_of_known_words_and_real_events(folder: str) -> None:
    codes = set(load().acts.by_code) | OTHER_CODES
    for name, expected in expectations(folder).items():
        told = [orjson.loads(line)["value"] for line in lines(folder, name)]
        events = [value["event_id"] for value in told if value and "event_id" in value]
        assert len(events) == len(set(events)), name
        named = [*expected["wanted"], *expected["acceptable_wanted"], *expected["held"]]
        assert set(named) <= TYPES, name
        groups = [*expected["must_alert"], *expected.get("must_notice", [])]
        groups += [expected["must_not_alert"], expected.get("contrast_events", []), expected.get("evidence", {})]
        assert {code for group in groups for code in group} <= codes, name
        assert {event for proof in expected.get("evidence", {}).values() for event in proof} <= set(events), name


@pytest.mark.parametrize("folder", FOLDERS)
def test_what_must_be_raised_can_be_and_is_not_forbidden_too(folder: str) -> None:
    for name, expected in expectations(folder).items():
        required = {code for group in expected["must_alert"] for code in group}
        assert bool(required) == bool(expected["first_possible"]), name
        assert not required & set(expected["must_not_alert"]), name
        assert not (required and expected["no_alert_medium_plus"]), name
        if required:
            assert expected["must_alert_min_severity"] in SEVERITIES, name
            possible, until = (datetime.fromisoformat(expected[key]) for key in ("first_possible", "until"))
            assert possible < until, name
