"""Hours, dates and spans that are spelt out, as a call's transcript spells them, written in figures."""

import re

from listener.signals.due.words import MONTHS, UNITS, either, number


def _words(line: str) -> list[str]:
    return line.split()


_HOURS = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "de": "eins|ein zwei drei vier fuenf sechs sieben acht neun zehn elf zwoelf",
    "es": "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
}
HOUR = {word: n for line in _HOURS.values() for n, words in enumerate(line.split(), 1) for word in words.split("|")}
"""The hours of a clock's face by their words."""
_ONES = _words("first second third fourth fifth sixth seventh eighth ninth")
_TEENS = _words(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_ERSTE = _words(
    "ersten zweiten dritten vierten fuenften sechsten siebten achten neunten zehnten elften zwoelften dreizehnten"
    " vierzehnten fuenfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten"
)
_TENS = {"twenty": 20, "thirty": 30}
_EIN = _words("ein zwei drei vier fuenf sechs sieben acht neun")
_PRIMERO = _words("uno dos tres cuatro cinco seis siete ocho nueve diez once doce quince veinte treinta")
ORDINAL = (
    {word: n for n, word in enumerate((*_ONES, *_TEENS), 1)}
    | {f"{tens} {one}": ten + n for tens, ten in _TENS.items() for n, one in enumerate(_ONES, 1) if ten + n < 32}
    | {"thirtieth": 30, "dreissigsten": 30, "einunddreissigsten": 31}
    | {word: n for n, word in enumerate(_ERSTE, 1)}
    | {f"{one}undzwanzigsten": 20 + n for n, one in enumerate(_EIN, 1)}
)
"""Days of a month by their words."""
_FACE = either(HOUR)
_WORD = re.compile(rf"\b(?:{_FACE})\b")
_NO_COUNT = rf"(?! (?:{either(u for u in UNITS if u.isascii())})\b)"
_SPELT_HOUR = re.compile(
    rf"\b(?P<lead>at|by|before|until|till|about|around|um|gegen|bis|vor|ab|las|la) (?P<hour>{_FACE})\b"
    rf"(?<!at once)(?<!about once)(?<!around once){_NO_COUNT}"
    rf"|\b(?P<plain>{_FACE})(?= (?:o'clock|uhr|am|pm|a\.m|p\.m|sharp|in the (?:morning|afternoon|evening)|de la )\b)"
)
_TWO_HOURS = re.compile(
    rf"\b(?:between|from|zwischen|von|entre las) (?:{_FACE}|\d\d?(?::\d\d)?)"
    rf" (?:and|to|till|until|und|bis|y las|y) (?:{_FACE}|\d\d?)"
    r"(?=$|[.,;!?]| (?:tomorrow|today|tonight|on|morgen|heute|uhr|o'clock|am|pm|in the|de la)\b)"
)
_PAST = re.compile(
    rf"\b(?P<part>half|quarter|a quarter|viertel) (?P<way>past|to|after|nach|vor) (?P<hour>{_FACE}|\d\d?)\b"
    rf"|\bhalb (?P<halb>{_FACE}|\d\d?)\b"
    rf"|\blas? (?P<es>{_FACE}|\d\d?) (?P<tail>y media|y cuarto|menos cuarto)\b"
)
_MORNING = re.compile(r" (?:in the morning|this morning|am\b|de la manana|morgens|frueh)")
_ORDINAL = either(ORDINAL).replace(r"\ ", "[ -]")
_MONTH = f"(?:{either(MONTHS)})"
_DAY = re.compile(
    rf"\b(?P<of>{_ORDINAL}) (?:of |de )?(?P<month>{either(MONTHS)})\b"
    rf"|\b(?!may the)(?P<first>{either(MONTHS)}) (?:the )?(?P<behind>{_ORDINAL})\b"
    rf"|\b(?:by|on|until|till|before) the (?P<alone>{_ORDINAL})(?=$|[.,;!?])"
    rf"|\bel (?P<el>{either(_PRIMERO)})(?= de {_MONTH}\b)"
    rf"|\b(?:am|zum) (?P<am>{_ORDINAL})(?=$|[.,;!?])"
)
_SPANS = tuple(
    (re.compile(words), span)
    for words, span in (
        (
            r"\b(?:a |one )?quarter of an hour\b|\b(?:einer |eine )?viertelstunde\b|\b(?:un )?cuarto de hora\b|一刻钟",
            "15 minutes",
        ),
        (
            r"\bthree quarters of an hour\b|\b(?:einer |eine )?dreiviertelstunde\b|\btres cuartos de hora\b",
            "45 minutes",
        ),
        (
            r"\b(?:an|one) hour and a half\b|\b(?:anderthalb|eineinhalb) stunden\b|\b(?:una )?hora y media\b",
            "90 minutes",
        ),
    )
)
_HAN_DATE = re.compile(r"(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})(?=[日号])")


def in_figures(low: str) -> str:
    """A plain text in small letters, its hours, dates and spans in figures; every other word as it was.

    >>> in_figures("tomorrow at ten, by half past four, on the second of april")
    'tomorrow at 10, by 4:30pm, on the 2 of april'
    >>> in_figures("in a quarter of an hour"), in_figures("within one to two weeks"), in_figures("um halb fuenf")
    ('in 15 minutes', 'within one to two weeks', 'um 4:30pm')
    """
    for words, span in _SPANS:
        low = words.sub(span, low)
    low = _PAST.sub(_clock, low)
    low = _TWO_HOURS.sub(lambda found: _WORD.sub(_figure, found.group()), low)
    low = _SPELT_HOUR.sub(_hour, low)
    low = _DAY.sub(_day, low)
    return _HAN_DATE.sub(lambda found: f"{number(found['m'])}月{number(found['d'])}", low)


def _value(said: str) -> int:
    return int(said) if said.isdigit() else HOUR[said]


def _clock(found: re.Match[str]) -> str:
    hour = _value(found["hour"] or found["halb"] or found["es"])
    part, tail = found["part"] or "", found["tail"] or ""
    before = found["halb"] or found["way"] in ("to", "vor") or tail.startswith("menos")
    minute = 30 if found["halb"] or part == "half" or tail.endswith("media") else 45 if before else 15
    hour = (hour - 2) % 12 + 1 if before and hour <= 12 else hour
    is_morning = _MORNING.match(found.string, found.end())
    las = found.group().split()[0] + " " if found["es"] else ""
    return f"{las}{hour}:{minute}{'pm' if hour <= 7 and not is_morning else ''}"


def _hour(found: re.Match[str]) -> str:
    lead = f"{found['lead']} " if found["lead"] else ""
    return f"{lead}{HOUR[found['hour'] or found['plain']]}"


def _figure(found: re.Match[str]) -> str:
    return str(HOUR[found.group()])


def _day(found: re.Match[str]) -> str:
    words = next(found[name] for name in ("of", "behind", "alone", "am", "el") if found[name])
    day = str(number(words) if found["el"] else ORDINAL[words.replace("-", " ")])
    if found["alone"]:
        day += "th"
    elif found["am"]:
        day += "."
    return found.group().replace(words, day)
