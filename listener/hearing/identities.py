"""Who is meant: from an id or a handle to the customer it stands for today."""

from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from threading import Lock

from listener.hearing.merges import Merges
from listener.model.inputs import CustomerRef, Profile
from listener.model.wire import EARLIEST, LATEST, Handle


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
    linked_s: dict[str, float] = field(default_factory=dict)
    _merges: Merges = field(default_factory=Merges)
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
            self._merges.forget(customer_id, moment)
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
        self.learn_merge(customer_id, into, at)
        with self._lock:
            return not self._merges.is_refused((at.timestamp(), customer_id, into))

    def learn_merge(self, customer_id: str, into: str, at: datetime) -> None:
        """The same, for those who do not ask whether it holds: of thousands it is found out once."""
        moment = at.timestamp()
        with self._lock:
            if all(moment >= self._erased_s.get(_mark(who), moment) for who in (customer_id, into)):
                self._merges.take((moment, customer_id, into))

    def current(self, customer_id: str) -> str:
        """The customer an id stands for after all merges."""
        with self._lock:
            return self._merges.end(customer_id)

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
