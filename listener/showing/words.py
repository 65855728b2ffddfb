"""From ids and numbers to what a person would say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from listener.catalogue import Catalogue
from listener.model.inputs import BrandAct
from listener.model.outputs import Estimate, TrackEstimate, TypeShare
from listener.model.wire import Money

SURE_OF_TYPE: Final = 0.5
SURE_OF_FAMILY: Final = 0.6
LOUD: Final = 0.5
FAMILIES: Final = {
    "transactional": "a transactional tie",
    "cooperative": "a cooperative tie",
    "friendly": "a friendly tie",
    "committed": "a committed tie",
    "hedonic": "a tie of pleasure",
    "asymmetric": "a tie of unequal power",
    "negative": "a tie gone sour",
}
CHANNELS: Final = {"email": "e-mail", "social": "post", "voice": "call", "act": "act of the firm", "crm": "CRM"}
ANYBODY: Final = "whoever answers"
"""Who mends what is nobody's in particular."""
WIDEST: Final = 16
"""How wide a bar is where something is certain."""
REASONS: Final = {"voice": "how they put it", "jump": "a matter that came to a head"}
"""What moves a belief and has no name of its own."""
UNSAID: Final = ("_id", "_at", "by")
"""Details that say nothing to a reader."""
ENGAGEMENTS: Final = {
    "ratcheting_up": "drawing nearer",
    "steady": "steady",
    "dialling_down": "drawing back",
}


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Says things; knows what each type and each act of the taxonomy is called, and from where on strain is told."""

    types: Mapping[str, str]
    acts: Mapping[str, str] = field(default_factory=dict)
    strain_raises: float | None = None

    @classmethod
    def of(cls, catalogue: Catalogue) -> "Phrasebook":
        """With the names the catalogue displays."""
        return cls(
            {one.id: one.display for one in catalogue.types.by_id.values()},
            {code: one.name for code, one in catalogue.acts.by_code.items()},
            catalogue.thresholds.strain_raises,
        )

    def type(self, id_: str) -> str:
        """A type as staff would call it."""
        return self.types.get(id_, plain(id_))

    def act(self, says: str) -> str:
        """What a piece of evidence says: an act of the taxonomy by its name, anything else as it stands."""
        return plain(self.acts.get(says, says))

    def share(self, told: TypeShare) -> str:
        """A type, and how sure we are of it."""
        return f"{self.type(told.type)} {percent(told.p)}"

    def strain(self, points: float) -> str:
        """How far small slights have added up, and at how many points an alert comes of it.

        >>> Phrasebook({}, {}, 5.0).strain(4.16)
        'small slights add up to 4.2 points (an alert from 5 on)'
        """
        told = "" if self.strain_raises is None else f" (an alert from {self.strain_raises:g} on)"
        return f"small slights add up to {points:.1f} points{told}"

    def belief(self, track: TrackEstimate) -> str:
        """A type where we are sure of one, else its family where we are sure of that, else that we are not."""
        first = track.top[0]
        if first.p >= SURE_OF_TYPE:
            return self.share(first)
        family, p = max(track.family.items(), key=lambda one: (one[1], one[0]))
        if p >= SURE_OF_FAMILY:
            return f"{FAMILIES[family]} {percent(p)} ({self.share(first)})"
        return f"unsettled ({self.share(first)})"

    def tops(self, shares: Sequence[TypeShare]) -> str:
        """A few types with their probabilities."""
        return ", ".join(self.share(one) for one in shares)

    def bars(self, shares: Sequence[TypeShare]) -> str:
        """A few types, each with a bar as long as it is probable."""
        return "\n".join(f"{bar(one.p)} {self.share(one)}" for one in shares)


def plain(id_: str) -> str:
    """An id as words.

    >>> plain("answer_with_substance")
    'answer with substance'
    """
    return id_.replace("_", " ").replace("-", " ")


def listed(ids: Sequence[str], between: str = " · ") -> str:
    """Ids as words, with dots between.

    >>> listed(["answer_now", "name_a_human"])
    'answer now · name a human'
    """
    return between.join(plain(one) for one in ids)


def bar(p: float) -> str:
    """A probability as a bar, sixteen wide where it is certain.

    >>> bar(0.5)
    '████████········'
    """
    full = round(WIDEST * p)
    return "█" * full + "·" * (WIDEST - full)


def reason(signal: str) -> str:
    """What moved a belief.

    >>> reason("voice")
    'how they put it'
    """
    return REASONS.get(signal, plain(signal))


def percent(p: float) -> str:
    """A probability.

    >>> percent(0.333)
    '33 %'
    """
    return f"{p * 100:.0f} %"


def money(value: Money | None) -> str:
    """An amount in whole units, or a dash: what is at risk is an estimate, and cents would claim more."""
    return "-" if value is None else f"{value.amount:,.0f} {value.currency}"


def day(moment: datetime) -> str:
    """A day and a time.

    >>> day(datetime(2026, 3, 6, 9, 5))
    ' 6 Mar 09:05'
    """
    return f"{moment.day:2} {moment:%b %H:%M}"


def heard(signals: Mapping[str, float]) -> str:
    """What was heard, the surest first; not what only says how the politeness was reckoned.

    >>> heard({"complaint": 0.9, "exit": 0.1, "repeat_effort": 0.8, "failure:late": 0.7})
    'complaint, repeat effort, failure: late'
    """
    loud = [name for name, p in signals.items() if p >= LOUD and name != "brusque"]
    loud.sort(key=lambda name: -signals[name])
    return ", ".join(plain(name).replace(":", ": ") for name in loud[:4])


def act(told: BrandAct) -> str:
    """What the firm did, with the details that matter to a reader."""
    details = [
        _detail(name, value) for name, value in told.details.items() if name not in UNSAID and not name.endswith(UNSAID)
    ]
    said = ", ".join(one for one in details if one)
    return plain(told.kind) + (f": {said}" if said else "")


def engagement(told: Estimate) -> str:
    """Whether the customer comes or goes."""
    return ENGAGEMENTS[told.engagement]


def _detail(name: str, value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{value.get('amount', '')} {value.get('currency', '')}".strip()
    if isinstance(value, bool):
        return plain(name) if value else f"not {plain(name)}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, int | float):
        return f"{value:+g} %" if name.endswith("_pct") else f"{plain(name)} {value:g}"
    return plain(str(value)) if value is not None else ""
