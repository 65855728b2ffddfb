"""Evidence: functions from what was seen of a customer to features, one kind of evidence a file.

Every function keeps the same promises (tests/relationship/test_evidence.py): it changes nothing, gives the same for the
same, stays within -2..2, is content with a customer nobody has heard of, and says nothing of what it has not seen.
"""

from collections.abc import Callable

from listener.relationship.evidence.answers import answers
from listener.relationship.evidence.bursts import bursts
from listener.relationship.evidence.cadence import cadence
from listener.relationship.evidence.channel import channel
from listener.relationship.evidence.dealings import DEALINGS
from listener.relationship.evidence.feeling import feeling
from listener.relationship.evidence.hardship import HARDSHIP
from listener.relationship.evidence.manner import MANNER
from listener.relationship.evidence.origin import origin
from listener.relationship.evidence.purchases import purchases
from listener.relationship.evidence.pursuit import pursuit
from listener.relationship.evidence.replies import REPLIES
from listener.relationship.evidence.slots import slots
from listener.relationship.evidence.speech import SPEECH
from listener.relationship.evidence.tenure import tenure
from listener.relationship.seen import Features, Seen

EVIDENCE: tuple[Callable[[Seen], Features], ...] = (
    tenure,
    origin,
    slots,
    cadence,
    bursts,
    *MANNER,
    *SPEECH,
    channel,
    feeling,
    DEALINGS,
    HARDSHIP,
    pursuit,
    answers,
    REPLIES,
    purchases,
)

__all__ = ["EVIDENCE"]
