"""What is said of the open alerts of a customer who is forgotten: that they are over, and nothing of what they told."""

from datetime import datetime

from msgspec.structs import replace

from listener.alerting.occasion import Occasion, Who
from listener.alerting.saying import say
from listener.catalogue import Catalogue
from listener.model.outputs import Alert
from listener.model.told import Told


def forget(told: Told, who: Who, at: datetime, catalogue: Catalogue) -> tuple[Alert, ...]:
    """The end of every open alert: whoever holds it would hold it for ever, since nothing is left that could end it.

    Nobody mended them, so they expire. Said are their ids and what else was never of the person: not the evidence, not
    why, not what they were taken for, and not the value and the repair's role that tell of it.
    """
    bare = (replace(one, proofs=(), why="", tops=b"", wanted="", avoid=(), at_risk=None) for one in told.open)
    occasion = Occasion(who, at, catalogue)
    return tuple(say(one, "expired", occasion, ended=True) for one in bare)
