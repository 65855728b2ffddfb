"""What stands around a phrase and weakens it: negation, a condition, another's mouth, quotation marks, a question."""

import re
from collections.abc import Sequence

_NOT = (
    "not never no nothing nobody none hardly without neither nor kein keine keinen keinerlei nicht nie niemals niemand "
    "ohne nunca sin ni nadie ningun ninguna tampoco jamas 不 没 未 无 别"
)
_IF, _MIGHT = "if unless suppose wenn falls si 如果", "would could might should"
_SAY = "said says say told tells claimed claims thinks thought reckons sagt sagte meint dice dijo"
_OTHERS = (
    "friend mum mom dad mother father wife husband colleague neighbour neighbor sister brother boss people some they he"
    " she someone freund freundin amigo amiga"
)
NEGATES, SUPPOSES, REPORTS = (frozenset(w.split()) for w in (_NOT, f"{_IF} {_MIGHT}", _SAY))


def _any(words: str) -> str:
    return "(?:" + "|".join(words.split()) + ")"


_NEGATION = re.compile(rf" {_any(_NOT)} (?:(?!only |just |but |and |because |so |since )[^ .!?，]+ ){{0,3}}$")
_CONDITION = re.compile(rf" {_any(_IF)} (?:[^ .!?]+ ){{0,6}}$| {_any(_MIGHT)} (?:[^ .!?]+ ){{0,2}}$")
_REPORT = re.compile(rf" {_any(_OTHERS)} (?:[^ .!?]+ ){{0,2}}{_any(_SAY)} (?:[^ .!?]+ ){{0,5}}$")
_QUOTES = re.compile(r"[\"“„«][^\"”“»]{3,400}[\"”“»]|「[^」]{2,400}」")
_NEXT_END = re.compile(r"[.!?] ")


def quotations(raw: str) -> list[tuple[int, int]]:
    """Where passages in quotation marks stand in a text."""
    return [m.span() for m in _QUOTES.finditer(raw)]


def stands(circumstance: str, start: int, end: int, plain: str, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether a circumstance holds of a stretch of a plain text; `quoted` are the stretches in quotation marks."""
    if circumstance == "question":
        close = _NEXT_END.search(plain, end - 2)
        return close is not None and plain[close.start()] == "?"
    if circumstance == "quoted":
        return any(a <= start and end <= b for a, b in quoted)
    before = plain[max(0, start - 60) : start]
    return _BEFORE[circumstance].search(before) is not None


_BEFORE = {"negated": _NEGATION, "conditional": _CONDITION, "reported": _REPORT}
