"""What there is to read of a contact (Message), and what was heard in it (Impression)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

import msgspec

from listener.model.types import TypeId

Role = Literal["customer", "agent", "bot", "system", "campaign"]
MessageChannel = Literal["chat", "email", "social", "voice", "survey"]
Target = Literal["brand", "rival", "other"]


class Message(msgspec.Struct, frozen=True):
    """A contact as a reader would see it: the new words only, no quoted reply, signature or markup.

    `text` is what was newly said, cleaned one character for one where it can be, at most 32,768 characters of it;
    `subject` an e-mail's subject without its Re: and Fwd:; `quoted` the words of others inside it (passages in `>`);
    `handles`, `hashtags` and `links` as they stood in the text; `known_names` private persons to mask in an excerpt;
    `brand` names the firm it is addressed to, so that "from A to B" has a direction (empty: unknown);
    `automatic` an out-of-office or bounce that no person wrote; `senders` and `recipients` bare e-mail addresses.
    """

    text: str
    channel: MessageChannel
    role: Role
    occurred_at: datetime
    brand: str = ""
    subject: str = ""
    quoted: str = ""
    language_hint: str | None = None
    known_names: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    automatic: bool = False
    senders: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    message_id: str | None = None
    in_reply_to: str | None = None


class Impression(msgspec.Struct, frozen=True):
    """What was heard in one message: the text-made fields of Heard, under the same names (CONTRACT 3).

    `spans` are [start, end) offsets into Message.text; `because` says for each signal which pattern or head spoke,
    for `listener hear --explain` only.
    """

    language: str | None = None
    sentiment: float | None = None
    emotions: Mapping[str, float] = msgspec.field(default_factory=dict)
    signals: Mapping[str, float] = msgspec.field(default_factory=dict)
    spans: Mapping[str, tuple[int, int]] = msgspec.field(default_factory=dict)
    excerpt: str = ""
    register_: float = 0.5
    target: Target = "brand"
    needs_answer: bool = False
    promise_due_at: datetime | None = None
    offered: int = 0
    topic_key: str | None = None
    sketch: str | None = None
    voices: Mapping[TypeId, float] = msgspec.field(default_factory=dict)
    traits: Mapping[str, float] = msgspec.field(default_factory=dict)
    because: Mapping[str, str] = msgspec.field(default_factory=dict)


SILENCE = Impression()
"""What is heard where nothing was said."""
