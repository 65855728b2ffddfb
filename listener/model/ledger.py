"""What is owed to a customer and what was done to them of late: all the rules remember, small and bounded."""

from functools import lru_cache
from hashlib import blake2b

import msgspec
import numpy as np
from numpy.typing import NDArray

from listener.model.spans import DAY_S
from listener.model.types import TRACK_INDEX, TYPES

MATTERS, DEBTS, DEEDS, TALKS, IDEAS, NOTICES, SENDS, TOUCHES = 1, 6, 24, 3, 3, 4, 16, 4
CODES, CATEGORIES, CREATIVES, REJECTED = 16, 6, 8, 4
"""How many of each are kept; the oldest go first."""
PLEDGES = 2
"""So many promises without a day are kept: newer ones are what a refusal or a question is about."""
TURNS = 24
"""Bytes of the looks of the firm's turns in a talk: the last three, eight each."""
FORGOTTEN_AFTER_S = 90 * DAY_S
"""Seconds after which deeds are let go of: no rule asks for older ones."""
EXCERPT = 120
"""Characters of an excerpt kept with what it proves (redacted already)."""


def cited(excerpt: str) -> str:
    """An excerpt as it is kept: cut at a word, and marked where it is cut.

    >>> cited("Nobody answers. " * 8)[-24:]
    ' Nobody answers. Nobody…'
    """
    return excerpt if len(excerpt) <= EXCERPT else excerpt[: EXCERPT - 1].rsplit(" ", 1)[0].rstrip(" .,;:") + "…"


class Proof(msgspec.Struct, frozen=True, array_like=True):
    """One event that proves something: what an alert cites. `at_s` in whole seconds since 1970 (UTC)."""

    event_id: str
    channel: str
    at_s: int
    role: str
    says: str
    excerpt: str = ""


class Matter(msgspec.Struct, frozen=True, array_like=True):
    """A trouble between the two: acts and complaints that hang together in time, judged on one belief.

    `belief` is what was believed just before its first act (wanted, then held; 29 bytes each), formed on `contacts`
    customer turns. `codes` are the acts noticed in it, each once. `complained_s` is the newest complaint.
    """

    key: int
    cause: str
    opened_s: int
    last_s: int
    belief: bytes
    contacts: int = 0
    codes: tuple[str, ...] = ()
    complained_s: int = 0


class Debt(msgspec.Struct, frozen=True, array_like=True):
    """Something owed: an answer, a kept promise. Open until settled or `due_s`; breached until settled or `ends_s`.

    `cause` is the event for which it is owed, `p` how sure that is, `talk` and `channel` where it was said. `words` are
    the content words of what was said then, three bytes each: what answers it shares some. `troubled` says that the
    customer was in trouble when it arose, so that it may not be late or quietly forgotten. `matter` and `breached` are
    of its breach.
    """

    rule: str
    code: str
    cause: str
    talk: bytes
    channel: str
    p: float
    opened_s: int
    due_s: int
    ends_s: int
    breached: bool = False
    matter: int = 0
    proofs: tuple[Proof, ...] = ()
    words: bytes = b""
    troubled: bool = False


REPORTED = b"act"
"""What follows the mark of a deed that an act event reported (a mark has four bytes, so nothing else is that long)."""


class Deed(msgspec.Struct, frozen=True, array_like=True):
    """An act noticed within the last 90 days: its code, when, how grave, how sure, in which matter and conversation.

    `level` is how grave it was for them, 0 to 3, `sure` its probability in hundredths. `counts` is false of a
    second report of an act that was noticed before: it proves the act, and repeats nothing. `talk` is the mark of the
    conversation, with `REPORTED` behind it where an act event told of it.
    """

    code: str
    at_s: int
    level: int
    sure: int
    matter: int = 0
    talk: bytes = b""
    event_id: str = ""
    counts: bool = True

    @property
    def p(self) -> float:
        """How sure it was, 0..1; kept in hundredths."""
        return self.sure / 100

    @property
    def is_reported(self) -> bool:
        """Whether an act event told of it, not words alone."""
        return self.talk.endswith(REPORTED)


class Talk(msgspec.Struct, frozen=True, array_like=True):
    """One of the latest conversations: who spoke last, what was offered and refused, how the firm's turns looked.

    `customer_s` and `firm_s` are the last turns of the customer and of a person of the firm. `offered`, `refused` and
    `apologies` count what the customer offered, and what the firm refused and said sorry for; `complained`, `voiced`,
    `history` and `secret` are the clearest of their kind so far, in hundredths. `turns` are the looks of the firm's
    last turns, eight bytes each; `words` the content words of the customer's last, three bytes each.
    """

    mark: bytes
    customer_s: int = 0
    firm_s: int = 0
    offered: int = 0
    refused: int = 0
    apologies: int = 0
    complained: int = 0
    voiced: int = 0
    history: int = 0
    secret: int = 0
    turns: bytes = b""
    words: bytes = b""
    begun_by_firm: bool = False

    @property
    def complaint(self) -> float:
        """How clearly the customer has complained in it, 0..1; kept in hundredths, as its neighbours are."""
        return self.complained / 100

    @property
    def voice(self) -> float:
        """How clearly the customer has asked, complained, demanded or proposed in it."""
        return self.voiced / 100

    @property
    def asked_history(self) -> float:
        """How clearly the customer has spoken of their history with the firm."""
        return self.history / 100

    @property
    def secrecy(self) -> float:
        """How clearly the customer has asked for discretion."""
        return self.secret / 100


class GivenNotice(msgspec.Struct, frozen=True, array_like=True):
    """A notice the firm gave ahead of a change: about what (lower case), when, how many days ahead, by which event."""

    about: str
    at_s: int
    advance_days: float
    event_id: str


class Mark(msgspec.Struct, frozen=True, array_like=True):
    """The latest event of some kind: its id, when it was (0: never), and a word or number about it."""

    event_id: str = ""
    at_s: int = 0
    what: str = ""
    amount: float = 0.0


class Ledger(msgspec.Struct, frozen=True, array_like=True):
    """One customer's ledger. Fields are only ever appended, each with a default; times are whole seconds since 1970.

    What is open or was done of late, the newest last:
        `matters`, `debts`, `deeds`, `talks`, `notices`: as the nouns above say. `pledges` are promises without a day:
        they never fall due, and stand until they are kept, let go, or `ends_s`. `next_key` numbers the next matter.
        `sends`: when the firm wrote or called unasked. `touches`: those of them to which the customer has not moved
        since.
        `opted`: what the customer wants no more of (a channel, a purpose, or how they said it), and since when.
        `ideas`: event, time and content words of what the customer proposed.
        `categories`: what kinds of thing they bought. `creatives`: marks of the campaigns they were sent.
        `rejected`: forms of compensation that they would not have.
    What the treatment adds up to; each flag is up from when it was told until it clears, so that it is told once:
        `strain` as of `strain_s`, which halves with time, and `strained` (S01). `distressed` (D01). `dialled_down`
        (C02): the customer draws back. `mismatched`: when each mismatch of tie and treatment was last told.
    The latest of its kind (0, or an empty mark: never):
        `first_s` and `customer_s`: the first signal of all, the customer's last turn. `firm_s`: the last word of a
        person of the firm. `order_s`, `launch_s`: the last order, the last launch. `exit_s`, `legal_s`: the customer
        last spoke of leaving, of law or going higher up. `rise`: a price or fee that rose. `money`: something given to
        make good.
        `incident`: a failure that the firm's systems reported.
    How this customer is:
        `contacts` and `orders`: how many turns and orders were heard. `about_brand`: whether the last turn was about
        the firm. `formal`: their usual register, 0 (loose) to 1 (formal). `habit`: how aggrieved they sound as a rule,
        0..1.
    """

    matters: tuple[Matter, ...] = ()
    debts: tuple[Debt, ...] = ()
    deeds: tuple[Deed, ...] = ()
    talks: tuple[Talk, ...] = ()
    sends: tuple[int, ...] = ()
    touches: tuple[Proof, ...] = ()
    opted: dict[str, int] = {}
    notices: tuple[GivenNotice, ...] = ()
    ideas: tuple[tuple[str, int, bytes], ...] = ()
    categories: tuple[str, ...] = ()
    creatives: tuple[bytes, ...] = ()
    strain: float = 0.0
    strain_s: int = 0
    strained: bool = False
    distressed: bool = False
    dialled_down: bool = False
    mismatched: dict[str, int] = {}
    contacts: int = 0
    orders: int = 0
    first_s: int = 0
    customer_s: int = 0
    order_s: int = 0
    firm_s: int = 0
    launch_s: int = 0
    exit_s: int = 0
    legal_s: int = 0
    about_brand: bool = False
    formal: float = 0.5
    rise: Mark = Mark()
    money: Mark = Mark()
    incident: Mark = Mark()
    rejected: tuple[str, ...] = ()
    next_key: int = 1
    habit: float = 0.0
    pledges: tuple[Debt, ...] = ()

    def matter(self, key: int) -> Matter | None:
        """The matter of this number, while it is remembered."""
        return next((one for one in self.matters if one.key == key), None)

    def talk(self, mark: bytes) -> Talk | None:
        """The conversation of this mark, while it is remembered."""
        return next((one for one in self.talks if one.mark == mark), None) if mark else None

    def strain_at(self, at_s: float, half_life_s: float) -> float:
        """The strain left at a moment."""
        halvings: float = max(0.0, at_s - self.strain_s) / half_life_s
        return float(self.strain * 0.5**halvings)


def snapshot(p: NDArray[np.float64]) -> bytes:
    """Wanted and held as 58 bytes: probabilities in 255ths.

    >>> len(snapshot(np.full((3, 29), 1 / 29)))
    58
    """
    rows = np.rint(p[[TRACK_INDEX["wanted"], TRACK_INDEX["held"]]] * 255).astype(np.uint8)
    return rows.tobytes()


@lru_cache(maxsize=64)
def unfold(belief: bytes) -> NDArray[np.float64]:
    """The two distributions of a snapshot, shape (2, 29): wanted, held; each sums to one."""
    rows = np.frombuffer(belief, np.uint8).reshape(2, len(TYPES)).astype(np.float64) + 0.1
    shares: NDArray[np.float64] = rows / rows.sum(1, keepdims=True)
    shares.flags.writeable = False
    return shares


@lru_cache(maxsize=1024)
def mark_of(text: str | None) -> bytes:
    """Four bytes that stand for a conversation id; empty for none."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=4).digest() if text else b""
