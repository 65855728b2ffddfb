"""What the listener says, in words and laid out for a terminal."""

from listener.showing.chronicle import Chronicle
from listener.showing.movement import moves
from listener.showing.portrait import portrait
from listener.showing.words import Phrasebook

__all__ = ["Chronicle", "Phrasebook", "moves", "portrait"]
