"""The words of a recording while it is played: which of them were heard as what, and an e-mail's subject apart."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from listener.hearing.listening import Listens
from listener.model.inputs import Profile
from listener.model.message import Impression, Message
from listener.model.record import RecordFate, Understood
from listener.model.signals import Heard, Signal
from listener.model.types import TypeId
from listener.retelling.people import People
from listener.rules.explaining.account import HEARD
from listener.signals.impressions.quoting import SHOWN, loudest, most_alike, quoted, telling
from listener.signals.redaction.introduced import greeted, introduced, signed
from listener.signals.redaction.redact import excerpt
from listener.signals.redaction.secret_numbers import Secret


@dataclass(frozen=True, slots=True)
class ShownWords:
    """What is shown of a contact's words, a mail's new subject apart, and in which of them each cue was heard.

    `quotes` is None where no words are known. `alike` gives of two types the sentence that speaks for the first.
    """

    shown: str
    subject: str
    quotes: Mapping[str, str] | None
    alike: Callable[[TypeId, TypeId], str] = field(default=lambda rose, fell: "")


@dataclass(slots=True)
class Overheard:
    """An ear that lets another hear, and keeps each message until its contact is told of.

    Whatever is heard becomes a signal in the order it was heard in, so the n-th message is that of the n-th contact.
    The `people` of each customer's letters are known in that customer's alone.
    """

    ear: Listens
    whole: bool = False
    people: dict[str, People] = field(default_factory=dict)
    said: deque[Message] = field(default_factory=deque)
    of_event: dict[str, Message] = field(default_factory=dict)

    def listen(self, messages: Sequence[Message], /) -> list[Impression]:
        """What the other ear hears; what it cannot read is not kept."""
        heard = self.ear.listen(messages)
        self.said.extend(messages)
        return heard

    def take(self, fate: RecordFate) -> None:
        """A record has been heard: its message goes by its id from now on."""
        for signal in fate.signals if isinstance(fate, Understood) else ():
            if isinstance(signal, Heard):
                self.of_event[signal.event_id] = self.said.popleft()

    def words(self, signal: Signal, profile: Profile | None) -> ShownWords:
        """The words of a contact, which are then forgotten; whatever else it is has none."""
        message = self.of_event.pop(signal.event_id, None) if isinstance(signal, Heard) else None
        if message is None or not isinstance(signal, Heard):
            return NOTHING
        people = self.people.setdefault(signal.customer_id, People())
        subject = _subject(message, profile, people)
        start = len(message.subject) + 1 if subject else 0
        hidden = _hidden(message, message.text, profile, people)
        if not message.text[start:].strip():
            return ShownWords(NOTHING.shown, subject, None)
        phrases = quoted(message, signal.spans, hidden)
        others = {name: p for name, p in signal.signals.items() if p >= HEARD and name not in phrases}
        quotes = loudest(message, others, self.ear.listen, hidden) | phrases
        alike = partial(most_alike, message, listen=self.ear.listen, hidden=hidden)
        return ShownWords(f"“{self._shown(message, signal, quotes, hidden, start)}”", subject, quotes, alike)

    def _shown(
        self, message: Message, signal: Heard, quotes: Mapping[str, str], hidden: Sequence[Secret], start: int
    ) -> str:
        """All that was said where that is short or `whole` texts are wanted, else the sentences that tell most."""
        said = " ".join(excerpt(message.text, start, len(message.text), hidden).split())
        if self.whole or len(said) <= SHOWN:
            return said
        return telling(message, signal.signals, quotes, hidden, start)


def _subject(message: Message, profile: Profile | None, people: People) -> str:
    """An e-mail's subject where it is new: then the text begins with it."""
    if not message.subject or not message.text.startswith(f"{message.subject}\n"):
        return ""
    hidden = _hidden(message, message.subject, profile, people)
    return f" (“{' '.join(excerpt(message.subject, 0, len(message.subject), hidden).split())}”)"


def _hidden(message: Message, part: str, profile: Profile | None, people: People) -> list[Secret]:
    """The secrets of a part of a message; neither whom the customer greets nor who signs to them is the customer."""
    met = introduced(message.text, message.brand)
    others = greeted(message.text) if message.role == "customer" else signed(message.text)
    return people.hidden(part, message.known_names, profile, met, others)


NOTHING: Final = ShownWords("(no words)", "", None)
