"""Distress with the brand: rises with pain heard and breaches felt, eases with time, thanks and amends (K025)."""

from msgspec.structs import replace

from listener.model.findings import Finding
from listener.model.signals import Heard, Said
from listener.model.tie import TieState
from listener.relationship.seen import DAY_S

HALF_LIFE_DAYS = 10.0
PAIN = {
    "distress": 1.0,
    "betrayal": 0.95,
    "negative_emotion": 0.75,
    "disrespect_felt": 0.8,
    "complaint": 0.5,
    "repeat_effort": 0.6,
    "escalation": 0.6,
    "exit": 0.55,
    "public_warning": 0.7,
    "legal_threat": 0.6,
    "captivity": 0.5,
    "remedy_rejected": 0.6,
    "stop_contact": 0.5,
}
"""How much pain each cue tells when it is certain (P)."""
PAINFUL_EMOTIONS = {
    "anger": 0.9,
    "grief": 0.8,
    "disgust": 0.8,
    "sadness": 0.55,
    "disappointment": 0.6,
    "annoyance": 0.5,
    "fear": 0.5,
}
EASE = {"gratitude": 0.5, "joy": 0.6, "praise": 0.6, "forgiveness": 0.7, "love": 0.5, "humour": 0.2}
"""How far each cue of contentment lowers it."""


def distress_at(tie: TieState, at_s: int) -> float:
    """Distress at a moment: half of it is gone after ten days of quiet."""
    elapsed = max(0, at_s - tie.distress_s)
    return float(tie.distress * 2.0 ** -(elapsed / (HALF_LIFE_DAYS * DAY_S)))


def suffer(tie: TieState, signal: Said, findings: tuple[Finding, ...]) -> TieState:
    """Distress after one signal."""
    now = distress_at(tie, tie.at_s)
    felt = now
    if isinstance(signal, Heard) and signal.role == "customer":
        felt = _after_turn(now, signal)
    elif isinstance(signal, Heard) and signal.role == "agent":
        amends = max(signal.signals.get(name, 0.0) for name in ("apology", "responsibility", "empathy"))
        felt = now * (1.0 - 0.1 * amends)
    breach = max(
        (f.p * f.level / 3 for f in findings if f.code.startswith("F") and f.phase in ("noticed", "breached")),
        default=0.0,
    )
    felt += 0.15 * breach * (1.0 - felt)
    return replace(tie, distress=min(1.0, max(0.0, felt)), distress_s=tie.at_s) if felt or tie.distress else tie


def is_breach(finding: Finding) -> bool:
    """Whether the firm did, or failed to do, what it should."""
    return finding.code.startswith("F") and finding.phase in ("noticed", "breached")


def _after_turn(now: float, heard: Heard) -> float:
    if heard.target != "brand":
        return now
    pain, ease = pain_of(heard), ease_of(heard)
    if pain > now:
        now += 0.75 * (pain - now)
    else:
        now += 0.25 * (pain - now) if heard.traits.get("words", 5) > 3 else 0.0
    return now * (1.0 - 0.8 * ease * (1.0 - pain))


def pain_of(heard: Heard) -> float:
    """How much pain one turn tells, 0..1: independent cues add up as chances do, the mood of the words weighs least."""
    cues = [weight * heard.signals.get(name, 0.0) for name, weight in PAIN.items()]
    felt = [weight * heard.emotions.get(name, 0.0) for name, weight in PAINFUL_EMOTIONS.items()]
    mood = max(0.0, -(heard.sentiment or 0.0)) * 0.35
    relief = 1.0
    for part in (max(cues), 0.4 * sorted(cues)[-2], 0.7 * max(felt), mood):
        relief *= 1.0 - part
    return 1.0 - relief


def ease_of(heard: Heard) -> float:
    """How much contentment one turn tells, 0..1."""
    told = max(weight * heard.signals.get(name, 0.0) for name, weight in EASE.items())
    return max(told, 0.3 * max(0.0, heard.sentiment or 0.0))
