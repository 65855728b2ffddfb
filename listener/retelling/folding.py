"""Lines of a telling broken where they are longer than it is wide."""

from textwrap import wrap
from typing import Final

WIDTH: Final = 120
UNDER: Final = " " * 6
"""What goes on stands further in than what begins."""


def folded(line: str, under: str) -> list[str]:
    """A line broken where it is longer than a telling is wide; what is broken off stands behind `under`.

    >>> folded("  to be or not to be", "    ")
    ['  to be or not to be']
    """
    return wrap(line, WIDTH, subsequent_indent=under, break_long_words=False, break_on_hyphens=False) or [line]
