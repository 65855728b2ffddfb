"""Names that a text makes known itself: whom it greets, thanks or tells of as somebody, who says their name, who signs.

By where a name stands, not by a list of names: what stands there and is an ordinary word, a day, a role or the firm is
told apart by NO_NAMES and by the brand. Only names written large are known so.
"""

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from typing import Final

from listener.signals.redaction.ordinary import NO_NAMES, NOBODY, PARTICLES, is_saying
from listener.signals.words.stopwords import ENGLISH, GERMAN, SPANISH, STOP

_PARTICLES = PARTICLES | {"le", "du", "af"}
MOST = 24
"""So many names and parts of them are taken from one text; nobody greets more people by name."""
_SEEN = 80
"""A name that signs stands in so many of a text's last characters."""
_LAST = 4
"""Whoever signs does so in one of so many last lines: a role, a firm and a telephone may follow."""
_LARGE, _SMALL = "A-ZÀ-ÖØ-ÞĀ-ž", "a-zß-öø-ÿā-ſ"
_WORD = rf"(?:Mc|Mac|[OD]['’])?[{_LARGE}][{_SMALL}]+(?:['’-][{_LARGE}][{_SMALL}]+)?(?![\w@])"
_BETWEEN = r"(?:[A-Z]\.? |(?:de|del|de la|van|van der|von|di|da|bin|al|el) )?"
_FULL = rf"{_WORD}(?: {_BETWEEN}{_WORD}){{0,2}}"
_TITLE = (
    r"(?:(?i:mr|mrs|ms|mx|mdm|miss|dr|doctor|prof|professor|capt|captain|rev|herrn?|frau|señor(?:it)?a?|sra?|mme|doña"
    rf"|don|sir)\.? ){{0,2}}(?:[{_LARGE}]\.-? ?){{0,3}}"
)
_GREETING = (
    r"(?i:hi|hello|hey|hiya|heya|dear|dearest|g[i'’]?d+ay|hej|(?:good )?(?:morning|afternoon|evening)|good day"
    r"|hallo|hei|moin|servus|liebe[rs]?|guten (?:tag|morgen|abend)|sehr geehrte[rs]?|hola|estimad[oa]s?|querid[oa]s?"
    r"|buen[oa]s? (?:d[ií]as?|tardes|noches)|bonjour|ciao)"
)
_DEAR = r"(?i:dear|liebe[rs]?|querid[oa]|estimad[oa])"
_GREETED = re.compile(
    rf"[\s>*_\"“]{{0,3}}{_GREETING}(?: again)?(?:,? {_TITLE}(?P<only>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$))"
    rf"| {_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$)| [{_SMALL}'&]))"
    rf"(?:(?:,| and| &| und| y) (?:{_DEAR} )?{_TITLE}(?P<two>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$)))?"
)
_CALLED = re.compile(rf"\s{{0,3}}{_TITLE}(?P<one>{_FULL})(?:(?: and| &| und| y) (?P<two>{_FULL}))?\s?[,:–—-]\s*$")
"""A line that is a name and a comma: `Seun,`."""
_CALLING: Final = frozenset(["", *",:!–—-"])
_CALLS = tuple(mark + blank for mark in ",:–—-" for blank in ("", " ", "\r"))
_LARGE_WITHIN = re.compile(rf" (?=[{_LARGE}][{_SMALL}'’.])")
_I_AM: Final = tuple(
    f"{said} "
    for said in (
        *("i'm", "i’m", "i am", "my name's", "my name’s", "my name is", "this is", "it's", "it’s"),
        *("ich bin", "ich heiße", "ich heisse", "mein name ist", "me llamo", "mi nombre es", "soy"),
    )
)
_THANKS: Final = tuple(
    said + mark
    for said in (
        *("thanks", "thank you", "cheers", "sorry", "danke", "vielen dank", "herzlichen dank", "gracias"),
        *("thanks again", "thanks so much", "thank you so much", "thanks very much", "thank you very much"),
    )
    for mark in (" ", ", ")
)
_FARTHEST = max(map(len, (*_I_AM, *_THANKS)))
_SOMEBODY: Final = (
    "colleague|husband|wife|son|daughter|mother|mum|mom|father|dad|brother|sister|aunt|uncle|grandmother|grandfather"
    "|nan|friend|neighbour|neighbor|boss|driver|courier|technician|adviser|advisor|assistant|agent|manager"
    "|compañero|compañera|marido|mujer|esposo|esposa|hijo|hija|madre|padre|hermano|hermana|amigo|amiga|vecino|vecina"
    "|abuelo|abuela|tío|tía|novio|novia|namens"
)
"""Who somebody is, said before their name. In German a noun may stand there that is none (`hat Ihr Kollege Ersatz
versprochen`)."""
_SAYS = re.compile(
    rf"{_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.;!–—，。！-](?!\w)|$|\n)"
    r"| (?:from|here|at|and I|in|with|on|again|speaking|von|vom|aus|de|del)\b)"
)
"""A name that is said behind one of _I_AM, and what may follow: `Tom from the desk`, not `Gold member`."""
_THANKED = re.compile(rf"{_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.!;:–—，。！：]|$|\n))")
_OF_WHOM: Final = re.compile(
    rf"\b(?:{_SOMEBODY}|(?-i:don|doña))(?P<comma>,?) $"
    r"|\b(?:lady|gentleman|man|woman|guy|bloke|girl|lad|chap|someone|somebody|person|señora?|chic[oa]|alguien|persona)"
    r" (?:called|named|llamad[oa]|que se llama) $"
    r"|\b(?:spoke|spoken|speaking|talked|talking|chatted|habl(?:é|ado|ando)) (?:to|with|con) $",
    re.IGNORECASE,
)
"""Before a name: what tells that it is a person's who is spoken of."""
_OF_WHOM_ENDS: Final = frozenset(
    (*_SOMEBODY.split("|"), "don", "doña", "called", "named", "llamado", "llamada", "llama", "to", "with", "con")
)
"""How that ends: the cheap look before the expression."""
_OF_THEM = re.compile(rf"{_TITLE}(?P<one>{_FULL})")
_OF_THEM_APART = re.compile(rf"{_TITLE}(?P<one>{_FULL})(?=\s?[,.;!?)]|$)")
"""Between commas, `the driver, Stan, left it`; else the next clause may begin with a place."""
_HERE = re.compile(rf"(?:^|(?<=[.!?\n] ))(?P<here>{_WORD}) here(?=[,.!;:]| from| again| at| on)", re.MULTILINE)
_CLOSING = (
    r"(?i:(?:(?:kind|kindest|best|warm|warmest|many|with|all the|yours) ){0,2}"
    r"(?:regards|wishes|thanks|best|sincerely|faithfully|truly|cheers|yours|love|respectfully|thank you|take care"
    r"|speak soon|cordially)"
    r"|(?:mit )?(?:freundlichen?|besten?|vielen?|lieben?|herzlichen?|schönen?) (?:gr[üu](?:ß|ss)e?n?|dank)"
    r"|mfg|lg|vg|(?:un |cordiales |atentos )?saludos?(?: cordial(?:es)?)?|atentamente|un abrazo)"
)
_CLOSED = re.compile(rf"[\s*_]{{0,3}}{_CLOSING}[\s,.!:–—-]*$")
_YOURS = r"(?:(?i:ihre?|eure?|euer|deine?|your|tu|su) )?"
"""Whose they are who sign: `Ihre Annegret`."""
_SIGNED = re.compile(
    rf"(?:^|(?<=\s))(?:{_CLOSING}\s?[,.!–—-]? ?{_YOURS}|[-–—^*~/]{{1,2}} ?){_TITLE}(?P<one>{_FULL})\.?$"
    rf"|[.!?)…] {_TITLE}(?P<last>{_FULL})$"
)
_ALONE = re.compile(
    rf"[\s*_]{{0,3}}(?:[-–—^*~]{{1,2}} ?)?{_YOURS}{_TITLE}(?P<one>{_FULL})(?P<role>,? [^.!?]{{2,50}})?$"
)
_EVERYDAY = ENGLISH | STOP | GERMAN | SPANISH | NO_NAMES
WAYS = frozenset(("greeted", "says", "here", "signed"))
"""How a name may be made known: whom a line greets, who says their name or is thanked, `Kev here`, who signs."""
SIGNS = ("introduced", "introducing", "here", "greets", "calls", "closes", "signs", "line")
"""What a run of letters may be: a name's beginning, what stands before a name within a sentence, or behind it; a line's
first (`greets`) or last, before a line that signs (`closes`) or of a whole text (`signs`); a line's end."""
_BEGINS_LARGE = re.compile(rf"[{_LARGE}][{_SMALL}'’.]")
_HAS_LARGE = re.compile(rf"[{_LARGE}][{_SMALL}]")
_BEFORE: Final = tuple({said.split()[-1] for said in (*_I_AM, *_THANKS)})
_GREETINGS = frozenset(
    """
    hi hello hey hiya heya dear dearest gday g'day g’day giday gidday hej good morning afternoon evening hallo hei moin
    servus liebe lieber liebes guten sehr hola estimada estimadas estimado estimados querida queridas querido queridos
    buena buenas bueno buenos bonjour ciao
    """.split()  # noqa: SIM905  # words read better as a text
)
"""The first word of each greeting."""
_CLOSINGS_END = (
    *("regards", "wishes", "thanks", "best", "sincerely", "faithfully", "truly", "cheers", "yours", "love", "you"),
    *("respectfully", "care", "soon", "cordially", "grüßen", "grüße", "dank", "gruß", "mfg", "lg", "vg", "saludo"),
    *("saludos", "cordial", "cordiales", "atentamente", "abrazo"),
)


def introduced(text: str, brand: str = "", ways: Set[str] = WAYS) -> tuple[str, ...]:
    r"""The names that a text makes known, whole and each of their parts; linear in the text's length.

    `ways` are those of WAYS that the text may go.

    >>> introduced("Hi Seun,\nI'm Magda, I own the readers. Thanks for Friday.\nMagda")
    ('Seun', 'Magda')
    >>> introduced("Hi Team, this is Great. Thanks!\nBest"), introduced("Dear Tilly, where is it?", brand="tilly")
    ((), ())
    """
    parts: dict[str, None] = {}
    lines = _lines(text)
    called = _greeted(lines) if "greeted" in ways else ()
    for name, is_called in (*called, *((name, False) for name in _given(text, lines, ways))):
        words = name.replace(".", " ").split()
        if not _is_no_name(words, is_called=is_called) and not _is_of_firm(words, brand):
            parts |= dict.fromkeys(w for w in (name, *words) if _tells_apart(w) and _letters(w) not in _firm(brand))
        if len(parts) >= MOST:
            break
    return tuple(parts)


def signs_of(run: str) -> Iterator[str]:
    """Which of SIGNS a run of letters bears; a line's end bears all that stand at one.

    >>> [[*signs_of(run)] for run in ("Magda", "I'm", "Regards,", "(hello", "*Hi")]
    [['introduced', 'signs'], ['introduced', 'introducing'], ['calls', 'closes', 'signs'], [], ['greets', 'signs']]
    """
    if run[0] == "\n":
        yield from ("greets", "signs", "line")
        return
    low = run.lower()
    if _BEGINS_LARGE.match(run):
        yield "introduced"
    if low.endswith(_BEFORE):
        yield "introducing"
    if low.startswith("here"):
        yield "here"
    if not (first := low.lstrip('>*_"“').removesuffix(",")) or first in _GREETINGS:
        yield "greets"
    is_name = _HAS_LARGE.search(run) is not None
    if run[-1] in ",:–—-" and (is_name or not run.rstrip(",:–—-")):
        yield "calls"
    if not (last := low.rstrip(",.!:–—-")) or last.endswith(_CLOSINGS_END):
        yield "closes"
    if is_name or not run.strip("*_"):
        yield "signs"


def _is_no_name(words: Sequence[str], *, is_called: bool) -> bool:
    """Whether these are everyday words; of whom a greeting calls (`Dear Will,`) only such as nobody is called by."""
    everyday = NOBODY if is_called else _EVERYDAY
    return any(word.casefold() in NO_NAMES for word in words) or words[0].casefold() in everyday


def greeted(text: str) -> tuple[str, ...]:
    r"""Whom a text greets, as they are greeted.

    >>> greeted("Dear Mr Hal Roe and Joan,\nit is done.\nMagda")
    ('Hal Roe', 'Joan')
    """
    return tuple(name for name, _ in _greeted(_lines(text)))


def signed(text: str) -> tuple[str, ...]:
    r"""Who signs a text.

    >>> signed("Hi Joan,\nit is done.\nMagda")
    ('Magda',)
    """
    return tuple(_signing(_lines(text)))


@lru_cache(maxsize=256)
def _firm(brand: str) -> frozenset[str]:
    """The words of a brand's name, and the whole of it without blanks."""
    return frozenset((_letters(brand), *map(_letters, re.split(r"[\W_]+", brand))))


def _is_of_firm(words: Sequence[str], brand: str) -> bool:
    """Whether a name is the firm's, or begins with the whole of it: `Acme Air` where the brand is `acme`."""
    firm = _letters(brand)
    return any(_letters("".join(words[:n])) == firm for n in range(1, len(words) + 1))


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


def _tells_apart(word: str) -> bool:
    """Whether a part of a name is met alone: no initial, no particle."""
    return word[0].isupper() and len(word) > 1 and word.casefold() not in _PARTICLES


def mentions(text: str, names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where names stand as words of their own, written as they were."""
    for name in names:
        at = text.find(name)
        while at >= 0:
            end, before = at + len(name), text[at - 1 : at]
            if not (before.isalnum() or text[end : end + 1].isalnum() or before in _HANDLES):
                yield at, end
            at = text.find(name, end)


_HANDLES = ("@", "#", "_")
"""What is written behind one of these is a handle's or a topic's."""


def _lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line and not line.isspace()]


def _greeted(lines: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Whom each line greets, and whether it calls them: with no comma before the name, and with one behind it."""
    for n, line in enumerate(lines):
        greeting = _GREETED.match(line)
        found = greeting or (_CALLED.match(line) if n < 2 and line.endswith(_CALLS) else None)
        if found is None or _CLOSED.match(line):
            continue
        for group, name in found.groupdict().items():
            if name is not None:
                behind = line[found.end(group) :].lstrip()[:1]
                yield name, greeting is not None and "," not in line[: found.start(group)] and behind in _CALLING


def _given(text: str, lines: Sequence[str], ways: Set[str]) -> Iterator[str]:
    """Every other name that stands where one is given, in the order of the ways to give it."""
    if "says" in ways:
        yield from _spoken(text)
    if "here" in ways and " here" in text:
        yield from (found["here"] for found in _HERE.finditer(text) if not is_saying(found["here"]))
    if "signed" in ways:
        yield from (name for name in _signing(lines) if not is_saying(name))


def _spoken(text: str) -> Iterator[str]:
    """Who says their name, is thanked or spoken of, within a sentence."""
    for blank in _LARGE_WITHIN.finditer(text):
        at = blank.end()
        before = text[max(0, at - _FARTHEST) : at]
        low = before.lower()
        way = _SAYS if low.endswith(_I_AM) else _THANKED if low.endswith(_THANKS) else _of_whom(before)
        if way is not None and (found := way.match(text, at)) and not is_saying(found["one"]):
            yield found["one"]


def _of_whom(before: str) -> re.Pattern[str] | None:
    """How a name stands behind words that tell of whom it is; None where they tell of nobody."""
    if before.rstrip(" ,").rpartition(" ")[2].lower() not in _OF_WHOM_ENDS or (told := _OF_WHOM.search(before)) is None:
        return None
    return _OF_THEM_APART if told["comma"] else _OF_THEM


def _signing(lines: Sequence[str]) -> Iterator[str]:
    """Who signs: in the last line behind a farewell, a mark or a sentence, or in a line of their own near the end."""
    last = lines[-1][-_SEEN:].rstrip(" *_\t\r") if lines else ""
    if _is_large(last.rpartition(" ")[2]) and (found := _SIGNED.search(last)):
        yield found[found.lastgroup or 0]
    for n in range(max(1, len(lines) - _LAST), len(lines)):
        line = lines[n].rstrip()
        if len(line) > _SEEN or (found := _ALONE.match(line)) is None:
            continue
        if _CLOSED.match(lines[n - 1]) or (n == len(lines) - 1 and found["role"] is None):
            yield found["one"]


def _is_large(word: str) -> bool:
    """Whether a last word is written large: the cheap look before the expression."""
    return word.lstrip("-–—^*~/")[:1].isupper()
