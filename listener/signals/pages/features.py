"""What can be counted in a run of letters or a token without knowing its neighbours, by number."""

import re
from collections.abc import Iterator, Sequence

from listener.signals.cues.circumstances import FORMERLY, NEGATES, REPORTS, RIVALS, SUPPOSES, WELL
from listener.signals.firms.custom import is_before_name, may_be_name
from listener.signals.firms.direction import BEGINS, MOVES, SIGNS, TOWARDS, may_be_firm
from listener.signals.redaction import name_forms
from listener.signals.redaction.secret_forms import (
    CALLES,
    GERMAN_WAYS,
    HAN,
    HINTS,
    INTRODUCES,
    NUMBERS_BEGIN,
    WAYS,
    hints_of,
)
from listener.signals.words.stopwords import ENGLISH_ONLY, GERMAN, SPANISH

GROUPS = {
    "first_singular": "i me my mine myself ich mich mir mein meine yo me mi mis 我",
    "first_plural": "we us our ours ourselves wir uns unser unsere nosotros nos nuestro nuestra",
    "second_person": "you your yours yourself u ya ur sie ihr ihre ihnen euch usted ustedes su sus 你 您",
    "politeness": "please kindly appreciate grateful sorry excuse pardon bitte danke gracias thanks thank cheers "
    "ta 请 谢",
    "past": "was were had used did went loved adored liked bought called came got stopped changed been",
    "affection": "love loved loves loving adore adored favourite favorite miss missed fond heart cherish liebe amo",
    "obligation": "must should need expect demand insist require immediately now asap unacceptable today",
    "modal": "could would might may can maybe perhaps possibly wonder koennte wuerde podria quizas",
    "slang": "lol omg gonna wanna gotta yeah yep nah hey hiya cool awesome dude mate guys lmao btw imo tbh kinda "
    "ain't dunno u ur thx pls cuz ya lot bloody",
    "formal": "regards sincerely furthermore therefore however regarding pursuant hereby kindly accordingly "
    "request assistance inform advise dear"
    " sehr geehrte mfg atentamente estimado cordialmente",
    "number_word": "first second third firstly secondly thirdly finally",
}
CLOSINGS = frozenset(
    ("regards", "sincerely", "cheers", "thanks", "best", "love", "yours", "bye", "grüße", "grüßen", "saludos")
)
GREETINGS = frozenset(
    "hi hello hey dear good hiya hallo hola guten liebe sehr estimado 您好 你好".split()  # noqa: SIM905  # as a text
)
IMPERATIVES = frozenset(
    """
    send give get fix cancel call stop tell explain refund put bring make change check book replace return remove
    delete answer sort reply add let keep take show help find look do read listen hurry
    """.split()  # noqa: SIM905  # words read better as a text
)
_POINT = re.compile(r"\d{1,2}[.)]|[-*•]|\(?[1-9a-e]\)")
QUOTES = '"“„«「'
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]")
_MARKS = {"questions": "?", "exclamations": "!", "links": "://", "handles": "@", "contractions": "'"}
_SETS = {"negates": NEGATES, "supposes": SUPPOSES, "reports": REPORTS, "moves": MOVES, "rivals": RIVALS}
_SETS |= {
    "over": FORMERLY | WELL,
    "introduces": INTRODUCES,
    "ways": WAYS,
    "calles": CALLES,
    "foreign": GERMAN | SPANISH,
    "english": ENGLISH_ONLY,
}
SIGNS_OF_MOVES = {f"{name}:": sign for name, sign in SIGNS.items()}
NAMES = (
    *GROUPS,
    *_MARKS,
    "caps",
    "emoji",
    "closing",
    "greeting",
    "quotes",
    "point",
    *_SETS,
    *(h for h in HINTS if h not in _SETS),
    *SIGNS_OF_MOVES,
    *("from", "towards", "firm", "before_name", "name"),
    *name_forms.SIGNS,
)
"""By their number: groups of words, marks, what else is seen of a token, and words that some later question asks for.
`quotes` are runs that open or close a quotation, a `point` one that numbers a line."""
NUMBER = {name: n for n, name in enumerate(NAMES)}
_GROUPED: dict[str, list[int]] = {}
for _name, _words in GROUPS.items():
    for _word in set(_words.split()):
        _GROUPED.setdefault(_word, []).append(NUMBER[_name])


_COUNTED = {w: [n for name, n in NUMBER.items() if w in _SETS.get(name, ())] for some in _SETS.values() for w in some}
_ANY_MARK = re.compile(r"[\d" + re.escape("".join([*_MARKS.values(), QUOTES, ")-*•"])) + "]")
_SIGNS_BEGIN = (*BEGINS, *NUMBERS_BEGIN, "dot")
_WAYS = re.compile("|".join(way.rstrip(".") for way in GERMAN_WAYS))


def of_run(run: str) -> Iterator[int]:
    """What is counted in a run of letters: marks, signs, words beside a move."""
    low = run.lower()
    if low.endswith("from"):
        yield NUMBER["from"]
    elif low in TOWARDS:
        yield NUMBER["towards"]
    if may_be_firm(run):
        yield NUMBER["firm"]
    if is_before_name(run):
        yield NUMBER["before_name"]
    if low != run and may_be_name(run):
        yield NUMBER["name"]
    yield from [NUMBER[sign] for sign in name_forms.signs_of(run)]
    if not run.isascii():
        yield from [NUMBER["emoji"]] * len(_EMOJI.findall(run))
    if not run.isalpha():
        if _ANY_MARK.search(run) is not None:
            yield from _marks(run)
        low = low.rstrip(",.!?")
    if low.isalpha() and not _may_be_signs(low):
        return
    yield from [NUMBER[hint] for hint in hints_of(run)]
    yield from [NUMBER[name] for name, sign in SIGNS_OF_MOVES.items() if sign.search(run)]


def _may_be_signs(word: str) -> bool:
    """Whether a run that is this word and perhaps a mark may be a hint of a secret, or a sign of a move."""
    if not word.isascii() and HAN.search(word):
        return True
    return word.startswith(_SIGNS_BEGIN) or _WAYS.search(word) is not None


def _marks(run: str) -> Iterator[int]:
    """What signs other than letters say in a run."""
    for name, mark in _MARKS.items():
        yield from [NUMBER[name]] * run.count(mark)
    if _POINT.fullmatch(run):
        yield NUMBER["point"]
    if any(q in run for q in QUOTES):
        yield NUMBER["quotes"]


def of_token(said: str, words: Sequence[str]) -> Iterator[int]:
    """What is counted in a token as it stands and in its plain words: a group of words counts once a token."""
    if len(words) == 1:
        yield from _GROUPED.get(words[0], ())
    else:
        yield from {n: None for w in words for n in _GROUPED.get(w, ())}
    for word in words:
        yield from _COUNTED.get(word, ())
    if len(said) > 2 and said.isupper():
        yield NUMBER["caps"]
    low = said.lower()
    if low in CLOSINGS:
        yield NUMBER["closing"]
    if low in GREETINGS:
        yield NUMBER["greeting"]
