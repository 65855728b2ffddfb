"""The life of a stage: 0 where it was told to stop, 1 where it ended of itself, and a log that says so."""

import pytest
from structlog.testing import capture_logs

from listener.processes.stage_runner import run_stage
from listener.settings import Settings
from listener.telemetry import Metrics


@pytest.fixture
def settings(tmp_path) -> Settings:
    return Settings(data_dir=tmp_path)


def test_work_that_comes_to_its_end_is_well_done(settings: Settings):
    seen = {}

    async def work(metrics: Metrics, member: str) -> None:
        seen.update(built=metrics.registry.get_sample_value, member=member)

    assert run_stage("gather", settings, "a1b2", work) == 0
    assert seen["member"].startswith("gather")


def test_work_that_fails_ends_with_1_and_says_what_it_was(settings: Settings):
    async def work(metrics: Metrics, member: str) -> None:
        raise LookupError

    with capture_logs() as told:
        assert run_stage("ingest", settings, "a1b2", work) == 1
    assert [(line["event"], line["error"]) for line in told] == [("ingest_ends", "LookupError")]
