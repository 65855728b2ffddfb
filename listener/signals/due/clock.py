"""The time of day that a text names: `by 5pm`, `um 15 Uhr`, `a las 5 de la tarde`, `下午3点`, `tomorrow morning`."""

import re
from datetime import time

from listener.signals.due.words import PARTS, either, number

END = time(23, 59, 59)
"""When a day is over."""
_CLOCK = re.compile(
    r"(?:(?P<lead>by|at|before|until|till|um|bis|gegen|vor|ab|a las|a la|antes de las?|sobre las|hasta las|between"
    r"|zwischen|entre las|,|and|und|y) (?:spaetestens |about |around |etwa |las )?)?"
    r"(?<! [-+−])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.|uhr|o'clock|hrs?|h)?"
    r"(?!\w|%|[.:/-]\d)"
    r"(?P<after> (?:de la (?:tarde|noche|manana)|(?:in the|this) (?:morning|afternoon|evening)|nachmittags|abends"
    r"|morgens|today|tomorrow|sharp|noon|heute|on ))?"
)
_HAN_CLOCK = re.compile(
    r"(?P<part>上午|早上|中午|下午|晚上|今晚|明晚)?(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,2})[点时:：](?P<minute>半|\d{2})?"
)
_LATER = ("下午", "晚上", "今晚", "明晚", "中午", "tarde", "noche", "afternoon", "evening", "nachmittag", "abend")
_NOON = re.compile(
    r"\b(?:by|before|at|until|till|bis|vor|gegen|al|antes del?) (?:12 )?(?:noon|midday|mittag|mediodia)\b"
)
_MIDNIGHT = re.compile(r"\b(?:midnight|mitternacht|medianoche)\b|午夜|零点")
_PART = re.compile(either(PARTS))


def hour_of(low: str) -> time | None:
    """The last hour that a plain text in small letters names, else the end of the part of a day it names.

    >>> hour_of("between 8 and 12 o'clock"), hour_of("manana por la tarde"), hour_of("by friday")
    (datetime.time(12, 0), datetime.time(18, 0), None)
    """
    return clock_of(low) or _part(low)


def _part(low: str) -> time | None:
    found = _PART.search(low.replace("esta tarde", "tarde"))
    return PARTS[found.group()] if found else None


def clock_of(low: str) -> time | None:
    """The hour a text names, the later one of two; bare hours from one to seven are in the afternoon."""
    if _NOON.search(low):
        return time(12)
    if _MIDNIGHT.search(low):
        return END
    last: time | None = None
    for found in _CLOCK.finditer(low):
        half, minute, after = (found["half"] or "").replace(".", ""), found["minute"], (found["after"] or "").strip()
        sure = half in ("am", "pm", "uhr", "o'clock") or minute or after or _spanish(found["lead"])
        if not sure and not (found["lead"] in ("by", "at", "before", "until", "till") and _closes(low, found.end())):
            continue
        hour = int(found["hour"])
        bare = not half and not minute and after in ("", "today", "tomorrow", "on", "sharp", "heute")
        afternoon = half == "pm" or any(p in after for p in _LATER) or (bare and 1 <= hour <= 7)
        last = _time(hour + 12 if afternoon and hour < 12 else hour, int(minute or 0)) or last
    return last or _han_clock(low)


def _spanish(lead: str | None) -> bool:
    return lead is not None and lead.startswith(("a la", "antes", "sobre", "hasta las", "entre las"))


def _closes(low: str, end: int) -> bool:
    return low[end : end + 1] in ("", ".", ",", "!", "?", ";")


def _han_clock(low: str) -> time | None:
    for found in _HAN_CLOCK.finditer(low):
        hour = number(found["hour"])
        if hour is None:
            continue
        if found["part"] in _LATER and hour < 11:
            hour += 12
        told = _time(hour, 30 if found["minute"] == "半" else int(found["minute"] or 0))
        if told:
            return told
    return None


def _time(hour: int, minute: int) -> time | None:
    if hour == 24:
        return END
    return time(hour, minute) if hour < 24 and minute < 60 else None
