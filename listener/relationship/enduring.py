"""What a belief goes through beside signals: its beginning, an operator's word, time, and what did not come."""

from datetime import datetime

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.findings import Finding
from listener.model.inputs import Command, Profile
from listener.model.tie import TieState
from listener.relationship.engagement import slight
from listener.relationship.jumps import WOUNDS, enact, tell


def begin(at: datetime) -> TieState:
    """A belief about a customer nobody has heard of: nothing counted, so the prior alone.

    The profile bends it whenever it is read, so that a profile told later counts as much.
    """
    moment = int(at.timestamp())
    return TieState(at_s=moment, anchor_s=moment)


def acquaint(tie: TieState | None, at: datetime) -> TieState:
    """The belief once the CRM has told who this is, at no later time; the tie itself begins with the first event."""
    return tie or begin(at)


def override(
    tie: TieState | None, order: Command, profile: Profile | None, at: datetime, catalogue: Catalogue
) -> TieState:
    """An operator says what the relationship is: as good as the customer's own answer."""
    known = forget(tie or begin(at), at)
    return tell(known, order.held, order.wanted, profile, catalogue)


def forget(tie: TieState, at: datetime) -> TieState:
    """Let time pass up to a moment. Amounts fade when they are read, so two steps of a day equal one of two."""
    return replace(tie, at_s=max(tie.at_s, int(at.timestamp())))


def endure(tie: TieState, findings: tuple[Finding, ...], at: datetime, catalogue: Catalogue) -> TieState:
    """Take in what fell due and did not come: it is treatment, and a wound that the customer may yet react to."""
    if not findings:
        return tie
    tie = enact(forget(tie, at), findings, catalogue)
    fresh = [
        (tie.at_s, f.level, 0) for f in findings if f.code.startswith("F") and f.phase == "breached" and f.level >= 2
    ]
    return slight(replace(tie, wounds=(*tie.wounds, *fresh)[-WOUNDS:]), findings)
