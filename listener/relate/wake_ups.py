"""Who wants to be woken, and when: a heap for each partition, rebuilt from the table after a recovery."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from heapq import heappop, heappush

NEVER = float("inf")


class WakeUps:
    """The next deadline of every customer of one partition."""

    def __init__(self) -> None:
        self._due: dict[str, float] = {}
        self._heap: list[tuple[float, str]] = []

    def learn(self, times: Mapping[str, datetime | None]) -> None:
        """Take what a batch said of its customers; it holds over anything learnt before."""
        for customer_id, due in times.items():
            self._set(customer_id, NEVER if due is None else due.timestamp())

    def forget(self, customers: Iterable[str]) -> None:
        """These are no more; what stood in the heap of them lapses when it comes up."""
        for customer_id in customers:
            self._due.pop(customer_id, None)

    def remember(self, customer_id: str, due: datetime | None) -> None:
        """Take what the table says, unless a batch has said something since."""
        if due is not None and customer_id not in self._due:
            self._set(customer_id, due.timestamp())

    def until(self, moment: datetime) -> Iterator[tuple[str, datetime]]:
        """Everyone due at or before `moment`, the earliest first; each is told once, until learnt anew."""
        limit = moment.timestamp()
        while self._heap and self._heap[0][0] <= limit:
            due, customer_id = heappop(self._heap)
            if self._due.get(customer_id) == due:
                yield customer_id, datetime.fromtimestamp(due, UTC)

    def again(self, customer_id: str, due: datetime) -> None:
        """Put back one that could not be woken."""
        if self._due.get(customer_id) == due.timestamp():
            heappush(self._heap, (due.timestamp(), customer_id))

    def overdue(self, moment: datetime) -> int:
        """How many wait to be woken."""
        limit = moment.timestamp()
        return sum(due <= limit and self._due.get(customer_id) == due for due, customer_id in self._heap)

    @property
    def first(self) -> datetime | None:
        """The earliest deadline that may still hold."""
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heappop(self._heap)
        return datetime.fromtimestamp(self._heap[0][0], UTC) if self._heap else None

    def _set(self, customer_id: str, due: float) -> None:
        if self._due.get(customer_id) != due:
            self._due[customer_id] = due
            if due != NEVER:
                heappush(self._heap, (due, customer_id))
