"""How wide the terminal is that a command prints to, and lines broken to fit it."""

import shutil
import sys
import textwrap

from listener.retelling.folding import WIDTH, wide


def columns() -> int:
    """The columns there are (COLUMNS, else the terminal's); 0 where a file or a program reads along."""
    return shutil.get_terminal_size(fallback=(0, 0)).columns


def told_as_wide_as_the_terminal() -> None:
    """Tellings fit the terminal from now on, where one reads along and it is narrower than they would be."""
    if sys.stdout.isatty() and columns():
        wide.set(min(WIDTH, columns()))


def in_columns(line: str, behind: int = 2) -> str:
    """A line, broken where it is wider than the terminal; what is broken off begins `behind` columns further in."""
    indent = len(line) - len(line.lstrip())
    if not 0 < columns() < len(line):
        return line
    return textwrap.fill(
        line.strip(), columns(), initial_indent=indent * " ", subsequent_indent=(indent + behind) * " ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
