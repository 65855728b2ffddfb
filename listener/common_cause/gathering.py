"""The fold: every value of the alerts topic in, a customer's or the brand's own; out, what is still to be said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final, NamedTuple

from listener.catalogue import Catalogue
from listener.common_cause.alert_change import ENDED, AlertChange, Cause, cause_of, change_of
from listener.common_cause.life_cycle import life_cycle
from listener.common_cause.saying import say
from listener.model.outcomes import Outcome
from listener.model.outputs import SEVERITIES, Alert
from listener.model.spans import DAY_S

KEEP_S: Final = 60 * DAY_S
"""How long after its last word a cause is remembered: as a matter may last (`matter_lasts` in thresholds.yaml)."""
Key = tuple[str, str]


class Owed(NamedTuple):
    """A change in the life of the brand's alert that was not told yet, and from when on it may be (event time)."""

    alert: Alert
    not_before_s: int


@dataclass(slots=True)
class Known:
    """What is known of one rule broken by one act: each member's words, and what the brand said of it last."""

    cause: Cause
    words: set[AlertChange] = field(default_factory=set)
    said: Alert | None = None

    @property
    def is_over(self) -> bool:
        """Whether the brand's alert has ended: nothing more is said then."""
        return self.said is not None and self.said.status in ENDED


class Gathering:
    """Gathers for one brand; the same whatever order the values come in, and however often."""

    def __init__(self, brand: str, catalogue: Catalogue) -> None:
        self._brand, self._catalogue = brand, catalogue
        self._shared: dict[Any, Any] = {}
        self.causes: dict[Key, Known] = {}
        self.newest_s = 0

    def take(self, alert: Alert) -> Key | None:
        """One value of the alerts topic; the key of what it changed, None where it is nobody's cause or known."""
        if alert.cause_event_id is None or alert.brand != self._brand:
            return None
        key, cause = (alert.rule_id, alert.cause_event_id), cause_of(alert)
        known = self.causes.get(key)
        if known is None:
            known = self.causes[key] = Known(cause)
        if alert.customer_id is None:
            if known.said is None or not (known.is_over or alert.updated_at < known.said.updated_at):
                known.said = alert  # of one time the later counts: all of one cause lie in one partition, in order
            return key
        known.cause = min(known.cause, cause, key=_plain)
        word = self._lean(change_of(alert, SEVERITIES))
        if word in known.words:
            return None
        known.words.add(word)
        self.newest_s = max(self.newest_s, word.at_s)
        return key

    def owed(self, key: Key) -> Iterator[Owed]:
        """What is to be said of a cause beyond what was said of it, in order; said again where members came late."""
        known = self.causes.get(key)
        if known is None or known.is_over:
            return
        said, limits = known.said, self._catalogue.thresholds
        said_s, gist = (int(said.updated_at.timestamp()), gist_of(said)) if said else (-1, None)
        before: Alert | None = None
        for stand in life_cycle(known.words, limits.brand_alert_above, limits.s("brand_alert_within"), said_s):
            alert = say(known.cause, stand, self._brand, self._catalogue)
            if stand.at_s <= said_s and alert.status not in ENDED:
                before = alert
                continue
            before = None  # what came late before this is told with it
            if alert.status != "updated" or gist_of(alert) != gist:
                gist = gist_of(alert)
                yield Owed(_after(said, alert) if said else alert, stand.known_s)
        if said is not None and before is not None and gist_of(before) != gist:
            yield Owed(_after(said, before.model_copy(update={"status": "updated"})), 0)

    def open(self) -> Iterator[Alert]:
        """The brand's alerts that are open, as they were last told."""
        return (one.said for one in self.causes.values() if one.said is not None and not one.is_over)

    def forget(self) -> None:
        """Drop causes of which nothing was heard for long, for whoever gathers without end."""
        before_s = self.newest_s - KEEP_S
        for key in [key for key, one in self.causes.items() if all(word.at_s < before_s for word in one.words)]:
            del self.causes[key]

    def _lean(self, word: AlertChange) -> AlertChange:
        """The same word; what many have alike is kept once."""
        shared = self._shared
        kept = {name: shared.setdefault(told, told) for name, told in _shareable(word)}
        return type(word)(**{name: getattr(word, name) for name in word.__struct_fields__} | kept)


def gather(alerts: Iterable[Alert], brand: str, catalogue: Catalogue) -> Iterator[Outcome]:
    """All that the brand's alerts say of these customers' alerts, in order of event time: what a replay prints."""
    gathering = Gathering(brand, catalogue)
    for alert in alerts:
        gathering.take(alert)
    owed = [one.alert for key in gathering.causes for one in gathering.owed(key)]
    return map(outcome_of, sorted(owed, key=lambda alert: (alert.updated_at, alert.alert_id)))


def outcome_of(alert: Alert) -> Outcome:
    """What goes out; its id depends on what is said and on nothing else."""
    told = alert.model_dump_json(by_alias=True)
    return Outcome(
        topic="alerts",
        customer_id="",
        key=alert.cause_event_id,
        content=alert,
        type=f"alert.{alert.status}",
        id=sha256(told.encode(errors="surrogatepass")).hexdigest()[:32],
        at=alert.updated_at.isoformat(),
        cause=alert.cause_event_id,
    )


def gist_of(alert: Alert) -> tuple[Any, ...]:
    """What makes it worth saying again."""
    return alert.severity, alert.gathered, alert.counts, alert.value_at_risk, alert.repair, alert.started_at


def _after(said: Alert, alert: Alert) -> Alert:
    """The same, of an alert of which something was said: it is not raised again, and its time never goes back."""
    at = max(alert.updated_at, said.updated_at)
    status = "updated" if alert.status == "raised" else alert.status
    return alert.model_copy(update={"status": status, "updated_at": at, "ended_at": at if alert.ended_at else None})


def _plain(cause: Cause) -> tuple[Any, ...]:
    return cause.told is None, cause.told or (), cause.code, cause.act, cause.by


def _shareable(word: AlertChange) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(word, name)) for name in ("types", "role", "do", "avoid", "suppresses", "status"))
