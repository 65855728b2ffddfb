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
from functools import cache
from typing import NamedTuple

from listener.signals.words.words import TOKEN, plain_word

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


class Step(NamedTuple):
    """One of these words must stand `low` to `high` words behind the step before."""

    words: frozenset[str]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase.

    One of `anchors` (a word, or the beginning of a word where it ends in `*`) is in every match, and so is one of each
    of `needs`. Where `is_word` holds the anchor alone is the match, and no expression need be run. `steps` are the
    anchor and the needs in the order in which they must stand. A match begins with one of `opens` (None: with any word)
    and, where `leads` holds, at the beginning of a sentence.
    """

    source: str
    pattern: str
    anchors: frozenset[str]
    needs: tuple[frozenset[str], ...]
    is_word: bool
    steps: tuple[Step, ...]
    opens: frozenset[str] | None
    leads: bool

    @property
    def regex(self) -> re.Pattern[str]:
        """Made when first looked with: of thousands of phrases a day's messages come near to a few hundred."""
        return _expression(self.pattern)


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


class _Part(NamedTuple):
    """A part of a phrase: its steps, the first counted from the part's beginning, and how far it goes on behind them.

    `tail` counts words from the last step to the part's end; from its beginning where it has no step. It begins with
    one of `opens` (None: with any word), unless it `may_be_empty`; where it `leads`, at a sentence's beginning.
    """

    regex: str
    steps: tuple[Step, ...] = ()
    tail: tuple[int, int] = (0, 0)
    is_word: bool = False
    opens: frozenset[str] | None = frozenset()
    may_be_empty: bool = False
    leads: bool = False

    @property
    def needs(self) -> tuple[frozenset[str], ...]:
        return tuple(s.words for s in self.steps)

    @property
    def width(self) -> tuple[int, int]:
        """Its words, least and most."""
        return sum(s.low for s in self.steps) + self.tail[0], sum(s.high for s in self.steps) + self.tail[1]

    @property
    def anchors(self) -> frozenset[str] | None:
        return min(self.needs, key=cost_of) if self.steps else None

    def then(self, more: "_Part") -> "_Part":
        """This part with another behind it."""
        low, high = self.tail
        opens = _opens([self, more]) if self.may_be_empty else self.opens
        whole = self._replace(
            regex=self.regex + more.regex,
            is_word=False,
            opens=opens,
            may_be_empty=self.may_be_empty and more.may_be_empty,
            leads=self.leads if self.regex else more.leads,
        )
        if not more.steps:
            return whole._replace(tail=(low + more.tail[0], high + more.tail[1]))
        first, *rest = more.steps
        steps = (*self.steps, Step(first.words, low + first.low, high + first.high), *rest)
        return whole._replace(steps=steps, tail=more.tail)

    def place_of(self, words: frozenset[str]) -> tuple[int, int, int, int]:
        """How many words, least and most, stand before one of its steps, and from there to its end."""
        at = next(n for n, s in enumerate(self.steps) if s.words == words)
        before, behind = self.steps[: at + 1], self.steps[at + 1 :]
        return (
            sum(s.low for s in before),
            sum(s.high for s in before),
            sum(s.low for s in behind) + self.tail[0],
            sum(s.high for s in behind) + self.tail[1],
        )


def compile_phrase(source: str, names: Mapping[str, str], language: str = "en") -> list[Phrase]:
    """Read one phrase; a choice as a whole becomes a phrase for its single words and one for each longer branch.

    >>> (p,) = compile_phrase("(asked|told) ..2 times", {})
    >>> bool(p.regex.search(" i asked you three times . ")), sorted(p.anchors)
    (True, ['times'])
    """
    pieces = list(pieces_of(source, names))
    branches = _branches(pieces)
    if len(branches) == 1:
        return [_compiled(source, tuple(pieces), language)]
    parts = [_choice(branch, language)[0] for branch in branches]
    words = [b for b, p in zip(branches, parts, strict=True) if p.is_word]
    longer = [b for b, p in zip(branches, parts, strict=True) if not p.is_word]
    joined = ["(", *[x for w in words for x in (*w, "|")][:-1], ")"]
    return [_compiled(source, tuple(b), language) for b in ([joined] if words else []) + longer]


def _branches(pieces: list[str]) -> list[list[str]]:
    """The branches of a phrase that is one choice as a whole; else the phrase alone."""
    out: list[list[str]] = [[]]
    depth = 0
    for n, piece in enumerate(pieces):
        depth += (piece == "(") - (piece == ")")
        if depth == 0 and n < len(pieces) - 1:
            return [pieces]
        if depth == 1 and piece == "|":
            out.append([])
        elif (depth, piece) not in ((1, "("), (0, ")")):
            out[-1].append(piece)
    return out if len(pieces) > 2 and pieces[0] == "(" else [pieces]


@cache
def _compiled(source: str, pieces: tuple[str, ...], language: str) -> Phrase:
    """Compiled once in a process, however many catalogues and ears there are: nearly all phrases stand in all."""
    part, rest = _choice(list(pieces), language)
    if rest:
        raise PhraseError(f"{source!r}: unmatched {rest[0]!r}")
    if not part.anchors:
        raise PhraseError(f"{source!r}: no word that every match must have")
    needs = tuple(sorted((n for n in part.needs if n != part.anchors), key=cost_of))
    opens = None if part.may_be_empty else part.opens
    return Phrase(source, "(?<= )" + part.regex, part.anchors, needs, part.is_word, part.steps, opens, part.leads)


def pieces_of(source: str, names: Mapping[str, str], depth: int = 0) -> Iterator[str]:
    """The pieces of a phrase: words, brackets, marks; named choices spelt out."""
    for piece in _PIECE.findall(source):
        if piece[0] == "{":
            name = piece[1:-1]
            if name not in names or depth > 3:
                raise PhraseError(f"{source!r}: no choice is called {name!r}")
            yield "("
            yield from pieces_of(names[name], names, depth + 1)
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
    return _either(branches), pieces


def _either(branches: list[_Part]) -> _Part:
    """A choice: one step, of the anchors of all branches, where every branch has one."""
    regex = "(?:" + "|".join(b.regex for b in branches) + ")"
    anchors = [b.anchors for b in branches]
    known = [(b, a) for b, a in zip(branches, anchors, strict=True) if a is not None]
    opens, may_be_empty = _opens(branches), any(b.may_be_empty for b in branches)
    leads = all(b.leads for b in branches)
    if len(known) < len(branches):
        widths = [b.width for b in branches]
        width = min(low for low, _ in widths), max(high for _, high in widths)
        return _Part(regex, (), width, opens=opens, may_be_empty=may_be_empty, leads=leads)
    places = [b.place_of(a) for b, a in known]
    step = Step(frozenset().union(*[a for _, a in known]), min(p[0] for p in places), max(p[1] for p in places))
    tail = min(p[2] for p in places), max(p[3] for p in places)
    return _Part(regex, (step,), tail, all(b.is_word for b in branches), opens, may_be_empty, leads)


def _opens(parts: list[_Part]) -> frozenset[str] | None:
    """The words that one of some parts begins with; None where one may begin with any."""
    told = [p.opens for p in parts]
    return None if None in told else frozenset().union(*[words for words in told if words is not None])


def _sequence(pieces: list[str], language: str) -> tuple[_Part, list[str]]:
    whole, count = _Part("", may_be_empty=True), 0
    is_word = False
    while pieces and pieces[0] not in ("|", ")"):
        part, pieces = _element(pieces, language)
        if pieces and pieces[0] == "?":
            pieces = pieces[1:]
            part = _Part(f"(?:{part.regex})?", (), (0, part.width[1]), opens=part.opens, may_be_empty=True)
        whole = whole.then(part)
        count, is_word = count + 1, part.is_word
    return whole._replace(is_word=count == 1 and is_word), pieces


def _element(pieces: list[str], language: str) -> tuple[_Part, list[str]]:
    head, rest = pieces[0], pieces[1:]
    if head == "(":
        end = _closing(rest)
        return _bracketed(tuple(rest[:end]), language), rest[end + 1 :]
    if head.startswith("..") and head[2:].isdigit():
        most = min(int(head[2:]), 12)
        gap = f"(?:(?![.!?] )[^ ]+ ){{0,{most}}}"
        return _Part(gap, (), (0, most), opens=None, may_be_empty=True), rest
    if head == "^":
        return _Part(r"(?:(?<=^ )|(?<=[.!?] ))", may_be_empty=True, leads=True), rest
    if head == "<end>":
        return _Part(r"(?=[.!?] |$)", may_be_empty=True), rest
    if head in ("<?>", "<!>", "<.>"):
        mark = frozenset({head[1]})
        return _Part(re.escape(head[1]) + " ", (Step(mark, 0, 0),), (1, 1), True, mark), rest
    return _word(head, language), rest


@cache
def _bracketed(pieces: tuple[str, ...], language: str) -> _Part:
    """What stands in brackets, read once: the same named choices stand in hundreds of phrases."""
    return _choice(list(pieces), language)[0]


def _closing(pieces: list[str]) -> int:
    """Where the bracket that was opened before these pieces is closed."""
    depth = 1
    for n, piece in enumerate(pieces):
        depth += (piece == "(") - (piece == ")")
        if depth == 0:
            return n
    raise PhraseError("a bracket is not closed")


@cache
def _word(said: str, language: str) -> _Part:
    if said == "#":
        number = frozenset({"#"})
        return _Part(r"\d[^ ]* ", (Step(number, 0, 0),), (1, 1), opens=number)
    starts = said.endswith("*")
    tokens = TOKEN.findall(said.rstrip("*"))
    plain = "".join(plain_word(t, language) for t in tokens).split()
    if not plain:
        raise PhraseError(f"{said!r} says nothing")
    if unread := [t for t in tokens if t not in "'-/" and not plain_word(t, language)]:
        raise PhraseError(f"{said!r}: {unread[0]!r} is not read in a text, so that {' '.join(plain)!r} alone would do")
    regex = "".join(re.escape(w) + " " for w in plain)
    if starts:
        regex = regex[:-1] + "[^ ]* "
    keys = [w + ("*" if starts and i == len(plain) - 1 else "") for i, w in enumerate(plain)]
    steps = tuple(Step(frozenset({key}), min(i, 1), min(i, 1)) for i, key in enumerate(keys))
    return _Part(regex, steps, (1, 1), len(plain) == 1, steps[0].words)


@cache
def cost_of(anchors: frozenset[str]) -> float:
    """How often a text will wake a phrase for nothing: lower is better."""
    return sum(_COMMON.get(a, 1 if len(a) > 3 else 2) for a in sorted(anchors))
