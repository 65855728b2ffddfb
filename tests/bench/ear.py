"""The ear's speed beside vaderSentiment as published, in one run, in processor time: `python -m tests.bench.ear`.

Texts are made here from the catalogue's own sentences, so that the bench runs anywhere.
"""

import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

from listener.catalogue import load
from listener.model.message import Message
from listener.normalise.clean import clean
from listener.signals import Ear

AT = datetime(2026, 3, 2, tzinfo=UTC)
BATCH = 256


def texts(words: int, count: int) -> list[str]:
    """Messages of about so many words, of sentences that customers say."""
    chance = random.Random(1)
    cues = load().cues.by_signal.values()
    every = [s for c in cues if c.side == "customer" for s in (*c.says, *c.not_) if s.isascii()]
    out = []
    for _ in range(count):
        said: list[str] = []
        while len(said) < words:
            said += chance.choice(every).split()
        out.append(" ".join(said[:words]))
    return out


def cost(work: Callable[[Sequence[str]], object], told: Sequence[str]) -> float:
    """Microseconds of processor time a text, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        work(told)
        best = min(best, time.process_time() - began)
    return best / len(told) * 1e6


def main() -> None:
    """Print one line a length."""
    ear, published = Ear(load()), SentimentIntensityAnalyzer()

    def listen(told: Sequence[str]) -> None:
        for i in range(0, len(told), BATCH):
            ear.listen([Message(t, "chat", "customer", AT) for t in told[i : i + BATCH]])

    def plain(told: Sequence[str]) -> None:
        for text in told:
            published.polarity_scores(text)

    listen(texts(25, 200))
    for words, count in ((25, 1_000), (100, 300)):
        told = texts(words, count)
        mine, theirs = cost(listen, told), cost(plain, told)
        print(f"{words} words: ear {mine:.0f} us, vaderSentiment {theirs:.0f} us, rate {theirs / mine:.2f} times its")
    base = "I've asked three times now, where is my order 12345? "
    for size in (65_536, 131_072, 262_144, 524_288, 1_048_576):
        told = [(base * (size // len(base) + 1))[:size]]
        print(f"{size} characters: {cost(lambda t: listen([clean(x) for x in t]), told) / 1000:.0f} ms")


if __name__ == "__main__":
    main()
