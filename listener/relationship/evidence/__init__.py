"""Evidence: functions from what was seen of a customer to features, one kind of evidence a file.

Every function keeps the same promises (tests/relationship/test_evidence.py): it changes nothing, gives the same for the
same, stays within -2..2, is content with a customer nobody has heard of, and says nothing of what it has not seen.
"""

from collections.abc import Callable

from listener.relationship.evidence.answers import ANSWERS, faces
from listener.relationship.evidence.bursts import NIGHT, bursts
from listener.relationship.evidence.cadence import cadence
from listener.relationship.evidence.channel import channel
from listener.relationship.evidence.dealings import DEALINGS
from listener.relationship.evidence.feeling import FEELING, ambivalence
from listener.relationship.evidence.hardship import HARDSHIP
from listener.relationship.evidence.manner import MANNER
from listener.relationship.evidence.origin import origin
from listener.relationship.evidence.purchases import PURCHASES
from listener.relationship.evidence.pursuit import CALLS, pursuit
from listener.relationship.evidence.replies import REPLIES
from listener.relationship.evidence.slots import slots
from listener.relationship.evidence.speech import SPEECH
from listener.relationship.evidence.tenure import tenure
from listener.relationship.view import Features, View

EVIDENCE: tuple[Callable[[View], Features], ...] = (
    tenure,
    origin,
    slots,
    cadence,
    bursts,
    NIGHT,
    *MANNER,
    *SPEECH,
    channel,
    *FEELING,
    ambivalence,
    DEALINGS,
    HARDSHIP,
    pursuit,
    CALLS,
    ANSWERS,
    faces,
    REPLIES,
    PURCHASES,
)

__all__ = ["EVIDENCE"]
