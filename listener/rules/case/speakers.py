"""Who speaks for the firm: somebody with a name, somebody whom the customer has as a contact of their own."""

import re

from listener.rules.case import Case

_SHORTEST = 3
"""Letters from which a part of a name tells one from another; `z` of `magda.z` does not."""


def is_a_named_person(case: Case) -> bool:
    """A person of the firm speaks, and the event says who (`agent_id`)."""
    return case.side == "agent" and case.heard is not None and bool(case.heard.agent_id)


def is_their_contact(case: Case) -> bool:
    """It is somebody whom the customer's profile names: the id is the name, or made of parts of it."""
    if not is_a_named_person(case) or case.heard is None or case.profile is None:
        return False
    name = case.heard.agent_id or ""
    return any(_is_of(name.casefold(), one.casefold()) for one in case.profile.named_contacts)


def _is_of(name: str, contact: str) -> bool:
    """Whether an id is a contact's.

    >>> _is_of("rochat", "mme rochat"), _is_of("magda.z", "magda zielinska"), _is_of("frau lenz", "frau meier")
    (True, True, False)
    """
    parts = {part for part in re.split(r"[\W\d_]+", name) if len(part) >= _SHORTEST}
    return name == contact or (bool(parts) and parts <= set(re.split(r"[\W\d_]+", contact)))
