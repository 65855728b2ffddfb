"""Which texts of a page may say that a customer leaves a firm or comes to one, told from their runs of letters.

What is ruled out here needs no expression to be run (direction.aim, custom.named).
"""

from collections.abc import Sequence

import numpy as np

from listener.model.message import Message
from listener.signals.firms import custom
from listener.signals.pages.page import Page, named_by

_APART, _BESIDE, _CARRIED = 26, 9, 6
"""Runs, at most, from a word that moves to the `from` of its move, from one that leaves to what it leaves, and from one
that moves something (`all four lines`) to the `to` of its move."""


def signs(page: Page, messages: Sequence[Message], moving: Sequence[int]) -> list[set[str]]:
    """The signs (direction.SIGNS) that each text may have; those that are not `moving` are not looked at closely.

    A brand may be written in small letters: where it stands in a text, the text may mean a firm.
    """
    named = np.zeros(len(messages), bool)
    named[moving] = [_is_named(messages[n]) for n in moving]
    left = page.near("from", "firm", 3) | page.near("moves:", "from", 2) | named
    may = {
        "moves": page.near("moves:", "from", _APART) & left,
        "leaves": page.near("leaves:", "firm", _BESIDE) | named,
        "comes": page.near("comes:", "towards", _CARRIED),
    }
    return named_by({sign: texts & page.has(f"{sign}:") for sign, texts in may.items()}, len(messages))


def customs(page: Page) -> list[int]:
    """The texts that may name another firm as the one bought from."""
    behind = page.near("before_name", "name", 1)
    named = np.flatnonzero(page.has("name")).tolist()
    return [n for n in named if behind[n] or custom.may_follow(page.texts[n])]


def _is_named(message: Message) -> bool:
    return message.brand not in ("", "default") and message.brand.casefold() in message.text.casefold()
