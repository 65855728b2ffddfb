"""Which firm is left and which is gone to: `from X to Y`, `leave X for Y`, `my X account`."""

import re
from collections.abc import Iterable, Set

from listener.model.message import Message
from listener.signals.firms.coming import leaves_again
from listener.signals.words.finding import beginnings, finds, lowered

_FIRM = (
    r"(?:(?:(?:a|an|the|one of) )?[@#]?[A-ZÄÖÜ][\w&'’.-]*(?: (?:[A-ZÄÖÜ][\w&'’-]*|&)){0,2}|[@#]\w+|(?:one of )?yours"
    r"|you(?: guys| lot)?|your \w+"
    r"|(?:another|a different|the other|a new|some other) \w+)"
)
_NAMELESS = frozenset(("another", "other", "different", "new"))
TOWARDS = frozenset(("to", "over", "back"))
"""Words one of which follows the word of a move to a firm."""
_MOVE = (
    r"(?:switch|mov|chang|transfer|migrat|port|go|com|defect|jump|cross|leav|quit|ditch|dump|drop|cancel"
    r"|clos|end|terminat|divorc)\w*"
)
_FROM_TO = re.compile(
    rf"\b{_MOVE}\b[^.!?\n]{{0,40}}?\b(?i:from|away from) (?P<left>{_FIRM})[^.!?\n]{{0,20}}?\b(?i:to|for|over to) "
    rf"(?P<to>{_FIRM})"
)
_TO_FROM = re.compile(
    rf"\b{_MOVE}\b[^.!?\n]{{0,25}}?\b(?i:to) (?P<to>{_FIRM})[^.!?\n]{{0,15}}?\b(?i:from) (?P<left>{_FIRM})"
)
_LEAVE_FOR = re.compile(
    rf"\b(?i:leav|quit|ditch|dump|drop|cancel|left|swap|trad|replac)\w*[^.!?\n]{{0,12}}? "
    rf"(?P<left>{_FIRM})[^.!?\n]{{0,20}}?\b(?i:for|in favour of|with|to go to|to join|to come to) (?P<to>{_FIRM})"
)
_LEAVE = re.compile(
    rf"\b(?i:leav|quit|ditch|dump|cancel|clos|terminat|end|left)\w* (?:(?i:my|our|the|with) "
    rf")?(?P<left>{_FIRM})(?: (?i:account|subscription|contract|membership|plan|policy|card))?"
)
_THINGS = (
    r"(?:(?:my|our|all|both|the|every|\d+|two|three|four|five|six) )+(?:\w+ )?(?:lines?|sims?|numbers?|accounts?|cards?"
    r"|polic(?:y|ies)|contracts?|business|custom|savings|money|orders?|shop|status|travel|flights|bookings?|trips?"
    r"|mortgage|payroll|fleet|seats|team|van|cars|prescriptions?)"
)
_COME = re.compile(
    rf"\b(?i:switch|mov|chang|com|go|transfer|port|match)\w* (?:{_THINGS} )?(?i:over |across )?(?i:to|back to) "
    rf"(?P<to>{_FIRM})"
)
_RULES = {_FROM_TO: "moves", _TO_FROM: "moves", _LEAVE_FOR: "leaves", _LEAVE: "leaves", _COME: "comes"}
"""Each with the sign without which it does not match."""
SIGNS = {
    "moves": re.compile(rf"\b{_MOVE}"),
    "leaves": re.compile(
        r"\b(?:leav|quit|ditch|dump|drop|cancel|left|swap|trad|replac|clos|terminat|end)", re.IGNORECASE
    ),
    "comes": re.compile(r"\b(?:switch|mov|chang|com|go|transfer|port|match)", re.IGNORECASE),
}
"""Beginnings of words that a run of letters may hold."""
_SMALL = frozenset(
    ("I", "I'm", "I've", "I'd", "I'll", "The", "A", "My", "Please", "Monday", "Tuesday", "Friday", "Sunday")
)

_NOT_FIRMS = re.compile(
    r"^(?:your (?:flight|seat|room|order|time|date|address|way|mind)|(?:another|a different|the other|a new|some "
    r"other) (?:flight|seat|room|date|time|day|phone|line|agent|person|number|address|size|colour|color|plan"
    r"|question|card|account|job|city|house|home|email))$",
    re.IGNORECASE,
)


_READ = 4_000
"""How many characters of a text are read for this."""


def bare(name: str) -> str:
    """A firm's name as it is compared: small letters and digits only."""
    return "".join(c for c in name.casefold() if c.isalnum())


MASKED = "@company"
"""How the firm addressed is named where names were taken out of the text (normalise.clean); rivals keep theirs."""
_ARTICLE = re.compile(r"^(?:a|an|the|one of) (?!different|new)")


def is_same(name: str, brand: str) -> bool:
    """Whether a name in a text means the brand the message is to.

    >>> is_same("@Acme_Bank", "acme bank"), is_same("you", "acme"), is_same("Norvik", "acme")
    (True, True, False)
    """
    low = name.casefold()
    if low in ("you", "you guys", "you lot", "yours", "one of yours"):
        return True
    low = name = _ARTICLE.sub("", low)
    if low.startswith("your "):
        return low not in ("your competitor", "your competition", "your rival", "your competitors")
    mine, theirs = bare(name), bare(brand)
    return bool(mine and theirs) and (mine in theirs or theirs in mine)


def may_be_firm(run: str) -> bool:
    """Whether a run of letters may be part of what means a firm, as without one nothing does.

    >>> [may_be_firm(run) for run in ("Norvik", "#norvik", "you,", "other", "the", "them")]
    [True, True, True, True, False, False]
    """
    return run[0] in "@#" or run[0].isupper() or run.startswith("you") or run in _NAMELESS


def leaves_of(message: Message, signs: Set[str] = frozenset(SIGNS)) -> tuple[bool | None, bool | None]:
    """Whether this brand is left, and whether it is gone to; None where the text does not say."""
    if not signs:
        return None, None
    text = _spelt(message, "moves" in signs)
    left: bool | None = None
    to: bool | None = None
    brand = "" if message.brand == "default" else message.brand
    if not brand and MASKED in text.casefold():
        brand = MASKED
    for name, place in _named(text, signs):
        same = is_same(name, brand)
        if not same and not brand and name.casefold() != "you" and name[0] not in "ay":
            continue
        if place == "left":
            left = same if left is None else left or same
        else:
            to = same if to is None else to or same
    return left, to


def _spelt(message: Message, moves: bool) -> str:
    """The text with the brand's name, and names a move goes from or to, spelt as names: `to norvik` is `to Norvik`."""
    text = message.text[:_READ]
    if message.brand and message.brand != "default" and message.brand.casefold() in text.casefold():
        text = re.sub(
            rf"(?<![\w@#]){re.escape(message.brand)}\b", message.brand.capitalize(), text, flags=re.IGNORECASE
        )
    return (
        text
        if not moves or "from " not in text
        else _SMALL_MOVE.sub(
            lambda m: m.group(1) + " ".join(p if p in ("from", "to") else p.capitalize() for p in m[2].split()), text
        )
    )


_SMALL_MOVE = re.compile(
    r"\b((?:switch|mov|chang|port|go|com)\w* (?:over |back |away )?)((?:from [a-z0-9]{3,20} to (?!the |a |my "
    r"|your )[a-z0-9]{3,20}))\b"
)
MOVES = frozenset(
    """
    switch switching switched switches swapped ported move moving moved leave leaving left quit quitting goodbye bye
    done ditch ditching ditched dump dumping dumped cancel cancelling canceling cancelled canceled close closing
    closed change changing changed drop dropping swap swapping come coming came go going transfer transferring port
    porting terminate terminating end ending
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words without which no text says who is left."""


def aim(message: Message, exit_: float, around: str = "", signs: Set[str] = frozenset(SIGNS)) -> tuple[float, float]:
    """How surely this brand is left, and how surely a rival is left for it.

    `exit_` is how surely the words speak of leaving, whomever; `around` the circumstance that weakened them, `signs`
    which SIGNS the text has. A rival named as the one left is not an exit, nor is what others do, nor a leaving that
    was followed by a return.
    """
    left, to = leaves_of(message, signs)
    if (exit_ >= 0.3 or left is True) and _others_leave(message.text):
        return min(exit_, 0.1), 0.0
    if left is None and to is None:
        return exit_, 0.0
    if exit_ >= 0.3 and left is not True and leaves_again(message.text):
        return exit_, 0.0
    denied = around in ("conditional", "reported", "quoted") or denies(message.text)
    if left is True and _RETURNED.search(message.text) is not None:
        return min(exit_, 0.1), 0.0
    if left is True and to is not True:
        return (exit_ if denied else max(exit_, 0.85)), 0.0
    if left is False and (to is True or to is None):
        return min(exit_, 0.1), 0.0 if denied else 0.85 if to else 0.5
    if to is True and left is None:
        return min(exit_, 0.2), 0.0
    if to is False and left is None and exit_ >= 0.3 and not denied:
        return max(exit_, 0.6), 0.0
    if to is False and left is None and not denied and _SWITCHED.search(message.text) and _speaks_to(message):
        return max(exit_, 0.6), 0.0
    return exit_, 0.0


def _others_leave(text: str) -> bool:
    """Whether a text tells of somebody else who leaves, and not that its writer does.

    >>> _others_leave("Everyone has dropped you"), _others_leave("Cancel my contract. My wife is cross.")
    (True, False)
    """
    return _ANOTHER.search(text) is not None and _I_LEAVE.search(text) is None


def turns_to(message: Message, signs: Set[str]) -> bool:
    """Whether a text says that its writer goes to another firm by name, and not to this one."""
    left, to = leaves_of(message, signs)
    return to is False and left is not False


def denies(text: str) -> bool:
    """Whether a text says that somebody does not leave.

    >>> denies("I'm never going to leave you"), denies("I left in May")
    (True, False)
    """
    return _DENIED.search(text) is not None


def _speaks_to(message: Message) -> bool:
    """Whether a text names the brand, or says you."""
    words = {bare(w) for w in message.text.split()}
    return bool({"you", "your", "yours", bare(message.brand)} & words - {""})


_SWITCHED = re.compile(
    r"\b(?:switched|switching|ported|defected|jumped ship|crossed over|gone over"
    r"|transferred)\b",
    re.IGNORECASE,
)
_RETURNED = re.compile(
    r"\b(?:(?:came|come|coming|am|i'm|are|we're|have come|went) back|returned|back with you)\b", re.IGNORECASE
)
_GOES = (
    r"(?:leav|left\b|switch|cancel|clos|mov(?:e|ing)\b|moved\b|go(?:ing|ne)\b|quit|dump|drop|ditch|swap|transferr"
    r"|terminat|end(?:ing|ed)\b)"
)
_ANOTHER = re.compile(
    r"\b(?:(?:my|a|our|your|his|her|the) (?:\w+ )?(?:sister|brother|friends?|mother|father|mum|mom|dad|son|daughter"
    r"|wife|husband|partner|colleagues?|neighbou?rs?|boss|cousin|aunt|uncle|flatmate|agent|adviser|advisor|manager|rep)"
    r"|everyone|everybody|people|(?:so )?many(?: of us)?|half the \w+|other customers)"
    rf"(?:\b(?! and (?:i|me)\b)[^.!?,;]{{0,45}}\b{_GOES}|['’]s (?:\w+ing|gone|left|done))"
    r"|\b(?:my|a|our) (?:\w+ )?(?:sister|brother|friend|mother|father|mum|mom|dad|son|daughter|wife|husband|partner"
    r"|colleague|neighbou?r|boss)\b[^.!?]{0,20}\b(?:is|has|was|wants|told|says|said)\b",
    re.IGNORECASE,
)
"""Another person who leaves."""
_I_LEAVE = re.compile(
    r"\b(?:i|we|i['’]m|we['’]re)(?:'m| am|'re| are|'ll| will|'ve| have)? (?:\w+ ){0,2}"
    rf"(?:{_GOES}|out\b|off\b|done\b)"
    r"|\bso (?:have|am|are|did|do|will) (?:i|we)\b|\b(?:me|us|myself) (?:too|included|as well|next)\b"
    r"|\band (?:i|we|me)(?: (?:am|are|have|will|do|did|too)\b|[.!?]|$)"
    rf"|(?:^|[.!?,:;] )(?:please |so |now |just |kindly )*{_GOES}\w* "
    rf"(?:my|our|it|mine|everything|all)\b|\b(?:to|please) {_GOES}\w* (?:my|our)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:\b(?:not(?! only)|never|no (?:reason|intention|plans?|thought|question|way)|nobody|nothing)|n['’]t)\b"
    r"(?:(?!\b(?:so|and|but|because|wait|help)\b)[^.!?,;]){0,25}"
    r"\b(?:leav|switch|mov|cancel|quit|chang|clos|dump|ditch|drop)"
    r"|\b(?:would(?:['’]ve| have)|(?:i|we)['’]d have|could have|might have|nearly|almost) (?:\w+ )?"
    r"(?:left|switched|moved|cancell?ed|quit|gone|changed|dumped|ditched|dropped)\b",
    re.IGNORECASE,
)


def _named(text: str, signs: Set[str]) -> Iterable[tuple[str, str]]:
    """What the first rule that finds a firm says of it: names, and whether each is left or gone to."""
    low = lowered(text)
    places = {s: range(len(text)) if low is None else beginnings(low, _BEGIN[s]) for s in signs}
    for rule, sign in _RULES.items():
        if sign not in signs:
            continue
        for found in finds(rule, text, places[sign]):
            told = [(n, k) for k, n in found.groupdict().items() if n and n not in _SMALL and not _NOT_FIRMS.match(n)]
            if told:
                return told
    return ()


_COMES = ("switch", "mov", "chang", "com", "go", "transfer", "port", "match")
_LEAVES = (
    "leav",
    "quit",
    "ditch",
    "dump",
    "drop",
    "cancel",
    "left",
    "swap",
    "trad",
    "replac",
    "clos",
    "terminat",
    "end",
)
_OTHERS = ("migrat", "port", "defect", "jump", "cross", "divorc")
BEGINS = (*_COMES, *_LEAVES, *_OTHERS)
_BEGIN = {"comes": _COMES, "leaves": _LEAVES, "moves": BEGINS}
"""What rules of each sign begin with."""
