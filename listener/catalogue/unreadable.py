"""YAML read strictly; and what is wrong with a file that is none, for whoever wrote it: the line, what was expected."""

import re
from collections.abc import Sequence
from typing import Any, Final

import yaml

_KEY: Final = re.compile(r"(?P<lead>\s*(?:- +)*)(?P<name>[^\s:#'\"{\[-][^:]*?):(?:\s|$)")
_CLOSES: Final = {"{": "}", "[": "]", "'": "'", '"': '"'}
_QUOTES: Final = "a text that begins with {opens} wants quotes around it"
_KNOWN: Final = (
    ("unknown escape", False, r"a \ in double quotes has a meaning of its own; write the text in single quotes"),
    ("quoted scalar", True, "the quote that begins here is never closed"),
    ("parsing a flow", True, "what {opens} opens here is not closed by {closes}, or a comma is missing in it"),
    ("start any token", False, _QUOTES),
    ("undefined alias", False, _QUOTES),
    ("for the tag", False, _QUOTES),
    ("an anchor", True, _QUOTES),
    ("block scalar", False, "after > or | the text begins on the next line, indented"),
    ("another document", False, "--- begins another file; a file holds one thing"),
    ("sequence entries", False, "a list begins on the line below its key: there each - stands, indented"),
)
"""A sign in what the reader says, whether what it began with is at fault or where it stopped, and what to say."""
_TWICE: Final = "stands twice in one place; the second would put the first out"
_SHOWN: Final = 40
"""So much of a line is quoted to whoever wrote it."""


_Safe: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Safe):  # type: ignore[misc]  # one of two classes, in C where that is built in
    """Reads YAML that cannot run anything; a key that stands twice is refused, where YAML would drop the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """A mapping, each key of which stands once."""
        met: set[str] = set()
        for key in (key for key, _ in node.value if isinstance(key, yaml.ScalarNode)):
            if key.value in met:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value} {_TWICE}", key.start_mark)
            met.add(key.value)
        told: dict[Any, Any] = super().construct_mapping(node, deep)
        return told


def in_words(trouble: Exception, text: bytes) -> str:
    """The line that is at fault, and what would be right: `line 7: …`."""
    if isinstance(trouble, yaml.MarkedYAMLError) and trouble.problem_mark is not None:
        row, says = _at_fault(trouble, text.decode(errors="replace").splitlines() or [""])
        return f"line {row + 1}: {says}"
    try:
        text.decode()
    except UnicodeDecodeError as wrong:
        return f"line {text[: wrong.start].count(10) + 1}: is not written in UTF-8; save the file as UTF-8"
    if isinstance(trouble, yaml.reader.ReaderError):
        return f"line {text[: trouble.position].count(10) + 1}: holds a character that is none of a text's"
    return " ".join(str(trouble).split())


def _at_fault(trouble: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[int, str]:
    """The line (from 0) and what to say of it."""
    ends, begins = trouble.problem_mark, trouble.context_mark or trouble.problem_mark
    assert ends is not None
    assert begins is not None
    row, begun = min(ends.line, len(lines) - 1), min(begins.line, len(lines) - 1)
    told, line = f"{trouble.context}: {trouble.problem}", lines[row]
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return row, "is indented with a tab; indent with spaces"
    if _TWICE in told:
        return row, trouble.problem or ""
    for sign, is_where_it_began, says in _KNOWN:
        if sign in told:
            at, column = (begun, begins.column) if is_where_it_began else (row, ends.column)
            opens = lines[at][column : column + 1]
            return at, says.format(opens=opens, closes=_CLOSES.get(opens, ""))
    if "simple key" in told:
        return begun, _no_key(lines[begun].strip())
    return row, _misplaced(lines, row, ends.column, told)


def _no_key(line: str) -> str:
    if found := re.match(r"(?:- )?(\w+):(\S.*)", line):
        return f"after the colon of a key comes a space: {found[1]}: {_short(found[2])}"
    return f"{_short(line)!r} is no key with a colon; what goes on from the line above is indented under it"


def _misplaced(lines: Sequence[str], row: int, column: int, problem: str) -> str:
    """What follows on a line where the value has ended already, or begins in a column where nothing can."""
    line = lines[row]
    key = _KEY.match(line)
    if key and column > key.end() and (value := line[key.end() :].strip()):
        if value[0] in _CLOSES and "mapping values" not in problem:
            return f"more follows on {value[0]}…{_CLOSES[value[0]]} in {key['name']}; put the whole text in quotes"
        return f"the text of {key['name']} has a colon in it, so it wants quotes around it"
    return _out_of_line(lines, row)


def _out_of_line(lines: Sequence[str], row: int) -> str:
    """What begins in a column where nothing can: compared with what it would be in line with."""
    line, dashed = lines[row], [text.lstrip().startswith("- ") for text in lines]
    last = next((n for n in range(row - 1, -1, -1) if lines[n].strip() and not lines[n].lstrip().startswith("#")), None)
    if last is None:
        return f"{_begins(line)[0]!r} cannot stand here"
    if dashed[row] and not dashed[last] and _begins(lines[last])[1] < _begins(line)[1]:
        return f"{_begins(lines[last])[0]!r} (line {last + 1}) has something behind it, so no list can stand under it"
    above = max((n for n in range(row) if dashed[row] and dashed[n]), default=last)
    mine, theirs = _begins(line), _begins(lines[above])
    if mine[1] == theirs[1]:
        return f"{mine[0]!r} cannot stand beside {theirs[0]!r} (line {above + 1}): only one is of a list"
    told = f"{mine[0]!r} begins in column {mine[1] + 1}, {theirs[0]!r} (line {above + 1}) in column {theirs[1] + 1}"
    return f"{told}; keys of one thing begin in one column, what belongs under a key stands further in"


def _begins(line: str) -> tuple[str, int]:
    """What a line begins with, and in which column (from 0): its key, whether or not a dash stands before it."""
    key = _KEY.match(line)
    if key is None:
        return _short(line.strip()), len(line) - len(line.lstrip())
    return key["name"], len(key["lead"])


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
