"""What another firm did, before its customer came to this one: which stretches of a text tell of it.

Heard are the words of having come (`before I switched to you`, `deshalb bin ich jetzt bei euch`), the part of the
sentence that they close or open, and sentences beside it that name a firm as the doer. What says `you`, or `now`, is
told of this firm.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from listener.signals.firms.coming import joins, leaves_again
from listener.signals.firms.direction import is_same

Span = tuple[int, int]
_SIGNS: Final = (
    *("to you", "with you", "for you", "joined you", "joining you", "trying you", "giving you", "here now"),
    *("was with ", "were with ", "zu ihnen", "bei ihnen", "zu euch", "bei euch", "war bei ", "waren bei "),
    *("a ustedes", "con ustedes", "a vosotros", "con vosotros", "你们", "你家"),
)
"""Without one of these nobody says that they came to whom they write to, or were with another."""
_READ: Final = 4_000
_I = r"(?:i|we)(?:['’]ve| have|['’]m| am|['’]re| are)?"
_MOVED = r"(?:switch|mov|chang|transferr|port|sign|join|turn|com|cam|went|go)\w*"
_TO_YOU = rf"(?:{_MOVED}(?: \w+){{0,3}}? (?:to|with|for) you\b|join(?:ed|ing)? you\b)"
_NOW_HERE = r"(?:trying you|(?:now )?with you (?:now|today)|now with you|here now|giving you a (?:try|go|chance))"
_BEFORE = re.compile(
    rf"\b(?:before|until|till) (?:i|we)(?:['’]d| had)?(?: \w+)?? {_TO_YOU}"
    r"|\bbefore (?:coming|switching|moving|joining)\b(?: \w+){0,2}? (?:to )?you\b"
    r"|\b(?:bevor|ehe) (?:ich|wir) (?:\w+ ){0,2}?(?:zu|bei) (?:ihnen|euch)(?: \w+)?"
    r"|\bantes de (?:que (?:me|nos) )?(?:\w+ ){0,2}?(?:a|con) (?:ustedes|vosotros)"
    r"|[来换转搬到]+你[们家](?:这儿|这里|这边|家)?(?:之前|以前|前)",
    re.IGNORECASE,
)
_HENCE = re.compile(
    rf"\b(?:(?:that|this)(?:['’]s| is| was)|which is) (?:the reason |why ){_I}(?: \w+)?? ?(?:{_TO_YOU}|{_NOW_HERE})"
    rf"|\b(?:so|hence|therefore|then) {_I} ?(?:{_TO_YOU}|{_NOW_HERE})"
    r"|\b(?:deshalb|deswegen|darum|daher|also) (?:bin|sind) (?:ich|wir) (?:\w+ ){0,2}?(?:zu|bei) (?:ihnen|euch)"
    r"(?: \w+)?"
    r"|\bpor eso (?:\w+ ){1,4}?(?:a|con) (?:ustedes|vosotros)|所以[^。！？]{0,6}[来换转到]+了?你[们家]",
    re.IGNORECASE,
)
_CAME_FROM = re.compile(
    rf"\b(?:i|we)(?:['’]ve| have)?(?: \w+)? {_TO_YOU} (?:from|because|after|since)\b"
    r"|\b(?:bin|sind) (?:\w+ ){0,3}?zu (?:ihnen|euch) (?:gewechselt|gekommen),? (?:weil|da|nachdem)\b"
    r"|\b(?:me|nos) (?:cambié|cambiamos|pasé|pasamos) (?:a|con) (?:ustedes|vosotros) porque\b",
    re.IGNORECASE,
)
_WAS_WITH = re.compile(
    r"\b(?:[Ii]|[Ww]e) (?:was|were) with (?!(?:Mr|Mrs|Ms|Dr)\b)"
    r"([A-Z][\w&’'-]{2,30}) (?:before|until|till|for|and then)\b"
    r"|\b(?:[Ii]ch|[Ww]ir) (?:war|waren) bei ([A-ZÄÖÜ][\w&-]{2,30})\b"
    r"(?= ?,? (?:\w+ )?(?:bis|und|dort|die))"
)
_OURS = re.compile(
    r"\b(?:you|your|yours|now|today|here|ihnen|ihr|ihre[rnms]?|euch|euer|eure\w*|jetzt|heute|hier|usted(?:es)?|vosotros"
    r"|vuestr\w+|ahora|hoy|aquí)\b|[你您]|现在|这里",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"[!?\n。！？]+|\.(?=\s|$)")
_NAMED = re.compile(r"(?<![\w@#])(?:(?:At|With|From|Bei|Mit|Von|En|Con) )?([A-ZÄÖÜ][\w&’'-]{2,30})(?![\w’'])")
_DOES = re.compile(
    r"\s+(?:\w+ed|\w+ly|never|always|just|had|has|was|were|did|does|did?n['’]t|would|made|lost|took|kept|sold|sent|lied|hid|cheated|nobody"
    r"|wurde|hat|haben|war|hatte|nie|se|me|nos|no|nunca|había|ha|nadie)\b"
)
_THEY = re.compile(
    r"\s*(?:and |but )?(?:they|their|them|the(?:ir)? (?:old|last|previous)|die haben|die)\b", re.IGNORECASE
)
_ANOTHER = re.compile(
    r"\b(?:my|our|the) (?:old|last|former|previous|other)\b|\b(?:mein|unser)\w* (?:alte|vorige|frühere|letzte)\w*"
    r"|\b(?:mi|nuestr[oa]) (?:anterior|antigu[oa])|\b(?:they|their|anterior|antigu[oa])\b|之前那家|原来那家|上一家",
    re.IGNORECASE,
)
_FINE = re.compile(
    r"\b(?:fine|happy|well|good|great|perfect(?:ly)?|worked|no (?:problems?|trouble|issues?|complaints?)|gut|zufrieden"
    r"|funktioniert\w*|lief|bien|content[oa]s?|funcionaba|sin problemas)\b|好好的|没问题|都好",
    re.IGNORECASE,
)
"""Who was well off until they came says that they are not now."""
_CONTACTED = re.compile(r"\b(?:com|cam|went|go|turn)\w* (?:\w+ )?to you", re.IGNORECASE)
"""Who comes to somebody may only be asking them."""
_NO_NAMES = frozenset(
    """
    the this that these those they there then when what where who why how nobody everybody everyone somebody someone
    nothing everything something anyone and but for from after before since until all two three four one both not
    never always please thanks hello just only even also still now today yesterday
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december christmas der die das wir sie ich niemand alle nach vor seit bevor als dann aber und
    los las mis una uno nadie todo todos pero por cuando antes después desde
    """.split()  # noqa: SIM905  # words read better as a text
)


def stretches(text: str, brand: str) -> tuple[Span, ...]:
    """Where in a text it is told what another firm did, from whom the writer has come to this one.

    >>> stretches("Voltex made up my readings before I switched to you. Where do I send mine?", "acme")
    ((0, 51),)
    >>> stretches("I moved over to you in May. Octo never answered. They lost my file. You do.", "acme")
    ((27, 48), (48, 67))
    >>> stretches("My line was fine before I switched to you, now nothing works.", "acme")
    ()
    >>> stretches("You lied before I moved.", "acme"), stretches("Nobody answered before I came to you.", "acme")
    ((), ())
    """
    low = text.lower() if len(text) <= _READ else ""
    if not any(sign in low for sign in _SIGNS):
        return ()
    sentences = tuple(_sentences(text))
    parts = [_before_coming(text, begin, end, brand) for begin, end in sentences]
    found = {part for part in parts if part}
    if brand:
        found.update(span for span in sentences if _was_with_another(text[slice(*span)], brand))
    if brand and (found or joins(text)) and _CONTACTED.search(text) is None:
        found.update(_of_named(text, sentences, brand))
    return () if not found or leaves_again(text) else tuple(sorted(found))


def _sentences(text: str) -> Iterator[Span]:
    edges = [0, *[m.end() for m in _SENTENCE.finditer(text)], len(text)]
    yield from ((a, b) for a, b in pairwise(edges) if text[a:b].strip())


def _before_coming(text: str, begin: int, end: int, brand: str) -> Span | None:
    """The part of a sentence that tells what was before its writer came."""
    for form in (_BEFORE, _HENCE, _CAME_FROM):
        said = form.search(text, begin, end)
        if said is None:
            continue
        behind = form is _CAME_FROM or not text[begin : said.start()].strip()
        part = text[said.end() : end] if behind else text[begin : said.start()]
        if not part.strip() or _OURS.search(part) or _FINE.search(part):
            return None
        may_be_ours = form is _CAME_FROM or _CONTACTED.search(said[0]) is not None
        if may_be_ours and not _is_of_another(part, brand):
            return None
        return (begin, end) if behind else (begin, said.end())
    return None


def _was_with_another(sentence: str, brand: str) -> bool:
    """Whether a sentence tells of a firm they once were with, and says nothing of this one.

    >>> [_was_with_another("I was with Octo until May, they lost my file.", brand) for brand in ("acme", "octo")]
    [True, False]
    """
    said = _WAS_WITH.search(sentence)
    return said is not None and not is_same(said[1] or said[2], brand) and _OURS.search(sentence) is None


def _is_of_another(part: str, brand: str) -> bool:
    return _ANOTHER.search(part) is not None or any(_names(part, brand))


def _names(part: str, brand: str) -> Iterator[str]:
    for found in _NAMED.finditer(part):
        name = found[1]
        if name.casefold() not in _NO_NAMES and not is_same(name, brand) and _DOES.match(part, found.end()):
            yield name


def _of_named(text: str, sentences: Iterable[Span], brand: str) -> Iterator[Span]:
    """The sentences that name another firm as the doer, and what goes on of them, as long as nothing is said of us."""
    goes_on = False
    for begin, end in sentences:
        part = text[begin:end]
        ours = _OURS.search(part) is not None
        goes_on = not ours and (any(_names(part, brand)) or (goes_on and _THEY.match(part) is not None))
        if goes_on:
            yield begin, end
