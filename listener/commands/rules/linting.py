"""`listener rules lint`: what is wrong with the rules and what is worth a second look, each with its file and line."""

from collections.abc import Iterator
from typing import Any

from listener.catalogue import Catalogue
from listener.rules.checking.advising import advise
from listener.rules.checking.issues import Issue
from listener.rules.checking.linting import lint


def findings(book: Catalogue) -> Iterator[dict[str, Any]]:
    """What is wrong, then (with `grave` false) advice on the rules of the folder laid over; of a file from the top."""
    own = {name.removeprefix("rules/").removesuffix(".yaml") for name in book.shelf.laid_over}
    for issues, grave in ((lint(book), True), (advise(book, own), False)):
        told = [_told(issue, book, grave=grave) for issue in issues]
        yield from sorted(told, key=lambda one: (one["file"] or "", one["line"] or 0))


def in_words(told: dict[str, Any]) -> str:
    """One finding on one line: where, and what."""
    at = f"{told['file']}:{told['line']}: " if told["line"] else ""
    return f"{at}{told['where']}: {told['says']}{'' if told['grave'] else ' (advice)'}"


def _told(issue: Issue, book: Catalogue, *, grave: bool) -> dict[str, Any]:
    name = f"rules/{issue.where}.yaml"
    is_rule = issue.where in book.rules.by_id
    return {
        "where": issue.where, "check": issue.check, "says": issue.says, "grave": grave,
        "file": book.shelf.called(name) if is_rule else None,
        "line": (book.shelf.line(name, issue.at) or book.shelf.line(name, ("id",))) if is_rule else None,
    }  # fmt: skip
