"""Who is meant: from an id or a handle to the customer it stands for today."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from threading import Lock
from typing import Final

from listener.model.inputs import CustomerRef, Profile
from listener.model.wire import EARLIEST, LATEST, Handle

LONGEST_CHAIN: Final = 16
"""How many merges in a row are followed; a longer chain is a loop."""
Merge = tuple[float, str, str]
"""When it was asked for, in seconds since 1970; who was merged, and into whom."""


@dataclass(slots=True)
class Identities:
    """The handles of all profiles and the merges of all operators. Fed by `link`, `unlink` and `merge` only.

    Merges and erasures count in the order of their times, in whatever order and however often they are told: the
    partitions they come from are read by themselves, and again when they are assigned anew. May be fed by several
    threads at once, and asked meanwhile. Of whom was erased no id is kept, only a mark of it and when that was.

    >>> ids = Identities()
    >>> ids.link(Profile(customer_id="C-1", handles=(Handle(kind="email", value="Ann@example.org"),)))
    >>> ids.of_handle(Handle(kind="email", value="ann@example.org"))
    'C-1'
    >>> ids.merge("C-1", "C-77")
    True
    >>> ids.of_handle(Handle(kind="email", value="ann@example.org"))
    'C-77'
    """

    owner: dict[str, str] = field(default_factory=dict)
    handles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    linked_s: dict[str, float] = field(default_factory=dict)
    _merges: list[Merge] = field(default_factory=list)
    _naming: defaultdict[str, set[Merge]] = field(default_factory=lambda: defaultdict(set))
    _refused: set[Merge] = field(default_factory=set)
    _erased_s: dict[bytes, float] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def link(self, profile: Profile, at: datetime = EARLIEST) -> None:
        """Take a profile's handles as the customer's own; a handle stays until another profile claims it."""
        who = profile.customer_id
        linked = [handle.customer_id for handle in profile.handles]
        met_as = (handle.value for handle in profile.handles if handle.kind in ("social", "device"))
        known = tuple(name for name in (profile.name, *profile.named_contacts, *met_as) if name)
        with self._lock:
            self.linked_s[who] = at.timestamp()
            self.owner |= dict.fromkeys(linked, who)
            if linked:
                self.handles[who] = tuple(dict.fromkeys((*self.handles.get(who, ()), *linked)))
            if known:
                self.names[who] = known

    def unlink(self, customer_id: str, at: datetime = LATEST) -> None:
        """Forget this customer and what linked to it, but for what was told of it after `at`."""
        moment, mark = at.timestamp(), _mark(customer_id)
        with self._lock:
            self._erased_s[mark] = max(moment, self._erased_s.get(mark, moment))
            self._take_back({one for one in self._naming.get(customer_id, ()) if one[0] <= moment})
            if self.linked_s.get(customer_id, 0.0) > moment:
                return
            self.linked_s.pop(customer_id, None)
            for handle in self.handles.pop(customer_id, ()):
                if self.owner.get(handle) == customer_id:
                    del self.owner[handle]
            self.names.pop(customer_id, None)

    def merge(self, customer_id: str, into: str, at: datetime = EARLIEST) -> bool:
        """From `at` on whoever was `customer_id` is `into`; a merge that would close a circle is refused.

        One that came before an erasure of either is told in vain: what it linked was forgotten.
        """
        one = (at.timestamp(), customer_id, into)
        with self._lock:
            is_forgotten = any(one[0] < self._erased_s.get(_mark(who), one[0]) for who in (customer_id, into))
            if not is_forgotten and one not in self._naming.get(into, ()):
                self._take(one)
            return one not in self._refused

    def _take(self, one: Merge) -> None:
        _, old, into = one
        self._naming[old].add(one)
        self._naming[into].add(one)
        insort(self._merges, one, key=_when)
        if self._merges[-1] is one:
            _follow(self.merged, self._refused, one)
        else:
            self.merged, self._refused = _in_order(self._merges)

    def _take_back(self, gone: set[Merge]) -> None:
        if not gone:
            return
        for who in {who for one in gone for who in one[1:]}:
            self._naming[who] -= gone
            if not self._naming[who]:
                del self._naming[who]
        self._merges = [one for one in self._merges if one not in gone]
        self.merged, self._refused = _in_order(self._merges)

    def current(self, customer_id: str) -> str:
        """The customer an id stands for after all merges."""
        return _end(self.merged, customer_id)

    def of_handle(self, handle: Handle) -> str:
        """The customer a handle belongs to; one that nobody claims is a customer of its own."""
        unresolved = handle.customer_id
        return self.current(self.owner.get(unresolved, unresolved))

    def of(self, ref: CustomerRef) -> str:
        """The customer a contact or an act names; an id is believed before a handle."""
        if ref.customer_id is not None:
            return self.current(ref.customer_id)
        assert ref.handle is not None  # CustomerRef holds one of the two
        return self.of_handle(ref.handle)


def _mark(customer_id: str) -> bytes:
    """What stands for an id without telling it."""
    return blake2b(customer_id.encode(errors="surrogatepass"), digest_size=8).digest()


def _when(one: Merge) -> float:
    return one[0]


def _end(merged: Mapping[str, str], customer_id: str) -> str:
    for _ in range(LONGEST_CHAIN):
        customer_id, before = merged.get(customer_id, customer_id), customer_id
        if customer_id == before:
            break
    return customer_id


def _follow(merged: dict[str, str], refused: set[Merge], one: Merge) -> None:
    """Take one more merge in, unless it closes a circle."""
    _, old, into = one
    if _end(merged, into) == old:
        refused.add(one)
    else:
        merged[old] = into


def _in_order(merges: Iterable[Merge]) -> tuple[dict[str, str], set[Merge]]:
    """Who became whom after all of them, and which were refused."""
    merged: dict[str, str] = {}
    refused: set[Merge] = set()
    for one in merges:
        _follow(merged, refused, one)
    return merged, refused
