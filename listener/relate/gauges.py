"""How many alerts stand open, and what customers most probably hold: counted as states and estimates change."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from listener.model.outcomes import Draft
from listener.model.outputs import SEVERITIES
from listener.model.state import CustomerState
from listener.model.types import FAMILIES
from listener.relate.fold import Plan
from listener.telemetry import Metrics


@dataclass(slots=True)
class _Tally:
    """The customers of one partition: the severities of their open alerts, their family, how unsettled they are."""

    open: dict[str, tuple[int, ...]] = field(default_factory=dict)
    belief: dict[str, tuple[str, float]] = field(default_factory=dict)


class CustomerGauges:
    """Open alerts are counted from the states; families from the estimates this process has made."""

    def __init__(self) -> None:
        self._by_partition: dict[int, _Tally] = {}

    def hold(self, partitions: Iterable[int]) -> None:
        """These are ours now; what is another's is another's to count."""
        held = set(partitions)
        self._by_partition = {n: tally for n, tally in self._by_partition.items() if n in held} | {
            n: _Tally() for n in held - self._by_partition.keys()
        }

    def remember(self, partition: int, customer_id: str, state: CustomerState) -> None:
        """Take what the table says now, unless a batch has said something since."""
        tally = self._by_partition.get(partition)
        if tally is not None and customer_id not in tally.open and state.merged_into is None:
            tally.open[customer_id] = _open(state)

    def note(self, plan: Plan) -> None:
        """Take what a batch changed; who was erased, or became another, is no customer any more."""
        tally = self._by_partition.get(plan.partition)
        if tally is None:
            return
        for decision in plan.outgoing():
            estimate = decision.outcome.made
            if decision.outcome.topic == "estimates" and isinstance(estimate, Draft):
                held = estimate.fields["held"]
                family = max(FAMILIES, key=held["family"].__getitem__)
                tally.belief[decision.outcome.customer_id] = (family, held["unsettled"])
        for key, state in plan.states.items():
            tally.open[key.decode(errors="surrogatepass")] = () if state is None else _open(state)
        for customer_id in plan.gone():
            tally.open.pop(customer_id, None)
            tally.belief.pop(customer_id, None)

    def publish(self, metrics: Metrics) -> None:
        """Say the totals."""
        tallies = list(self._by_partition.values())
        standing = Counter(n for tally in tallies for severities in tally.open.values() for n in severities)
        for n, severity in enumerate(SEVERITIES):
            metrics.open_alerts.labels(severity).set(standing[n])
        families = Counter(family for tally in tallies for family, _ in tally.belief.values())
        for family in FAMILIES:
            metrics.customers.labels(family).set(families[family])
        unsettled = [share for tally in tallies for _, share in tally.belief.values()]
        metrics.unsettled_ratio.set(sum(unsettled) / len(unsettled) if unsettled else 0.0)


def _open(state: CustomerState) -> tuple[int, ...]:
    return tuple(alert.severity for alert in state.told.open)
