"""Which customer a raw mail belongs to where it names none: by an address that is not the firm's, and that is read."""

import re
from collections.abc import Sequence
from typing import Final

from listener.model.message import Message

_UNREAD: Final = re.compile(
    r"(?:[^@]*[._+-])?(?:no|do[._-]?not|not)[._-]?(?:reply|respond|answer)\b|(?:nicht|keine)[._-]?antwort"
    r"|mailer-daemon@|postmaster@"
)
"""How addresses begin that programs write from: nobody reads there, so no customer has one."""


def customer_of(message: Message, own: Sequence[str]) -> str | None:
    """The customer's address, or None where no address of the mail surely is theirs.

    A customer's mail is from them, but one that a form on the firm's pages sends is from the firm, and `Reply-To` says
    for whom. A mail of the firm's goes to them, and often to colleagues as well. `own` are the firm's domains and
    addresses; where they are not told, the firm is who a customer's mail goes to first, or whom its own comes from,
    and whoever shares that one's domain is passed over: at a provider they may be a customer, but not of a form.
    """
    here, there = message.senders, message.recipients
    if message.role != "customer":
        here, there = there, here
    read = [one for one in here if not _UNREAD.match(one)]
    if own:
        return _first_beside(own, read)
    is_from_a_form = message.role == "customer" and len(here) > 1  # it has a Reply-To
    beside = _first_beside([_domain(one) for one in there[:1]], read)
    return beside if beside or is_from_a_form else _first_beside(there[:1], read)


def _first_beside(firm: Sequence[str], addresses: Sequence[str]) -> str | None:
    return next((one for one in addresses if not is_of(one, firm)), None)


def is_of(address: str, own: Sequence[str]) -> bool:
    """Whether an address is one of these, or of one of these domains or what is below it.

    >>> is_of("forms@mail.acme.example", ["acme.example"]), is_of("ann@notacme.example", ["acme.example"])
    (True, False)
    """
    return any(address == one or f".{_domain(address)}".endswith(f".{one}") for one in own)


def _domain(address: str) -> str:
    return address.rpartition("@")[2]
