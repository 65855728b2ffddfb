"""When a promise falls due: `by Friday`, `within 48 hours`, `morgen`, `明天之前`, in the offset of its turn.

The moment is the last one at which a patient listener would still call the promise kept: a day counts to its end, a
span to its longer bound, a week to its Friday, "before Friday" like "by Friday".
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from listener.model.wire import LATEST
from listener.signals.due.clock import END, clock_of, hour_of
from listener.signals.due.spelt import in_figures
from listener.signals.due.words import DAY, DAYS, MONTHS, NUMBERS, PLAIN, UNITS, WEEK, either, number
from listener.signals.words.han import simplified

_READ = 2_000
_BESIDE = 24
"""So many characters before a date the day of its week may begin."""


_LATIN = {w for w in NUMBERS if w.isascii()}
_COUNT = rf"half an?|einer? halben?|\d{{1,3}}|{either(_LATIN)}|[一二两三四五六七八九十半]{{1,3}}"
_SPAN = re.compile(
    r"(?P<lead>within|in|over|inside|under|up to|takes?|take|taking|allow|dauert|tardan?|tardara"
    r"|less than|no more than|next|maximum|max|about"
    r"|innerhalb|binnen|in den naechsten|naechsten|maximal|hoechstens|spaetestens|nach|dentro|en|plazo|proximas"
    r"|proximos|maximo|menos|再过|在|需要|大概|最多|约)?"
    r"[ :]{0,2}(?:(?:von|der|de|a|the|about|around|approximately|roughly|etwa|ca\.?|den|unos|unas|un plazo de"
    r"|next|naechsten|(?:los |las )?proxim[oa]s|of) ){0,3}"
    rf"(?:(?:{_COUNT}) ?(?:-|–|~|～|to|or|bis|oder|a|o|u|y|到|至|、) ?)?"
    rf"(?P<count>{_COUNT})(?: of)?(?: more| weitere| mas)? ?-?(?P<working>(?:business|working|werk|arbeits|bank)[ -]?)?"
    rf"(?:个)?(?P<unit>工作日|{either(UNITS)})(?![a-z])(?P<after> ?(?:habiles|laborables|之?内|以内|后|之后|左右|到账"
    r"|from now|at (?:the )?(?:most|latest)|later|time|or less))?"
)
_CLOSED = ("habiles", "laborables")
_WEEKDAY = re.compile(
    rf"(?P<next>next|coming|naechste[nr]?|kommende[nr]?|proximo|下下?个?)? ?(?:"
    rf"\b(?P<latin>{either(d for d in DAYS if d.isascii())})\b"
    r"|(?P<week>这|本|下|下个|下下)?(?:周|星期|礼拜)(?P<han>[一二三四五六日天]))"
    r"(?P<after> (?:next week|week|in einer woche|in a week|naechster woche|que viene|proximo))?"
)
_RELATIVE = (
    (2, r"day after tomorrow|uebermorgen|pasado manana|(?<!大)后天"),
    (3, r"大后天"),
    (
        1,
        r"(?<!after )\b(?:tomorrow|tmrw|tmr|2morrow)\b|(?<!guten )(?<!am )(?<!jeden )(?<!diesen )\bmorgen\b"
        r"|(?<!la )(?<!pasado )(?<!hasta )(?<!por la )(?<!esta )\bmanana\b|明天|明日|明早|明晚|第二天|次日|隔天",
    ),
    (0, r"\b(?:today|tonight|heute|hoy|esta (?:tarde|noche|manana|misma)|this (?:morning|afternoon|evening)"
        r"|eod|cob|end of (?:the |business )?(?:day|business)|close of business|tagesende|ende des tages)\b"
        r"|final(?:es)? del dia|今天|今日|今晚|今早|当天|当日"),
)  # fmt: skip
_DAY_WORDS = [(days, re.compile(words)) for days, words in _RELATIVE]
_MONTH = either(MONTHS)
_LATIN_DAY = rf"\b(?P<latin>{either(d for d in DAYS if d.isascii())})\b\.?"
_HAN_DAY = "(?:周|星期|礼拜)(?P<han>[一二三四五六日天])"
_DAY_BEFORE = re.compile(rf"(?:{_LATIN_DAY}[, (]{{0,2}}(?:the |den |dem |der |el |dia )?|{_HAN_DAY}[,，(（ ]{{0,2}})$")
_DAY_BEHIND = re.compile(rf"[ ,，(（]{{0,2}}(?:(?:a |an |ein |un )?{_LATIN_DAY}|{_HAN_DAY})")
_THE = r"(?:(?:the|am|zum|dem|den|el dia|el|dia) )?"
_NO_VERB = r"(?<! may(?= (?:be|not|have|need|take|well|also|still|work|suit)\b))"
"""`the 14th may be late` names no month."""
_NEXT_MONTH = (
    r"(?:of )?(?:next|the following|the coming) month|(?:des )?(?:naechsten|kommenden) monats"
    r"|del (?:mes que viene|mes proximo|proximo mes|mes siguiente)"
)
_NO_NOUN = (
    r"(?=$|[,;:!?)]| (?:um|ab|bis|gegen|zwischen|von|vor|und|oder|frueh|morgens|vormittags?|nachmittags?|abends?"
    r"|ich|wir|sie|es|das|da|dann|bitte)\b)"
)
"""What may stand behind `den 14.` where that is a day: not the noun of `den 2. Teil`."""
_DATE = re.compile(
    r"\b(?P<y>20\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})\b"
    rf"|\b{_THE}(?P<d2>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:day )?(?:of |de |del )?(?P<n2>{_MONTH})\b{_NO_VERB}"
    rf"|\b(?P<n3>{_MONTH})\.? (?:the )?(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\b"
    rf"|\b{_THE}(?P<d11>\d{{1,2}})(?:st|nd|rd|th|\.)? (?:{_NEXT_MONTH})\b|下个?月 ?(?P<d12>\d{{1,2}}) ?[日号]"
    r"|(?P<m4>\d{1,2}) ?月 ?(?P<d4>\d{1,2}) ?[日号]|\b(?P<d5>\d{1,2})\.(?P<m5>\d{1,2})\.(?:(?P<y5>20\d\d)|(?!\d))"
    r"|\b(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<y6>20\d\d|\d\d))?\b"
    r"|\b(?:the|am|zum|dem|el dia|el|dia) (?P<d7>\d{1,2})(?:st|nd|rd|th|\.(?= |$)|(?= ?(?:a mas|de este|$|[,.;])))"
    r"|(?P<d8>\d{1,2}) ?号(?!线|楼|店|柜)"
    rf"|(?<=day )(?P<d9>\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:of )?(?:{_MONTH})\b)"
    rf"|(?:(?<=tag )den (?P<d10>\d{{1,2}})\.(?= |$)|\bden (?P<d13>\d{{1,2}})\.{_NO_NOUN})"
)
_PERIODS = (
    ("week_after", r"(?:early|beginning of|start of|anfang|a principios? de(?: la)?) (?:next week|naechste[rn]? woche"
     r"|proxima semana|la semana que viene)|下周初"),
    ("next_week", r"next week|naechste[rn]? woche|kommende[rn]? woche|proxima semana|semana que viene|semana proxima"
     r"|下个?(?:周|星期|礼拜)(?![一二三四五六日天])"),
    ("weekend", r"this weekend|over the weekend|am wochenende|este fin de semana|(?:这个?|本)?周末"),
    ("week", r"end of (?:the |this )?week|this week|by the weekend|later this week|\beow\b|ende (?:der|dieser) woche"
     r"|diese[rn]? woche|wochenende|esta semana|final(?:es)? de (?:la )?semana|fin de semana|本周|这周"
     r"|这个?(?:星期|礼拜)"),
    ("next_month", r"next month|naechste[nr]? monat|kommende[nr]? monat|proximo mes|mes que viene|下个?月"),
    ("month", r"end of (?:the |this )?month|this month|\beom\b|ende (?:des|dieses) monats|monatsende|diese[nr]? monat"
     r"|fin(?:al|ales)? de(?:l)? mes|este mes|月底|本月|这个月|月末"),
    ("workday", r"next (?:business|working) day|naechste[nr]? (?:werk|arbeits)tag|siguiente dia (?:habil|laborable)"
     r"|下一?个?工作日"),
    ("hour", r"(?:within|inside|in) the (?:next )?hour|innerhalb der (?:naechsten )?stunde|en la proxima hora"),
)  # fmt: skip
_PERIOD_WORDS = [(name, re.compile(words)) for name, words in _PERIODS]


_AHEAD = re.compile(r"\b(?:will|shall|going to|werden?|wird|voy|vamos|va)\b|'ll\b|会|将")
"""Without one of these before it, `today` tells when something was done, and not by when it will be."""


def due_at(text: str, at: datetime, *, by_clock: bool = True) -> datetime | None:
    """The moment a promise in this text falls due, or None where it names none; `by_clock`: an hour alone is enough.

    >>> due_at("I will call you within 48 hours.", datetime.fromisoformat("2026-03-02T10:00:00+01:00")).isoformat()
    '2026-03-04T10:00:00+01:00'
    >>> due_at("You'll have it by Friday", datetime.fromisoformat("2026-03-02T10:00:00+01:00")).isoformat()
    '2026-03-06T23:59:59+01:00'
    """
    low = " ".join(text[:_READ].lower().translate(PLAIN).split())
    if not low.isascii():
        low = low.translate(simplified())
    try:
        due = _due(in_figures(low), at, by_clock)
    except (OverflowError, ValueError):
        return None
    return min(due, LATEST) if due else None


def _due(low: str, at: datetime, by_clock: bool) -> datetime | None:
    told = sorted([*_spans(low, at), *_days(low, at)], key=lambda one: one[0])
    if told:
        is_done = told[0][1] == at and not _AHEAD.search(low, 0, told[0][0])  # "refunded today, allow three days"
        _, due, is_moment = told[1] if is_done and len(told) > 1 else told[0]
        return due if is_moment else _on(due, low, at)
    return _today(low, at) if by_clock else None


Found = tuple[int, datetime, bool]
"""Where an expression stands, what it means, and whether that is a moment (else a day)."""


def _spans(low: str, at: datetime) -> Iterator[Found]:
    for found in _SPAN.finditer(low):
        after = (found["after"] or "").strip()
        unit, count = found["unit"], number(found["count"])
        if not (found["lead"] or after) or count is None or (unit in ("月", "日", "周") and not after):
            continue
        if unit == "h" and not found["count"].isdigit():
            continue
        if found["working"] or unit == "工作日" or after.endswith(_CLOSED):
            yield found.start(), _after_working_days(at, max(1, count)), True
        else:
            yield found.start(), at + (UNITS[unit] / 2 if count == 0 else count * UNITS[unit]), True
        return


def _after_working_days(at: datetime, count: int) -> datetime:
    due = at
    for _ in range(min(count, 400)):
        due += DAY
        while due.weekday() > 4:
            due += DAY
    return due


def _days(low: str, at: datetime) -> Iterator[Found]:
    for days, words in _DAY_WORDS:
        if found := words.search(low):
            yield found.start(), at + days * DAY, False
    dates = list(_dates(low, at))
    beside = [(first, last) for first, last, _ in dates]
    for found in _WEEKDAY.finditer(low):
        if not any(first <= found.end() - 1 and found.start() < last for first, last in beside):
            yield found.start(), _weekday(found, at), False
            break
    if told := next(((first, day) for first, _, day in dates if day), None):
        yield told[0], datetime.combine(told[1], at.timetz()), False
    for name, words in _PERIOD_WORDS:
        if found := words.search(low):
            is_moment = name == "hour"
            yield found.start(), at + timedelta(hours=1) if is_moment else _period(name, at), is_moment


def _weekday(found: re.Match[str], at: datetime) -> datetime:
    day = DAYS[found["latin"] or found["han"]]
    ahead = (day - at.weekday()) % 7 or 7
    if found["week"] in ("下", "下个", "下下") or (found["next"] or "").startswith("下"):
        return at + timedelta(days=7 - at.weekday() + day) + (WEEK if "下下" in found.group() else timedelta())
    later = (found["after"] or "").strip()
    if later in ("next week", "naechster woche"):
        return at + timedelta(days=7 - at.weekday() + day)
    if later in ("week", "in einer woche", "in a week"):
        return at + timedelta(days=ahead + 7)
    is_next = (found["next"] or "").startswith(("next", "naechste")) and ahead <= 6 - at.weekday()
    return at + timedelta(days=ahead + 7 * is_next)


def _period(name: str, at: datetime) -> datetime:
    friday = at + timedelta(days=4 - at.weekday() if at.weekday() <= 4 else 6 - at.weekday())
    if name == "workday":
        return _after_working_days(at, 1)
    if name.startswith("week") or name == "next_week":
        return {
            "week": friday,
            "weekend": at + timedelta(days=6 - at.weekday()),
            "next_week": at + timedelta(days=11 - at.weekday()),
            "week_after": at + timedelta(days=9 - at.weekday()),
        }[name]
    first = (at.replace(day=28) + 4 * DAY).replace(day=1)
    if name == "next_month":
        first = (first.replace(day=28) + 4 * DAY).replace(day=1)
    return first - DAY


def _dates(low: str, at: datetime) -> Iterator[tuple[int, int, date | None]]:
    """Every date, from where to where it stands with the day of the week beside it, and which day that is.

    The day of the week says which year or month is meant; where that has passed, the date is told of, not promised.
    """
    for found in _DATE.finditer(low):
        parts = {k: v for k, v in found.groupdict().items() if v}
        before, behind = (
            _DAY_BEFORE.search(low, max(0, found.start() - _BESIDE), found.start()),
            _DAY_BEHIND.match(low, found.end()),
        )
        named = before or behind
        weekday = DAYS[named["latin"] or named["han"]] if named else None
        first = before.start() if before else found.start()
        last = behind.end() if behind and not before else found.end()
        try:
            yield first, last, _date(parts, at.date(), weekday)
        except ValueError:
            continue


def _date(parts: dict[str, str], today: date, weekday: int | None) -> date | None:
    if "y" in parts:
        return date(int(parts["y"]), int(parts["m"]), int(parts["d"]))
    if "a" in parts:
        return _either_way(int(parts["a"]), int(parts["b"]), parts.get("y6"), today)
    following = today.replace(day=28) + 4 * DAY
    if number_of_day := parts.get("d11") or parts.get("d12"):
        return _meant([(following.year, following.month, int(number_of_day))], today, weekday)
    if number_of_day := next((parts[name] for name in ("d7", "d8", "d9", "d10", "d13") if name in parts), None):
        months = [(month.year, month.month, int(number_of_day)) for month in (today, following)]
        return _meant(months, today, weekday)
    named = parts.get("n2") or parts.get("n3")
    month = MONTHS[named] if named else int(parts.get("m4") or parts["m5"])
    day_of_month = int(parts.get("d2") or parts.get("d3") or parts.get("d4") or parts["d5"])
    if "y5" in parts:
        return date(int(parts["y5"]), month, day_of_month)
    return _meant([(year, month, day_of_month) for year in (today.year, today.year + 1)], today, weekday)


def _meant(dates: list[tuple[int, int, int]], today: date, weekday: int | None) -> date | None:
    """The one that falls on the day named, None where that is past; else the first that is still to come."""
    days = [date(year, month, day) for year, month, day in dates if day <= monthrange(year, month)[1]]
    if named := [day for day in days if day.weekday() == weekday]:
        return next((day for day in named if day >= today), None)
    return next((day for day in days if day >= today), None)


def _either_way(one: int, other: int, year: str | None, today: date) -> date | None:
    """A date in strokes, day or month first: whichever comes sooner."""
    known = int(year) % 100 + 2000 if year else None
    days = []
    for month, day in {(one, other), (other, one)}:
        if 1 <= month <= 12 and 1 <= day <= 31:
            said = date(known or today.year, month, day)
            days.append(said if known or said >= today else said.replace(year=today.year + 1))
    return min((d for d in days if d >= today), default=None)


def _on(day: datetime, low: str, at: datetime) -> datetime | None:
    due = datetime.combine(day.date(), hour_of(low) or END, at.tzinfo)
    if due <= at and due.hour < 12:
        due += timedelta(hours=12)
    return due if due > at else None


def _today(low: str, at: datetime) -> datetime | None:
    clock = clock_of(low)
    if clock is None:
        return None
    due = datetime.combine(at.date(), clock, at.tzinfo)
    return due if due > at else due + DAY
