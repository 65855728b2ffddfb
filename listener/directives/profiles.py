"""The CRM's profile of a customer: learnt, and known again when it comes a second time."""

from msgspec.structs import replace

from listener import relationship
from listener.model.inputs import Profile
from listener.model.signals import ProfileTold, Signal
from listener.model.state import CustomerState


def learn_profile(state: CustomerState, signal: ProfileTold) -> CustomerState:
    """Learn what the CRM knows. The first profile tells where belief begins."""
    assert signal.data is not None  # that would be an erasure
    now = max(signal.occurred_at, state.at)
    return replace(state, profile_json=_kept(signal.data), tie=relationship.acquaint(state.tie, now))


def is_repeat(state: CustomerState, signal: Signal) -> bool:
    """Whether a signal was heard before. A profile is new again if another came since it was last heard.

    A profile's id is a hash of its value (CONTRACT 2): by the id alone a customer who is gold again would stay basic.
    """
    if not state.has_taken(signal):
        return False
    return not isinstance(signal, ProfileTold) or signal.data is None or _kept(signal.data) == state.profile_json


def was_told_of(state: CustomerState) -> bool:
    """Whether an output ever spoke of this customer: none does of those whom the CRM lists and nobody has heard."""
    return state.tie is not None and state.tie.engaged > 0


def _kept(profile: Profile) -> bytes:
    """What is kept of a profile: all but the handles."""
    return profile.model_copy(update={"handles": ()}).model_dump_json(exclude_defaults=True).encode()
