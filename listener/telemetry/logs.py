"""Logs as events with fields, on stderr, as text or JSON. What a customer wrote is never among the fields."""

import logging
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TextIO

import structlog
from structlog.typing import EventDict, Processor

from listener.telemetry.trouble import print_exc_info, tell_exc_info

WITHHELD: Final = frozenset(
    {"body", "excerpt", "handle", "handles", "html", "key", "name", "note", "payload", "rfc822", "subject", "text"}
    | {"value", "verbatim"}
)
"""Fields that could hold a customer's words or address: whoever logs one gets `[withheld]` instead."""

NOISY: Final = ("aiokafka", "faust", "mode", "aiohttp")
"""Loggers of others that repeat themselves thousands of times while a broker is away."""

BURST: Final = 5
WINDOW_S: Final = 30.0
KINDS: Final = 1000
"""How many different messages are remembered before all are forgotten."""


@dataclass(slots=True)
class Patience:
    """Lets a library's same message through a few times, then once a window, saying how many were held back."""

    clock: Callable[[], float] = time.monotonic
    burst: int = BURST
    window_s: float = WINDOW_S
    seen: dict[tuple[str, int, str], tuple[float, int]] = field(default_factory=dict)

    def __call__(self, record: logging.LogRecord) -> bool:
        """Whether this record is still worth a line."""
        if record.name.partition(".")[0] not in NOISY:
            return True
        now = self.clock()
        kind = (record.name, record.levelno, str(record.msg)[:120])
        since, count = self.seen.get(kind, (now, 0))
        if now - since >= self.window_s:
            record.held_back = max(count - self.burst, 0)
            since, count = now, 0
        if len(self.seen) >= KINDS:
            self.seen.clear()
        self.seen[kind] = (since, count + 1)
        return count < self.burst


def withhold(_: object, __: str, event: EventDict) -> EventDict:
    """Mask what could be a customer's own.

    >>> withhold(None, "info", {"event": "dead_letter", "text": "my address is …"})
    {'event': 'dead_letter', 'text': '[withheld]'}
    """
    return {name: "[withheld]" if name in WITHHELD else value for name, value in event.items()}


def without_contents(_: object, __: str, event: EventDict) -> EventDict:
    r"""Of what asyncio says of its own the first words: behind them it shows exceptions and arguments as they are.

    >>> told = "Task exception was never retrieved\nfuture: <Task exception=ValueError('my address is …')>"
    >>> without_contents(None, "error", {"logger": "asyncio", "event": told})["event"]
    'Task exception was never retrieved'
    """
    if event.get("logger") == "asyncio":
        event["event"] = re.split(r"[\n<(]", str(event.get("event")), maxsplit=1)[0].strip()
    return event


def _held_back(_: object, __: str, event: EventDict) -> EventDict:
    record = event.get("_record")
    if held := getattr(record, "held_back", 0):
        event["held_back"] = held
    return event


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        _held_back,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        withhold,
        without_contents,
    ]


def _last(form: Literal["text", "json"], is_terminal: bool) -> list[Processor]:
    tidy = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    if form == "json":
        return [tidy, tell_exc_info, structlog.processors.JSONRenderer(default=str)]
    return [tidy, structlog.dev.ConsoleRenderer(colors=is_terminal, exception_formatter=print_exc_info)]


def configure_logs(
    form: Literal["text", "json"] = "text", *, stream: TextIO | None = None, **fields: Any
) -> logging.Handler:
    """Send every log line, ours and the libraries', to `stream` (stderr) in one form; `fields` are on each line."""
    stream = stream or sys.stderr
    handler = logging.StreamHandler(stream)
    last = _last(form, stream.isatty())
    handler.addFilter(Patience())
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processors=last, foreign_pre_chain=_shared()))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)
    structlog.configure(
        processors=[*_shared(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    structlog.contextvars.bind_contextvars(**fields)
    return handler


def get_logger(name: str, **fields: Any) -> structlog.stdlib.BoundLogger:
    """A logger whose lines are events with fields: `log.info("topic_created", topic=…, partitions=4)`."""
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name, **fields)
    return logger
