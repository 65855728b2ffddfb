"""What the CRM and operators tell the listener of a customer: profiles, orders, merges, erasure."""

from listener.directives.erasing import COMPACTED, erase, is_erasure
from listener.directives.merging import is_back, let_go, merge_in, pass_on
from listener.directives.orders import command, dispose, override
from listener.directives.profiles import is_repeat, learn_profile, was_told_of

__all__ = [
    "COMPACTED",
    "command",
    "dispose",
    "erase",
    "is_back",
    "is_erasure",
    "is_repeat",
    "learn_profile",
    "let_go",
    "merge_in",
    "override",
    "pass_on",
    "was_told_of",
]
