"""The manner of a message: what can be counted in it, and how formal it is."""

import re
from collections.abc import Iterable, Sequence
from math import exp

_GROUPS = {
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
_CLOSINGS = ("regards", "sincerely", "cheers", "thanks", "best", "love", "yours", "bye", "grüße", "grüßen", "saludos")
_GREETINGS = (
    "hi",
    "hello",
    "hey",
    "dear",
    "good",
    "hiya",
    "hallo",
    "hola",
    "guten",
    "liebe",
    "sehr",
    "estimado",
    "您好",
    "你好",
)
_IMPERATIVES = frozenset(
    [
        "send",
        "give",
        "get",
        "fix",
        "cancel",
        "call",
        "stop",
        "tell",
        "explain",
        "refund",
        "put",
        "bring",
        "make",
        "change",
        "check",
        "book",
        "replace",
        "return",
        "remove",
        "delete",
        "answer",
        "sort",
        "reply",
        "add",
        "let",
        "keep",
        "take",
        "show",
        "help",
        "find",
        "look",
        "do",
        "read",
        "listen",
        "hurry",
    ]
)
_POINT = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[-*•])\s|(?:^|\s)(?:\(?[1-9a-e]\)) ")
_EMOJI = re.compile("[\u2600-\u27bf\u2b50\u2b55\U0001f300-\U0001faff]")
_NAMES = tuple(_GROUPS)
_PLACES: dict[str, tuple[int, ...]] = {}
for _i, _words in enumerate(_GROUPS.values()):
    for _word in _words.split():
        _PLACES[_word] = (*_PLACES.get(_word, ()), _i)


def groups_of(words: Sequence[str]) -> tuple[int, ...]:
    """Which groups a token's plain words belong to, as places in the order of the groups."""
    return tuple({i: None for w in words for i in _PLACES.get(w, ())})


def traits_of(text: str, plain: str, tokens: Sequence[str], words: int, groups: Iterable[int]) -> dict[str, float]:
    """Countable facts of form, by name; what is 0 is left out."""
    emoji = 0.0 if text.isascii() else float(len(_EMOJI.findall(text)))
    if words <= 0:
        return {"emoji": emoji} if emoji else {}
    found: dict[str, float] = {"words": float(words)}
    ends = plain.count(" . ") + plain.count(" ! ") + plain.count(" ? ")
    found["sentences"] = float(max(1, ends if plain[-2:-1] in ".!?" else ends + 1))
    found["word_length"] = round((len(plain) - 1) / words - 1, 2)
    for place in groups:
        found[_NAMES[place]] = found.get(_NAMES[place], 0.0) + 1.0
    for name, mark in _MARKS:
        if count := text.count(mark):
            found[name] = float(count)
    if caps := sum([t.isupper() and len(t) > 2 for t in tokens]):
        found["caps"] = round(caps / words, 4)
    if emoji:
        found["emoji"] = emoji
    if ("\n" in text or ")" in text) and (points := len(_POINT.findall(text))):
        found["points"] = float(points)
    found.update(_frame(text, plain, tokens, words))
    return found


def _frame(text: str, plain: str, tokens: Sequence[str], words: int) -> dict[str, float]:
    """How a message opens and closes, and how it asks."""
    found: dict[str, float] = {}
    if tokens[0].lower() in _GREETINGS:
        found["greeting"] = 1.0
    if words > 4 and any(t.lower() in _CLOSINGS for t in tokens[-4:]):
        found["closing"] = 1.0
    if imperatives := _imperatives(plain):
        found["imperatives"] = float(imperatives)
    if text[0].islower():
        found["lower_start"] = 1.0
    return found


_MARKS = (
    ("questions", "?"),
    ("exclamations", "!"),
    ("lines", "\n"),
    ("links", "://"),
    ("handles", "@"),
    ("contractions", "'"),
)


def _imperatives(plain: str) -> int:
    said = 0
    for sentence in _SENTENCE.split(plain):
        first = sentence.lstrip().partition(" ")[0]
        said += first in _IMPERATIVES
    return said


_SENTENCE = re.compile(r"[.!?] ")


def register_of(traits: dict[str, float]) -> float:
    """How formal, 0 informal .. 1 formal: greeting, closing, whole forms against slang, emoji, shouting, small letters.

    Weights are set by hand (Heylighen and Dewaele 1999 name the marks; Sheikha and Inkpen 2010 the words).
    """
    words = max(traits.get("words", 0.0), 1.0)
    get = traits.get
    score = (
        -0.2
        + 1.6 * min(get("formal", 0.0), 3)
        + 0.5 * min(get("politeness", 0.0), 2)
        + 0.35 * min(get("modal", 0.0), 2)
        + 0.45 * (get("word_length", 4.0) - 4.2)
        + 0.7 * min(words / 60, 1)
        - 1.1 * min(get("slang", 0.0), 3)
        - 0.8 * min(get("emoji", 0.0), 3)
        - 0.25 * min(get("contractions", 0.0), 4)
        - 0.4 * min(get("exclamations", 0.0), 3)
        - 0.9 * get("lower_start", 0.0)
        - 2.0 * min(get("caps", 0.0), 0.5)
    )
    return round(1 / (1 + exp(-score)), 3)
