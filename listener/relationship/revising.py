"""One signal's evidence taken into the counts: what a message or an act adds, once, with its repetitions at half."""

from functools import lru_cache
from hashlib import blake2b
from math import log10
from typing import Any

import numpy as np
from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Profile
from listener.model.purposes import serves
from listener.model.signals import Act, Broadcast, Heard, Said
from listener.model.spans import DAY_S
from listener.model.tie import CUSTOMER_CUES, EMOTIONS, FIRM_CUES, LATER_CUES, RING, SLOT, SLOTS, Order, TieState
from listener.model.types import TYPES
from listener.relationship.belief import fading
from listener.relationship.counting import Amount, heard_amounts
from listener.relationship.counting_acts import act_amounts, is_own, worth_of
from listener.relationship.distress import Feeling, feeling_of, suffer
from listener.relationship.engagement import slight
from listener.relationship.jumps import answer, confirm
from listener.relationship.packing import pack, pack_sparse, pack_sums, unpack, unpack_sparse
from listener.relationship.scales import N
from listener.relationship.why import remember

ANCHOR_DAYS = 365
TALK_DAYS = 3
LAUNCH_DAYS = 7
LOUDEST = 2.0
"""Nats for or against a type that one turn's words may say; the most that the ear has said of 3,000 threads is 1.7."""
SITTING_MINUTES = 240
"""Moves closer together than this are one move (a chat and the order that follows it)."""
LONGEST = 4000
"""Words of a move beyond which more are not counted."""
_FELT, _FIRMS = (f"feels_{name}" for name in EMOTIONS), (f"firm_{name}" for name in FIRM_CUES)
_SILENT = (0.0,) * N
"""No voice at all, a type each."""
_HALVED = frozenset({*CUSTOMER_CUES, *LATER_CUES, *_FELT, *_FIRMS})
_BIT = {name: 1 << SLOT[name] for name in _HALVED}


def revise(
    tie: TieState, signal: Said, findings: tuple[Finding, ...], profile: Profile | None, catalogue: Catalogue
) -> TieState:
    """The belief after one signal and what was found in it; a late signal counts as if it came now."""
    moment = int(signal.occurred_at.timestamp())
    if not tie.begun_s:
        tie = replace(tie, begun_s=moment, anchor_s=moment, at_s=moment)
    before = tie
    tie = anchored(replace(tie, at_s=max(tie.at_s, moment)), catalogue)
    if isinstance(signal, Heard):
        tie = _hear(tie, signal, catalogue)
    elif isinstance(signal, Act | Broadcast):
        tie = _witness(tie, signal, catalogue)
    else:
        return tie
    feeling = feeling_of(signal, catalogue.distress) if isinstance(signal, Heard) else Feeling()
    tie = suffer(tie, signal, findings, feeling, catalogue)
    thanks = feeling.ease if isinstance(signal, Heard) and signal.role == "customer" else 0.0
    tie = slight(tie, findings, min(1.0, thanks))
    tie = confirm(tie, signal, findings, catalogue)
    if isinstance(signal, Heard) and signal.survey is not None:
        tie = answer(tie, signal.survey, profile, catalogue)
    return remember(before, tie, signal, profile, catalogue)


def anchored(tie: TieState, catalogue: Catalogue) -> TieState:
    """Express all amounts at a newer moment when the anchor has become a year old, so that they stay small numbers."""
    if tie.at_s - tie.anchor_s < ANCHOR_DAYS * DAY_S:
        return tie
    lives = catalogue.emissions.settings.half_life_days
    fade = fading(tie, tie.at_s, lives.counts)
    counts = unpack_sparse(tie.counts, tie.counts_carry, len(SLOTS)) * fade
    counts[counts < 1e-3] = 0.0
    counted, counts_carry = pack_sparse(counts)
    voices, voices_carry = pack_sums(unpack(tie.voices, N, tie.voices_carry) * fade)
    return replace(
        tie,
        anchor_s=tie.at_s,
        counts=counted,
        counts_carry=counts_carry,
        voices=voices,
        voices_carry=voices_carry,
        shifts=pack(unpack(tie.shifts, 2 * N) * fading(tie, tie.at_s, lives.shifts)),
        enacted=pack(unpack(tie.enacted, N) * fading(tie, tie.at_s, lives.enacted)),
    )


def add(tie: TieState, amounts: list[Amount], catalogue: Catalogue) -> TieState:
    """Add amounts to the counts, at what they weigh at the anchor; what the firm does moves the enacted track too."""
    lives, treatment = catalogue.emissions.settings.half_life_days, catalogue.emissions.treatment
    gain = 1.0 / fading(tie, tie.at_s, lives.counts)
    counts = unpack_sparse(tie.counts, tie.counts_carry, len(SLOTS)).copy()
    one_by_one: Any = counts.data  # a view of floats: an array makes an object of each number that is asked for
    for name, amount in amounts:
        one_by_one[SLOT[name]] += gain * amount
    counted, carry = pack_sparse(counts)
    changed: dict[str, Any] = {"counts": counted, "counts_carry": carry}
    if treated := [amount * treatment[name] for name, amount in amounts if name in treatment and amount]:
        enacted = unpack(tie.enacted, N) + sum(treated) / fading(tie, tie.at_s, lives.enacted)
        changed["enacted"] = pack(enacted)
    return replace(tie, **changed)


def _hear(tie: TieState, heard: Heard, catalogue: Catalogue) -> TieState:
    amounts = heard_amounts(heard)
    tie, amounts = _in_talk(tie, heard, amounts)
    if heard.role != "customer":
        return add(*_spoken_for(tie, heard, amounts), catalogue)
    if heard.voices:
        tie = _voice(tie, heard, catalogue)
        amounts.append(("voiced", 1.0))
    return add(_moved(tie, int(heard.traits.get("words", 0))), amounts, catalogue)


def _spoken_for(tie: TieState, heard: Heard, amounts: list[Amount]) -> tuple[TieState, list[Amount]]:
    """Note who speaks for the firm, and whether it is the one who spoke last time."""
    if heard.role != "agent" or not heard.agent_id:
        return tie, amounts
    mark = byte_mark(heard.agent_id, 2)
    known = [("named_agent", 1.0), *([("same_agent", 1.0)] if mark == tie.agent else [])]
    return replace(tie, agent=mark), amounts + known


def _voice(tie: TieState, heard: Heard, catalogue: Catalogue) -> TieState:
    voiced = np.array(list(map(heard.voices.get, TYPES, _SILENT)))
    np.minimum(np.maximum(voiced, -LOUDEST, out=voiced), LOUDEST, out=voiced)
    voiced *= 1.0 / fading(tie, tie.at_s, catalogue.emissions.settings.half_life_days.counts)
    voiced += unpack(tie.voices, N, tie.voices_carry)
    voices, carry = pack_sums(voiced)
    return replace(tie, voices=voices, voices_carry=carry)


def _in_talk(tie: TieState, heard: Heard, amounts: list[Amount]) -> tuple[TieState, list[Amount]]:
    """Count a cue heard before in the same talk half; count a talk when it begins, and who began it."""
    mark = byte_mark(heard.conversation_id or f"{heard.channel}{heard.occurred_at.date()}", 4)
    same = tie.talk == mark and tie.at_s - tie.talk_s < TALK_DAYS * DAY_S
    said = before = int.from_bytes(tie.said, "little") if same else 0
    halved = amounts
    if before:
        halved = [(name, 0.5 * amount if before & _BIT.get(name, 0) else amount) for name, amount in amounts]
    for name, _ in amounts:
        if name in _BIT:
            said |= _BIT[name]
    if not same and heard.role in ("customer", "agent"):
        halved.append(("talks", 1.0))
        if heard.role == "customer" and heard.in_reply_to is None:
            halved.append(("begun_talks", 1.0))
    stored = tie.said if same and said == before else said.to_bytes((said.bit_length() + 7) // 8, "little")
    return replace(tie, talk=mark, talk_s=tie.at_s, said=stored), halved


@lru_cache(maxsize=1024)
def byte_mark(text: str, size: int) -> int:
    """A number of `size` bytes that stands for a text."""
    return int.from_bytes(blake2b(text.encode(errors="surrogatepass"), digest_size=size).digest(), "little")


def _moved(tie: TieState, words: int) -> TieState:
    """Note a move of the customer's own; moves of one sitting are one, their words added up."""
    minute = (tie.at_s - tie.begun_s) // 60
    length = min(words, LONGEST)
    if tie.moves and minute - tie.moves[-1] < SITTING_MINUTES:
        lengths = (*tie.lengths[:-1], min(tie.lengths[-1] + length, LONGEST))
        return replace(tie, lengths=lengths, last_s=tie.at_s)
    moves, lengths = (*tie.moves, minute)[-RING:], (*tie.lengths, length)[-RING:]
    return replace(tie, moves=moves, lengths=lengths, last_s=tie.at_s, first_s=tie.first_s or tie.at_s)


def _witness(tie: TieState, signal: Act | Broadcast, catalogue: Catalogue) -> TieState:
    act = signal.data
    amounts = list(act_amounts(signal))
    match act.kind:
        case "product_launched":
            tie = replace(tie, launched_s=tie.at_s)
        case "order_placed" if is_own(act.details):
            if tie.launched_s and tie.at_s - tie.launched_s <= LAUNCH_DAYS * DAY_S:
                amounts.append(("launch_orders", 1.0))
            order = _order(tie, act.details)
            tie = _moved(replace(tie, orders=(*tie.orders, order)[-RING:]), 0)
        case "order_cancelled" if act.details.get("by") != "firm":
            tie = _moved(tie, 0)
        case "consent_changed" if act.details.get("direction") == "opt_out":
            tie = replace(_moved(tie, 0), opted_out_s=tie.at_s)
        case "consent_changed" if act.details.get("direction") == "opt_in":
            tie = replace(tie, opted_out_s=0)
        case "campaign_sent" | "outreach_made" if tie.opted_out_s and _is_unasked(act.details):
            amounts.append(("sent_after_no", 1.0))
    return add(tie, amounts, catalogue)


def _is_unasked(details: dict[str, Any]) -> bool:
    """Whether nobody asked for a contact, and it serves nothing that the customer has with the firm."""
    return details.get("solicited") is not True and not serves(str(details.get("purpose") or ""))


def _order(tie: TieState, details: dict[str, Any]) -> Order:
    worth = worth_of(details) or 0.0
    tenths = round(100 * log10(1 + worth)) if 0 < worth < 1e12 else 0
    category = str(details.get("category", "")).casefold()
    return (tie.at_s - tie.begun_s) // 60, tenths, byte_mark(category, 1)
