"""Distress with the brand: a running sum of pain heard and breaches felt; thanks and time ease it (K025)."""

from math import log
from typing import NamedTuple

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.catalogue.distress import ANSWERED, DistressWeights
from listener.model.findings import Finding
from listener.model.signals import Heard, Said
from listener.model.spans import DAY_S
from listener.model.tie import TieState, Turn

NOBODY, CUSTOMER, AGENT = 0, 1, 2
SPEAKERS = {"customer": CUSTOMER, "agent": AGENT}
LONG = 60.0
"""Words of a turn that is long (P): who is upset tells more."""


class Feeling(NamedTuple):
    """How much pain and how much contentment a turn tells, in nats; neither is negative."""

    pain: float = 0.0
    ease: float = 0.0


def distress_at(tie: TieState, at_s: int, catalogue: Catalogue) -> float:
    """Distress at a moment, 0..1: the chance that it is high."""
    return catalogue.distress.shown(felt_at(tie, at_s, catalogue))


def felt_at(tie: TieState, at_s: int, catalogue: Catalogue) -> float:
    """What is felt at a moment, in nats: half of it is gone after a half-life of quiet."""
    elapsed = max(0, at_s - tie.distress_s)
    return float(tie.distress * 2.0 ** -(elapsed / (catalogue.distress.half_life_days * DAY_S)))


def suffer(
    tie: TieState, signal: Said, findings: tuple[Finding, ...], feeling: Feeling, catalogue: Catalogue
) -> TieState:
    """Distress after one signal; `feeling` is what its turn tells (`feeling_of`).

    Lines that one side writes in a row are one turn: what they tell is the most that one of them does, so that the same
    words weigh alike whether they were sent at once or in pieces. A breach that was read from words adds nothing to
    them: whoever is hurt by it has said so, or is answered so.
    """
    known = catalogue.distress
    felt = before = felt_at(tie, tie.at_s, catalogue)
    if isinstance(signal, Heard):
        speaks = SPEAKERS.get(signal.role, NOBODY)
        if tells(signal):
            turn = tie.turn if _goes_on(tie, speaks, known) else None
            if turn is None and speaks == CUSTOMER:
                felt *= known.kept(signal.channel)
            so_far = Feeling(turn.pain, turn.ease) if turn else Feeling()
            most = Feeling(max(so_far.pain, feeling.pain), max(so_far.ease, feeling.ease))
            felt += (most.pain - so_far.pain) - (most.ease - so_far.ease)
            tie = replace(tie, turn=Turn(tie.talk, speaks, tie.at_s, *most))
        elif tie.turn.speaks != speaks:
            tie = replace(tie, turn=Turn())
    elif findings:
        felt += known.breach * max((f.p * f.level / 3 for f in findings if is_breach(f)), default=0.0)
    if felt == before and not tie.distress:
        return tie
    low, high = known.within
    return replace(tie, distress=min(high, max(low, felt)), distress_s=tie.at_s)


def tells(heard: Heard) -> bool:
    """Whether a turn tells of distress with this brand: the customer's words about it, and its agents' answers."""
    return heard.role == "agent" or (heard.role == "customer" and heard.target == "brand")


def _goes_on(tie: TieState, speaks: int, known: DistressWeights) -> bool:
    """Whether a line goes on with the turn before it: the same side, in the same talk, soon after."""
    turn = tie.turn
    return turn.speaks == speaks and turn.talk == tie.talk and tie.at_s - turn.at_s <= known.line_s


def is_breach(finding: Finding) -> bool:
    """Whether the firm did, or failed to do, what it should."""
    return finding.code.startswith("F") and finding.phase in ("noticed", "breached")


def feeling_of(heard: Heard, known: DistressWeights) -> Feeling:
    """What one turn tells: a customer's by its cues, feelings and manner, an agent's by what it says and feels."""
    if not tells(heard):
        return Feeling()
    agent = heard.role == "agent"
    cues, feelings = (known.answers, known.answered_with) if agent else (known.signals, known.emotions)
    told = [cues.get(ANSWERED, 0.0)] if agent else []
    told += [cues[name] * p for name, p in heard.signals.items() if name in cues]
    told += [feelings[name] * p for name, p in heard.emotions.items() if name in feelings]
    if not agent:
        told += [known.manner[name] * amount for name, amount in manner_of(heard) if amount and name in known.manner]
    hurts = [nats for nats in told if nats > 0]
    return Feeling(sum(hurts), -sum([nats for nats in told if nats < 0]) if len(hurts) < len(told) else 0.0)


def manner_of(heard: Heard) -> list[tuple[str, float]]:
    """What the turn as a whole tells: shouting, mood, length (0..1); how the talk would be rated (log-odds)."""
    rated = heard.signals.get("dissatisfaction", 0.5)
    odds = 0.5 * log(max(rated, 0.01) / max(1.0 - rated, 0.01))
    mood, words = heard.sentiment or 0.0, max(1.0, heard.traits.get("words", 0.0))
    return [
        ("length", min(1.0, words / LONG)),
        ("exclamations", min(1.0, heard.traits.get("exclamations", 0.0) / 3.0)),
        ("capitals", min(1.0, 4.0 * heard.traits.get("caps", 0.0) / words)),
        ("low_mood", max(0.0, -mood)),
        ("bright_mood", max(0.0, mood)),
        ("dissatisfied", max(0.0, odds)),
        ("satisfied", max(0.0, -odds)),
    ]
