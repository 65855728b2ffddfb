"""What the rules found in a signal or at a deadline: the seam between rules, relationship and alerting."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from listener.model.outputs import Evidence

Phase = Literal["noticed", "opened", "settled", "breached", "late"]
"""An act is `noticed`; an obligation is `opened`, then `settled` (in time), `late` (answered after its time) or `breached`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One act that breaks or honours a norm, or one turn in the life of an obligation.

    `level` is the act's digit for this customer (0..3), on the belief as it stood before the matter opened.
    `cause` is the first causing event of the matter: alert ids are made of it. `digits` of the act for each type
    are the catalogue's; `weights` say how much each type had a share in the belief it was judged on.
    """

    code: str
    rule_id: str
    phase: Phase
    by: Literal["firm", "customer"]
    at: datetime
    event_id: str
    cause: str
    matter: str
    p: float
    level: int = 0
    threat: float = 0.0
    confidence: float = 0.0
    channel: str = "act"
    conversation_id: str | None = None
    broadcast: str | None = None
    public: bool = False
    critical: bool = False
    evidence: tuple[Evidence, ...] = ()
    why: str = ""
    details: Mapping[str, object] = field(default_factory=dict)
