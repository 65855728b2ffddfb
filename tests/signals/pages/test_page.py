"""A page reads its texts as one; the sieve passes over nothing that an expression would have found."""

import random
from itertools import pairwise

import numpy as np
import pytest

from listener.catalogue import load
from listener.signals.cues.sieve import ANYBODY
from listener.signals.matches.matching import matches
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.page import Page, runs_of
from listener.signals.redaction.redact import secrets
from listener.signals.redaction.secret_forms import HINTS, hints_of
from tests.contracts import HOSTILE

LEXICON = Lexicon(load().cues, "en")


def sentences(count: int) -> list[str]:
    every = [s for cue in load().cues.by_signal.values() for s in (*cue.says, *cue.not_) if s.strip()]
    return random.Random(3).sample(every, count)


def candidates(text: str) -> int:
    return len(Page([text], LEXICON).candidates(np.full(1, ANYBODY)).text)


def test_the_sieve_passes_over_nothing_that_an_expression_finds() -> None:
    chance = random.Random(5)
    texts = [" ".join(chance.sample(sentences(300), chance.choice([1, 2, 12]))) for _ in range(60)]
    page = Page(texts, LEXICON)
    may = page.candidates(np.full(len(texts), ANYBODY))
    passed = set(zip(may.text.tolist(), may.phrase.tolist(), strict=True))
    for n, plain in enumerate(page.plains):
        for r, rule in enumerate(LEXICON.rules):
            if rule.phrase.regex.search(plain):
                assert (n, r) in passed, (rule.phrase.source, plain)


@pytest.mark.parametrize(
    "base", ["I've asked three times now, where is my order 12345? ", "not ", "a1b2 ", "refund!\n"]
)
def test_twice_the_text_gives_at_most_twice_the_places_to_look_at(base: str) -> None:
    """Work is counted, not time: every place is looked at once, over a stretch of bounded length."""
    sizes = [candidates(base * n) for n in (500, 1_000, 2_000, 4_000)]
    assert all(double <= 2.2 * half + 50 for half, double in pairwise(sizes))


def test_a_text_is_read_alike_alone_and_in_company() -> None:
    texts = sentences(40)
    many = matches(Page(texts, LEXICON), [False] * 40, [True] * 40)
    alone = [matches(Page([t], LEXICON), [False], [True])[0] for t in texts]
    assert many == alone


@pytest.mark.parametrize(
    "text", ["  Don't   stop\n\n\nnow!", "_ a\tb\u00a0c", *(HOSTILE[k][:300] for k in ("mixed", "han"))]
)
def test_a_stretch_of_the_plain_text_is_found_again_in_the_text(text: str) -> None:
    page = Page([text], LEXICON)
    at = 1
    for word in page.plains[0].split():
        start, end = page.places.span(0, at, at + len(word) + 1)
        assert 0 <= start < end <= len(text)
        assert word[0] in text[start:end].lower() or "\n" in text[start:end]
        at += len(word) + 1


def test_a_forgotten_vocabulary_is_learnt_anew() -> None:
    before = matches(Page(["Where is my refund?"], LEXICON), [False], [True])
    LEXICON.vocabulary.forget()
    assert matches(Page(["Where is my refund?"], LEXICON), [False], [True]) == before


@pytest.mark.parametrize(
    "text",
    [
        "I'm ann@x.org, card 4111 1111 1111 1111, call +44 20 7946 0958",
        "jo (at) mail (dot) org or jo at mail dot org",
        "12 Main Street, 12345 Berlin; Hauptstrasse 12a; c/ Mayor 3; PO Box 123; SW1A 1AA",
        "order ref 12345, account number: AB-1234567, IBAN DE89 3704 0044 0532 0130 00 from 10.0.0.1 or 2001:db8::1",
        "my name is ann lee, during 12345 Xanten",
    ],
)
def test_the_hints_of_a_text_hide_no_secret(text: str) -> None:
    hints = {hint for run in runs_of(text) for hint in hints_of(run)} | {"ways", "calles", "introduces"}
    assert hints <= set(HINTS)
    assert secrets(text, (), hints) == secrets(text)
