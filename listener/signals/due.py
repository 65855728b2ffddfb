"""When a promise falls due: `by Friday`, `within 48 hours`, `morgen`, in the offset of the turn that makes it."""

import re
from datetime import datetime, time, timedelta

_DAYS = {
    name: n
    for n, names in enumerate(
        (
            "monday mon montag lunes 周一 星期一",
            "tuesday tue tues dienstag martes 周二 星期二",
            "wednesday wed mittwoch miércoles miercoles 周三 星期三",
            "thursday thu thur thurs donnerstag jueves 周四 星期四",
            "friday fri freitag viernes 周五 星期五",
            "saturday sat samstag sonnabend sábado sabado 周六 星期六",
            "sunday sun sonntag domingo 周日 星期日 星期天",
        )
    )
    for name in names.split()
}
_MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan januar enero",
            "february feb februar febrero",
            "march mar märz marzo",
            "april apr abril",
            "may mai mayo",
            "june jun juni junio",
            "july jul juli julio",
            "august aug agosto",
            "september sep sept septiembre",
            "october oct oktober okt octubre",
            "november nov noviembre",
            "december dec dezember dez diciembre",
        ),
        1,
    )
    for name in names.split()
}
_NUMBERS = {
    w: n
    for n, ws in {
        1: "a an one ein eine einer einem un una 一",
        2: "two couple zwei dos 两 二",
        3: "three drei tres 三",
        4: "four vier cuatro 四",
        5: "five fünf cinco 五",
        6: "six sechs seis 六",
        7: "seven sieben siete 七",
        8: "eight acht ocho 八",
        9: "nine neun nueve",
        10: "ten zehn diez 十",
        12: "twelve zwölf doce",
        14: "fourteen vierzehn catorce",
        15: "fifteen fünfzehn quince",
        24: "twenty-four vierundzwanzig",
        48: "forty-eight achtundvierzig",
        30: "thirty",
        20: "twenty",
    }.items()
    for w in ws.split()
}
_UNITS = {
    "minute": timedelta(minutes=1),
    "min": timedelta(minutes=1),
    "minuto": timedelta(minutes=1),
    "分钟": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "hr": timedelta(hours=1),
    "h": timedelta(hours=1),
    "stunde": timedelta(hours=1),
    "hora": timedelta(hours=1),
    "小时": timedelta(hours=1),
    "day": timedelta(days=1),
    "tag": timedelta(days=1),
    "día": timedelta(days=1),
    "dia": timedelta(days=1),
    "天": timedelta(days=1),
    "week": timedelta(weeks=1),
    "woche": timedelta(weeks=1),
    "semana": timedelta(weeks=1),
    "周": timedelta(weeks=1),
    "month": timedelta(days=30),
    "monat": timedelta(days=30),
    "mes": timedelta(days=30),
    "fortnight": timedelta(days=14),
}
_SPAN = re.compile(
    r"(?:within|in|over|inside|innerhalb(?: von)?|binnen|dentro de|en|在)?\s*(?:the )?(?:next |nächsten |maximum "
    r"|max |about |around |roughly |próxim\w+ )?"
    r"(?:\d{1,3}\s?(?:-|–|to|or|bis|a|o)\s?)?(\d{1,3}|a couple|[a-zäöüñ-]{1,14}|[一二两三四五六七八十])(?: of)?\s?"
    r"((?:business|working) |werk|arbeits|个工作|个)?"
    r"(minute|minuto|min|hour|hr|stunde|hora|day|tag|día|dia|week|woche|semana|fortnight|month|monat|mes|分钟|小时|天"
    r"|周|h(?![a-z]))(?:e?n|s|es)?(?: hábiles| laborables)?"
    r"(?![a-zäöü])\s*(之?内|以内)?",
    re.IGNORECASE,
)
_BEFORE_SPAN = re.compile(
    r"(?:within|in|over|inside|innerhalb(?: von)?|binnen|dentro de|en|up to|takes?|allow|next|nächsten|在)\s",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:by|at|before|until|till|um|bis|a las|antes de las)\s+(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm|a\.m\.|p\.m\."
    r"|uhr|o'?clock|h\b)?",
    re.IGNORECASE,
)
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(\d{{4}})-(\d{{2}})-(\d{{2}})\b|\b(\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of |de )?({_MONTH})\b|\b({_MONTH}) "
    rf"(\d{{1,2}})(?:st|nd|rd|th)?\b"
)
_WORD = re.compile(r"[^\W\d_]+", re.IGNORECASE)
_TODAY = frozenset(["today", "tonight", "heute", "hoy"])
_TOMORROW = frozenset(["tomorrow", "morgen", "mañana", "tmrw", "tmr"])


def due_at(text: str, at: datetime) -> datetime | None:
    """The moment a promise in this text falls due, or None where it names none.

    >>> due_at("I will call you within 48 hours.", datetime.fromisoformat("2026-03-02T10:00:00+01:00")).isoformat()
    '2026-03-04T10:00:00+01:00'
    >>> due_at("You'll have it by Friday", datetime.fromisoformat("2026-03-02T10:00:00+01:00")).isoformat()
    '2026-03-06T23:59:59+01:00'
    """
    low = text[:2_000].lower()
    if (spanned := _in_span(low, at)) is not None:
        return spanned
    day = _day(low, at)
    clock = _clock(low)
    if day is None and clock is None:
        return None
    due = datetime.combine(day or at.date(), clock or time(23, 59, 59), at.tzinfo)
    return due if due > at else due + timedelta(days=1) if day is None else None


def _in_span(low: str, at: datetime) -> datetime | None:
    for found in _SPAN.finditer(low):
        number, working, unit, inside = found.groups()
        if (
            not inside
            and not _BEFORE_SPAN.match(found.group())
            and not _BEFORE_SPAN.search(low[max(0, found.start() - 10) : found.start() + 1])
        ):
            continue
        count = int(number) if number.isdigit() else 2 if number == "a couple" else _NUMBERS.get(number)
        if count is None:
            continue
        try:
            return _after_working_days(at, count) if working else at + count * _UNITS[unit]
        except (OverflowError, KeyError):
            return None
    return None


def _after_working_days(at: datetime, count: int) -> datetime:
    due = at
    for _ in range(min(count, 400)):
        due += timedelta(days=1)
        while due.weekday() > 4:
            due += timedelta(days=1)
    return due


def _day(low: str, at: datetime) -> datetime | None:  # a date, kept as a datetime
    dated = _dated(low, at)
    if dated is not None:
        return dated
    words = _WORD.findall(low)
    for i, word in enumerate(words):
        if word in _DAYS:
            ahead = (_DAYS[word] - at.weekday()) % 7 or 7
            again = i > 0 and words[i - 1] in ("next", "nächsten", "próximo") and ahead <= 6 - at.weekday()
            return at + timedelta(days=ahead + 7 * again)
        if word in _TOMORROW and not (word == "morgen" and i > 0 and words[i - 1] == "guten"):
            return at + timedelta(days=1)
        if word in _TODAY:
            return at
    return _of_period(low, at)


def _of_period(low: str, at: datetime) -> datetime | None:
    if re.search(r"end of (?:the )?day|\beod\b|close of business|\bcob\b|this (?:afternoon|evening)|heute|今天", low):
        return at
    if "明天" in low:
        return at + timedelta(days=1)
    if (named := next((d for d in _DAYS if not d.isascii() and d in low and len(d) < 4), None)) is not None:
        return at + timedelta(days=(_DAYS[named] - at.weekday()) % 7 or 7)
    if re.search(
        r"end of (?:the|this) week|this week|by the weekend|\beow\b|ende der woche|diese woche|esta semana|本周", low
    ):
        return at + timedelta(days=(4 - at.weekday()) % 7)
    if re.search(r"next week|nächste woche|próxima semana|下周", low):
        return at + timedelta(days=11 - at.weekday())
    if re.search(r"end of (?:the|this) month|this month|ende des monats|fin de mes", low):
        return (at.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return None


def _dated(low: str, at: datetime) -> datetime | None:
    for found in _DATE.finditer(low):
        year, month, day, day_first, named, named_first, day_last = found.groups()
        try:
            if year:
                return at.replace(year=int(year), month=int(month), day=int(day))
            number = _MONTHS.get(named or named_first)
            if number:
                due = at.replace(month=number, day=int(day_first or day_last))
                return due if due.date() >= at.date() else due.replace(year=at.year + 1)
        except ValueError:
            continue
    return None


def _clock(low: str) -> time | None:
    for found in _CLOCK.finditer(low):
        hour, minute, half = int(found.group(1)), int(found.group(2) or 0), (found.group(3) or "").replace(".", "")
        if not half and not found.group(2):
            continue
        if half == "pm" and hour < 12:
            hour += 12
        if hour < 24 and minute < 60:
            return time(hour, minute)
    if re.search(r"\b(?:by|before|at|until) (?:noon|midday)\b|\bmittag", low):
        return time(12)
    return None
