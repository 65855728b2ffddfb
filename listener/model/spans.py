"""Spans of time as people write them: `10 min`, `24 h`, `30 d`, `1 y` (365 days); and a moment kept in seconds."""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

DAY_S = 86_400
"""A day in seconds."""
_UNITS = {"s": 1, "min": 60, "h": 3600, "d": DAY_S, "y": 365 * DAY_S}
_SPAN = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(s|min|h|d|y)\s*")


@lru_cache(maxsize=1024)
def seconds(text: str) -> int:
    """A span in whole seconds.

    >>> seconds("10 min"), seconds("72h")
    (600, 259200)
    """
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is not a span of time; write 30 s, 10 min, 24 h, 30 d or 1 y")
    return round(float(found[1]) * _UNITS[found[2]])


def span(text: str) -> timedelta:
    """A span as a timedelta."""
    try:
        return timedelta(seconds=seconds(text))
    except OverflowError:
        raise ValueError(f"{text!r} is longer than time can be counted") from None


def moment(at_s: int) -> datetime:
    """A moment that is kept in whole seconds since 1970."""
    return datetime.fromtimestamp(at_s, UTC)
