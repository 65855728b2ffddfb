"""What is known of each run of letters between two blanks, and of each plain word in it: worked out once.

Most of what is written has been written before, so that a text costs one look-up a run; all else is gathered from the
arrays here, for every text of a batch at once.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

import msgspec
import numpy as np

from listener.model.sketch import digest, longer_first, mark
from listener.signals.arrays.growing import Column, Lists
from listener.signals.cues.circumstances import signs_of
from listener.signals.pages.features import IMPERATIVES, of_run, of_token
from listener.signals.words.stopwords import ENGLISH, STOP
from listener.signals.words.vader import Vader
from listener.signals.words.words import TOKEN, plain_word

_REMEMBERED = 60_000
MARKS = frozenset((".", "!", "?"))


class Token(msgspec.Struct, frozen=True, gc=False):
    """A token: its plain form, the places of its words and where each begins in it, and what manner counts in it.

    The collector passes these over (`gc=False`): there are many, and none refers to anything that could refer to it.
    """

    plain: str
    words: tuple[int, ...]
    begins: tuple[int, ...]
    features: tuple[int, ...]
    size: int
    english: bool
    content: tuple[int, ...]


class Vocabulary(dict[str, int]):
    """The place of each run; `plains` is a list by that place, the rest arrays by it.

    By the place of a run: its `length` in characters, its `plain_length`, its `size` in words, how many tokens are
    everyday `english`, whether it is a `blank` line's end; lists of its `words`, of the `features` of its manner, of
    its words of `content`, and of what `vader` makes of it, in English, as `felt`. Beside `words.flat`, in `stands`:
    where in the run's plain form the word begins, where its token begins and ends, and where in the run it does.
    By the place of a word: its `row` in the heads, its `digest`, its `kind` (Sieve), whether it
    is a `mark`, whether it `orders` something, whether it `ends` a sentence and `asks` there, and the `signs` of
    circumstances that it is.
    """

    def __init__(
        self,
        language: str,
        key: bytes,
        row_of: Callable[[str], int],
        kind_of: Callable[[str], int],
        vader: Vader | None = None,
    ) -> None:
        super().__init__()
        self._language, self._key, self._row_of, self._kind_of = language, key, row_of, kind_of
        self.vader = vader
        self.forget()

    def forget(self) -> None:
        """Begin anew."""
        self.clear()
        self.plains: list[str] = []
        self.spelt: list[str] = []
        self.contents: list[str] = []
        self.marks: dict[str, str] = {}
        self._words: dict[str, int] = {}
        self._digests: dict[str, int] = {}
        self._tokens: dict[str, Token] = {}
        self._contents: dict[str, int] = {}
        self.length, self.plain_length, self.size, self.english, self.blank = (Column() for _ in range(5))
        self.words, self.features, self.content, self.felt = Lists(), Lists(np.uint8), Lists(), Lists()
        if self.vader is not None:
            self.vader.forget()
        self.stands = Column(np.int32, 5)
        self.row, self.digest, self.kind = Column(), Column(np.uint64), Column()
        self.mark, self.orders, self.ends, self.asks = (Column(bool) for _ in range(4))
        self.signs = Column(np.uint16)
        self._new_runs: list[tuple[str, list[tuple[int, int, Token]]]] = []

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
        self._new_runs.append((run, self._tokens_of(run)))
        return place

    def _tokens_of(self, run: str) -> list[tuple[int, int, Token]]:
        """The tokens of a run, each with where it begins and ends."""
        if run.isalpha() and run.isascii():
            return [(0, len(run), self._token(run))]
        return [(m.start(), m.end(), self._token(m.group())) for m in TOKEN.finditer(run)]

    def _learn(self) -> None:
        """Add what is new to the arrays."""
        new, self._new_runs = self._new_runs, []
        self.length.extend([len(run) for run, _ in new])
        self.blank.extend([run[0] == "\n" for run, _ in new])
        plains = ["".join([t.plain for _, _, t in tokens]) for _, tokens in new]
        self.plains += plains
        self.plain_length.extend(list(map(len, plains)))
        self.size.extend([sum([t.size for _, _, t in tokens]) for _, tokens in new])
        self.english.extend([sum([t.english for _, _, t in tokens]) for _, tokens in new])
        self.words.extend([[w for _, _, t in tokens for w in t.words] for _, tokens in new])
        self.features.extend([[*of_run(run), *[f for _, _, t in tokens for f in t.features]] for run, tokens in new])
        self.content.extend([[c for _, _, t in tokens for c in t.content] for _, tokens in new])
        if self.vader is not None:
            self.felt.extend([self.vader.places_of(run) for run, _ in new])
        self.stands.extend([place for _, tokens in new for place in _places(tokens)])
        words = self.spelt[self.row.size :]
        self.row.extend([self._row_of(w) for w in words])
        self.digest.extend(list(map(self._digest, words)))
        self.kind.extend(list(map(self._kind_of, words)))
        self.mark.extend([w in MARKS for w in words])
        self.orders.extend([w in IMPERATIVES for w in words])
        self.ends.extend([w[-1] in ".!?" for w in words])
        self.asks.extend([w[-1] == "?" for w in words])
        self.signs.extend(list(map(signs_of, words)))

    def _token(self, said: str) -> Token:
        known = self._tokens.get(said)
        return self._new_token(said) if known is None else known

    def _new_token(self, said: str) -> Token:
        plain = plain_word(said, self._language)
        spelt = plain.split()
        words = [w for w in spelt if w not in MARKS]
        content = content_of(words[0]) if len(words) == 1 else None
        known = self._tokens[said] = Token(
            plain,
            tuple([self._word(w) for w in spelt]),
            tuple(accumulate([len(w) + 1 for w in spelt[:-1]], initial=0)) if spelt else (),
            tuple(of_token(said, words)),
            len(words),
            bool(words) and words[0] in ENGLISH,
            (self._content(content),) if content else (),
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
            told = longer_first(word)
            self.contents.append(told)
            self.marks[told] = mark(self._digest(word))
        return place

    def _digest(self, word: str) -> int:
        known = self._digests.get(word)
        if known is None:
            known = self._digests[word] = digest(word, self._key)
        return known


def _places(tokens: Sequence[tuple[int, int, Token]]) -> Iterator[tuple[int, int, int, int, int]]:
    """Where each word of a run stands (see Vocabulary)."""
    at = 0
    for start, end, token in tokens:
        behind = at + len(token.plain)
        for begin in token.begins:
            yield at + begin, at, behind, start, end
        at = behind


def content_of(word: str) -> str | None:
    """A word that says what a text is about, plurals folded; None for a function word."""
    if len(word) < 3 or not word[0].isalnum() or word in STOP:
        return None
    return word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
