"""Phrases that do not count: others' words in quotation marks, and the firm's own handle taken for another firm's."""

import re
from collections.abc import Sequence

from listener.model.message import Message
from listener.signals.firms.direction import MASKED, bare
from listener.signals.matches.matching import Match
from listener.signals.pages.page import Page

_OF_ANOTHER = frozenset(("names_rival", "rival_praise"))
"""Signals that a phrase tells of another firm."""
_OF_LEAVING = frozenset(("exit", "gone"))
"""Signals that a phrase tells by whom the customer goes to."""
_HANDLE = re.compile(r"@\w+")
_COMES_TO = re.compile(
    r"\b(?:back|signed|gone|went|mov\w+|switch\w*|chang\w+|defect\w*|port\w*|transferr\w+|swapp\w+|rejoin\w*|fly\w*|us(?:e|ing)"
    r"|shop\w*|bank\w*|buy\w*|book\w*|order\w*|go|going|get\w*|stay\w*|stick\w*) (?:\w+ ){0,3}(?:with|to|at|on to) $"
)
_ELSEWHERE = re.compile(
    r"\b(?:should|shoulda|wish\w*|rather|cheat\w*|stray\w*|unfaithful|back to|never again"
    r"|usual\w*|normal\w*|there|instead|other)\b"
)
"""Words of somebody who was with another firm, and wants ours."""
_SHORTEST = 3
"""Letters that a brand's name must have to be looked for within a handle: `@acme_help`."""


def counting(page: Page, found: Sequence[list[Match]], messages: Sequence[Message]) -> list[list[Match]]:
    """The phrases of each text that count."""
    out = list(map(without_own, found, messages, page.plains))
    for n, stretches in page.told.items():
        out[n] = [m for m in out[n] if not any(a <= m.start and m.end <= b + 1 for a, b in stretches)]
    return out


def without_own(found: Sequence[Match], message: Message, plain: str) -> list[Match]:
    """The phrases found but for those that take the firm's own handle for another firm's."""
    if message.role != "customer" or "@" not in plain:
        return list(found)
    return [m for m in found if not (m.rule.signal in _OF_ANOTHER | _OF_LEAVING and _of_ours(m, plain, message.brand))]


def _of_ours(match: Match, plain: str, brand: str) -> bool:
    """Whether a phrase names handles, ours and no other, as the one that is better or that is gone to.

    Where nobody told us what we are called, the only account that a post names is the one it is written to.
    """
    handles = list(_HANDLE.finditer(plain, match.start, match.end))
    only = brand in ("", "default") and len(set(_HANDLE.findall(plain))) == 1
    if not handles or not (only or all(is_own(one.group(), bare(brand)) for one in handles)):
        return False
    if match.rule.signal in _OF_ANOTHER:
        return "@" in match.rule.phrase.source and _ELSEWHERE.search(plain, match.start, match.end) is None
    return _COMES_TO.search(plain, match.start, handles[0].start()) is not None


def is_own(handle: str, own: str) -> bool:
    """Whether a handle is that of a brand, whose name is given bare.

    >>> is_own("@acme_help", "acme"), is_own("@norvik", "acme"), is_own("@company", "")
    (True, False, True)
    """
    name = bare(handle)
    return handle == MASKED or (len(own) >= _SHORTEST and own in name)
