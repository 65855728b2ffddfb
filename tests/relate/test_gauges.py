"""How many alerts stand open and what customers hold, counted as batches change them."""

from prometheus_client import CollectorRegistry

from listener import catalogue
from listener.model.state import CustomerState
from listener.model.types import FAMILIES
from listener.relate.fold import Entry, fold
from listener.relate.gauges import CustomerGauges
from listener.settings import Settings
from listener.telemetry import Metrics
from listener.workbench import core_of
from tests.test_erasure import by_command
from tests.test_merging import NEW, OLD, complaint, merging

CORE = core_of(Settings(brand="acme"), catalogue.load())


class Partition:
    """A partition folded signal by signal, and what is counted of it."""

    def __init__(self) -> None:
        self.stored, self.offset, self.gauges = {}, 0, CustomerGauges()
        self.gauges.hold([0])

    def take(self, *signals) -> "Partition":
        for signal in signals:
            entry = Entry(self.offset, signal.customer_id.encode(), signal.model_dump_json(by_alias=True).encode())
            plan = fold(0, [entry], self.stored.get, CORE)
            self.stored |= dict(plan.writes())
            self.gauges.note(plan)
            self.offset += 1
        return self

    def customers(self) -> int:
        """How many are counted."""
        registry = CollectorRegistry()
        self.gauges.publish(Metrics(registry))
        return sum(registry.get_sample_value("listener_customers", {"family": one}) for one in FAMILIES)

    def names(self) -> set[str]:
        """Whose ids are in memory."""
        (tally,) = self.gauges._by_partition.values()
        return {*tally.open, *tally.belief}


def test_whoever_was_erased_is_neither_counted_nor_known_any_more() -> None:
    partition = Partition().take(complaint(1, "C-1"), complaint(2, "C-2"))
    assert partition.customers() == 2
    partition.take(by_command(3))
    assert (partition.customers(), partition.names()) == (1, {"C-2"})


def test_of_two_who_are_one_one_is_counted() -> None:
    partition = Partition().take(complaint(1, OLD), complaint(2, NEW), merging(3))
    assert (partition.customers(), partition.names()) == (1, {NEW})


def test_of_what_the_table_holds_a_merged_name_is_not_taken_for_a_customer() -> None:
    stored = Partition().take(complaint(1, OLD), merging(2)).stored
    gauges = CustomerGauges()
    gauges.hold([0])
    gauges.remember(0, OLD, CustomerState.from_bytes(stored[OLD.encode()]))
    assert not gauges._by_partition[0].open
