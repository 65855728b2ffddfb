"""How names stand in a text: what is said before them and behind them, as expressions, and the cheap signs of it."""

import re
from collections.abc import Iterator
from typing import Final

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
GREETED = re.compile(
    rf"[\s>*_\"“]{{0,3}}{_GREETING}(?: again)?(?:,? {_TITLE}(?P<only>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$))"
    rf"| {_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$)| [{_SMALL}'&]))"
    rf"(?:(?:,| and| &| und| y) (?:{_DEAR} )?{_TITLE}(?P<two>{_FULL})(?=\s*(?:[,.!;:–—，。！：-]|$)))?"
)
CALLED = re.compile(rf"\s{{0,3}}{_TITLE}(?P<one>{_FULL})(?:(?: and| &| und| y) (?P<two>{_FULL}))?\s?[,:–—-]\s*$")
"""A line that is a name and a comma: `Seun,`."""
CALLING: Final = frozenset(["", *",:!–—-"])
CALLS = tuple(mark + blank for mark in ",:–—-" for blank in ("", " ", "\r"))
LARGE_WITHIN = re.compile(rf" (?=[{_LARGE}][{_SMALL}'’.])")
I_AM: Final = tuple(
    f"{said} "
    for said in (
        *("i'm", "i’m", "i am", "my name's", "my name’s", "my name is", "this is", "it's", "it’s"),
        *("ich bin", "ich heiße", "ich heisse", "mein name ist", "me llamo", "mi nombre es", "soy"),
    )
)
THANKS: Final = tuple(
    said + mark
    for said in (
        *("thanks", "thank you", "cheers", "sorry", "danke", "vielen dank", "herzlichen dank", "gracias"),
        *("thanks again", "thanks so much", "thank you so much", "thanks very much", "thank you very much"),
    )
    for mark in (" ", ", ")
)
FARTHEST = max(map(len, (*I_AM, *THANKS)))
_SOMEBODY: Final = (
    "colleague|husband|wife|son|daughter|mother|mum|mom|father|dad|brother|sister|aunt|uncle|grandmother|grandfather"
    "|nan|friend|neighbour|neighbor|boss|driver|courier|technician|adviser|advisor|assistant|agent|manager"
    "|compañero|compañera|marido|mujer|esposo|esposa|hijo|hija|madre|padre|hermano|hermana|amigo|amiga|vecino|vecina"
    "|abuelo|abuela|tío|tía|novio|novia|namens"
)
"""Who somebody is, said before their name. In German a noun may stand there that is none (`hat Ihr Kollege Ersatz
versprochen`)."""
SAYS = re.compile(
    rf"{_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.;!–—，。！-](?!\w)|$|\n)"
    r"| (?:from|here|at|and I|in|with|on|again|speaking|von|vom|aus|de|del)\b)"
)
"""A name that is said behind one of I_AM, and what may follow: `Tom from the desk`, not `Gold member`."""
THANKED = re.compile(rf"{_TITLE}(?P<one>{_FULL})(?=\s*(?:[,.!;:–—，。！：]|$|\n))")
OF_WHOM: Final = re.compile(
    rf"\b(?:{_SOMEBODY}|(?-i:don|doña))(?P<comma>,?) $"
    r"|\b(?:lady|gentleman|man|woman|guy|bloke|girl|lad|chap|someone|somebody|person|señora?|chic[oa]|alguien|persona)"
    r" (?:called|named|llamad[oa]|que se llama) $"
    r"|\b(?:spoke|spoken|speaking|talked|talking|chatted|habl(?:é|ado|ando)) (?:to|with|con) $",
    re.IGNORECASE,
)
"""Before a name: what tells that it is a person's who is spoken of."""
OF_WHOM_ENDS: Final = frozenset(
    (*_SOMEBODY.split("|"), "don", "doña", "called", "named", "llamado", "llamada", "llama", "to", "with", "con")
)
"""How that ends: the cheap look before the expression."""
OF_THEM = re.compile(rf"{_TITLE}(?P<one>{_FULL})")
OF_THEM_APART = re.compile(rf"{_TITLE}(?P<one>{_FULL})(?=\s?[,.;!?)]|$)")
"""Between commas, `the driver, Stan, left it`; else the next clause may begin with a place."""
HERE = re.compile(rf"(?:^|(?<=[.!?\n] ))(?P<here>{_WORD}) here(?=[,.!;:]| from| again| at| on)", re.MULTILINE)
_CLOSING = (
    r"(?i:(?:(?:kind|kindest|best|warm|warmest|many|with|all the|yours) ){0,2}"
    r"(?:regards|wishes|thanks|best|sincerely|faithfully|truly|cheers|yours|love|respectfully|thank you|take care"
    r"|speak soon|cordially)"
    r"|(?:mit )?(?:freundlichen?|besten?|vielen?|lieben?|herzlichen?|schönen?) (?:gr[üu](?:ß|ss)e?n?|dank)"
    r"|mfg|lg|vg|(?:un |cordiales |atentos )?saludos?(?: cordial(?:es)?)?|atentamente|un abrazo)"
)
CLOSED = re.compile(rf"[\s*_]{{0,3}}{_CLOSING}[\s,.!:–—-]*$")
_YOURS = r"(?:(?i:ihre?|eure?|euer|deine?|your|tu|su) )?"
"""Whose they are who sign: `Ihre Annegret`."""
SIGNED = re.compile(
    rf"(?:^|(?<=\s))(?:{_CLOSING}\s?[,.!–—-]? ?{_YOURS}|[-–—^*~/]{{1,2}} ?){_TITLE}(?P<one>{_FULL})\.?$"
    rf"|[.!?)…] {_TITLE}(?P<last>{_FULL})$"
)
ALONE = re.compile(rf"[\s*_]{{0,3}}(?:[-–—^*~]{{1,2}} ?)?{_YOURS}{_TITLE}(?P<one>{_FULL})(?P<role>,? [^.!?]{{2,50}})?$")
SIGNS = ("introduced", "introducing", "here", "greets", "calls", "closes", "signs", "line")
"""What a run of letters may be: a name's beginning, what stands before a name within a sentence, or behind it; a line's
first (`greets`) or last, before a line that signs (`closes`) or of a whole text (`signs`); a line's end."""
_BEGINS_LARGE = re.compile(rf"[{_LARGE}][{_SMALL}'’.]")
_HAS_LARGE = re.compile(rf"[{_LARGE}][{_SMALL}]")
_BEFORE: Final = tuple({said.split()[-1] for said in (*I_AM, *THANKS)})
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
    *("saludos", "cordial", "cordiales", "atentamente", "abrazo", "grüssen", "grüsse", "gruss", "gruße", "grusse"),
)


def signs_of(run: str) -> Iterator[str]:
    """Which of SIGNS a run of letters bears; a line's end bears all that stand at one.

    >>> [[*signs_of(run)] for run in ("Magda", "I'm", "(hello", "*Hi")]
    [['introduced', 'signs'], ['introduced', 'introducing'], [], ['greets', 'signs']]
    >>> [*signs_of("Regards,")]
    ['introduced', 'calls', 'closes', 'signs']
    """
    if run[0] == "\n":
        yield from ("greets", "signs", "line")
        return
    low = run.lower()
    if _BEGINS_LARGE.match(run):
        yield "introduced"
    if low.endswith(_BEFORE) or low.lstrip("(\"“‘'¿¡").removesuffix(",") in OF_WHOM_ENDS:
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
