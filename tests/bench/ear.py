"""The ear's speed beside vaderSentiment as published, in one run, in processor time: `python -m tests.bench.ear`.

The texts are what the customers of the authored histories and stories wrote, cut to length, with fresh numbers in
them. Half of the histories warms the ear; what is measured are the messages of the other half, in batches as a replay
makes them, and the published tool gets the same texts in turns with the ear. As in a stage of ours, what is loaded at
the start is left out of the collector's rounds. WRITE=1 puts the figures into docs/bench.md.
"""

import gc
import json
import os
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from listener.catalogue import load
from listener.model.message import Message
from listener.normalise.clean import clean
from listener.signals import Ear
from listener.signals.words.language import READ
from scripts.pages import rewrite

AT = datetime(2026, 3, 2, tzinfo=UTC)
BATCH = 256
TESTS = Path(__file__).parents[1]
MARKS = {25: 0.6, 100: 2.0}
"""How fast the ear is to be against the published tool (issue 4), by the length of the messages in words."""
ROUNDS = 5
SIZES = [2**n for n in range(13, 21)]
TRIES = 3
PAGE = TESTS.parent / "docs" / "bench.md"
BEGIN, END = "<!-- the ear: written by tests/bench/ear.py -->", "<!-- end of the ear -->"


def turns(half: int) -> Iterator[list[str]]:
    """What the customer wrote in each history of one half, in order."""
    files = [*sorted(TESTS.glob("histories/dev*/*.jsonl")), *sorted(TESTS.glob("stories/*.jsonl"))]
    for file in files[half::2]:
        values = [json.loads(line).get("value") or {} for line in file.read_text().splitlines()]
        yield [clean(v["text"]) for v in values if v.get("text") and v.get("author") == "customer"]


def texts(words: int, half: int, chance: random.Random) -> list[str]:
    """Messages of so many words: the turns of a history one after the other, as they were laid out, cut to length."""
    out = []
    for said in turns(half):
        places = list(re.finditer(r"\S+\s*", "\n".join(said)))
        whole = range(0, len(places) - words + 1, words)
        out += ["".join(m.group() for m in places[n : n + words]).strip() for n in whole]
    return [re.sub(r"\d", lambda _: str(chance.randrange(10)), text) for text in out]


def cost(work: Callable[[Sequence[str]], object], told: Sequence[str]) -> float:
    """Processor time of one go, in seconds."""
    began = time.process_time()
    work(told)
    return time.process_time() - began


def listen(ear: Ear, told: Sequence[str]) -> None:
    """The whole ear over a batch."""
    ear.listen([Message(t, "chat", "customer", AT, brand="acme") for t in told])


def beside(words: int) -> tuple[float, float, int]:
    """Microseconds a message of the ear and of the published tool, and how many messages were measured."""
    published, chance = SentimentIntensityAnalyzer(), random.Random(1)
    spent: dict[str, float] = defaultdict(float)
    count = 0
    for half in (0, 1):
        ear = Ear(load())
        for tongue in READ:
            ear.lexicon(tongue)
        for other in MARKS:
            listen(ear, texts(other, 1 - half, chance))
        told = [text for _ in range(ROUNDS) for text in texts(words, half, chance)]
        chance.shuffle(told)
        count += len(told)
        gc.collect()
        gc.freeze()
        for i in range(0, len(told), BATCH):
            some = told[i : i + BATCH]
            spent["ear"] += cost(lambda t, ear=ear: listen(ear, t), some)  # type: ignore[misc]  # bound now
            spent["published"] += cost(lambda t: [published.polarity_scores(x) for x in t], some)
        gc.unfreeze()
    return spent["ear"] / count * 1e6, spent["published"] / count * 1e6, count


def lengths() -> Iterator[tuple[str, list[float]]]:
    """By kind of text, seconds for one of each of SIZES, up to 1 MiB: the ear alone, nothing cut."""
    ear = Ear(load())
    chance = random.Random(1)
    kinds = {
        "ordinary": "\n".join(texts(100, 0, chance)),
        "the same again": "I've asked three times now, where is my order 12345? ",
        "one word": "not ",
        "new words only": " ".join(f"w{chance.randrange(10**9)}" for _ in range(30_000)),
    }
    for kind, base in kinds.items():
        told = [[(base * (size // len(base) + 1))[:size]] for size in SIZES]
        yield kind, [min(cost(lambda t: listen(ear, t), some) for _ in range(TRIES)) for some in told]


def figures() -> Iterator[str]:
    """What was measured, as lines of Markdown."""
    yield "| messages | the ear, us of CPU | as published, us of CPU | times its rate | mark |"
    yield "|---|--:|--:|--:|--:|"
    for words, mark in MARKS.items():
        mine, theirs, count = beside(words)
        yield f"| {count:,} of {words} words | {mine:.0f} | {theirs:.0f} | {theirs / mine:.2f} | {mark:g} |"
    yield ""
    yield "| one text, twice as long each time | " + " | ".join(f"{size // 1024:,} KiB" for size in SIZES) + " |"
    yield "|---|" + "--:|" * len(SIZES)
    for kind, seconds in lengths():
        factors = ["", *[f" ({whole / half:.2f} x)" for half, whole in pairwise(seconds)]]
        cells = [f"{1000 * s:.1f} ms{factor}" for s, factor in zip(seconds, factors, strict=True)]
        yield f"| {kind} | {' | '.join(cells)} |"


def main() -> None:
    """Print the figures, and keep them where that is asked for."""
    lines = list(figures())
    print("\n".join(lines))
    if os.environ.get("WRITE"):
        rewrite(PAGE, BEGIN, "\n".join(["", *lines, ""]), END)


if __name__ == "__main__":
    main()
