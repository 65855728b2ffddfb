"""Texts read for training exactly as the ear reads them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np

from listener.catalogue import load
from listener.model.message import Message
from listener.normalise.clean import clean
from listener.signals.heads.facts import fact_names, facts_of, table
from listener.signals.heads.linear import vocabulary_word
from listener.signals.matches.counting import counting
from listener.signals.matches.matching import matches
from listener.signals.matches.scores import combine
from listener.signals.pages.features import NUMBER
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.page import Page
from listener.signals.words.vader import Vader
from scripts.ear.example import Example
from scripts.ear.teacher import whole_words

PAGE = 256
"""How many texts are read at once."""
AT = datetime(2026, 1, 1, tzinfo=UTC)
"""When an example was said: of no matter."""


def own_words(page: Page, n: int) -> str:
    """A text's plain form without what it gives as the words of somebody else."""
    plain = page.plains[n]
    for start, end in reversed(page.told.get(n, [])):
        plain = plain[:start] + plain[end:]
    return plain


class Reader:
    """Reads each example once and remembers its words and facts."""

    def __init__(self) -> None:
        cues = load().cues
        self.signals = sorted(cues.by_signal)
        self.order = {s: i for i, s in enumerate(self.signals)}
        self.fact_names = fact_names(self.signals)
        self._lexicon = Lexicon(cues, "en", vader=Vader(cues.overlay))
        self._known: dict[tuple[str, bool], tuple[list[str], dict[int, float]]] = {}

    def read(self, told: list[Example]) -> None:
        """Read all, a page at a time."""
        new = list(dict.fromkeys((e.text, e.firm) for e in told if (e.text, e.firm) not in self._known))
        for at in range(0, len(new), PAGE):
            some = new[at : at + PAGE]
            self._known |= dict(
                zip(some, self._read([clean(t) or "." for t, _ in some], [f for _, f in some]), strict=True)
            )

    def _read(self, texts: list[str], firm: list[bool]) -> Iterator[tuple[list[str], dict[int, float]]]:
        page = Page(texts, self._lexicon)
        felt = [0.0 if n in page.told else one for n, one in enumerate(page.sentiments())]
        said = [
            Message(text, "email", "agent" if is_firm else "customer", AT)
            for text, is_firm in zip(texts, firm, strict=True)
        ]
        for n, found in enumerate(counting(page, matches(page, firm, [True] * len(texts)), said)):
            scores, _ = combine(found)
            words, size = [vocabulary_word(w) for w in own_words(page, n).split()], page.size[n]
            caps = page.counts[n][NUMBER["caps"]] / max(1, size)
            yield words, facts_of(scores, self.order, felt[n], texts[n], size, caps)

    def words(self, e: Example) -> list[str]:
        """Its words as they are looked up."""
        return self._known[e.text, e.firm][0]

    def facts(self, told: list[Example]) -> np.ndarray:
        """A line of facts a text."""
        return table([self._known[e.text, e.firm][1] for e in told], len(self.fact_names)).astype(np.float64)

    def common_words(self) -> list[str]:
        """Words that have a row though no example has them."""
        return whole_words()
