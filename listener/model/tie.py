"""What is kept of the belief about one customer: counts of what was heard and done, and where jumps have moved it."""

from typing import Final

import msgspec

CUSTOMER_CUES: Final = (
    "complaint", "suggestion", "question", "demand", "gratitude", "praise", "love", "loyalty", "craving", "longing",
    "joy", "negative_emotion", "distress", "betrayal", "disrespect_felt", "repeat_effort", "offered_solution", "exit",
    "return", "rival_praise", "escalation", "legal_threat", "public_warning", "price_concern", "privacy_concern",
    "stop_contact", "self_disclosure", "nostalgia", "tenure", "lineage", "secrecy", "novelty_seeking", "captivity",
    "comparison", "shared_goal", "humour", "forgiveness", "remedy_rejected",
)  # fmt: skip
"""What a customer's turn may say (CONTRACT 3)."""
FIRM_CUES: Final = (
    "apology", "responsibility", "empathy", "concrete", "scripted", "policy_cited", "refusal", "promise", "blame",
    "familiarity", "personal_question", "rude", "commitment_ask", "compensation_offer", "history_used",
)  # fmt: skip
"""What a firm's turn may say (CONTRACT 3)."""
EMOTIONS: Final = (
    "admiration", "amusement", "anger", "annoyance", "approval", "caring", "confusion", "curiosity", "desire",
    "disappointment", "disapproval", "disgust", "embarrassment", "excitement", "fear", "grief", "nervousness",
    "optimism", "pride", "relief", "remorse", "sadness", "surprise",
)  # fmt: skip
"""The emotions that are counted by name; gratitude, love, joy, longing and craving are cues already."""
DEEDS: Final = (
    "turns", "talks", "begun_talks", "firm_turns", "bot_turns", "words", "emails", "chats", "posts", "calls", "surveys",
    "night_moves", "orders", "cancelled", "launch_orders", "campaigns", "outreach", "opted_out", "opted_in",
    "sent_after_no", "incidents", "fees", "price_up", "price_down", "terms", "transfers", "cases", "refused", "granted",
    "ideas_answered", "recognised", "invited", "tier_up", "tier_down", "privacy", "compensated", "asked_compensation",
    "noticed_early", "launches", "retired", "data_asked", "fixed", "answered_talks", "rival_partner", "repositioned",
    "formal", "feeling", "ill_feeling", "public_turns", "about_rival", "offered", "voiced", "firm_words", "firm_formal",
    "firm_emoji", "same_agent", "named_agent", "charged", "free_orders", "bought_standing", "bought_trial",
    "bought_gift", "bought_occasion", "bought_classic", "requests", "plain_requests", "bright",
)  # fmt: skip
"""What both sides did, counted: turns, orders, sends, fees … and sums over turns (`words`, `formal`, `feeling`)."""
TRAITS: Final = (
    "first_plural", "second_person", "first_singular", "points", "imperatives", "politeness", "exclamations", "caps",
    "emoji", "questions", "sentences", "greeting", "closing", "past", "affection", "obligation", "modal", "slang",
    "formal", "lines", "links", "handles", "contractions", "lower_start", "number_word", "word_length",
)  # fmt: skip
"""Countable facts of form, summed over the customer's turns."""
LATER_CUES: Final = ("status",)
"""Cues of the customer's that came to be counted later: a count's place never changes."""
REPLY_EMOTIONS: Final = (
    "admiration", "amusement", "caring", "curiosity", "excitement", "gratitude", "joy", "optimism", "remorse",
    "sadness",
)  # fmt: skip
REPLY_CUES: Final = ("thanks_only", "failure_owned", "generic_greeting")
REPLY_FORM: Final = ("exclamations", "questions", "second_person", "contractions", "first_singular")
REPLIES: Final[tuple[str, ...]] = tuple(f"reply_{name}" for name in (*REPLY_EMOTIONS, *REPLY_CUES, *REPLY_FORM))
"""What the firm's turns feel, say and look like, beyond FIRM_CUES: an answer shows how the customer was heard."""
SLOTS: Final[tuple[str, ...]] = (
    *CUSTOMER_CUES,
    *(f"firm_{name}" for name in FIRM_CUES),
    *(f"feels_{name}" for name in EMOTIONS),
    *DEEDS,
    *(f"trait_{name}" for name in TRAITS),
    *LATER_CUES,
    *REPLIES,
)
"""Every count that is kept, in the order it is stored in: names are only ever appended."""
SLOT: Final[dict[str, int]] = {name: i for i, name in enumerate(SLOTS)}
RING: Final = 8
"""How many of the latest moves and orders are remembered one by one."""

Moved = tuple[str, str, int, int, float]
"""What moved the belief: event id, signal, track, type, nats."""
Order = tuple[int, int, int]
"""One order: minutes since the tie began, value in hundredths of a decade (0: unknown), a byte for its category."""


class Turn(msgspec.Struct, frozen=True, array_like=True):
    """The turn that may go on: its talk, who speaks (0 nobody), its last line's time, the pain and ease told (nats)."""

    talk: int = 0
    speaks: int = 0
    at_s: int = 0
    pain: float = 0.0
    ease: float = 0.0


class TieState(msgspec.Struct, frozen=True, array_like=True):
    """The belief about one customer, as counts; the distributions are read from it, they are not stored.

    Fields are only ever appended, each with a default. Times are whole seconds since 1970 (UTC). `anchor_s` is the
    moment that decaying amounts are expressed at: what is heard later weighs more, so that nothing needs touching
    while time passes. `counts` packs the amounts of SLOTS that are not zero; `voices`, `shifts` (held, wanted) and
    `enacted` are arrays of 29, empty until needed. `named` is the type last named on each track, -1 for none;
    with `engaged` (0: nothing yet) and `pained` it is what transitions have told, so that each move is told once.
    `counts_carry` and `voices_carry` are what half precision leaves over of large sums.
    `ruptured` and `mended` are shares of the belief that jumps have moved, as they were at `jumped_s`. `wounds` are
    acts of the firm that the customer has not answered yet: when, how grave (below 0: kind), and a place that is
    not used (0); an answer to one makes a jump. `slights` (as of `slights_s`) and `distress` (as of `distress_s`, in
    nats) fade with time.

    `first_s` and `last_s` are the customer's first and last own move; `moves` the latest of them in minutes since
    `begun_s`, and `lengths` how many words each had. `talk` marks the last conversation, `talk_s` when it was last
    heard, `said` the cues heard in it, a bit each: said again there they count half. `agent` marks who of the firm
    spoke last. `answered` is the last direct answer: types held and wanted (-1: not told), and when. `because` is what
    moved the belief most of late.
    """

    begun_s: int = 0
    at_s: int = 0
    anchor_s: int = 0
    first_s: int = 0
    last_s: int = 0
    counts: bytes = b""
    voices: bytes = b""
    shifts: bytes = b""
    enacted: bytes = b""
    moves: tuple[int, ...] = ()
    lengths: tuple[int, ...] = ()
    orders: tuple[Order, ...] = ()
    launched_s: int = 0
    talk: int = 0
    talk_s: int = 0
    said: bytes = b""
    answered: tuple[int, int, int] = (-1, -1, 0)
    distress: float = 0.0
    distress_s: int = 0
    because: tuple[Moved, ...] = ()
    named: tuple[int, int, int] = (-1, -1, -1)
    opted_out_s: int = 0
    engaged: int = 0
    wounds: tuple[tuple[int, int, int], ...] = ()
    agent: int = 0
    slights: float = 0.0
    slights_s: int = 0
    pained: bool = False
    ruptured: float = 0.0
    mended: float = 0.0
    jumped_s: int = 0
    turn: Turn = Turn()
    counts_carry: bytes = b""
    voices_carry: bytes = b""
