"""The time of day that a text names: `by 5pm`, `um 15 Uhr`, `a las 5 de la tarde`, `下午3点`, `tomorrow morning`."""

import re
from datetime import time

from listener.signals.due.words import PARTS, either, number

END = time(23, 59, 59)
"""When a day is over."""
_CLOCK = re.compile(
    r"(?:(?<![a-z])(?P<lead>by|at|before|until|till|um|bis|gegen|vor|ab|a las|a la|antes de las?|sobre las|hasta las"
    r"|between|zwischen|entre las|,|and|und|y) (?:spaetestens |about |around |etwa |las )?)?"
    r"(?<! [-+−])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>am|pm|a\.m\.|p\.m\.|uhr|o'clock|hrs?|h)?"
    r"(?!\w|%|[.:/-]\d)"
    r"(?P<after> (?:de la (?:tarde|noche|manana)|(?:in the|this) (?:morning|afternoon|evening)|nachmittags|abends"
    r"|morgens|today|tomorrow|tonight|sharp|noon|heute|on ))?"
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen|entre las) \d{1,2}(?:[:.]\d\d)? ?(?:am|pm|uhr)? (?:and|und|y las|y) "
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?(?= (?:tomorrow|today|on|morgen|heute)\b|[.,;!?]|$)"
)
"""From one hour to another, neither of which says that it is one."""
_GOES_ON = re.compile(
    r" (?:for sure|latest|at the latest|please|then|instead|and|or|so|when|if|i|we|he|she|our|your|the)\b"
)
"""What may follow an hour, and no number of things: `at ten our driver comes`."""
_HAN_CLOCK = re.compile(
    r"(?P<part>上午|早上|中午|下午|晚上|今晚|明晚)?(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,2})[点时:：](?P<minute>半|\d{2})?"
)
_LEADS = frozenset(("by", "at", "before", "until", "till", "um", "gegen"))
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
        if not sure and not (found["lead"] in _LEADS and _closes(low, found.end())):
            continue
        hour = int(found["hour"])
        bare = half in ("", "o'clock") and not minute and after in ("", "today", "tomorrow", "on", "sharp", "heute")
        afternoon = half == "pm" or any(p in after for p in _LATER) or (bare and 1 <= hour <= 7)
        last = _time(hour + 12 if afternoon and hour < 12 else hour, int(minute or 0)) or last
    return _later_of_two(low) or last or _han_clock(low)


def _later_of_two(low: str) -> time | None:
    found = _BETWEEN.search(low)
    if found is None:
        return None
    hour = int(found["hour"])
    return _time(hour + 12 if 1 <= hour <= 7 and not found["minute"] else hour, int(found["minute"] or 0))


def _spanish(lead: str | None) -> bool:
    return lead is not None and lead.startswith(("a la", "antes", "sobre", "hasta las", "entre las"))


def _closes(low: str, end: int) -> bool:
    return low[end : end + 1] in ("", ".", ",", "!", "?", ";") or _GOES_ON.match(low, end) is not None


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
