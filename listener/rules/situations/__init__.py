"""The situations a rule may ask for by name; each is a plain claim about a case.

A rule writes `if: [complaint open, not has bought, tenure over 1 y]`; the words after the name are its argument.
"""

from listener.rules.situations import changes, owed, sends, talk, who, words
from listener.rules.situations.vocabulary import SITUATIONS, deeds_of, holds, takes, understand

__all__ = [
    "SITUATIONS",
    "changes",
    "deeds_of",
    "holds",
    "owed",
    "sends",
    "takes",
    "talk",
    "understand",
    "who",
    "words",
]
