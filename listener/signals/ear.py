"""The ear: many messages in, what was heard in each out, in one pass over each text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from listener.catalogue.cues import Cues
from listener.model import sketch
from listener.model.message import SILENCE, Impression, Message
from listener.signals import direction, language, manner
from listener.signals.facts import facts_of
from listener.signals.features import NUMBER
from listener.signals.heads import load_heads
from listener.signals.impressing import emotions_of, excerpt_of, politeness, promised, target_of, why
from listener.signals.lexicon import Lexicon
from listener.signals.matching import Match, matches
from listener.signals.page import Page
from listener.signals.panel import UNJUDGED, Asked, Judged, Panel
from listener.signals.scores import combine
from listener.signals.secret_forms import HINTS
from listener.signals.vader import Vader

QUIETEST = 0.01
"""Scores below this are not told: the signal was not heard."""
AT_ONCE = 256
"""Messages on one page: enough for arrays to pay, few enough to stay in the processor's cache."""
_NEEDS = {"question": 0.5, "complaint": 0.6, "demand": 0.5, "suggestion": 0.6, "escalation": 0.6, "distress": 0.7}
_MOVES, _FOREIGN = NUMBER["moves"], NUMBER["foreign"]
_SIGNS = [(name, NUMBER[f"{name}:"]) for name in direction.SIGNS]
_HINTS = [(name, NUMBER[name]) for name in HINTS]


class Knowledge(Protocol):
    """What the ear asks of a catalogue."""

    @property
    def cues(self) -> Cues:
        """Its cues."""


@dataclass(slots=True)
class _Heard:
    """A message on its way through: what the cues said of it, before the heads have spoken."""

    message: Message
    tongue: str | None
    firm: bool
    found: list[Match]
    scores: dict[str, float]
    best: dict[str, Match]
    sentiment: float | None
    traits: dict[str, float]


class Ear:
    """Hears messages. Made once from a catalogue; keeps only what it has learnt of words, nothing of messages."""

    def __init__(self, catalogue: Knowledge, key: bytes = b"listener") -> None:
        self._cues = catalogue.cues
        self._key = key
        self._lexicons: dict[str, Lexicon] = {}
        self._panel = Panel.of(load_heads(), sorted(self._cues.by_signal))

    def listen(self, messages: Sequence[Message]) -> list[Impression]:
        """What was heard in each message, in the same order; says nothing of one message because of another."""
        out = [SILENCE] * len(messages)
        said = [n for n, m in enumerate(messages) if m.text and not m.text.isspace()]
        for start in range(0, len(said), AT_ONCE):
            some = said[start : start + AT_ONCE]
            for n, impression in zip(some, self._listen([messages[n] for n in some]), strict=True):
                out[n] = impression
        return out

    def lexicon(self, tongue: str) -> Lexicon:
        """The cues of a language, made when first needed."""
        if tongue not in self._lexicons:
            english = (self._panel.heads, Vader(self._cues.overlay)) if tongue == "en" else (None, None)
            self._lexicons[tongue] = Lexicon(self._cues, tongue, english[0], self._key, english[1])
        return self._lexicons[tongue]

    def _listen(self, messages: Sequence[Message]) -> list[Impression]:
        """Read all as English first, to see which are not."""
        page = Page([m.text for m in messages], self.lexicon("en"))
        tongues = [_tongue(page, n, message) for n, message in enumerate(messages)]
        read_as = [t if t in language.READ else "en" for t in tongues]
        if set(read_as) == {"en"}:
            return self._heard(page, messages, tongues)
        out = [SILENCE] * len(messages)
        for tongue in sorted(set(filter(None, read_as))):
            some = [n for n, told in enumerate(read_as) if told == tongue]
            theirs = Page([messages[n].text for n in some], self.lexicon(tongue))
            heard = self._heard(theirs, [messages[n] for n in some], [tongues[n] for n in some])
            for n, impression in zip(some, heard, strict=True):
                out[n] = impression
        return out

    def _heard(self, page: Page, messages: Sequence[Message], tongues: Sequence[str | None]) -> list[Impression]:
        """What was heard in the messages of a page, read in their language."""
        english = [t is None or t == "en" for t in tongues]
        heard = self._first(page, messages, tongues)
        judged = self._judged(page, heard, english)
        hashes, contents = sketch.majorities(*page.digests()), page.contents()
        return [
            self._impression(page, n, h, judged[n], sketches)
            for n, (h, sketches) in enumerate(zip(heard, zip(hashes, contents, strict=True), strict=True))
        ]

    def _first(self, page: Page, messages: Sequence[Message], tongues: Sequence[str | None]) -> list[_Heard]:
        """What the cues say of each message."""
        firm = [m.role != "customer" for m in messages]
        found = matches(page, firm, [t is None or t in language.READ for t in tongues])
        felt, traits = page.sentiments(), manner.traits(page)
        return [
            _Heard(m, t, firm[n], found[n], *combine(found[n]), felt[n] if t in (None, "en") else None, traits[n])
            for n, (m, t) in enumerate(zip(messages, tongues, strict=True))
        ]

    def features(self, message: Message) -> Asked | None:
        """What the heads weigh of a message: rows of its words and pairs, facts by column; None where nothing."""
        page = Page([message.text], self.lexicon("en"))
        tongue = _tongue(page, 0, message)
        heard = self._first(page, [message], [tongue])
        return self._asked(page, heard, [tongue in (None, "en")]).get(0)

    def _judged(self, page: Page, heard: Sequence[_Heard], english: Iterable[bool]) -> list[Judged | None]:
        """What the heads say of each message; None where it is not in their language."""
        out = list[Judged | None]([None] * len(heard))
        asked = self._asked(page, heard, english)
        for n, judged in zip(asked, self._panel.judge(list(asked.values())), strict=True):
            out[n] = judged
        return out

    def _asked(self, page: Page, heard: Sequence[_Heard], english: Iterable[bool]) -> dict[int, Asked]:
        """What the heads are given of each message that is in their language."""
        heads, asked = self._panel.heads, dict[int, Asked]()
        if heads is None:
            return asked
        rows, edges = heads.rows_of(page.rows(), page.read.first)
        for n, (h, is_english) in enumerate(zip(heard, english, strict=True)):
            if is_english and edges[n] < edges[n + 1]:
                caps = h.traits.get("caps", 0.0)
                facts = facts_of(h.scores, self._panel.order, h.sentiment or 0.0, h.message.text, page.size[n], caps)
                asked[n] = (h.firm, rows[edges[n] : edges[n + 1]], facts, h.message.channel)
        return asked

    def _impression(
        self, page: Page, n: int, heard: _Heard, judged: Judged | None, sketched: tuple[int, list[str]]
    ) -> Impression:
        message, firm, counts = heard.message, heard.firm, page.counts[n]
        said = judged or UNJUDGED
        merged = {**heard.scores, **said.signals}
        if judged is not None:
            for signal in (heard.scores.keys() & self._panel.headed) - judged.signals.keys():
                del merged[signal]
        if not firm and counts[_MOVES]:
            around = heard.best["exit"].around if "exit" in heard.best else ""
            signs = {name for name, k in _SIGNS if counts[k]}
            merged["exit"], merged["rival_left"] = direction.aim(message, merged.get("exit", 0.0), around, signs)
        if heard.tongue == "en":
            merged["politeness"] = politeness(merged)
        told = {s: round(merged[s], 3) for s in sorted(merged) if merged[s] >= QUIETEST}
        spans = {s: page.span(n, m.start, m.end) for s, m in heard.best.items() if s in told}
        hints = {name for name, k in _HINTS if counts[k]}
        simhash, content = sketched
        return Impression(
            language=heard.tongue,
            sentiment=heard.sentiment,
            emotions={**said.emotions, **emotions_of(told)},
            signals=told,
            spans=spans,
            excerpt=excerpt_of(message, told, spans, hints),
            register_=manner.register_of(heard.traits),
            target=target_of(told),
            needs_answer=not firm and any(told.get(s, 0.0) >= p for s, p in _NEEDS.items()),
            promise_due_at=promised(message, page, n, heard.found, told),
            offered=sum([m.rule.signal == "offered_solution" and m.p >= 0.5 for m in heard.found]) if not firm else 0,
            topic_key=sketch.topic_key(content, self._key),
            sketch=sketch.write(simhash, page.marks(content[: sketch.WORDS])) if page.has_words(n) else None,
            voices=said.voices,
            traits=heard.traits,
            because={s: why(m) for s, m in heard.best.items()},
        )


def _tongue(page: Page, n: int, message: Message) -> str | None:
    """The language of a text that was read as English."""
    hint = message.language_hint
    foreign = page.counts[n][_FOREIGN] or not message.text.isascii()
    spelt = partial(page.spelt, n) if foreign else frozenset
    return language.language_of(message.text, page.size[n], page.english[n], hint, spelt)
