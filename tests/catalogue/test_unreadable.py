"""A file that is not YAML is told by its line and by what was expected there, in words for whoever wrote it."""

import re
from pathlib import Path

import pytest

from listener.catalogue import CatalogueError, load
from listener.catalogue.shelf import parse

RULE = """\
id: ours
code: F26
title: The firm cancelled a booking
notices:
  - when: order_cancelled
    where: {by: [firm]}
    p: 0.9
    tells: The firm cancelled what they had booked.
why: >-
  They had planned around it, and nobody asked them.
examples:
  - name: it fires
    given: []
"""
BESIDE = "keys of one thing begin in one column"


def refused(text: str | bytes) -> str:
    with pytest.raises(CatalogueError) as trouble:
        parse("rules/ours.yaml", text if isinstance(text, bytes) else text.encode())
    return str(trouble.value)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("    where", "   where", 6, f"'where' begins in column 4, 'when' (line 5) in column 5; {BESIDE}"),
        ("    where", "     where", 6, f"'where' begins in column 6, 'when' (line 5) in column 5; {BESIDE}"),
        ("  - when", " - when", 6, f"'where' begins in column 5, 'when' (line 5) in column 4; {BESIDE}"),
        ("    p: ", "p: ", 8, f"'tells' begins in column 5, 'p' (line 7) in column 1; {BESIDE}"),
        ("    p: ", "\tp: ", 7, "is indented with a tab"),
        ("    where", "  where", 6, f"'where' begins in column 3, 'when' (line 5) in column 5; {BESIDE}"),
        ("examples:", "examples: none", 12, "'examples' (line 11) has something behind it, so no list can stand"),
        ("  They", "They", 10, "is no key with a colon"),
        ("title: ", "title:", 3, "after the colon of a key comes a space: title: The firm"),
        ("cancelled what", "cancelled: what", 8, "the text of tells has a colon in it, so it wants quotes"),
        ("tells: The firm", "tells: {by} has", 8, "more follows on {…} in tells; put the whole text in quotes"),
        ("title: The", "title: 'The", 3, "the quote that begins here is never closed"),
        ("[firm]", "[firm", 6, "what [ opens here is not closed by ]"),
        ("title: The", "title: @The", 3, "a text that begins with @ wants quotes"),
        ("title: The", "title: *The", 3, "a text that begins with * wants quotes"),
        ("title: The", 'title: "\\The', 3, "a \\ in double quotes"),
        ("title: The", "title: - The", 3, "a list begins on the line below its key"),
        ("why: >-", "why: >- It", 9, "after > or | the text begins on the next line"),
        ("examples:", "---\nexamples:", 11, "a file holds one thing"),
        ("    p: 0.9", "    p: 0.9\n    p: 0.7", 8, "p stands twice in one place"),
        ("  - name", " - name: it\n  - name", 13, "'name' begins in column 5, 'name' (line 12) in column 4"),
        ("examples:", "- when: agent\nexamples:", 11, "'when' begins in column 3, 'when' (line 5) in column 5"),
        ("  - name", "- when: agent\n  - name", 13, "'name' begins in column 5, 'when' (line 12) in column 3"),
    ],
)  # fmt: skip
def test_a_slip_is_told_by_its_line_and_what_was_expected(right: str, wrong: str, line: int, says: str) -> None:
    assert right in RULE
    told = refused(RULE.replace(right, wrong, 1))
    assert told.startswith(f"rules/ours.yaml, line {line}: ")
    assert says in told
    assert not re.search(r"byte string|block mapping|scalar|token", told), "the reader's own words are none of theirs"


def test_a_file_in_another_encoding_is_told_the_line_and_the_encoding() -> None:
    assert "line 10: is not written in UTF-8" in refused(RULE.replace("asked", "gefrägt").encode("latin1"))


def test_a_file_of_ones_own_is_named_with_its_folder(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yaml").write_text("a: [b\n")
    with pytest.raises(CatalogueError, match=f"^{tmp_path}/rules/ours.yaml, line 1: "):
        _ = load(tmp_path).rules


def test_a_file_that_would_be_passed_over_for_its_ending_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "ours.yml").write_text(RULE)
    with pytest.raises(CatalogueError, match=r"rules/ours.yml: a file of the catalogue ends in .yaml"):
        load(tmp_path)
