"""Who is meant: from an id or a handle to the customer it stands for today."""

from dataclasses import dataclass, field
from datetime import datetime

from listener.model.inputs import CustomerRef, Profile
from listener.model.wire import EARLIEST, LATEST, Handle

LONGEST_CHAIN = 16
"""How many merges in a row are followed; a longer chain is a loop."""


@dataclass(slots=True)
class Identities:
    """The handles of all profiles and the merges of all operators. Fed by `link`, `unlink` and `merge` only.

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

    def link(self, profile: Profile, at: datetime = EARLIEST) -> None:
        """Take a profile's handles as the customer's own; a handle stays until another profile claims it."""
        who = profile.customer_id
        self.linked_s[who] = at.timestamp()
        linked = [handle.customer_id for handle in profile.handles]
        for handle in linked:
            self.owner[handle] = who
        if linked:
            self.handles[who] = tuple(dict.fromkeys((*self.handles.get(who, ()), *linked)))
        met_as = (handle.value for handle in profile.handles if handle.kind in ("social", "device"))
        known = tuple(name for name in (profile.name, *profile.named_contacts, *met_as) if name)
        if known:
            self.names[who] = known

    def unlink(self, customer_id: str, at: datetime = LATEST) -> None:
        """Forget this customer and what linked to it, unless a profile told of it anew after `at`."""
        if self.linked_s.get(customer_id, 0.0) > at.timestamp():
            return
        self.linked_s.pop(customer_id, None)
        self.merged = {old: into for old, into in self.merged.items() if customer_id not in (old, into)}
        for handle in self.handles.pop(customer_id, ()):
            if self.owner.get(handle) == customer_id:
                del self.owner[handle]
        self.names.pop(customer_id, None)

    def merge(self, customer_id: str, into: str) -> bool:
        """From now on whoever was `customer_id` is `into`; a merge that would close a circle is refused."""
        is_sound = self.current(into) != customer_id
        if is_sound:
            self.merged[customer_id] = into
        return is_sound

    def current(self, customer_id: str) -> str:
        """The customer an id stands for after all merges."""
        for _ in range(LONGEST_CHAIN):
            customer_id, before = self.merged.get(customer_id, customer_id), customer_id
            if customer_id == before:
                break
        return customer_id

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
