"""The demo on the tests' own bus: what it prints, and that it ends."""

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from listener.demo.playing import last_words, own_words
from listener.demo.sample import OWN, Sample
from listener.demo.stage import _beside_others
from listener.model.inputs import ChatTurn
from listener.processes.endpoint import bind_of, workers
from listener.settings.origins import load
from tests.kafka import Bus
from tests.pasting import pasted
from tests.patience import PATIENT_S


def test_the_sample_is_a_recording_of_one_brand_on_every_channel():
    sample = Sample.of(OWN.read_bytes().splitlines())
    assert sample.brand == "fernway"
    channels = {record.topic for record in sample.records}
    assert {f"contact.{name}.v1" for name in ("chat", "email", "social", "voice", "survey")} <= channels


def test_the_story_goes_on_until_what_is_owed_falls_due():
    at = "2026-03-02T10:00:00Z"
    line = {"topic": "contact.chat.v1", "value": {"occurred_at": at}}
    assert Sample.of([json.dumps(line).encode()]).until == datetime(2026, 3, 10, tzinfo=UTC)


def test_beside_a_listener_that_runs_the_demo_takes_no_port_of_it():
    """Whoever set the listener's port in a shell may start the demo there as well."""
    settings = load({"LISTENER_METRICS_BIND": "127.0.0.1:9999"})
    assert {bind.port for _, bind in workers(_beside_others(settings))} == {0}
    assert bind_of("relate", _beside_others(settings)).port == 0


def test_what_it_says_of_ones_own_words_can_be_copied_and_fits_a_terminal():
    told = own_words(Sample.of(OWN.read_bytes().splitlines()).until)
    record = pasted(told)[0]
    assert record["topic"] == "contact.chat.v1"
    turn = ChatTurn.model_validate(record["value"])
    assert f" customer show {turn.customer.customer_id}" in told
    assert max(map(len, told.splitlines())) <= 80


def test_of_a_stage_that_fell_the_last_it_said_is_told(tmp_path: Path):
    log = tmp_path / "ingest.log"
    log.write_text("starting\nthe bus has said nothing for 60 s; begin again\n\n")
    assert "it said last: the bus has said nothing for 60 s; begin again; all" in last_words(log)
    assert last_words(tmp_path / "relate.log").endswith("relate.log")


@pytest.mark.broker
def test_the_demo_tells_a_story_and_ends(bus: Bus, tmp_path: Path):
    """A customer asks, nobody answers: the question is heard, a belief moves, time passes, an alert is raised."""
    file = tmp_path / "story.jsonl"
    profile = {"customer_id": "C-1", "brand": "acme", "name": "Ann Lee", "customer_since": "2015-01-01"}
    asked = {"event_id": "t-1", "occurred_at": "2026-03-02T10:00:00Z", "brand": "acme", "author": "customer"}
    asked |= {
        "customer": {"customer_id": "C-1"},
        "conversation_id": "c",
        "text": "Where is my order? I ask a third time!",
    }
    lines = [
        {"topic": "crm.customers.v1", "key": "C-1", "value": profile},
        {"topic": "contact.chat.v1", "value": asked},
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    words = [sys.executable, "-m", "listener", "demo", "--once", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, env=bus.environ(), timeout=PATIENT_S, check=False)
    assert done.returncode == 0, done.stderr
    assert "Ann Lee" in done.stdout
    assert "Where is my order?" in done.stdout
    assert "2 records heard, 1 alert raised" in done.stderr
    assert "went unanswered" in done.stdout
