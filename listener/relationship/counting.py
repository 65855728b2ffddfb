"""From one turn to amounts: what it adds to the counts, before any weight is given to it."""

from datetime import datetime

from listener.model.signals import Heard
from listener.model.tie import (
    CUSTOMER_CUES,
    EMOTIONS,
    FIRM_CUES,
    LATER_CUES,
    REPLY_CUES,
    REPLY_EMOTIONS,
    REPLY_FORM,
    TRAITS,
)

Amount = tuple[str, float]
HEARD_AT = 0.3
"""A cue less probable than this is not counted (an absent one was not heard; a faint one is mostly noise)."""
FELT_AT = 0.15
"""The same for a feeling of a firm's turn: answers are polite, and what is felt in them is faint."""
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
SORE = frozenset(
    {
        "pursued",
        "complaint",
        "negative_emotion",
        "distress",
        "privacy_concern",
        "repeat_effort",
        "betrayal",
        "escalation",
        "legal_threat",
        "exit",
    }
)
"""Cues one of which makes a wish to be left alone more than a preference."""
PREFERENCE = 0.4
"""What a plain wish to be left alone counts for (of 29 in development threads 3 came from somebody hunted, of
95 that were sore 43)."""
_NIGHT = frozenset({23, 0, 1, 2, 3, 4})
_CUSTOMER_CUES = frozenset({*CUSTOMER_CUES, *LATER_CUES})
_OF_OTHERS = _CUSTOMER_CUES - AIMED
_OF_THE_FIRM = {name: f"firm_{name}" for name in FIRM_CUES} | {name: f"reply_{name}" for name in REPLY_CUES}
_REPLY_FELT = {name: f"reply_{name}" for name in REPLY_EMOTIONS}
_REPLY_FORM = {name: f"reply_{name}" for name in REPLY_FORM}
_FELT = {name: f"feels_{name}" for name in EMOTIONS}
_FORM = {name: f"trait_{name}" for name in TRAITS}
_CHANNEL = {"email": "emails", "chat": "chats", "social": "posts", "voice": "calls", "survey": "surveys"}


def heard_amounts(heard: Heard) -> list[Amount]:
    """What a turn adds: the customer's words, feelings and form, or what the firm's turn does."""
    if heard.role == "customer":
        return _customer_turn(heard)
    if heard.role == "agent":
        return _firm_turn(heard)
    return [("campaigns", 1.0)] if heard.role == "campaign" else [("bot_turns", 1.0)] if heard.role == "bot" else []


def _firm_turn(heard: Heard) -> list[Amount]:
    form = heard.traits.get
    return [
        ("firm_turns", 1.0),
        ("firm_words", form("words", 0.0)),
        ("firm_formal", heard.register_),
        ("firm_emoji", min(form("emoji", 0.0), 3.0)),
        *((_OF_THE_FIRM[name], p) for name, p in heard.signals.items() if p >= HEARD_AT and name in _OF_THE_FIRM),
        *((_REPLY_FELT[name], p) for name, p in heard.emotions.items() if p >= FELT_AT and name in _REPLY_FELT),
        *((slot, 1.0) for name, slot in _REPLY_FORM.items() if form(name, 0.0)),
    ]


def _customer_turn(heard: Heard) -> list[Amount]:
    amounts = [
        ("turns", 1.0),
        (_CHANNEL.get(heard.channel, "chats"), 1.0),
        ("formal", heard.register_),
        ("words", heard.traits.get("words", 0.0)),
    ]
    if heard.public:
        amounts.append(("public_turns", 1.0))
    if is_night(heard.occurred_at):
        amounts.append(("night_moves", 1.0))
    if heard.offered:
        amounts.append(("offered", float(heard.offered)))
    amounts += [(_FORM[name], min(amount, 20.0)) for name, amount in heard.traits.items() if name in _FORM]
    kind = strongest(heard, KIND, KIND_EMOTIONS)
    amounts += purpose(heard, kind)
    return amounts + (_said_of_us(heard, kind) if heard.target == "brand" else _said_of_others(heard))


def earnest(heard: Heard) -> float:
    """What a wish to be left alone counts for: who only prefers to get no more mails is not hunted."""
    sore = max([p for name, p in heard.signals.items() if name in SORE], default=0.0)
    return PREFERENCE + (1.0 - PREFERENCE) * min(1.0, max(0.0, sore - HEARD_AT) / HEARD_AT)


def _said_of_others(heard: Heard) -> list[Amount]:
    cues = [(name, p) for name, p in heard.signals.items() if p >= HEARD_AT and name in _OF_OTHERS]
    return [("about_rival", 1.0 if heard.target == "rival" else 0.0), *cues]


def _said_of_us(heard: Heard, kind: float) -> list[Amount]:
    said = [(name, p) for name, p in heard.signals.items() if p >= HEARD_AT and name in _CUSTOMER_CUES]
    amounts = [(name, p * earnest(heard) if name == "stop_contact" else p) for name, p in said]
    amounts += [(_FELT[name], p) for name, p in heard.emotions.items() if p >= HEARD_AT and name in _FELT]
    return [*amounts, ("feeling", kind), ("ill_feeling", strongest(heard, UNKIND, UNKIND_EMOTIONS))]


REQUESTS = frozenset({"question", "complaint", "demand", "suggestion", "escalation", "repeat_effort", "stop_contact"})
"""Cues of wanting something done or answered."""
TIE_TALK = frozenset(
    {
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
    }
)
"""Cues that the tie itself is spoken of, not only the matter."""


def purpose(heard: Heard, kind: float) -> list[Amount]:
    """What a turn is for: a request, a plain one where nothing else is in it, or a kind word that asks for nothing."""
    says = heard.signals
    if heard.needs_answer or max([says[name] for name in REQUESTS & says.keys()], default=0.0) >= 0.5:
        about_us = max([says[name] for name in TIE_TALK & says.keys()], default=0.0)
        return [("requests", 1.0), ("plain_requests", max(0.0, 1.0 - about_us) * (1.0 - kind))]
    if heard.target == "brand":
        return [("bright", max(kind, 0.5 * max(0.0, heard.sentiment or 0.0)))]
    return []


def strongest(heard: Heard, cues: dict[str, float], emotions: dict[str, float]) -> float:
    """The strongest of a kind of feeling in one turn: one affect cue counts, not the sum of all its names."""
    said, felt = heard.signals, heard.emotions
    strengths = [cues[name] * said[name] for name in cues.keys() & said.keys()]
    strengths += [emotions[name] * felt[name] for name in emotions.keys() & felt.keys()]
    return max(strengths, default=0.0)


def is_night(at: datetime) -> bool:
    """Whether it is late at the customer's place, by the offset the event came with."""
    return at.hour in _NIGHT
