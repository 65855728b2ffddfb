import io
import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from listener.telemetry import configure_logs, get_logger
from listener.telemetry.logs import Patience

SECRET = "my card is 4111"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as JSON; the loggers are put back as they were."""
    root, out = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    configure_logs("json", stream=out, stage="ingest")
    yield out
    root.handlers[:] = before
    root.setLevel(level)
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()


def lines(log: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_a_line_is_an_event_with_fields(log: io.StringIO):
    get_logger("listener.x").info("topic_created", topic="a.b", partitions=4)
    (line,) = lines(log)
    assert {"event": "topic_created", "topic": "a.b", "partitions": 4, "stage": "ingest"}.items() <= line.items()


@pytest.mark.parametrize("field", ["text", "value", "excerpt", "subject", "key", "handle"])
def test_what_a_customer_wrote_is_withheld(log: io.StringIO, field: str):
    get_logger("listener.x").warning("dead_letter", **{field: SECRET})
    assert SECRET not in log.getvalue()


def test_an_error_about_data_does_not_quote_the_data(log: io.StringIO):
    try:
        int(SECRET)
    except ValueError:
        get_logger("listener.x").exception("could_not_read")
        logging.getLogger("faust.app").exception("crashed")
    assert SECRET not in log.getvalue()
    assert all("builtins.ValueError: [withheld]" in str(line["exception"]) for line in lines(log))


def test_causes_are_told_first_cause_first(log: io.StringIO):
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as cause:
            raise RuntimeError("the stage stopped") from cause
    except RuntimeError:
        get_logger("listener.x").exception("crashed")
    told = str(lines(log)[0]["exception"])
    assert told.index("ValueError: [withheld]") < told.index("RuntimeError: the stage stopped")


def record(message: str, name: str = "aiokafka.conn") -> logging.LogRecord:
    return logging.LogRecord(name, logging.WARNING, "", 1, message, (), None)


def test_a_library_that_repeats_itself_is_heard_five_times_a_window():
    now = [0.0]
    patience = Patience(clock=lambda: now[0])
    assert sum(patience(record("broker away")) for _ in range(1000)) == 5
    now[0] = 31.0
    again = record("broker away")
    assert patience(again)
    assert again.held_back == 995


def test_our_own_lines_are_never_held_back():
    patience = Patience(clock=lambda: 0.0)
    assert all(patience(record("alert_raised", "listener.relate")) for _ in range(100))


def test_what_asyncio_says_of_a_task_or_a_callback_shows_nothing_of_it(log: io.StringIO):
    for told in (
        "Task exception was never retrieved\nfuture: <Task exception=ValueError('my address')>",
        "Exception in callback heard('my address')\nhandle: <Handle heard('my address')>",
        "Task was destroyed but it is pending!\ntask: <Task wait_for=<Future 'my address'>>",
    ):
        logging.getLogger("asyncio").error(told)
    assert "my address" not in log.getvalue()
    assert "Exception in callback heard" in log.getvalue()
