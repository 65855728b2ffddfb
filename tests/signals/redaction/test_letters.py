"""Names in whole letters, counted: docs/privacy.md tells how many are masked (`python -m scripts.privacy_names`)."""

import re

from scripts.privacy_names import LETTERS, PARTS, WAYS, letters, measured, table
from scripts.privacy_table import PAGE


def test_the_page_tells_what_is_counted() -> None:
    assert table() in PAGE.read_text()


def test_every_mark_is_read_and_no_brace_is_left() -> None:
    marked = len(re.findall(r"\{\w+\|", "".join(LETTERS.read_text().partition("first:")[1:])))
    told = [letter for part in PARTS for letter in letters(part)]
    assert sum(len(letter.names) for letter in told) == marked
    assert not any(sign in letter.text for letter in told for sign in "{|}")
    assert {way for letter in told for way, _, _ in letter.names} == set(WAYS)


def test_who_is_greeted_thanked_introduced_or_signs_is_seldom_missed() -> None:
    """Nine in ten, in letters that nothing was mended by too; whoever is spoken of is missed more often."""
    for part in PARTS:
        count = measured(part)
        own = [way for way in WAYS if way not in ("third", "again")]
        assert sum(count.masked[way] for way in own) >= 0.9 * sum(count.names[way] for way in own)
