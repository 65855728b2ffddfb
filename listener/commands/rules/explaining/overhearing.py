"""The words of a recording while it is played: which of them were heard as what, and an e-mail's subject apart."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from listener.hearing.listening import Listens
from listener.model.message import Impression, Message
from listener.model.record import Fate, Understood
from listener.model.signals import Heard, Signal
from listener.rules.explaining.account import HEARD
from listener.signals.impressions.quoting import loudest, quoted, telling
from listener.signals.redaction.redact import redact


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown of a contact's words, a mail's new subject apart, and in which of them each cue was heard.

    `quotes` is None where no words are known.
    """

    shown: str
    subject: str
    quotes: Mapping[str, str] | None


@dataclass(slots=True)
class Overheard:
    """An ear that lets another hear, and keeps each message until its contact is told of.

    Whatever is heard becomes a signal in the order it was heard in, so the n-th message is that of the n-th contact.
    """

    ear: Listens
    said: deque[Message] = field(default_factory=deque)
    of_event: dict[str, Message] = field(default_factory=dict)

    def listen(self, messages: Sequence[Message], /) -> list[Impression]:
        """What the other ear hears; what it cannot read is not kept."""
        heard = self.ear.listen(messages)
        self.said.extend(messages)
        return heard

    def take(self, fate: Fate) -> None:
        """A record has been heard: its message goes by its id from now on."""
        for signal in fate.signals if isinstance(fate, Understood) else ():
            if isinstance(signal, Heard):
                self.of_event[signal.event_id] = self.said.popleft()

    def words(self, signal: Signal) -> Words:
        """The words of a contact, which are then forgotten; whatever else it is has none."""
        message = self.of_event.pop(signal.event_id, None) if isinstance(signal, Heard) else None
        if message is None or not isinstance(signal, Heard):
            return NOTHING
        if not message.text.strip():
            return Words(*_shown(signal.excerpt, message), None)
        phrases = quoted(message, signal.spans)
        others = {name: p for name, p in signal.signals.items() if p >= HEARD and name not in phrases}
        quotes = loudest(message, others, self.ear.listen) | phrases
        return Words(*_shown(_best(signal, message, quotes), message), quotes)


NOTHING: Final = Words("(no words)", "", None)


def _best(signal: Heard, message: Message, quotes: Mapping[str, str]) -> str:
    """The excerpt where that is all there is, else the sentences in which most was heard."""
    if not signal.excerpt or (not signal.excerpt.endswith("…") and not signal.excerpt.startswith("…")):
        return signal.excerpt
    begins = f"{message.subject}\n"
    start = len(begins) if message.subject and message.text.startswith(begins) else 0
    return telling(message, signal.signals, quotes, start) or signal.excerpt


def _shown(excerpt: str, message: Message) -> tuple[str, str]:
    """The excerpt, and the subject where that is new; where the one begins with the other, each by itself."""
    if not excerpt:
        return NOTHING.shown, ""
    subject = " ".join(redact(message.subject, message.known_names).split())
    if not subject or not message.text.startswith(f"{message.subject}\n"):
        return f"“{excerpt}”", ""
    return f"“{excerpt.removeprefix(f'{subject} ')}”", f" (“{subject}”)"
