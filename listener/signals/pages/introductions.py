"""Which texts of a page may make a name known and how, told from their runs of letters.

What is ruled out here needs no expression to be run (introduced.introduced).
"""

from collections.abc import Sequence

from listener.model.message import Message
from listener.signals.pages.page import Page, named_by
from listener.signals.redaction.introduced import introduced


def introductions(page: Page, messages: Sequence[Message]) -> list[tuple[str, ...]]:
    """The names that each text makes known."""
    return [
        introduced(message.text, message.brand, ways) if ways else ()
        for message, ways in zip(messages, ways_of(page), strict=True)
    ]


def ways_of(page: Page) -> list[set[str]]:
    """The ways (introduced.WAYS) in which each text may make a name known."""
    greeted = page.opens("greets") | page.near("line", "greets", 1) | page.closes("calls")
    may = {
        "greeted": greeted | page.near("calls", "line", 1),
        "says": page.near("introducing", "introduced", 1),
        "here": page.near("introduced", "here", 1),
        "signed": page.closes("signs") | page.near("closes", "line", 1),
    }
    return named_by(may, len(page.texts))
