"""Lines of a telling broken where they are longer than it is wide."""

from contextvars import ContextVar
from textwrap import wrap
from typing import Final

WIDTH: Final = 120
UNDER: Final = " " * 6
"""What goes on stands further in than what begins."""
wide: Final = ContextVar("wide", default=WIDTH)
"""How wide a telling is: who prints it to something narrower says so first."""


def folded(line: str, under: str) -> list[str]:
    """A line broken where it is longer than a telling is wide; what is broken off stands behind `under`.

    >>> folded("  to be or not to be", "    ")
    ['  to be or not to be']
    """
    return wrap(line, wide.get(), subsequent_indent=under, break_long_words=False, break_on_hyphens=False) or [line]


def paragraph(text: str) -> list[str]:
    """Words that were written in lines of a telling's width, in other lines where it is told in less."""
    return [text] if wide.get() == WIDTH else folded(" ".join(text.split()), "")
