"""Another firm, named as the one that has a customer's custom: `flew Norvik`, `you or Norvik`, `Norvik it is`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from listener.model.message import Message
from listener.signals.firms.direction import MASKED, is_same
from listener.signals.words.finding import beginnings, finds, lowered

SURE, LIKELY = 0.8, 0.7
"""How surely a name that stands so is that of a firm gone to: by itself, and of somebody who says they leave (P)."""
_READ = 2_000
"""How many characters of a text are read for this."""
_WORD = r"[A-ZÄÖÜ][\w’'-]{1,30}"
_NAME = rf"({_WORD}(?: (?:& )?{_WORD}){{0,2}})"
_LATER = r"(?:from now on|from here on|instead|these days|next time|now|any day|it is)\b"
_HOLDS = r"(?:one|card|account|sim|plan|line|membership|policy|app|subscription)\b"
_FLY = r"fly|flying|flew|flown"
_CHOOSE = r"book|booked|use|using|try|take|taking|choose|buy|order|shop at|bank with|go with|going to"
_THEN = r"from now|instead|next|these|now|again|today|home|last|and|because|bc|for|where|who"
_TOOK = r"fly|flown|book|booked|choose|chosen|take|taken|use|used|go|gone with"
_SURELY = re.compile(
    rf"\b(?:(?i:{_FLY}) (?:with|on) {_NAME}|(?i:{_FLY}) {_NAME}(?=[.,!?;]|$| (?:{_THEN})\b)"
    rf"|(?i:{_FLY}|booked|rebooked|booking|flights?|home|go|going|gone) (?:\w+ ){{0,3}}(?:on|by) {_NAME}"
    rf"|(?i:{_CHOOSE}) {_NAME}(?: \w+){{0,2}} {_LATER}"
    rf"|(?i:shop|shopping|bank|banking|eating|buying|ordering) (?:at|with|from) {_NAME}"
    rf"|(?i:you|yours|@company) or {_NAME}|{_NAME} or (?:you|yours|@company)\b"
    rf"|(?i:my|our) {_NAME} one\b|(?i:took the|got the|getting the|instead of my) {_NAME} {_HOLDS}"
    rf"|{_NAME} (?:it is|from now on|instead|these days)\b"
    rf"|(?i:rather|better off|should have|should've|wish i had|wish i'd) (?:\w+ )?(?i:with|on|{_TOOK}) {_NAME})"
)
_OF_LEAVERS = re.compile(
    rf"\b(?:(?i:with|on|took|take|book|booked|rebooked|joined|chose|use|using|get|getting) {_NAME}"
    rf"|(?i:matched|ported|switched|switching|moved|over|back|gone|went) (?:over )?(?:to|at|by) {_NAME})"
)
_SURELY_BEGINS = (
    *("fly", "flew", "flow", "book", "rebook", "flight", "home", "go", "us", "try", "tak", "choose", "buy", "order"),
    *(
        "shop",
        "bank",
        "eat",
        "you",
        "my",
        "our",
        "took",
        "got",
        "gett",
        "instead",
        "rather",
        "better",
        "should",
        "wish",
    ),
)
_OF_LEAVERS_BEGINS = (
    *("with", "on", "took", "take", "book", "rebook", "join", "chose", "us", "get", "match", "port", "switch", "move"),
    *("over", "back", "gone", "went"),
)
"""What each form begins with, unless it begins with the name itself."""
_BEFORE = frozenset(
    """
    with on by at to from or my our the fly flying flew flown go book booked rebooked use used using try take took
    taking taken choose chose chosen buy order joined get getting
    """.split()  # noqa: SIM905  # words read better as a text
)
_BEHIND = (" or you", " or @company", " it is", " from now on", " instead", " these days")
"""In each of these forms one of the first stands right before a name, or of the second right behind it."""
_BEGINS = re.compile(rf"(?<!\w)(?=({_WORD}))")
_DENIED = re.compile(r"(?:\b(?:not|never|no)|n['’]t) (?:\w+ ){0,2}$")
_NO_FIRMS = frozenset(
    """
    i a the my our we you he she it they this that these those there here so and but or if when what why how
    where who please thanks thank hello hi hey dear no not yes ok okay never just now then still today
    tomorrow yesterday tonight mon tue tues wed thu thur thurs fri sat sun jan feb mar apr jun jul aug sep
    sept oct nov dec nye monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december christmas xmas easter ramadan diwali mum mom dad
    nan gran grandma grandad mr mrs ms dr sir madam business economy first premium coach standby gold silver
    platinum diamond plus pro basic family student elite prime internet wifi visa mastercard amex paypal apple
    google android iphone windows chrome facebook twitter instagram tiktok trustpilot english german spanish
    french chinese god heathrow gatwick
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words that are often written large, and name no firm of a trade like ours."""


def is_before_name(run: str) -> bool:
    """Whether a run of letters ends in a word behind which another firm may be named.

    >>> [is_before_name(run) for run in ("with", "(or", "withdraw")]
    [True, True, False]
    """
    return (run if run.isalpha() else re.split(r"\W", run)[-1]).casefold() in _BEFORE


def may_be_name(run: str) -> bool:
    """Whether in a run of letters the name of another firm may begin.

    >>> [may_be_name(run) for run in ("Norvik", "(Norvik", "norvik", "I'm", "Monday!")]
    [True, True, False, False, False]
    """
    return any(_NO_FIRMS.isdisjoint(_words(m[1])) for m in _BEGINS.finditer(run))


def may_follow(text: str) -> bool:
    """Whether words that name the one before them as another firm stand in a text."""
    return any(said in text for said in _BEHIND)


def named(message: Message, leaves: bool) -> float:
    """How surely a text names another firm as the one bought from; `leaves`: it says that its writer leaves this one.

    Only where it is known what this firm is called can a name be told to be another's.
    """
    text = message.text[:_READ]
    brand = "" if message.brand == "default" else message.brand
    brand = brand or (MASKED if MASKED in text.casefold() else "")
    if not brand:
        return 0.0
    if _others(_SURELY, _SURELY_BEGINS, text, brand):
        return SURE
    return LIKELY if leaves and _others(_OF_LEAVERS, _OF_LEAVERS_BEGINS, text, brand) else 0.0


def _others(form: re.Pattern[str], begins: Sequence[str], text: str, brand: str) -> bool:
    """Whether any name that stands in such a form is another firm's."""
    return any(not is_same(name, brand) for name in _names(form, begins, text))


def _names(form: re.Pattern[str], begins: Sequence[str], text: str) -> Iterator[str]:
    for found in finds(form, text, _places(begins, text)):
        if _DENIED.search(text, max(0, found.start() - 25), found.start()) is not None:
            continue
        name = next(filter(None, found.groups()))
        words = _words(name)
        if words and _NO_FIRMS.isdisjoint(words) and not name.isupper():
            yield name


def _places(begins: Sequence[str], text: str) -> Iterable[int]:
    """Where a form that begins with one of some words, or with a name that words behind it make one, may stand."""
    low = lowered(text)
    if low is None:
        return range(len(text))
    places = beginnings(low, begins)
    return sorted({*places, *[m.start() for m in _BEGINS.finditer(text)]}) if may_follow(text) else places


def _words(name: str) -> list[str]:
    return [word for word in re.split(r"\W+", name.casefold()) if word]
