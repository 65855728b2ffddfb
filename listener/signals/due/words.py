"""The words of time in English, German, Spanish and Chinese: days, months, numbers, units, parts of a day.

All are written without the marks that hurried writers leave off (`manana`, `naechste`), as `plain` makes them.
"""

import re
from collections.abc import Iterable
from datetime import time, timedelta

PLAIN = {ord(a): b for a, b in zip("áàéèíìóòúùñ", "aaeeiioouun", strict=True)} | {
    ord("ä"): "ae",
    ord("ö"): "oe",
    ord("ü"): "ue",
    ord("ß"): "ss",
    ord("’"): "'",
}


def _numbered(lines: str, first: int = 0) -> dict[str, int]:
    return {word: n for n, line in enumerate(lines.strip().split("\n"), first) for word in line.split()}


DAYS = _numbered(
    """
    monday mon montag lunes 一
    tuesday tue tues dienstag martes 二
    wednesday wed weds mittwoch miercoles 三
    thursday thu thur thurs donnerstag jueves 四
    friday fri freitag viernes 五
    saturday sat samstag sonnabend sabado 六
    sunday sun sonntag domingo 日 天
    """
)
"""A day of the week's number, Monday 0; Chinese days are met behind 周, 星期 or 礼拜 only."""
MONTHS = _numbered(
    """
    january jan januar jaenner enero ene
    february feb februar febrero
    march mar maerz marzo
    april apr abril
    may mai mayo
    june jun juni junio
    july jul juli julio
    august aug agosto ago
    september sep sept septiembre setiembre
    october oct oktober okt octubre
    november nov noviembre
    december dec dezember dez diciembre dic
    """,
    1,
)
NUMBERS = _numbered(
    """
    half halben halbe halb media medio 半
    a an one ein eine einer einem einen un una uno 一
    two zwei dos couple 两 二 paar
    three drei tres few several einigen wenigen pocos pocas unos unas 三
    four vier cuatro 四
    five fuenf cinco 五
    six sechs seis 六
    seven sieben siete 七
    eight acht ocho 八
    nine neun nueve 九
    ten zehn diez 十
    eleven elf once
    twelve zwoelf doce
    thirteen dreizehn trece
    fourteen vierzehn catorce
    fifteen fuenfzehn quince
    """
) | {
    "twenty": 20,
    "zwanzig": 20,
    "veinte": 20,
    "thirty": 30,
    "dreissig": 30,
    "treinta": 30,
    "twenty-four": 24,
    "vierundzwanzig": 24,
    "veinticuatro": 24,
    "forty-eight": 48,
    "achtundvierzig": 48,
    "seventy-two": 72,
}
"""Numbers in words; 0 stands for a half, `a few` for three."""
MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
UNITS: dict[str, timedelta] = {
    word: span
    for span, words in {
        MINUTE: "minute minutes min mins minuten minuto minutos 分钟",
        HOUR: "hour hours hr hrs h stunde stunden std hora horas 小时 钟头",
        DAY: "day days tag tage tagen dia dias 天 日 工作日",
        WEEK: "week weeks wk wks woche wochen semana semanas 周 星期 礼拜",
        2 * WEEK: "fortnight",
        30 * DAY: "month months monat monate monaten mes meses 月",
    }.items()
    for word in words.split()
}
"""How long a unit is; a month is taken for 30 days."""
PARTS: dict[str, time] = {
    word: hour
    for hour, words in {
        time(12): "morning|first thing|vormittag|frueh|por la manana|en la manana|noon|midday|lunchtime|mittag|mediodia"
        "|上午|早上|早晨|中午|明早|今早",
        time(18): "afternoon|nachmittag|tarde|下午|傍晚|close of business|cob|end of business|feierabend|下班",
        time(22): "evening|abend|noche|晚上|今晚|明晚",
    }.items()
    for word in words.split("|")
}
"""When a part of a day is over; a night lasts until the day ends."""


def number(said: str) -> int | None:
    """A number in figures or words, Chinese tens included; 0 for a half.

    >>> number("48"), number("zwei"), number("十二"), number("二十四"), number("半"), number("x")
    (48, 2, 12, 24, 0, None)
    """
    if said.isdigit():
        return int(said)
    if said.startswith(("half", "einer halb", "eine halb")):
        return 0
    if "十" in said:
        tens, _, ones = said.partition("十")
        return 10 * (NUMBERS.get(tens, 0) if tens else 1) + (NUMBERS.get(ones, 0) if ones else 0)
    return NUMBERS.get(said) if said in NUMBERS else NUMBERS.get(said[-1:])


def either(words: Iterable[str]) -> str:
    """A regular expression for any of some words, longer ones first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
