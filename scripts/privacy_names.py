"""How many of the names in short letters are masked: `python -m scripts.privacy_names` writes it into docs/privacy.md.

The letters (tests/signals/redaction/letters.yaml) are invented, and each name in them is marked by how it stands there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import yaml

from listener.signals.redaction.redact import secrets
from listener.signals.redaction.secret_numbers import Secret
from scripts.pages import rewrite
from scripts.privacy_table import PAGE

LETTERS: Final = Path(__file__).parents[1] / "tests" / "signals" / "redaction" / "letters.yaml"
BEGIN, END = "<!-- from letters.yaml: python -m scripts.privacy_names -->\n", "<!-- end of names -->\n"
PARTS: Final = ("first", "later")
"""Those that the expressions were mended by, and those that came after."""
WAYS: Final = {
    "greeting": "who is greeted",
    "thanks": "who is thanked",
    "introduction": "who says their name",
    "signature": "who signs",
    "third": "who is spoken of",
    "again": "who is named once more",
}
_MARK: Final = re.compile(r"\{(?P<way>\w+)\|(?P<name>[^}]+)\}")


@dataclass(frozen=True, slots=True)
class Letter:
    """A message, and for each name in it the way it is there and where it begins and ends."""

    text: str
    names: tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Count:
    """How many names there are and how many are masked whole, way by way; those that are not; what else is masked."""

    letters: int = 0
    words: int = 0
    names: Counter[str] = field(default_factory=Counter)
    masked: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def letters(part: str) -> Iterator[Letter]:
    """The letters of a part of the file, in all languages."""
    told: Mapping[str, Mapping[str, list[str]]] = yaml.safe_load(LETTERS.read_text(encoding="utf-8"))
    for texts in told[part].values():
        yield from (_unmarked(one.rstrip("\n")) for one in texts)


def _unmarked(marked: str) -> Letter:
    text, at = "", 0
    names: list[tuple[str, int, int]] = []
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        names.append((mark["way"], len(text), len(text) + len(mark["name"])))
        text, at = text + mark["name"], mark.end()
    return Letter(text + marked[at:], tuple(names))


def measured(part: str) -> Count:
    """Every name of every letter, looked for under what is masked."""
    count = Count()
    for letter in letters(part):
        hidden = [secret for secret in secrets(letter.text) if secret.mark == "[name]"]
        count.letters += 1
        count.words += len(letter.text.split())
        for way, start, end in letter.names:
            count.names[way] += 1
            if _is_hidden(letter.text, start, end, hidden):
                count.masked[way] += 1
            else:
                count.missed.append(letter.text[start:end])
        count.wrong += [letter.text[one.start : one.end] for one in hidden if not _meets(one, letter.names)]
    return count


def _is_hidden(text: str, start: int, end: int, hidden: Sequence[Secret]) -> bool:
    """Whether no letter of a name is left."""
    shown = (at for at in range(start, end) if not any(one.start <= at < one.end for one in hidden))
    return not any(text[at].isalpha() for at in shown)


def _meets(secret: Secret, names: Sequence[tuple[str, int, int]]) -> bool:
    return any(secret.start < end and start < secret.end for _, start, end in names)


def table() -> str:
    """A row for each way a name stands in a letter, and one for what is masked and is nobody's name."""
    first, later = (measured(part) for part in PARTS)
    both = [f"{count.letters} letters, {count.words} words" for count in (first, later)]
    rows = [f"| names masked, of all | mended by ({both[0]}) | came after ({both[1]}) |", "|---|---|---|"]
    rows += [
        f"| {said} | {first.masked[way]} of {first.names[way]} | {later.masked[way]} of {later.names[way]} |"
        for way, said in WAYS.items()
    ]
    told = (f"**{count.masked.total()} of {count.names.total()}**" for count in (first, later))
    rows.append(f"| **all** | {' | '.join(told)} |")
    rows.append(f"| masked, and no name | {' | '.join(', '.join(c.wrong) or 'nothing' for c in (first, later))} |")
    return "\n".join(rows) + "\n"


def main() -> None:
    """Put the table where the page wants it, and say which names are not masked."""
    rewrite(PAGE, BEGIN, table(), END)
    for part in PARTS:
        print(f"{part}: not masked: {', '.join(measured(part).missed)}")


if __name__ == "__main__":
    main()
