"""The ear: messages in, impressions out."""

from listener.signals.ear import Ear
from listener.signals.explaining import explain

__all__ = ["Ear", "explain"]
