"""Texts read for training exactly as the ear reads them."""

import numpy as np
from ear_examples import Example
from ear_words import whole_words

from listener.catalogue import load
from listener.normalise.clean import clean
from listener.signals.facts import fact_names, facts_of, table
from listener.signals.features import NUMBER
from listener.signals.heads import vocabulary_word
from listener.signals.lexicon import Lexicon
from listener.signals.matching import matches
from listener.signals.page import Page
from listener.signals.scores import combine
from listener.signals.vader import Vader


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
        """Read all."""
        for e in told:
            key = (e.text, e.firm)
            if key not in self._known:
                self._known[key] = self._read(clean(e.text), e.firm)

    def _read(self, text: str, firm: bool) -> tuple[list[str], dict[int, float]]:
        if not text.strip():
            return [], facts_of({}, self.order, 0.0, text, 0, 0.0)
        page = Page([text], self._lexicon)
        scores, _ = combine(matches(page, [firm], [True])[0])
        words = [vocabulary_word(w) for w in page.plains[0].split()]
        caps = page.counts[0][NUMBER["caps"]] / max(1, page.size[0])
        return words, facts_of(scores, self.order, page.sentiments()[0], text, page.size[0], caps)

    def words(self, e: Example) -> list[str]:
        """Its words as they are looked up."""
        return self._known[e.text, e.firm][0]

    def facts(self, told: list[Example]) -> np.ndarray:
        """A line of facts a text."""
        return table([self._known[e.text, e.firm][1] for e in told], len(self.fact_names)).astype(np.float64)

    def common_words(self) -> list[str]:
        """Words that have a row though no example has them."""
        return whole_words()
