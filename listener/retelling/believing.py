"""Where a customer comes to be taken for another kind of customer, and the strongest reasons for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from listener import relationship
from listener.catalogue import Catalogue
from listener.model.outcomes import Outcome
from listener.model.outputs import Transition
from listener.model.state import CustomerState
from listener.model.tie import TieState
from listener.model.types import TypeId
from listener.relationship.why_moved import Reason, why_moved
from listener.retelling.reasons import reason
from listener.rules.explaining.sentences import beside

REASONS: Final = 2
"""So many reasons are told, the strongest first."""
BESIDE: Final = 0.25
"""A reason that weighs less than this beside the strongest goes without saying."""
SETTLED: Final = 0.5
"""From here on somebody is taken for it: the belief is settled, as an alert would say it."""


Alike = Callable[[TypeId, TypeId], str]
"""Of two types, the sentence just said that speaks for the first; empty where none does."""


@dataclass(slots=True)
class Beliefs:
    """Remembers each customer's tie as it was when what they are taken for was last told."""

    book: Catalogue
    last: dict[str, TieState] = field(default_factory=dict)

    def moved(self, before: CustomerState, after: CustomerState, outcomes: Sequence[Outcome], alike: Alike) -> str:
        """A sentence where the belief about what they want moved to another type; else empty."""
        if after.tie is None:
            return ""
        begun = before.tie or relationship.begin(after.at)
        earlier = self.last.setdefault(after.customer_id, begun)
        moves = [one.value for one in outcomes if isinstance(one.value, Transition)]
        move = next((one for one in moves if one.kind == "type_change" and one.track == "wanted"), None)
        if move is None:
            return ""
        self.last[after.customer_id] = after.tie
        reasons = why_moved(earlier, after.tie, after.profile, self.book, fell=move.from_, rose=move.to)
        strong = [one for one in reasons[:REASONS] if one.nats >= BESIDE * reasons[0].nats]
        why = " and ".join(dict.fromkeys(_told(one, move, alike) for one in strong))
        old, new = (self.book.types.by_id[name].display for name in (move.from_, move.to))
        return f"From here on taken for: {taken(new, move.p)}, no longer “{old}”, {because(why)}"


def _told(why: Reason, move: Transition, alike: Alike) -> str:
    """A reason in words; where it is the manner of theirs, with the sentence that shows it."""
    told = reason(why.what, more=why.more)
    words = alike(cast("TypeId", move.to), cast("TypeId", move.from_)) if why.what == "voice" else ""
    return f"{told} (“{words}”)" if words else told


def taken(name: str, p: float) -> str:
    """A kind of customer, and how sure it is that this is one; where that is not settled, the nearest one.

    >>> taken("family customer", 0.69), taken("team player", 0.27)
    ('“family customer” (0.69)', 'not settled, nearest to “team player” (0.27)')
    >>> taken("team player", 0.498)
    'not settled, nearest to “team player” (just under 0.5)'
    """
    return f"{'' if p >= SETTLED else 'not settled, nearest to '}“{name}” ({beside(p, SETTLED)})"


def because(why: str) -> str:
    """A reason with what stands before it.

    >>> because("they order often"), because("")
    ('because they order often', 'as the two are close')
    """
    return f"because {why}" if why else "as the two are close"
