"""Who became whom: the merges of all operators, in the order of their times, however late each is told."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Merge = tuple[float, str, str]
"""When it was asked for, in seconds since 1970; who was merged, and into whom."""


@dataclass(slots=True)
class Merges:
    """Merges are noted as they are told, and worked out when somebody asks, for the customers they concern only.

    For one thread at a time.
    """

    _into: dict[str, str] = field(default_factory=dict)
    _told: dict[Merge, int] = field(default_factory=dict)
    _naming: defaultdict[str, set[Merge]] = field(default_factory=lambda: defaultdict(set))
    _refused: set[Merge] = field(default_factory=set)
    _needless: set[Merge] = field(default_factory=set)
    _was: dict[Merge, str] = field(default_factory=dict)
    _unread: set[str] = field(default_factory=set)
    _newest: float = 0.0
    _count: int = 0

    def take(self, one: Merge) -> None:
        """One more merge; one that was told before changes nothing."""
        if one in self._told:
            return
        when, old, into = one
        is_new = old not in self._naming and old != into
        self._told[one] = self._count = self._count + 1
        self._naming[old].add(one)
        self._naming[into].add(one)
        if is_new:  # nobody became it, so nobody else becomes another by it
            self._into[old] = into
        elif when >= self._newest and not self._unread:
            self._follow(one)
        else:
            self._unread.add(old)
        self._newest = max(self._newest, when)

    def forget(self, customer_id: str, until: float) -> None:
        """Forget the merges of this customer, but for those after `until`."""
        gone = [one for one in self._naming.get(customer_id, ()) if one[0] <= until]
        for one in gone:
            del self._told[one]
            self._refused.discard(one)
            self._needless.discard(one)
            self._was.pop(one, None)
            for who in one[1:]:
                self._into.pop(who, None)
                self._naming[who].discard(one)
        for who in {who for one in gone for who in one[1:]}:
            if self._naming[who]:
                self._unread.add(who)
            else:
                del self._naming[who]
                self._unread.discard(who)

    def end(self, customer_id: str) -> str:
        """Whom an id stands for after all of them."""
        self._read()
        return self._end(customer_id)

    def became(self, customer_id: str) -> set[str]:
        """All who stand for this customer after all of them."""
        self._read()
        named = {who for one in self._told_with(customer_id) for who in one[1:]}
        return {who for who in named if self._end(who) == customer_id} - {customer_id}

    def is_refused(self, one: Merge) -> bool:
        """Whether it would have closed a circle, and so does not hold; never where no other names the customer."""
        if one[1] != one[2] and len(self._naming.get(one[1], ())) <= 1:
            return False
        self._read()
        return one in self._refused

    def was(self, one: Merge) -> str:
        """Whom a merge merged: what its customer had become by then."""
        self._read()
        return self._was.get(one, one[1])

    def is_needless(self, one: Merge) -> bool:
        """Whether the two were one already, when it was asked for."""
        self._read()
        return one in self._needless

    def _read(self) -> None:
        """Work out anew every merge that one told out of order may concern."""
        while self._unread:
            concerned = self._told_with(self._unread.pop())
            for one in concerned:
                self._was.pop(one, None)
                for who in one[1:]:
                    self._into.pop(who, None)
            self._refused -= concerned
            self._needless -= concerned
            for one in self._in_order(concerned):
                self._follow(one)

    def _told_with(self, customer_id: str) -> set[Merge]:
        """All merges that are connected with a customer, by way of others too."""
        found: set[Merge] = set()
        asked, met = [customer_id], {customer_id}
        while asked:
            ours = self._naming[asked.pop()] - found
            found |= ours
            new = {who for one in ours for who in one[1:]} - met
            met |= new
            asked += new
        self._unread -= met
        return found

    def _in_order(self, merges: Iterable[Merge]) -> Iterator[Merge]:
        """By time; of one time in the order they were told."""
        return iter(sorted(merges, key=lambda one: (one[0], self._told[one])))

    def _follow(self, one: Merge) -> None:
        """Whoever `old` has become by now becomes `into`; relate passes the order on to them as well."""
        _, old, into = one
        became, end = self._end(old), self._end(into)
        if end == old:
            self._refused.add(one)
        elif end != became:
            self._into[became] = end
            self._was[one] = became
        else:
            self._needless.add(one)

    def _end(self, customer_id: str) -> str:
        while (after := self._into.get(customer_id)) is not None:
            customer_id = after
        return customer_id
