"""What the firm's answers feel, say and look like: whoever answers has read the customer too (DOMAIN 2.6)."""

from listener.model.tie import REPLY_CUES, REPLY_EMOTIONS, REPLY_FORM
from listener.relationship.evidence.tables import Share, Shares

FELT, SAID, FORM = (0.0, 0.6), (0.0, 0.8), (0.0, 1.0)
"""Shares of the firm's turns between which a feeling, a cue and a mark of form go from none to many (P)."""
CUES = (
    "apology",
    "responsibility",
    "empathy",
    "concrete",
    "scripted",
    "policy_cited",
    "refusal",
    "promise",
    "familiarity",
    "personal_question",
    "commitment_ask",
    "compensation_offer",
    "history_used",
)
"""What an answer may say, of the cues that have long been counted."""


REPLIES = Shares(
    "replies",
    "firm_turns",
    (
        *(Share(f"replied_{name}", f"firm_{name}", *SAID) for name in CUES),
        *(Share(f"replied_{name}", f"reply_{name}", *SAID) for name in REPLY_CUES),
        *(Share(f"replied_with_{name}", f"reply_{name}", *FELT) for name in REPLY_EMOTIONS),
        *(Share(f"replied_in_{name}", f"reply_{name}", *FORM) for name in REPLY_FORM),
    ),
    given="firm_turns",
    by="firm_turns",
    doubt=0.5,
)
"""Shares of the firm's turns."""
