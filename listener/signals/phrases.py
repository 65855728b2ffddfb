"""The small language cues are written in, and what it becomes: a regular expression and the words that wake it.

    i (have)? (asked|emailed) ..3 times      words, a choice, an optional part, a gap of up to three words
    cancel*   ^ please   {firm}              a word's beginning, the beginning of a sentence, a named choice
    <?>  <!>  <.>  <end>                     a question mark, an exclamation mark, a full stop, a sentence's end
    #  $  emoticon_sad                       a number, a currency's sign, an emoticon (also _happy, _wink)

A gap never crosses the end of a sentence. Nothing in the language can repeat without bound, so that matching a phrase
takes time in proportion to the text, whatever the text.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from listener.signals.words import TOKEN, plain_word

_PIECE = re.compile(r"\.\.\d+|\{\w+\}|<(?:[?!.]|end)>|[()|?^]|[^\s()|?^{}<>]+")
_COMMON = {
    word: cost
    for cost, words in {
        40: ". ? ! #",
        30: "the i you to a and is it of in my that for not on have",
        12: "me we be was with your do no so this are at as can will would just what if they he she or an am",
        6: "has had get got go all please up out one from by about but when how did our us there been like more only"
        " should could want now then very too know don't need time back any some never day still again thanks thank",
    }.items()
    for word in words.split()
}


class PhraseError(ValueError):
    """A phrase that is not written in the language."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase. One of `anchors` (a word, or the beginning of a word where it ends in `*`) is in every match."""

    source: str
    regex: re.Pattern[str]
    anchors: frozenset[str]
    widest: int


@dataclass(frozen=True, slots=True)
class _Part:
    regex: str
    anchors: frozenset[str] | None
    words: int


def compile_phrase(source: str, names: Mapping[str, str], language: str = "en") -> Phrase:
    """Read one phrase.

    >>> p = compile_phrase("(asked|told) ..2 times", {})
    >>> bool(p.regex.search(" i asked you three times . ")), sorted(p.anchors)
    (True, ['times'])
    """
    pieces = list(_pieces(source, names, 0))
    part, rest = _choice(pieces, language)
    if rest:
        raise PhraseError(f"{source!r}: unmatched {rest[0]!r}")
    if not part.anchors:
        raise PhraseError(f"{source!r}: no word that every match must have")
    return Phrase(source, re.compile("(?<= )" + part.regex), part.anchors, part.words)


def _pieces(source: str, names: Mapping[str, str], depth: int) -> Iterator[str]:
    for piece in _PIECE.findall(source):
        if piece[0] == "{":
            name = piece[1:-1]
            if name not in names or depth > 3:
                raise PhraseError(f"{source!r}: no choice is called {name!r}")
            yield "("
            yield from _pieces(names[name], names, depth + 1)
            yield ")"
        else:
            yield piece


def _choice(pieces: list[str], language: str) -> tuple[_Part, list[str]]:
    branches: list[_Part] = []
    while True:
        branch, pieces = _sequence(pieces, language)
        branches.append(branch)
        if not pieces or pieces[0] != "|":
            break
        pieces = pieces[1:]
    if len(branches) == 1:
        return branches[0], pieces
    anchors: frozenset[str] | None = frozenset()
    for branch in branches:
        anchors = anchors | branch.anchors if anchors is not None and branch.anchors is not None else None
    return _Part("(?:" + "|".join(b.regex for b in branches) + ")", anchors, max(b.words for b in branches)), pieces


def _sequence(pieces: list[str], language: str) -> tuple[_Part, list[str]]:
    regex, best, words = "", None, 0
    while pieces and pieces[0] not in ("|", ")"):
        part, pieces = _element(pieces, language)
        optional = bool(pieces) and pieces[0] == "?"
        if optional:
            pieces = pieces[1:]
            part = _Part(f"(?:{part.regex})?", None, part.words)
        regex, words = regex + part.regex, words + part.words
        if part.anchors is not None and (best is None or _cost(part.anchors) < _cost(best)):
            best = part.anchors
    return _Part(regex, best, words), pieces


def _element(pieces: list[str], language: str) -> tuple[_Part, list[str]]:
    head, rest = pieces[0], pieces[1:]
    if head == "(":
        part, rest = _choice(rest, language)
        if not rest:
            raise PhraseError("a bracket is not closed")
        return part, rest[1:]
    if head.startswith("..") and head[2:].isdigit():
        return _Part(f"(?:(?![.!?] )[^ ]+ ){{0,{min(int(head[2:]), 12)}}}", None, int(head[2:])), rest
    if head == "^":
        return _Part(r"(?:(?<=^ )|(?<=[.!?] ))", None, 0), rest
    if head == "<end>":
        return _Part(r"(?=[.!?] |$)", None, 0), rest
    if head in ("<?>", "<!>", "<.>"):
        return _Part(re.escape(head[1]) + " ", frozenset({head[1]}), 1), rest
    return _word(head, language), rest


def _word(said: str, language: str) -> _Part:
    if said == "#":
        return _Part(r"\d[^ ]* ", frozenset({"#"}), 1)
    starts = said.endswith("*")
    plain = "".join(plain_word(t, language) for t in TOKEN.findall(said.rstrip("*"))).split()
    if not plain:
        raise PhraseError(f"{said!r} says nothing")
    regex = "".join(re.escape(w) + " " for w in plain)
    if starts:
        regex = regex[:-1] + "[^ ]* "
    options = [frozenset({w + ("*" if starts and i == len(plain) - 1 else "")}) for i, w in enumerate(plain)]
    return _Part(regex, min(options, key=_cost), len(plain))


def _cost(anchors: frozenset[str]) -> float:
    """How often a text will wake a phrase for nothing: lower is better."""
    return sum(_COMMON.get(a, 1 if len(a) > 3 else 2) for a in sorted(anchors))
