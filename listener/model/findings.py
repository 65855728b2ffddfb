"""What the rules found in a signal or at a deadline: the seam between rules, relationship and alerting."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from listener.model.ledger import Proof

Phase = Literal["noticed", "opened", "settled", "breached", "late"]
"""An act is `noticed`; an obligation is `opened`, then `settled` in time, `late` (after its time) or `breached`."""


class Finding(msgspec.Struct, frozen=True):
    """One act that breaks or honours a norm, or one turn in the life of an obligation.

    `level` is the act's digit for this customer (0..3), on the belief as it stood before the matter opened, `expected`
    the digit over the whole belief where it is a first act of the firm's (else 0).
    `cause` is the first causing event of the matter: alert ids are made of it. `invigorates` says that the tie takes
    the act as added energy (the `+` of the severity matrix), so it breaks nothing. `wanted` is the type
    whose repair fits, `sure` how likely that was believed to be, `minds` how likely each type is to be the one it hurt;
    `along` are the other acts of the matter.
    """

    code: str
    rule_id: str
    phase: Phase
    by: Literal["firm", "customer"]
    at: datetime
    event_id: str
    cause: str
    matter: int
    p: float
    level: int = 0
    threat: float = 0.0
    expected: float = 0.0
    confidence: float = 0.0
    channel: str = "act"
    conversation_id: str | None = None
    broadcast: str | None = None
    public: bool = False
    critical: bool = False
    invigorates: bool = False
    wanted: str = ""
    sure: float = 0.0
    minds: Mapping[str, float] = {}
    along: tuple[str, ...] = ()
    evidence: tuple[Proof, ...] = ()
    why: str = ""
    details: Mapping[str, object] = {}

    @property
    def is_act(self) -> bool:
        """Whether something was done, or left undone, that breaks or honours a norm; a settling is not an act."""
        return self.phase in ("noticed", "breached")
