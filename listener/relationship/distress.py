"""Distress with the brand: rises with pain heard and breaches felt, eases with time, thanks and amends (K025)."""

from msgspec.structs import replace

from listener.model.findings import Finding
from listener.model.signals import Heard, Said
from listener.model.tie import TieState
from listener.relationship.seen import DAY_S

HALF_LIFE_DAYS = 10.0
PAIN = {
    "negative_emotion": 0.40,
    "complaint": 0.30,
    "distress": 0.25,
    "disrespect_felt": 0.20,
    "betrayal": 0.20,
    "exit": 0.15,
    "repeat_effort": 0.15,
    "escalation": 0.10,
    "brusque": 0.10,
}
"""How much pain each cue tells when it is certain; added up (set by hand, checked on rated help-desk threads)."""
PAINFUL_EMOTIONS = {"anger": 0.15, "annoyance": 0.15, "disappointment": 0.15}
MOOD = 0.25
"""The same for the mood of the words: by itself the weakest witness."""
EASE = {"gratitude": 0.9, "joy": 0.6, "praise": 0.5, "forgiveness": 0.7}
EASING_EMOTIONS = {"gratitude": 0.9, "joy": 0.3, "admiration": 0.3}
"""How far each sign of contentment lowers it."""
RISES, SETTLES = 0.5, 0.1
"""How far one turn pulls toward the pain it tells, where that is more and where it is less than is felt already."""
SHOWN = 1.8
"""Turns what is felt into what is shown: two turns of full pain read as .92."""


def distress_at(tie: TieState, at_s: int) -> float:
    """Distress at a moment: half of what is felt is gone after ten days of quiet."""
    return float(1.0 - (1.0 - felt_at(tie, at_s)) ** SHOWN)


def felt_at(tie: TieState, at_s: int) -> float:
    """What is felt at a moment, before it is turned into what is shown."""
    elapsed = max(0, at_s - tie.distress_s)
    return float(tie.distress * 2.0 ** -(elapsed / (HALF_LIFE_DAYS * DAY_S)))


def suffer(tie: TieState, signal: Said, findings: tuple[Finding, ...]) -> TieState:
    """Distress after one signal."""
    felt = felt_at(tie, tie.at_s)
    if isinstance(signal, Heard) and signal.role == "customer" and signal.target == "brand":
        felt = _after_turn(felt, signal)
    elif isinstance(signal, Heard) and signal.role == "agent":
        felt *= 1.0 - 0.1 * max(signal.signals.get(name, 0.0) for name in ("apology", "responsibility", "empathy"))
    breach = max((f.p * f.level / 3 for f in findings if is_breach(f)), default=0.0)
    felt += 0.15 * breach * (1.0 - felt)
    return replace(tie, distress=min(1.0, max(0.0, felt)), distress_s=tie.at_s) if felt or tie.distress else tie


def is_breach(finding: Finding) -> bool:
    """Whether the firm did, or failed to do, what it should."""
    return finding.code.startswith("F") and finding.phase in ("noticed", "breached")


def _after_turn(felt: float, heard: Heard) -> float:
    pain = pain_of(heard)
    felt += (RISES if pain > felt else SETTLES) * (pain - felt)
    return felt * (1.0 - ease_of(heard) * (1.0 - pain))


def pain_of(heard: Heard) -> float:
    """How much pain one turn tells, 0..1."""
    cues = sum(weight * heard.signals.get(name, 0.0) for name, weight in PAIN.items())
    felt = sum(weight * heard.emotions.get(name, 0.0) for name, weight in PAINFUL_EMOTIONS.items())
    return min(1.0, cues + felt + MOOD * max(0.0, -(heard.sentiment or 0.0)))


def ease_of(heard: Heard) -> float:
    """How much contentment one turn tells, 0..1."""
    said = max(weight * heard.signals.get(name, 0.0) for name, weight in EASE.items())
    felt = max(weight * heard.emotions.get(name, 0.0) for name, weight in EASING_EMOTIONS.items())
    return max(said, felt, 0.3 * max(0.0, heard.sentiment or 0.0))
