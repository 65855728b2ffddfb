"""Why something was heard: for each signal its score and the phrase, or the words of the heads, that spoke."""

from datetime import UTC, datetime
from typing import Any, cast

from listener.model.message import Message, MessageChannel, Role
from listener.signals.ear import Ear
from listener.signals.heads import load_heads, vocabulary_word
from listener.signals.page import Page

_AT = datetime(2026, 1, 1, tzinfo=UTC)
_WORDS = 4


def explain(ear: Ear, text: str, role: str = "customer", channel: str = "chat", brand: str = "") -> dict[str, Any]:
    """What is heard in a text, each signal with its score and what spoke."""
    message = Message(text, cast(MessageChannel, channel), cast(Role, role), _AT, brand=brand)
    said = ear.listen([message])[0]
    side = "customer" if role == "customer" else "firm"
    signals = {s: (p, said.because.get(s) or words_for(ear, text, f"{side}:{s}")) for s, p in said.signals.items()}
    return {
        "language": said.language,
        "sentiment": said.sentiment,
        "target": said.target,
        "excerpt": said.excerpt,
        "signals": signals,
        "emotions": dict(said.emotions),
    }


def words_for(ear: Ear, text: str, head: str) -> str:
    """The words of a text that speak loudest for one head."""
    heads = load_heads()
    if heads is None or head not in heads.names:
        return ""
    column = heads.names.index(head)
    words = [w for w in Page([text], ear.lexicon("en")).spelt(0) if heads.row_of(w)]
    loud = sorted({w: float(heads.rows[heads.row_of(w), column]) for w in words}.items(), key=lambda item: -item[1])
    return "words: " + ", ".join(vocabulary_word(w) for w, weight in loud[:_WORDS] if weight > 0)
