"""The words in which something was heard, with a few beside them, so that a reader sees what was taken for it."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from listener.model.message import Impression, Message
from listener.model.types import TypeId
from listener.signals.redaction.redact import excerpt
from listener.signals.redaction.secret_numbers import Secret

BESIDE = 24
"""Of a sentence too long to be quoted so many characters on either side are shown, cut at a blank: a few words."""
LONGEST = 140
"""A sentence of so many characters is quoted whole."""
SHOWN = 480
"""So many characters are shown of a text that is too long to be shown whole: five lines of a terminal or less."""
MOST = 40
"""So many sentences of a text are heard one by one."""
PLAINLY = 0.5
"""So many nats a sentence speaks for a type against another to be shown as what does."""
_END = re.compile(r"[.!?](?!\S)|[\n。！？]")
"""Where a sentence ends: not at the point of a number."""


def quoted(message: Message, spans: Mapping[str, tuple[int, int]], hidden: Sequence[Secret]) -> dict[str, str]:
    """The sentence of each span, without secrets; of a long one the words beside. What no span says is not in it.

    What was heard in words that overlap is quoted alike.

    >>> from datetime import UTC, datetime
    >>> said = Message("Hello. My lamp is broken and I am cross. Jo", "chat", "customer", datetime.now(UTC))
    >>> quoted(said, {"failure": (15, 24), "negative_emotion": (34, 39)}, [])
    {'failure': 'My lamp is broken and I am cross', 'negative_emotion': 'My lamp is broken and I am cross'}
    """
    if not spans:
        return {}
    text, parts = message.text, _sentences(message.text)
    wide = {name: _stretch(text, parts, start, min(end, start + LONGEST)) for name, (start, end) in spans.items()}
    shown = _joined(sorted(wide.values()))
    told = {}
    for name, (start, end) in wide.items():
        low, high = next((one for one in shown if one[0] <= start and end <= one[1]), (start, end))
        said = " ".join(excerpt(text, low, high, hidden).split()).strip(" .,;:-–")
        before = "" if any(not text[begin:low].strip() for begin, _ in parts if begin <= low) else "…"
        after = "" if any(not text[high:end].strip(" .!?。！？\n") for _, end in parts if end >= high) else "…"
        told[name] = f"{before}{said}{after}"
    return told


def _stretch(text: str, parts: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentence that holds a span, or as much of it beside the span as is read at a glance."""
    low, high = next((one for one in parts if one[0] <= start < one[1]), (start, end))
    high = max(high, end)
    return (low, high) if high - low <= LONGEST else (_from(text, start), _until(text, end))


def loudest(
    message: Message, signals: Mapping[str, float], listen: Callable[[Sequence[Message]], list[Impression]],
    hidden: Sequence[Secret],
) -> dict[str, str]:  # fmt: skip
    """Of what no phrase says, the sentence that says most of it: by itself at least half as surely as the whole text.

    Sentences are heard one by one; what is not in any of them only all words together say.
    """
    text = message.text
    parts = _sentences(text)[:MOST]
    if len(parts) < 2 or not signals:
        return {}
    alone = listen([replace(message, text=text[low:high], subject="") for low, high in parts])
    told = {}
    for name, p in signals.items():
        at = max(range(len(parts)), key=lambda n: alone[n].signals.get(name, 0.0))
        if alone[at].signals.get(name, 0.0) >= p / 2:
            told[name] = _short(text, parts[at], hidden)
    return told


def most_alike(
    message: Message, rose: TypeId, fell: TypeId, listen: Callable[[Sequence[Message]], list[Impression]],
    hidden: Sequence[Secret],
) -> str:  # fmt: skip
    """The sentence whose manner speaks most for one type against another; empty where none speaks for it plainly."""
    text = message.text
    parts = _sentences(text)[:MOST]
    alone = listen([replace(message, text=text[low:high], subject="") for low, high in parts])
    nats = [one.voices.get(rose, 0.0) - one.voices.get(fell, 0.0) for one in alone]
    at = max(range(len(parts)), key=nats.__getitem__, default=0)
    return _short(text, parts[at], hidden) if parts and nats[at] >= PLAINLY else ""


def _short(text: str, part: tuple[int, int], hidden: Sequence[Secret]) -> str:
    shown = " ".join(excerpt(text, *part, hidden).split()).strip(" ,;:-–.")
    return shown if len(shown) <= LONGEST else shown[:LONGEST].rsplit(" ", 1)[0] + "…"


def telling(
    message: Message, signals: Mapping[str, float], quotes: Mapping[str, str], hidden: Sequence[Secret], start: int = 0
) -> str:
    """The sentences, a few lines, in which most was heard, by how surely; else those with which the text begins.

    `start` is where the text begins: what stands before is told elsewhere.

    >>> from datetime import UTC, datetime
    >>> said = Message("We met in May. " * 35 + "My lamp is broken. Jo", "chat", "customer", datetime.now(UTC))
    >>> telling(said, {"failure": 0.9}, {"failure": "My lamp is broken"}, [])[-36:]
    'We met in May. My lamp is broken. Jo'
    >>> telling(said, {}, {}, [])[:29]
    'We met in May. We met in May.'
    """
    text = message.text
    parts = [(max(low, start), high) for low, high in _sentences(text)[:MOST] if high > start]
    best, most = "", -1.0
    for n, (low, _) in enumerate(parts):
        high = max([end for _, end in parts[n:] if end - low <= SHOWN], default=parts[n][1])
        said = " ".join(excerpt(text, low, high, hidden).split())
        worth = sum(signals.get(name, 0.0) for name, words in quotes.items() if words.strip("…") in said)
        if worth > most:
            most, cut = worth, said if len(said) <= SHOWN else said[:SHOWN].rsplit(" ", 1)[0]
            best = f"{'…' if n else ''}{cut}{'…' if cut != said or text[high:].strip() else ''}"
    return best


def _sentences(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text stands; the number of a point in a list is none."""
    edges = [0, *(at.end() for at in _END.finditer(text)), len(text)]
    return [(low, high) for low, high in pairwise(edges) if any(c.isalpha() for c in text[low:high])]


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap made one, while that is not too long to be read at a glance."""
    out: list[tuple[int, int]] = []
    for start, end in stretches:
        if out and start < out[-1][1] and max(end, out[-1][1]) - out[-1][0] <= LONGEST:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def _from(text: str, start: int) -> int:
    """Where the quotation begins: with its sentence, or a few words before the span."""
    low = max(0, start - BESIDE)
    ended = [at.end() for at in _END.finditer(text, low, start + 1) if at.end() <= start]
    if ended:
        return ended[-1]
    return 0 if not low else text.find(" ", low, start) + 1 or start


def _until(text: str, end: int) -> int:
    """Where it ends: with its sentence, or a few words after the span."""
    if _END.match(text, end - 1):
        return end
    high = min(len(text), end + BESIDE)
    ends = _END.search(text, end, high + 1)
    if ends is not None and ends.start() < high:
        return ends.start()
    blank = text.rfind(" ", end, high)
    return high if high == len(text) else blank if blank >= 0 else end
