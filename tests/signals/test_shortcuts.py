"""What spares the ear work changes nothing of what it hears: each short cut beside the long way."""

import random
import re
from datetime import UTC, datetime

import numpy as np
import pytest

from listener.catalogue import load
from listener.catalogue.cues import Circumstance
from listener.model.message import Message
from listener.signals.arrays.table import Table
from listener.signals.cues.circumstances import BIT, stands
from listener.signals.firms import custom, direction
from listener.signals.matches.surroundings import COUNTED, may_hold
from listener.signals.pages import moves
from listener.signals.pages.features import NUMBER, SIGNS_OF_MOVES, of_run
from listener.signals.pages.introductions import introductions, ways_of
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.page import Page
from listener.signals.redaction import introduced, name_forms, secret_forms
from listener.signals.redaction.redact import secrets
from listener.signals.words.finding import beginnings, finds, lowered

LEXICON = Lexicon(load().cues, "en")
SENTENCES = [s for cue in load().cues.by_signal.values() for s in (*cue.says, *cue.not_) if s.strip()]
SECRETS = [
    "My name is Ann Lee, order number AB-1234567. THE NAME'S José. This is Bo; Membership no: 99887",
    "I'm going from Acme to Norvik, left my BigBank account, and we are coming back to you!",
]
CIRCUMSTANCES: tuple[Circumstance, ...] = ("negated", "conditional", "reported", "past", "question")


def test_a_circumstance_that_holds_of_a_word_was_not_ruled_out_by_the_words_near_it() -> None:
    """Every word of the cues' own sentences is asked after in every circumstance that its text may have at all."""
    texts = [f"{a} {b}" for a, b in zip(SENTENCES[::7], SENTENCES[3::7], strict=False)][:400]
    page = Page(texts, LEXICON)
    text, places = page.read.text, page.places
    start, end = places.begin - places.base[text], places.end - places.base[text]
    held = 0
    for n, a, b, bits in zip(*(x.tolist() for x in (text, start, end)), may_hold(page, text, start, end), strict=True):
        for circumstance in CIRCUMSTANCES:
            counted = page.counts[n][NUMBER[COUNTED[circumstance]]]
            if counted and stands(circumstance, a, b, page.plains[n], ()):
                assert bits & BIT[circumstance], (circumstance, page.plains[n][max(0, a - 60) : b + 60])
                held += 1
    assert held > 200


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (secret_forms.NAMED, secret_forms.NAMES_BEGIN),
        (secret_forms.NUMBERED, secret_forms.NUMBERS_BEGIN),
        *[(rule, direction.BEGINS) for rule in direction._RULES],
    ],
)
def test_tried_where_its_words_begin_an_expression_finds_what_it_finds_anywhere(
    pattern: re.Pattern[str], words: tuple[str, ...]
) -> None:
    for text in (*SENTENCES[::5], *SECRETS):
        low = lowered(text)
        assert low is not None
        found = [m.span() for m in finds(pattern, text, beginnings(low, words))]
        assert found == [m.span() for m in pattern.finditer(text)]


@pytest.mark.parametrize("run", ["Order,", "Hauptstrasse", "during", "Str.", "dot", "moved!", "switching", "kettle"])
def test_a_word_with_a_mark_has_the_signs_that_the_expressions_see(run: str) -> None:
    seen = {NUMBER[hint] for hint in secret_forms.hints_of(run)}
    seen |= {NUMBER[name] for name, sign in SIGNS_OF_MOVES.items() if sign.search(run)}
    assert seen <= set(of_run(run))


def test_a_table_knows_its_keys_and_no_other() -> None:
    chance = random.Random(4)
    keys = np.array(chance.sample(range(1 << 40), 5_000))
    table = Table(keys[:4_000], np.arange(4_000))
    assert table.find(keys).tolist() == [*range(4_000), *[-1] * 1_000]


MOVES = [
    "I left you for Norvik", "we are switching over to BigBank, at last", "moving from one of yours to Norvik",
    "my sister quit the gym and another airline it is", "came back to you", "going from acme to norvik next week",
    "Cancel my Acme account", "I'm dropping acme for someone else", "good company, come over to us",
    "swapped a different provider for you", "from the start we moved away from @bigbank to #norvik",
]  # fmt: skip


@pytest.mark.parametrize("brand", ["acme", "default", "bigbank"])
def test_a_text_without_the_signs_of_a_move_names_no_firm_that_is_left(brand: str) -> None:
    texts = [*SENTENCES, *MOVES, *[f"{a}, {b}" for a, b in zip(MOVES, SENTENCES[::9], strict=False)]]
    messages = [Message(text, "chat", "customer", datetime(2026, 3, 2, tzinfo=UTC), brand=brand) for text in texts]
    signs = moves.signs(Page(texts, LEXICON), messages, range(len(texts)))
    told = [direction.leaves_of(message) for message in messages]
    assert [direction.leaves_of(m, s) for m, s in zip(messages, signs, strict=True)] == told
    assert sum(left is not None or to is not None for left, to in told) > 10
    assert sum(map(bool, signs)) < len(texts) / 2


def test_where_no_name_may_stand_no_other_firm_is_named() -> None:
    """Every form that names a firm, as it stands, within other words and behind a bracket; and all the cues' own."""
    befores = [
        f"I would rather {said}" for said in (custom._FLY + "|" + custom._CHOOSE + "|" + custom._TOOK).split("|")
    ]
    befores += [
        "fly with",
        "flew on",
        "flights by",
        "shop from",
        "you or",
        "our",
        "took the",
        "instead of my",
        "My old",
    ]
    befores += ["joined", "rebooked", "chose", "took", "getting", "switched over to", "back at", "ported to", "gone by"]
    behinds = ["", *custom._BEHIND, " one", " card", " & Daughter instead", " Air from now on", " again"]
    forms = [f"{word} Norvik{behind}." for word in befores for behind in behinds]
    texts = [*forms, *[f"(They {form}) My bill is late." for form in forms[::3]], *SENTENCES[::3]]
    page = Page(texts, LEXICON)
    looked, found = set(moves.customs(page)), 0
    for n, text in enumerate(texts):
        message = Message(text, "chat", "customer", datetime(2026, 3, 2, tzinfo=UTC), brand="Quillon")
        if custom.named(message, leaves=True):
            assert n in looked, text
            found += 1
    assert found > 200
    assert len(looked) < len(texts)
    for form, begins in (
        (custom._SURELY, custom._SURELY_BEGINS),
        (custom._OF_LEAVERS, custom._OF_LEAVERS_BEGINS),
    ):
        for text in texts:
            tried = finds(form, text, custom._places(begins, text))
            assert [m.span() for m in tried] == [m.span() for m in form.finditer(text)], text


def test_where_no_sign_of_a_name_stands_a_text_makes_none_known() -> None:
    """Names in every way and by chance, in lines put together of them and of the cues' own sentences."""
    chance = random.Random(6)
    greetings = [
        "Hi",
        "hello again",
        "*Hey",
        "> Dear",
        "GOOD DAY",
        "guten Tag",
        "Buenos días",
        "Gidday",
        "sehr geehrte",
    ]
    closings = [
        "Regards,",
        "kind regards",
        "*All the best*",
        "MfG",
        "Un abrazo",
        "Beste Grüße, Ihre",
        "Liebe Grüsse",
        "Thank you",
        "take care -",
        "--",
        "^",
    ]
    names = ["Ann", "Mr Hal Roe", "dr. O. Brandt", "Joan de la Cruz", "J. Roe, Head of Desk", "Ruth.", "O'Neil", "Mc"]
    marks, ways = [",", "", ":", "!", " -", ". "], [*name_forms.I_AM, *name_forms.THANKS]
    ways += [
        f"{said} " for said in ("my colleague", "the driver,", "a man called", "spoke to", "mi hermana", "con don")
    ]
    lines = [
        *[f"{greeting} {name}{mark}" for greeting in greetings for name in names for mark in marks],
        *[f"so {said}{name}{mark} from here" for said in ways for name in names for mark in marks],
        *[f"{said.capitalize()}{name}" for said in ways for name in names],
        *[f"It is done.{blank}{closing}{way}{name}" for closing in closings for name in names for blank in (" ", "\n")
          for way in (" ", "\n")],
        *[f"{name}{mark}" for name in names for mark in marks], *closings, *SENTENCES[::9], "Kev here, it is late",
    ]  # fmt: skip
    texts = [chance.choice(("\n", " ", "\n\n", " \n")).join(chance.sample(lines, 1 + n % 4)) for n in range(1_500)]
    messages = [Message(text, "chat", "customer", datetime(2026, 3, 2, tzinfo=UTC)) for text in texts]
    told = [introduced.introduced(text) for text in texts]
    assert introductions(Page(texts, LEXICON), messages) == told
    assert sum(map(bool, told)) > 500
    shown = Page(SENTENCES, LEXICON)
    assert sum(map(bool, ways_of(shown))) < len(SENTENCES) / 4


def test_what_is_shown_of_a_text_has_the_hints_of_all_secrets_in_it() -> None:
    text = " ".join([*SECRETS, *SENTENCES[:5], "mail ann@x.org or +44 20 7946 0958; 12 Main Street", "我叫王小明 ok"])
    page, blanks = Page([text], LEXICON), [m.start() for m in re.finditer(" ", text)]
    found = 0
    for low, high in zip(blanks, blanks[9:], strict=False):
        (hints,) = page.hints(*(np.array([x]) for x in (0, low, high)))
        assert secrets(text[low:high], (), hints) == secrets(text[low:high])
        found += bool(secrets(text[low:high]))
    assert found > 20
