"""What a customer's own conduct says of wanting more of the tie, or less."""

from typing import Final

from listener.catalogue.shelf import Entry, Shelf

FILE: Final = "engagement.yaml"


class Conduct(Entry):
    """`weights` of each feature of conduct (listener/relationship/conduct.py), added up.

    Below `down` the customer dials down, above `up` ratchets up; between them the tie is steady.
    """

    source: str
    down: float
    up: float
    weights: dict[str, float]


def read_engagement(shelf: Shelf) -> Conduct:
    """The weights."""
    return shelf.one(FILE, Conduct)
