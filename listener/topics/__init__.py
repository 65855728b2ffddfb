"""The topics on the bus: as the files in `topics/` want them, as they are, and the difference."""

from listener.topics.comparing import Difference, differences
from listener.topics.files import TopicFile, Wanted, read, wanted
from listener.topics.keeping import Refused, apply, create, existing

__all__ = [
    "Difference",
    "Refused",
    "TopicFile",
    "Wanted",
    "apply",
    "create",
    "differences",
    "existing",
    "read",
    "wanted",
]
