"""The stretch of a page that a script writes: what stands between two marks."""

from pathlib import Path


def stretch(page: Path, begin: str, end: str) -> str:
    """What stands there now."""
    return page.read_text().partition(begin)[2].partition(end)[0]


def rewrite(page: Path, begin: str, text: str, end: str) -> None:
    """Put a text there, between its marks."""
    before, _, rest = page.read_text().partition(begin)
    page.write_text(before + begin + text + end + rest.partition(end)[2])
