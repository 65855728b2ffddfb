"""From one turn to amounts: what it adds to the counts, before any weight is given to it."""

from collections.abc import Iterator
from datetime import datetime

from listener.model.signals import Heard
from listener.model.tie import CUSTOMER_CUES, EMOTIONS, FIRM_CUES, TRAITS

Amount = tuple[str, float]
HEARD_AT = 0.3
"""A cue less probable than this is not counted (an absent one was not heard; a faint one is mostly noise)."""
AIMED = frozenset(
    {
        "joy",
        "love",
        "praise",
        "gratitude",
        "negative_emotion",
        "distress",
        "complaint",
        "betrayal",
        "craving",
        "longing",
    }
)
"""Cues of feeling: counted only where the brand is whom the feeling is about (DESIGN 2)."""
KIND = {"love": 1.0, "joy": 0.8, "praise": 0.8, "gratitude": 0.4, "loyalty": 0.8, "forgiveness": 0.5}
UNKIND = {"negative_emotion": 0.8, "distress": 0.8, "complaint": 0.5, "betrayal": 1.0, "disrespect_felt": 0.8}
KIND_EMOTIONS = {"admiration": 0.5, "approval": 0.3, "excitement": 0.5, "caring": 0.5, "amusement": 0.3, "relief": 0.3}
UNKIND_EMOTIONS = {"anger": 0.8, "annoyance": 0.5, "disappointment": 0.7, "disgust": 0.9, "disapproval": 0.4}
_NIGHT = frozenset({23, 0, 1, 2, 3, 4})
_CUSTOMER_CUES, _FIRM_CUES = frozenset(CUSTOMER_CUES), frozenset(FIRM_CUES)
_EMOTIONS, _TRAITS = frozenset(EMOTIONS), frozenset(TRAITS)
_CHANNEL = {"email": "emails", "chat": "chats", "social": "posts", "voice": "calls", "survey": "surveys"}


def heard_amounts(heard: Heard) -> Iterator[Amount]:
    """What a turn adds: the customer's words, feelings and form, or what the firm's turn does."""
    if heard.role == "customer":
        yield from _customer_turn(heard)
    elif heard.role == "agent":
        yield "firm_turns", 1.0
        yield "firm_words", heard.traits.get("words", 0.0)
        yield "firm_formal", heard.register_
        yield "firm_emoji", min(heard.traits.get("emoji", 0.0), 3.0)
        yield from ((f"firm_{name}", p) for name, p in _clear(heard.signals) if name in _FIRM_CUES)
    elif heard.role == "campaign":
        yield "campaigns", 1.0
    elif heard.role == "bot":
        yield "bot_turns", 1.0


def _clear(scores: dict[str, float]) -> Iterator[Amount]:
    return ((name, p) for name, p in scores.items() if p >= HEARD_AT)


def _customer_turn(heard: Heard) -> Iterator[Amount]:
    yield "turns", 1.0
    yield _CHANNEL.get(heard.channel, "chats"), 1.0
    yield "formal", heard.register_
    yield "words", heard.traits.get("words", 0.0)
    if heard.public:
        yield "public_turns", 1.0
    if is_night(heard.occurred_at):
        yield "night_moves", 1.0
    if heard.offered:
        yield "offered", float(heard.offered)
    yield from ((f"trait_{name}", min(amount, 20.0)) for name, amount in heard.traits.items() if name in _TRAITS)
    kind = strongest(heard, KIND, KIND_EMOTIONS)
    yield from purpose(heard, kind)
    yield from _said(heard, kind)


def _said(heard: Heard, kind: float) -> Iterator[Amount]:
    ours = heard.target == "brand"
    if not ours:
        yield "about_rival", 1.0 if heard.target == "rival" else 0.0
    for name, p in _clear(heard.signals):
        if name in _CUSTOMER_CUES and (ours or name not in AIMED):
            yield name, p
    if not ours:
        return
    yield from ((f"feels_{name}", p) for name, p in _clear(heard.emotions) if name in _EMOTIONS)
    yield "feeling", kind
    yield "ill_feeling", strongest(heard, UNKIND, UNKIND_EMOTIONS)


REQUESTS = ("question", "complaint", "demand", "suggestion", "escalation", "repeat_effort", "stop_contact")
"""Cues of wanting something done or answered."""
TIE_TALK = (
    "loyalty",
    "love",
    "self_disclosure",
    "nostalgia",
    "tenure",
    "lineage",
    "secrecy",
    "craving",
    "humour",
    "exit",
)
"""Cues that the tie itself is spoken of, not only the matter."""


def purpose(heard: Heard, kind: float) -> Iterator[Amount]:
    """What a turn is for: a request, a plain one where nothing else is in it, or a kind word that asks for nothing."""
    wants = max(heard.signals.get(name, 0.0) for name in REQUESTS)
    if heard.needs_answer or wants >= 0.5:
        yield "requests", 1.0
        about_us = max(heard.signals.get(name, 0.0) for name in TIE_TALK)
        yield "plain_requests", max(0.0, 1.0 - about_us) * (1.0 - kind)
    elif heard.target == "brand":
        yield "bright", max(kind, 0.5 * max(0.0, heard.sentiment or 0.0))


def strongest(heard: Heard, cues: dict[str, float], emotions: dict[str, float]) -> float:
    """The strongest of a kind of feeling in one turn: one affect cue counts, not the sum of all its names."""
    felt = [weight * heard.signals.get(name, 0.0) for name, weight in cues.items()]
    felt += [weight * heard.emotions.get(name, 0.0) for name, weight in emotions.items()]
    return max(felt)


def is_night(at: datetime) -> bool:
    """Whether it is late at the customer's place, by the offset the event came with."""
    return at.hour in _NIGHT
