"""Texts that a phrase was written for: every branch once, nothing in its gaps. What checks of cues are made of."""

from collections.abc import Iterator, Mapping
from math import prod

from listener.signals.cues.phrases import PhraseError, pieces_of

MOST_SAMPLES = 160
_SPOKEN = {"#": "7", "^": "", "<end>": "", "<?>": "?", "<!>": "!", "<.>": ".", "emoticon_happy": ":)"}
_SPOKEN |= {"emoticon_sad": ":(", "emoticon_wink": ";)"}


def samples(source: str, names: Mapping[str, str], language: str) -> list[str]:
    """Texts that a phrase should be found in, so many that each branch of its choices is in one.

    >>> samples("^ (asked|told) (me)? ..2 # times <?>", {}, "en")
    ['asked me 7 times ?', 'told 7 times ?']
    """
    sequence = _read(list(pieces_of(source, names)), "")[0]
    turns = min(max(_widest(sequence), 1 + _has_option(sequence)), MOST_SAMPLES)
    joint = "" if language == "zh" else " "
    return list(dict.fromkeys(joint.join(w for w in _said(sequence, turn) if w) for turn in range(turns)))


def ways(source: str, names: Mapping[str, str]) -> int:
    """In how many ways the gaps and options of a phrase can stretch over one stretch of text.

    >>> ways("a ..3 (b|c ..2 d) (e)?", {})
    24
    """
    return _ways(_read(list(pieces_of(source, names)), "")[0])


_Element = tuple[str, list[list["_Element"]] | str]
"""A word (`said`), a gap (`gap`), an option (`maybe`) or a choice (`any`) with its branches."""


def _read(pieces: list[str], closes: str) -> tuple[list[_Element], list[str]]:
    """One sequence and what is left; a choice as a whole comes back as one element."""
    branches: list[list[_Element]] = [[]]
    while pieces and pieces[0] != closes:
        head, pieces = pieces[0], pieces[1:]
        if head == "|":
            branches.append([])
        elif head == "(":
            inner, pieces = _read(pieces, ")")
            pieces = pieces[1:]
            branches[-1].append(("any", [inner]))
        elif head == "?" and branches[-1]:
            branches[-1][-1] = ("maybe", [[branches[-1][-1]]])
        elif head.startswith("..") and head[2:].isdigit():
            branches[-1].append(("gap", head[2:]))
        else:
            branches[-1].append(("said", head))
    return (branches[0] if len(branches) == 1 else [("any", branches)]), pieces


def _branches(element: _Element) -> list[list[_Element]]:
    kind, told = element
    assert isinstance(told, list)
    only = told[0] if kind == "any" and len(told) == 1 else None
    return _branches(only[0]) if only is not None and len(only) == 1 and only[0][0] == "any" else told


def _widest(sequence: list[_Element]) -> int:
    inner = [_branches(e) for e in sequence if e[0] in ("any", "maybe")]
    return max((len(b) * max(_widest(s) for s in b) for b in inner), default=1)


def _has_option(sequence: list[_Element]) -> bool:
    return any(e[0] == "maybe" or (e[0] == "any" and any(map(_has_option, _branches(e)))) for e in sequence)


def _said(sequence: list[_Element], turn: int) -> Iterator[str]:
    for element in sequence:
        kind, told = element
        if kind == "said":
            yield _SPOKEN.get(str(told), str(told).rstrip("*"))
        elif kind == "any":
            branches = _branches(element)
            yield from _said(branches[turn % len(branches)], turn // len(branches) if len(branches) > 1 else turn)
        elif kind == "maybe" and turn % 2 == 0:
            yield from _said(_branches(element)[0], turn)


def _ways(sequence: list[_Element]) -> int:
    counts = []
    for element in sequence:
        kind, told = element
        if kind == "gap":
            counts.append(min(int(str(told)), 12) + 1)
        elif kind == "maybe":
            counts.append(1 + _ways(_branches(element)[0]))
        elif kind == "any":
            counts.append(max(_ways(b) for b in _branches(element)))
    return prod(counts)


__all__ = ["MOST_SAMPLES", "PhraseError", "samples", "ways"]
