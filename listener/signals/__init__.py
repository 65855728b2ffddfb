"""The ear: messages in, impressions out."""

from listener.signals.ear import Ear

__all__ = ["Ear"]
