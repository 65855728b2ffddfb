"""Lines of a telling broken where they are longer than a terminal is wide."""

from textwrap import wrap
from typing import Final

WIDTH: Final = 120
UNDER: Final = " " * 6
"""What goes on stands further in than what begins."""


def folded(text: str, under: str) -> list[str]:
    """A line broken where it is longer than a terminal is wide.

    >>> folded("  to be or not to be", "    ")
    ['  to be or not to be']
    """
    return wrap(text, WIDTH, subsequent_indent=under, break_long_words=False, break_on_hyphens=False) or [text]
