"""Who is meant: from an id or a handle to the customer it stands for today."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from math import inf
from threading import Lock
from typing import Final

from listener.hearing.merges import Merges
from listener.model.inputs import CustomerRef, Profile
from listener.model.wire import EARLIEST, LATEST, Handle

Received = tuple[float, float, float]
"""When a profile was received, in seconds since 1970; of one moment the order is settled by partition and offset."""
Claim = tuple[Received, str]
"""The latest profile of a customer that names a handle, and whose it is."""

ANYWHERE: Final = (inf, inf)
NEVER: Final = (-inf, *ANYWHERE)


@dataclass(slots=True)
class Identities:
    """The handles of all profiles and the merges of all operators. Fed by `link`, `unlink` and `merge` only.

    Profiles, merges and erasures count in the order of their times, in whatever order and however often they are told:
    each partition that they come from is read by itself, and read again when it is assigned anew. May be fed by several
    threads at once, and asked meanwhile. Of an erased customer no id is kept, only a hash of it and the time.

    >>> ids = Identities()
    >>> ids.link(Profile(customer_id="C-1", handles=(Handle(kind="email", value="Ann@example.org"),)))
    >>> ids.of_handle(Handle(kind="email", value="ann@example.org"))
    'C-1'
    >>> ids.merge("C-1", "C-77")
    True
    >>> ids.of_handle(Handle(kind="email", value="ann@example.org"))
    'C-77'
    """

    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _claims: dict[str, tuple[Claim, ...]] = field(default_factory=dict)
    _claimed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _named: dict[str, Received] = field(default_factory=dict)
    _merges: Merges = field(default_factory=Merges)
    _erased: dict[bytes, Received] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock, repr=False, compare=False)

    def link(self, profile: Profile, at: datetime = EARLIEST, place: tuple[int, int] = (0, 0)) -> None:
        """Take a profile's handles as the customer's own; one that several claim is whose profile came last.

        `place` is its partition and offset. A profile that came before an erasure of the customer is passed over.
        """
        who, told = profile.customer_id, (at.timestamp(), *place)
        linked = dict.fromkeys(handle.customer_id for handle in profile.handles)
        met_as = (handle.value for handle in profile.handles if handle.kind in ("social", "device"))
        known = tuple(name for name in (profile.name, *profile.named_contacts, *met_as) if name)
        with self._lock:
            if told <= self._erased.get(_mark(who), NEVER):
                return
            for handle in linked:
                self._claims[handle] = _with(self._claims.get(handle, ()), (told, who))
            if linked:
                self._claimed[who] = tuple(dict.fromkeys((*self._claimed.get(who, ()), *linked)))
            if known and told >= self._named.get(who, told):
                self.names[who], self._named[who] = known, told

    def unlink(self, customer_id: str, at: datetime = LATEST, place: tuple[float, float] = ANYWHERE) -> None:
        """Forget this customer and what linked to it, but for what was told of it after `at`.

        `place` is where a null profile stood: a CRM may delete and write anew within one millisecond.
        """
        erased, mark = (at.timestamp(), *place), _mark(customer_id)
        with self._lock:
            self._erased[mark] = max(erased, self._erased.get(mark, erased))
            self._merges.forget(customer_id, erased[0])
            kept = tuple(
                handle for handle in self._claimed.pop(customer_id, ()) if self._keeps(handle, customer_id, erased)
            )
            if kept:
                self._claimed[customer_id] = kept
            if customer_id in self._named and self._named[customer_id] <= erased:
                del self._named[customer_id], self.names[customer_id]

    def _keeps(self, handle: str, customer_id: str, erased: Received) -> bool:
        """Whether a customer claimed a handle after this; else it is forgotten that it did."""
        claims = self._claims[handle]
        if any(who == customer_id and told > erased for told, who in claims):
            return True
        left = tuple(one for one in claims if one[1] != customer_id)
        if left:
            self._claims[handle] = left
        else:
            del self._claims[handle]
        return False

    def merge(self, customer_id: str, into: str, at: datetime = EARLIEST) -> bool:
        """From `at` on whoever was `customer_id` is `into`; a merge that would close a circle is refused.

        One that came before an erasure of either is passed over: what it linked was forgotten.
        """
        self.learn_merge(customer_id, into, at)
        with self._lock:
            return not self._merges.is_refused((at.timestamp(), customer_id, into))

    def merged_by(self, customer_id: str, into: str, at: datetime) -> str:
        """Whom a merge that was told merges: what the one it names had become by then."""
        with self._lock:
            return self._merges.was((at.timestamp(), customer_id, into))

    def is_needless(self, customer_id: str, into: str, at: datetime) -> bool:
        """Whether a merge that was told joins two who were one already."""
        with self._lock:
            return self._merges.is_needless((at.timestamp(), customer_id, into))

    def learn_merge(self, customer_id: str, into: str, at: datetime) -> None:
        """The same without an answer: of thousands of merges it is cheaper to find out once which hold."""
        moment = at.timestamp()
        with self._lock:
            if all(moment >= self._erased.get(_mark(who), (moment,))[0] for who in (customer_id, into)):
                self._merges.take((moment, customer_id, into))

    def current(self, customer_id: str) -> str:
        """The customer an id stands for after all merges."""
        with self._lock:
            return self._merges.end(customer_id)

    def aliases(self, customer_id: str) -> list[str]:
        """The ids that were merged into this customer, by whatever way."""
        with self._lock:
            return sorted(self._merges.became(customer_id))

    def of_handle(self, handle: Handle) -> str:
        """The customer a handle belongs to; one that nobody claims is a customer of its own."""
        claims = self._claims.get(handle.customer_id)
        return self.current(claims[0][1] if claims else handle.customer_id)

    def of(self, ref: CustomerRef) -> str:
        """The customer a contact or an act names; an id is believed before a handle."""
        if ref.customer_id is not None:
            return self.current(ref.customer_id)
        assert ref.handle is not None  # CustomerRef holds one of the two
        return self.of_handle(ref.handle)


def _mark(customer_id: str) -> bytes:
    """What stands for an id without telling it."""
    return blake2b(customer_id.encode(errors="surrogatepass"), digest_size=8).digest()


def _with(claims: tuple[Claim, ...], new: Claim) -> tuple[Claim, ...]:
    """The latest claim of each, the latest of all first."""
    told = max((new, *(one for one in claims if one[1] == new[1])))
    return tuple(sorted((told, *(one for one in claims if one[1] != new[1])), reverse=True))
