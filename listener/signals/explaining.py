"""Why something was heard: for each signal its score, the phrase that spoke, and what the head weighed."""

from typing import Any

from listener.model.message import Message
from listener.signals.ear import Ear
from listener.signals.heads.linear import Heads, load_heads, vocabulary_word
from listener.signals.heads.panel import Asked
from listener.signals.pages.page import Page
from listener.signals.redaction.introduced import introduced
from listener.signals.redaction.redact import excerpt, secrets

_KINDS = ("@", "0", "http")
_FEATURES = 5
"""How many features of a head are told for each signal, the weightiest first."""


def explain(ear: Ear, message: Message) -> dict[str, Any]:
    """What is heard in a message, each signal with its score, the phrase and the features that spoke.

    A phrase stands under `phrase` with its `said` words (redacted) and what weakened it, as in `(negated)`. `features`
    are a head's: words, pairs of words and facts (`cue:exit`, `negative`, `question` …) with what each adds to the
    log-odds. The cue's own probability is where a head starts from.
    """
    said = ear.listen([message])[0]
    asked = ear.features(message) if message.text.strip() else None
    text = message.text
    hidden = secrets(text, message.known_names, met=introduced(text, message.brand))
    left = frozenset(vocabulary_word(w) for w in _words(ear, excerpt(text, 0, len(text), hidden)))
    heads, side = load_heads(), "customer" if message.role == "customer" else "firm"
    signals: dict[str, dict[str, Any]] = {}
    for signal, p in sorted(said.signals.items(), key=lambda item: (-item[1], item[0])):
        signals[signal] = {"p": p}
        if signal in said.because:
            start, end = said.spans[signal]
            signals[signal] |= {"phrase": said.because[signal], "span": [start, end]}
            signals[signal]["said"] = excerpt(text, start, end, hidden)
        if heads is not None and asked and (features := weighed(heads, f"{side}:{signal}", asked)):
            signals[signal]["features"] = [(shown(name, left), weight) for name, weight in features]
    return {
        "language": said.language,
        "sentiment": said.sentiment,
        "target": said.target,
        "excerpt": said.excerpt,
        "signals": signals,
        "emotions": dict(said.emotions),
    }


def _words(ear: Ear, text: str) -> frozenset[str]:
    return Page([text], ear.lexicon("en")).spelt(0) if text.strip() else frozenset()


def weighed(heads: Heads, head: str, asked: Asked) -> list[tuple[str, float]]:
    """What of a message adds most to one head's log-odds, or takes most away; empty where there is no such head."""
    if head not in heads.names:
        return []
    _, rows, facts, _ = asked
    column, size = heads.names.index(head), heads.norm(rows)
    added: dict[str, float] = {}
    for row in rows.tolist():
        if row:
            name = heads.spoken(row)
            added[name] = added.get(name, 0.0) + float(heads.rows[row, column] * heads.scale[column]) / size
    for fact, value in facts.items():
        added[f"<{heads.facts[fact]}>"] = float(heads.by_fact[fact, column]) * value
    loud = sorted(added.items(), key=lambda item: (-abs(item[1]), item[0]))
    return [(name, round(weight, 2)) for name, weight in loud[:_FEATURES] if abs(weight) >= 0.05]


def shown(name: str, left: frozenset[str]) -> str:
    """A feature's name, with a dot for each of its words that redaction took out of the text."""
    return name if name[0] == "<" else " ".join(w if w in left or w in _KINDS else "…" for w in name.split())
