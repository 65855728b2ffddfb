"""The manner of the messages of a page: what can be counts in each, and how formal it is."""

import re

import numpy as np
from numpy.typing import NDArray

from listener.signals.heads.panel import by_name
from listener.signals.pages.features import CLOSINGS, GREETINGS, GROUPS, NUMBER
from listener.signals.pages.page import Page

_POINT = re.compile(r"(?:^|\n)\s*(?:\d{1,2}[.)]|[-*•])\s|(?:^|\s)(?:\(?[1-9a-e]\)) ")
_LINE = re.compile(r"\s*(?:\d{1,2}[.)]|[-*•])(?:\s|$)")
_MARKS = ("questions", "exclamations", "links", "handles", "contractions", "emoji")
_COUNTED = (*GROUPS, *_MARKS)
_COUNTS = [NUMBER[name] for name in _COUNTED]
_CLOSING, _GREETING, _LISTED = (NUMBER[name] for name in ("closing", "greeting", "point"))
NAMES = (
    *("words", "sentences", "word_length", *_COUNTED, "caps", "lines", "points", "greeting", "closing"),
    *("imperatives", "lower_start"),
)
_PLACE = {name: n for n, name in enumerate(NAMES)}
_NAMED = np.array(NAMES, object)
Traits = NDArray[np.float64]


def traits(page: Page) -> Traits:
    """Countable facts of form: a line a text, a column for each of NAMES; nothing but emoji of texts without words."""
    words = np.array(page.size, np.float64)
    some = np.maximum(words, 1.0)
    ends, closed = page.sentence_ends()
    lines = np.array([text.count("\n") for text in page.texts], np.float64)
    found = np.zeros((len(words), len(NAMES)))
    found[:, _PLACE["words"]] = words
    found[:, _PLACE["sentences"]] = np.maximum(1, np.where(closed, ends, ends + 1))
    found[:, _PLACE["word_length"]] = [round(x, 2) for x in (page.plain_lengths() / some - 1).tolist()]
    found[:, 3 : 3 + len(_COUNTS)] = page.counts[:, _COUNTS]
    found[:, _PLACE["caps"]] = [round(x, 4) for x in (page.counts[:, NUMBER["caps"]] / some).tolist()]
    found[:, _PLACE["lines"]] = lines
    found[:, _PLACE["imperatives"]] = page.orders()
    found[:, _PLACE["lower_start"]] = [text[0].islower() for text in page.texts]
    for n in np.flatnonzero(page.counts[:, _LISTED]).tolist():
        if lines[n] or ")" in page.texts[n]:
            found[n, _PLACE["points"]] = _points(page.texts[n])
    for n in np.flatnonzero(page.counts[:, _GREETING]).tolist():
        found[n, _PLACE["greeting"]] = page.tokens(n, 1)[0] in GREETINGS
    for n in np.flatnonzero((page.counts[:, _CLOSING] > 0) & (words > 4)).tolist():
        found[n, _PLACE["closing"]] = not CLOSINGS.isdisjoint(page.tokens(n, -4))
    wordless = words <= 0
    emoji = found[wordless, _PLACE["emoji"]]
    found[wordless] = 0.0
    found[wordless, _PLACE["emoji"]] = emoji
    return found


def _points(text: str) -> int:
    """How many lines are numbered, or begin with a dot or dash, and how many `a)` stand within them."""
    if ")" in text:
        return len(_POINT.findall(text))
    return sum([_LINE.match(line) is not None for line in text.split("\n")])


def told(found: Traits) -> list[dict[str, float]]:
    """The traits of each text by name; what is 0 is left out."""
    return by_name(found, _NAMED)


def registers(found: Traits) -> list[float]:
    """How formal each text is, 0 informal .. 1 formal: greeting, closing, whole forms against slang, emoji, shouting.

    Weights are set by hand (Heylighen and Dewaele 1999 name the marks; Sheikha and Inkpen 2010 the words).
    """
    of = {name: found[:, n] for name, n in _PLACE.items()}
    length = np.where(of["words"] > 0, of["word_length"], 4.0)
    score = (
        -0.2
        + 1.6 * np.minimum(of["formal"], 3)
        + 0.5 * np.minimum(of["politeness"], 2)
        + 0.35 * np.minimum(of["modal"], 2)
        + 0.45 * (length - 4.2)
        + 0.7 * np.minimum(np.maximum(of["words"], 1.0) / 60, 1)
        - 1.1 * np.minimum(of["slang"], 3)
        - 0.8 * np.minimum(of["emoji"], 3)
        - 0.25 * np.minimum(of["contractions"], 4)
        - 0.4 * np.minimum(of["exclamations"], 3)
        - 0.9 * of["lower_start"]
        - 2.0 * np.minimum(of["caps"], 0.5)
    )
    return [round(x, 3) for x in (1 / (1 + np.exp(-score))).tolist()]
