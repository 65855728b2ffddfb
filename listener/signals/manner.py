"""The manner of a message: what can be counted in it, and how formal it is."""

import re
from collections.abc import Sequence
from math import exp

_GROUPS = {
    "first_singular": "i me my mine myself ich mich mir mein meine yo me mi mis 我",
    "first_plural": "we us our ours ourselves wir uns unser unsere nosotros nos nuestro nuestra",
    "second_person": "you your yours yourself u ya ur sie ihr ihre ihnen euch usted ustedes su sus 你 您",
    "politeness": "please kindly appreciate grateful sorry excuse pardon bitte danke gracias thanks thank cheers ta 请 谢",
    "past": "was were had used did went loved adored liked bought called came got stopped changed been",
    "affection": "love loved loves loving adore adored favourite favorite miss missed fond heart cherish liebe amo",
    "obligation": "must should need expect demand insist require immediately now asap unacceptable today",
    "modal": "could would might may can maybe perhaps possibly wonder könnte würde podría quizás",
    "slang": "lol omg gonna wanna gotta yeah yep nah hey hiya cool awesome dude mate guys lmao btw imo tbh kinda ain't dunno u ur thx pls cuz ya lot bloody",
    "formal": "regards sincerely furthermore therefore however regarding pursuant hereby kindly accordingly request assistance inform advise dear"
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
_FLAGS: dict[str, int] = {}
_NAMES = tuple(_GROUPS)
for _i, _words in enumerate(_GROUPS.values()):
    for _word in _words.split():
        _FLAGS[_word] = _FLAGS.get(_word, 0) | 1 << _i


def groups_of(plain: str) -> int:
    """Which groups a plain word belongs to, as bits in the order of the groups."""
    bits = 0
    for word in plain.split():
        bits |= _FLAGS.get(word, 0)
    return bits


def traits_of(text: str, plain: str, tokens: Sequence[str], bits: Sequence[int]) -> dict[str, float]:
    """Countable facts of form; shares are of words, what is 0 is left out."""
    words = plain.count(" ") - 1 - sum(map(plain.count, (" . ", " ! ", " ? "))) if plain else 0
    if words <= 0:
        return {"words": 0.0, "emoji": float(len(_EMOJI.findall(text)))} if text else {"words": 0.0}
    asks, shouts = text.count("?"), text.count("!")
    ends = plain.count(" . ") + plain.count(" ! ") + plain.count(" ? ")
    counts = [0.0] * len(_NAMES)
    for b in bits:
        if b:
            for i in range(len(_NAMES)):
                if b >> i & 1:
                    counts[i] += 1.0
    found = {
        "words": float(words),
        "sentences": float(max(1, ends if plain.endswith((". ", "! ", "? ")) else ends + 1)),
        "questions": float(asks),
        "exclamations": float(shouts),
        "lines": float(text.count("\n") + 1),
        "caps": sum([t.isupper() and len(t) > 2 for t in tokens]) / words,
        "emoji": float(len(_EMOJI.findall(text))) if not text.isascii() else 0.0,
        "points": float(len(_POINT.findall(text))) if "\n" in text or ")" in text else 0.0,
        "links": float(text.count("://")),
        "handles": float(text.count("@")),
        "contractions": float(text.count("'") + text.count("’")),
        "greeting": float(tokens[0].lower() in _GREETINGS),
        "closing": float(any(t.lower() in _CLOSINGS for t in tokens[-4:])) if words > 4 else 0.0,
        "imperatives": float(_imperatives(plain)),
        "lower_start": float(text[0].islower()),
        "word_length": round(sum(map(len, tokens)) / len(tokens), 2),
    }
    found.update((name, counts[i]) for i, name in enumerate(_NAMES))
    return {name: round(value, 4) for name, value in found.items() if value}


def _imperatives(plain: str) -> int:
    said = 0
    for sentence in plain.replace("! ", ". ").replace("? ", ". ").split(". "):
        first = sentence.split(maxsplit=2)
        if first and (first[0] in _IMPERATIVES or (first[0] == "please" and len(first) > 1)):
            said += 1
    return said


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
