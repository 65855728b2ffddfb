"""A telling fits the terminal it is read in; a file or a program gets the lines as they were written."""

import sys
from contextvars import copy_context

import pytest

from listener.commands.paper import told_as_wide_as_the_terminal
from listener.retelling.folding import WIDTH, folded, paragraph

LONG = "a story is told here " * 10
WRITTEN = f"{'one ' * 25}\n{'two ' * 25}"


def told() -> tuple[list[str], list[str]]:
    told_as_wide_as_the_terminal()
    return folded(LONG, "  "), "\n".join(paragraph(WRITTEN)).splitlines()


def test_in_a_narrow_terminal_no_line_is_wider_than_that(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    lines, words = copy_context().run(told)
    assert max(map(len, lines + words)) <= 70
    assert " ".join(words).split() == WRITTEN.split()


def test_what_a_file_gets_does_not_hang_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    lines, words = copy_context().run(told)
    assert 70 < max(map(len, lines)) <= WIDTH
    assert words == WRITTEN.splitlines()
