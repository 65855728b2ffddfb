"""What is known of each run of letters between two blanks, and of each plain word in it: worked out once.

Most of what is written has been written before, so that a text costs one look-up a run; all else is gathered from the
arrays here, for every text of a batch at once.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from listener.model.sketch import digest, mark
from listener.signals.features import IMPERATIVES, of_run, of_token
from listener.signals.growing import Column, Lists
from listener.signals.stopwords import ENGLISH, STOP
from listener.signals.vader import Vader
from listener.signals.words import TOKEN, plain_word

_REMEMBERED = 60_000
MARKS = frozenset((".", "!", "?"))


class Cut(NamedTuple):
    """A token of a run: where it ends in the run's plain form, and where it stands in the run."""

    plain_end: int
    start: int
    end: int


class Token(NamedTuple):
    """A token: its plain form, the places of its words, and what manner counts in it."""

    plain: str
    words: tuple[int, ...]
    features: tuple[int, ...]
    size: int
    english: bool
    content: str | None


class Vocabulary(dict[str, int]):
    """The place of each run; `plains` and `cuts` are lists by that place, the rest arrays by it.

    By the place of a run: its `length` in characters, its `plain_length`, its `size` in words, how many tokens are
    everyday `english`, whether it is a `blank` line's end; lists of its `words`, of the `features` of its manner, of
    its words of `content`, and of what `vader` makes of it, in English, as `felt`. Beside `words.flat`: where in the
    run's plain form the word's token stands (`token_begin`, `token_length`) and where in that the word (`word_begin`).
    By the place of a word: its `row` in the heads, its `digest`, the `sets` of words it belongs to (Sieve), whether it
    is a `mark`, whether it `orders` something, and whether it `ends` a sentence.
    """

    def __init__(
        self,
        language: str,
        key: bytes,
        row_of: Callable[[str], int],
        sets_of: Callable[[str], Sequence[int]],
        vader: Vader | None = None,
    ) -> None:
        super().__init__()
        self._language, self._key, self._row_of, self._sets_of = language, key, row_of, sets_of
        self.vader = vader
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.plains: list[str] = []
        self.cuts: list[tuple[Cut, ...]] = []
        self.spelt: list[str] = []
        self.contents: list[str] = []
        self.marks: dict[str, str] = {}
        self._words: dict[str, int] = {}
        self._tokens: dict[str, Token] = {}
        self._contents: dict[str, int] = {}
        self.length, self.plain_length, self.size, self.english, self.blank = (Column() for _ in range(5))
        self.words, self.features, self.content, self.felt = Lists(), Lists(), Lists(), Lists()
        if self.vader is not None:
            self.vader.forget()
        self.token_begin, self.token_length, self.word_begin = Column(), Column(), Column()
        self.row, self.digest, self.sets = Column(), Column(np.uint64), Lists()
        self.mark, self.orders, self.ends = Column(bool), Column(bool), Column(bool)
        self._new_runs: list[tuple[str, list[Token]]] = []

    def meet(self, runs: Sequence[str]) -> list[int]:
        """The places of some runs; what is new among them is learnt."""
        if len(self) > _REMEMBERED:
            self.forget()
        places = list(map(self.__getitem__, runs))
        if self._new_runs:
            self._learn()
        return places

    def __missing__(self, run: str) -> int:
        place = self[run] = len(self)
        found = [m.span() for m in TOKEN.finditer(run)]
        tokens = [self._token(run[a:b]) for a, b in found]
        self._new_runs.append((run, tokens))
        cuts, end = [], 0
        for token, (a, b) in zip(tokens, found, strict=True):
            end += len(token.plain)
            cuts.append(Cut(end, a, b))
        self.cuts.append(tuple(cuts))
        self.plains.append("".join([t.plain for t in tokens]))
        return place

    def _learn(self) -> None:
        """Add what is new to the arrays."""
        new, self._new_runs = self._new_runs, []
        self.length.extend([len(run) for run, _ in new])
        self.blank.extend([run[0] == "\n" for run, _ in new])
        self.plain_length.extend([sum([len(t.plain) for t in tokens]) for _, tokens in new])
        self.size.extend([sum([t.size for t in tokens]) for _, tokens in new])
        self.english.extend([sum([t.english for t in tokens]) for _, tokens in new])
        self.words.extend([[w for t in tokens for w in t.words] for _, tokens in new])
        self.features.extend([[*of_run(run), *[f for t in tokens for f in t.features]] for run, tokens in new])
        self.content.extend([[self._content(t.content) for t in tokens if t.content] for _, tokens in new])
        if self.vader is not None:
            self.felt.extend([self.vader.places_of(run) for run, _ in new])
        places = [place for _, tokens in new for place in _places(tokens)]
        for n, column in enumerate((self.token_begin, self.token_length, self.word_begin)):
            column.extend([place[n] for place in places])
        words = self.spelt[self.row.size :]
        self.row.extend([self._row_of(w) for w in words])
        self.digest.extend([digest(w, self._key) for w in words])
        self.sets.extend([self._sets_of(w) for w in words])
        self.mark.extend([w in MARKS for w in words])
        self.orders.extend([w in IMPERATIVES for w in words])
        self.ends.extend([w[-1] in ".!?" for w in words])

    def _token(self, said: str) -> Token:
        known = self._tokens.get(said)
        if known is None:
            plain = plain_word(said, self._language)
            spelt = plain.split()
            words = [w for w in spelt if w not in MARKS]
            content = content_of(words[0]) if len(words) == 1 else None
            places = tuple([self._word(w) for w in spelt])
            english = bool(words) and words[0] in ENGLISH
            known = self._tokens[said] = Token(
                plain, places, tuple(of_token(said, words)), len(words), english, content
            )
        return known

    def _word(self, word: str) -> int:
        place = self._words.get(word)
        if place is None:
            place = self._words[word] = len(self.spelt)
            self.spelt.append(word)
        return place

    def _content(self, word: str) -> int:
        place = self._contents.get(word)
        if place is None:
            place = self._contents[word] = len(self.contents)
            self.contents.append(word)
            self.marks[word] = mark(word, self._key)
        return place


def _places(tokens: Sequence[Token]) -> Iterator[tuple[int, int, int]]:
    """For each word of a run: where its token begins, how long that is, and where in it the word begins."""
    begin = 0
    for token in tokens:
        length, at = len(token.plain), 0
        for word in token.plain.split():
            yield begin, length, at
            at += len(word) + 1
        begin += length


def content_of(word: str) -> str | None:
    """A word that says what a text is about, plurals folded; None for a function word."""
    if len(word) < 3 or not word[0].isalnum() or word in STOP:
        return None
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
