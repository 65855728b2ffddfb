"""What the heads are trained on: texts with soft labels and how much each counts."""

from collections.abc import Iterator

from scripts.ear import authored, licensed
from scripts.ear.example import Example


def examples() -> list[Example]:
    """Everything, in a settled order."""
    written = [*authored.posts(), *authored.said(), *authored.cues(), *authored.voices(), *authored.threads()]
    customers = sorted({h for e in written for h in e.labels if h.startswith("customer:")})
    return [
        *written,
        *_framed(written),
        *licensed.comments(customers),
        *licensed.turns(customers),
        *licensed.helpdesk(),
    ]


def _framed(written: list[Example]) -> Iterator[Example]:
    """Every second sentence of a customer once more, between turns that say nothing: a signal in a longer message."""
    calm = [t for t in licensed.calm_turns() if 3 <= len(t.split()) <= 20]
    said = [e for e in written if e.kind == "said" and not e.firm]
    for n, e in enumerate(said[::2]):
        before, after = calm[(7 * n) % len(calm)], calm[(11 * n + 5) % len(calm)]
        labels = {h: (y, w * 0.5) for h, (y, w) in e.labels.items()}
        yield Example(f"{before} {e.text} {after}", False, labels, e.group, "said")
