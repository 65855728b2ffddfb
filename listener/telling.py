"""From what the parts decided to what the world is told: values for the output topics, in order of decision."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from listener.alerting import Fate
from listener.model.findings import Finding
from listener.model.outcomes import Content, Draft, Outcome, OutputTopic
from listener.model.outputs import Alert, NoticedAct
from listener.model.signals import Said
from listener.model.state import CustomerState


@dataclass(slots=True)
class Teller:
    """Who is spoken of, when, and because of which event; it gives every outcome an id that replays give again."""

    customer_id: str
    brand: str
    at: datetime
    cause: str
    conversation_id: str | None = None
    moment: str = field(init=False)

    def __post_init__(self) -> None:
        self.moment = self.at.isoformat()

    def acts(self, findings: Iterable[Finding], fates: Sequence[Fate]) -> tuple[Outcome, ...]:
        """The acts noticed, each with the alert that carries it, or why it has none."""
        return tuple(
            self._outcome("acts", self._noticed(finding, *fate), "act.noticed", f"{n}:{finding.code}")
            for n, (finding, fate) in enumerate(zip(findings, fates, strict=True))
            if finding.is_act  # an obligation settled is no act
        )

    def alerts(self, alerts: Iterable[Alert]) -> tuple[Outcome, ...]:
        """One outcome per change of an alert's life."""
        return tuple(
            self._outcome("alerts", alert, f"alert.{alert.status}", f"{n}:{alert.alert_id}:{alert.status}")
            for n, alert in enumerate(alerts)
        )

    def transitions(self, moves: Iterable[Draft]) -> tuple[Outcome, ...]:
        """Moves from one type, engagement or distress to another."""
        named = ((move, move.fields["kind"], move.fields["track"]) for move in moves)
        return tuple(
            self._outcome("transitions", move, f"transition.{kind}", f"{kind}:{track}") for move, kind, track in named
        )

    def estimate(self, estimate: Callable[[], Draft]) -> tuple[Outcome, ...]:
        """What is believed of the customer now, worked out if anybody asks before the next signal replaces it."""
        return (self._outcome("estimates", estimate, "estimate.revised", ""),)

    def briefing(self, briefing: Callable[[], Draft]) -> tuple[Outcome, ...]:
        """What an agent should know before speaking; as the estimate, made when asked for."""
        return (self._outcome("briefings", briefing, "briefing.revised", ""),)

    def pass_on(self, signal: Said) -> Outcome:
        """A signal for another customer, through the signals topic."""
        return Outcome(
            topic="signals",
            customer_id=signal.customer_id,
            content=signal,
            type="signal",
            id=signal.event_id,
            at=self.moment,
            cause=self.cause,
        )

    @property
    def who(self) -> tuple[str, str]:
        """Customer and brand."""
        return self.customer_id, self.brand

    def forgotten(self, topics: Sequence[OutputTopic]) -> tuple[Outcome, ...]:
        """Tombstones: this customer is no more."""
        return tuple(self._outcome(topic, None, f"{topic}.erased", "") for topic in topics)

    def _noticed(self, finding: Finding, alert_id: str | None, held_back: str | None, held_by: str | None) -> Draft:
        fields = {
            "customer_id": self.customer_id,
            "brand": self.brand,
            "at": finding.at,
            "code": finding.code,
            "p": round(finding.p, 4),
            "event_id": finding.event_id,
            "channel": finding.channel,
            "severity": finding.level,
            "alert_id": alert_id,
            "rule_id": finding.rule_id,
            "held_back": held_back,
            "held_by": held_by,
        }
        return Draft(NoticedAct, fields)

    def _outcome(self, topic: OutputTopic, content: Content, type_: str, what: str) -> Outcome:
        mark = f"{self.customer_id}|{self.brand}|{self.cause}|{self.moment}|{topic}|{what}"
        return Outcome(
            topic=topic,
            customer_id=self.customer_id,
            content=content,
            type=type_,
            id=sha256(mark.encode(errors="surrogatepass")).hexdigest()[:32],
            at=self.moment,
            cause=self.cause,
            conversation_id=self.conversation_id,
        )


def teller_of(state: CustomerState, at: datetime, cause: str, conversation_id: str | None = None) -> Teller:
    """Who speaks of this customer now, because of the event `cause`."""
    return Teller(state.customer_id, state.brand, at, cause, conversation_id)
