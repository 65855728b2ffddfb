"""`listener rules lint`: what is wrong with the rules and what is worth a second look, each with its file and line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from listener.catalogue import Catalogue
from listener.rules.advising import advise
from listener.rules.checking import lint
from listener.rules.issues import Issue


def findings(book: Catalogue, overlay: Path | None) -> Iterator[dict[str, Any]]:
    """What is wrong, then (with `grave` false) advice on the rules of the folder laid over."""
    for issue in lint(book):
        yield _told(issue, book, overlay, grave=True)
    own = {name.removeprefix("rules/").removesuffix(".yaml") for name in book.shelf.laid_over}
    for issue in advise(book, own):
        yield _told(issue, book, overlay, grave=False)


def in_words(told: dict[str, Any]) -> str:
    """One finding on one line: where, what, and which check says so."""
    at = f"{told['file']}:{told['line']}: " if told["line"] else ""
    return f"{at}{told['where']}: {told['says']} ({told['check'] if told['grave'] else 'advice'})"


def _told(issue: Issue, book: Catalogue, overlay: Path | None, *, grave: bool) -> dict[str, Any]:
    name = f"rules/{issue.where}.yaml"
    is_rule = issue.where in book.rules.by_id
    folder = f"{overlay}/" if overlay and name in book.shelf.laid_over else ""
    return {
        "where": issue.where, "check": issue.check, "says": issue.says, "grave": grave,
        "file": f"{folder}{name}" if is_rule else None,
        "line": book.shelf.line(name, issue.at or ("id",)) if is_rule else None,
    }  # fmt: skip
