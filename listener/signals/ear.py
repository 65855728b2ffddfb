"""The ear: many messages in, what was heard in each out, in one pass over each text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Protocol

from listener.catalogue.cues import Cues
from listener.model import sketch
from listener.model.message import SILENCE, Impression, Message, Target
from listener.signals import direction, language, manner
from listener.signals.due import due_at
from listener.signals.facts import facts_of
from listener.signals.heads import load_heads
from listener.signals.lexicon import Lexicon
from listener.signals.matching import Match, Reading, matches
from listener.signals.panel import UNJUDGED, Judged, Panel
from listener.signals.redact import Secret, excerpt, secrets
from listener.signals.scores import combine
from listener.signals.vader import Vader

QUIETEST = 0.01
"""Scores below this are not told: the signal was not heard."""
EXCERPT = 160
_STOP = re.compile(r"[!?\n。！？]|\.(?=\s|$)(?<![ap]\.m\.)(?<!\d\.)")
_NEEDS = {"question": 0.5, "complaint": 0.6, "demand": 0.5, "suggestion": 0.6, "escalation": 0.6, "distress": 0.7}


class Knowledge(Protocol):
    """What the ear asks of a catalogue."""

    @property
    def cues(self) -> Cues:
        """Its cues."""


@dataclass(slots=True)
class _Heard:
    """A message on its way through: what the cues said of it, before the heads have spoken."""

    message: Message
    reading: Reading
    tongue: str | None
    firm: bool
    found: list[Match]
    scores: dict[str, float]
    best: dict[str, Match]
    sentiment: float | None
    traits: dict[str, float]
    rows: list[int]
    facts: dict[int, float]


class Ear:
    """Hears messages. Made once from a catalogue; keeps only what it has learnt of words, nothing of messages."""

    def __init__(self, catalogue: Knowledge, key: bytes = b"listener") -> None:
        self._cues = catalogue.cues
        self._key = key
        self._vader = Vader(self._cues.overlay)
        self._lexicons: dict[str, Lexicon] = {}
        self._panel = Panel.of(load_heads(), sorted(self._cues.by_signal))

    def listen(self, messages: Sequence[Message]) -> list[Impression]:
        """What was heard in each message, in the same order; says nothing of one message because of another."""
        heard = [self._hear(m) if m.text and not m.text.isspace() else None for m in messages]
        said = [h for h in heard if h is not None]
        judged = iter(self._panel.judge([(h.firm, h.rows, h.facts, h.message.channel) for h in said if h.rows]))
        hashes = iter(sketch.simhashes([[d for k in h.reading.known for d in k.digests] for h in said]))
        return [
            SILENCE if h is None else self._impression(h, next(judged) if h.rows else UNJUDGED, next(hashes))
            for h in heard
        ]

    def lexicon(self, tongue: str) -> Lexicon:
        """The cues of a language, made when first needed."""
        if tongue not in self._lexicons:
            self._lexicons[tongue] = Lexicon(
                self._cues, tongue, self._panel.heads if tongue == "en" else None, self._key
            )
        return self._lexicons[tongue]

    def _hear(self, message: Message) -> _Heard:
        text, firm = message.text, message.role != "customer"
        reading = Reading(text, self.lexicon("en"))
        known = reading.known
        words = sum([k.size for k in known])
        english = sum([k.english for k in known])
        tongue = language.language_of(text, words, english, message.language_hint, reading.keys)
        if tongue in language.READ and tongue != "en":
            reading = Reading(text, self.lexicon(tongue))
            known = reading.known
            words = sum([k.size for k in known])
        found = matches(reading, firm) if tongue is None or tongue in language.READ else []
        scores, best = combine(found)
        is_english = tongue == "en" or tongue is None
        sentiment = self._vader.compound(text) if is_english else None
        traits = manner.traits_of(
            text, reading.plain, reading.tokens, words, chain.from_iterable([k.groups for k in known])
        )
        rows: list[int] = []
        facts: dict[int, float] = {}
        if is_english and self._panel.heads is not None:
            rows = self._panel.heads.rows_of([r for k in known for r in k.rows])
            facts = facts_of(scores, self._panel.order, sentiment or 0.0, text, words, traits.get("caps", 0.0))
        return _Heard(message, reading, tongue, firm, found, scores, best, sentiment, traits, rows, facts)

    def _impression(self, heard: _Heard, judged: Judged, simhash: int) -> Impression:
        message, reading, firm = heard.message, heard.reading, heard.firm
        merged = {**heard.scores, **judged.signals}
        if heard.rows:
            for signal in (heard.scores.keys() & self._panel.headed) - judged.signals.keys():
                del merged[signal]
        if not firm and not reading.keys.isdisjoint(direction.MOVES):
            merged["exit"], merged["rival_left"] = direction.aim(message, merged.get("exit", 0.0))
        if heard.tongue == "en":
            merged["politeness"] = politeness(merged)
        told = {s: round(merged[s], 3) for s in sorted(merged) if merged[s] >= QUIETEST}
        spans = {s: reading.span(m.start, m.end) for s, m in heard.best.items() if s in told}
        ranked = sorted({k.content for k in reading.known if k.content is not None})
        return Impression(
            language=heard.tongue,
            sentiment=heard.sentiment,
            emotions={**judged.emotions, **emotions_of(told)},
            signals=told,
            spans=spans,
            excerpt=excerpt_of(message, told, spans, reading.keys),
            register_=manner.register_of(heard.traits),
            target=target_of(told),
            needs_answer=not firm and any(told.get(s, 0.0) >= p for s, p in _NEEDS.items()),
            promise_due_at=promised(message, reading, heard.found, told),
            offered=sum([m.rule.signal == "offered_solution" and m.p >= 0.5 for m in heard.found]) if not firm else 0,
            topic_key=sketch.topic_key(ranked, self._key),
            sketch=sketch.write(simhash, ranked, self._key) if reading.tokens else None,
            voices=judged.voices,
            traits=heard.traits,
            because={s: why(m) for s, m in heard.best.items()},
        )


def politeness(scores: Mapping[str, float]) -> float:
    """How polite the manner of asking is: what is courteous against what is brusque; neither leans to plain."""
    return max(0.0, min(1.0, 0.46 + 0.5 * (scores.get("politeness", 0.0) - scores.get("brusque", 0.0))))


def emotions_of(told: Mapping[str, float]) -> dict[str, float]:
    """Emotions that cues alone tell."""
    return {name: told[name] for name in ("longing", "craving") if name in told}


def target_of(told: Mapping[str, float]) -> Target:
    """Whom the feeling is about."""
    rival = max(told.get("rival_praise", 0.0), told.get("rival_left", 0.0))
    if told.get("about_other", 0.0) >= 0.5:
        return "other"
    return "rival" if rival >= 0.5 and told.get("exit", 0.0) < 0.5 and told.get("complaint", 0.0) < 0.8 else "brand"


def excerpt_of(
    message: Message, told: Mapping[str, float], spans: Mapping[str, tuple[int, int]], keys: frozenset[str]
) -> str:
    """At most 160 characters around what was heard loudest, without secrets."""
    text = message.text
    loudest = max(spans, key=lambda s: (told.get(s, 0.0), s), default=None)
    start = 0
    if loudest is not None and len(text) > EXCERPT:
        begin = spans[loudest][0]
        start = max(text.rfind(mark, 0, begin) + 1 for mark in ".!?\n")
        start = start if begin - start < 100 else text.rfind(" ", 0, max(1, begin - 40)) + 1
    low, high = _whole(text, max(0, start - 60), -1), _whole(text, min(len(text), start + 3 * EXCERPT), 1)
    hidden = [Secret(s.start + low, s.end + low, s.mark) for s in secrets(text[low:high], message.known_names, keys)]
    said = excerpt(text, start, min(len(text), start + 2 * EXCERPT), hidden)
    said = " ".join(said.split())
    return said if len(said) <= EXCERPT else said[: EXCERPT - 1].rsplit(" ", 1)[0][: EXCERPT - 1] + "…"


def _whole(text: str, at: int, step: int) -> int:
    """An edge moved to the next blank, at most 200 characters on, so that no secret is cut in two."""
    for _ in range(200):
        if not 0 < at < len(text) or text[at - (step < 0)].isspace():
            break
        at += step
    return at


def promised(message: Message, reading: Reading, found: Sequence[Match], told: Mapping[str, float]) -> datetime | None:
    """When the firm's promise falls due, where it makes one and names a time."""
    if message.role == "customer" or told.get("promise", 0.0) < 0.5:
        return None
    made = sorted([m for m in found if m.rule.signal == "promise" and m.p >= 0.3], key=lambda m: m.start)
    text, said = message.text, [reading.span(m.start, m.end) for m in made]
    for start, end in said:
        due = due_at(text[_opens(text, start) : _closes(text, end)], message.occurred_at)
        if due is not None:
            return due
    return due_at(text[_opens(text, said[0][0]) : said[0][1] + 160] if said else text, message.occurred_at)


def _opens(text: str, at: int) -> int:
    """Where the sentence around a place begins."""
    return max(text.rfind(mark, 0, at) + 1 for mark in ".!?\n。！？")


def _closes(text: str, at: int) -> int:
    """Where the sentence around a place ends; a stop inside a number or a clock's time is none."""
    found = _STOP.search(text, at)
    return found.start() if found else len(text)


def why(match: Match) -> str:
    """Which phrase spoke, for those who ask why."""
    return match.rule.phrase.source + (f" ({match.around})" if match.around else "")
