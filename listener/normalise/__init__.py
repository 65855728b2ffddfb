"""From an input event to what there is to read: the new words only, in one form for all channels."""

from listener.normalise.contact import normalise
from listener.normalise.mail import Mail, parse_mail

__all__ = ["Mail", "normalise", "parse_mail"]
