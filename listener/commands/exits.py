"""The exit codes of every command, beside 0 (CONTRACT 5)."""

from typing import Final

FOUND: Final = 1
"""Findings, or failure."""
WRONG_USE: Final = 2
NO_BUS: Final = 3
INTERRUPTED: Final = 130
"""Ctrl-C, as shells count it."""
