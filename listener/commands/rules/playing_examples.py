"""`listener rules test`: the stories of rules, played: whether each ends as told, and whose alert tells of the act."""

from collections.abc import Collection, Iterator
from typing import Any

from listener.catalogue import Catalogue
from listener.catalogue.rules import Example, Rule
from listener.commands.rules.ending_otherwise import why
from listener.commands.rules.voices import Voice, instead, voice_of
from listener.commands.shared import Trouble
from listener.rules.checking.examples import troubles
from listener.rules.rehearsing import rehearse, speaks


def played(names: Collection[str], book: Catalogue) -> Iterator[dict[str, Any]]:
    """How each story of the rules named (or of all) ends; of those named also who tells of it.

    Raises:
        Trouble: at a story that cannot be played.
    """
    for rule in book.rules.by_id.values():
        for n, example in enumerate(rule.examples if not names or rule.id in names else ()):
            _must_be_playable(rule, n, example, book)
            noted = list(rehearse(example, book))
            fires, level = speaks(rule, iter(noted))
            wants_voice = fires and rule.id in names and rule.code[0] != "B"
            voice = voice_of(rule, example, noted, book) if wants_voice else Voice(None)
            holds = fires is (rule.code in example.expect) and example.level in (None, level)
            yield {
                "rule": rule.id, "story": example.name, "fires": fires, "level": level, "holds": holds,
                "why_not": None if holds else why(rule, example, book),
                "told_by": voice.rule, "held_back": voice.reason,
            }  # fmt: skip


def in_words(one: dict[str, Any], book: Catalogue) -> str:
    """One story's end on a line; where another rule speaks, what to do on a second."""
    rule = book.rules.by_id[one["rule"]]
    came = f"{'fires' if one['fires'] else 'stays quiet'}, level {one['level']}"
    other = one["told_by"] if one["told_by"] != rule.id else None
    if other:
        came += f"; {rule.code} told by {other}"
    elif one["held_back"]:
        came += f"; no alert: {one['held_back'].replace('_', ' ')}"
    line = f"{'holds' if one['holds'] else 'FAILS'}  {rule.id}: {one['story']} ({came})"
    if one["why_not"]:
        return f"{line}\n       {one['why_not']}"
    return f"{line}\n       {instead(rule.id, other)}" if other else line


def _must_be_playable(rule: Rule, n: int, example: Example, book: Catalogue) -> None:
    for at, says in troubles(example, book):
        line = book.shelf.line(f"rules/{rule.id}.yaml", ("examples", n, *at))
        more = " (`listener rules lint` says all)"
        raise Trouble(f"rules/{rule.id}.yaml, line {line}: {example.name!r}: {says}{more}")
