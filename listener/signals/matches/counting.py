"""Phrases that do not count: others' words in quotation marks, and the firm's own handle taken for another firm's.

What another firm did is weakened: it is told, and not of this one.
"""

import re
from collections.abc import Sequence

import msgspec

from listener.model.message import Message
from listener.signals.firms.direction import MASKED, bare
from listener.signals.firms.elsewhere import stretches
from listener.signals.matches.matching import Match
from listener.signals.pages.page import Page

RIVAL = "rival"
_LEFT = 0.2
"""What is left of a phrase that tells what another firm did (P): about what `unless: {rival: …}` leaves in the cues."""
OF_THE_FIRM = frozenset(
    """
    complaint negative_emotion dissatisfaction distress deceived betrayal unanswered repeat_effort failure failure_owned
    promise_broken disrespect_felt fee_complaint refused exit_maze untold demoted pursued price_rise price_concern
    escalation unrecognised canned exposed confidence_broken privacy_concern inconsistent sorry_again asked_too_much
    idea_ignored idea_taken idea_claimed word_withdrawn staleness supply_cut kept_in shaming too_familiar captivity
    remedy_rejected bait_admitted threat legal_threat public_warning repositioned newcomer_envy fault_denied
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Signals that tell what was done to the customer, or how ill they feel for it."""
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
    for n, others in page.told.items():
        out[n] = [m for m in out[n] if not any(a <= m.start and m.end <= b + 1 for a, b in others)]
    return out


def elsewhere(page: Page, found: list[list[Match]], messages: Sequence[Message], asked: Sequence[bool]) -> set[int]:
    """The texts, of those that are `asked`, that tell what another firm did; what is found there is weakened."""
    told = set[int]()
    for n, message in enumerate(messages):
        if asked[n] and (there := stretches(page.texts[n], message.brand)):
            spans = [page.places.span(n, m.start, m.end) for m in found[n]]
            of_another = [any(a <= start and end <= b for a, b in there) for start, end in spans]
            found[n] = [_of_another(m) if other else m for m, other in zip(found[n], of_another, strict=True)]
            told.add(n)
    return told


def _of_another(match: Match) -> Match:
    if match.rule.signal not in OF_THE_FIRM or match.around == RIVAL:
        return match
    return msgspec.structs.replace(match, p=match.p * _LEFT, around=RIVAL)


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
