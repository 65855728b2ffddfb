"""What the README shows of the demo, as the demo tells it: `python -m scripts.readme_sample` writes it in its place.

The demo's recording is played in event time, with no broker. Shown is the stretch that the page begins with now, up to
the end of the first alert in it, and everybody at a glance at the end.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from rich.console import Console

from listener.book import Book
from listener.bus.tailing import Seen
from listener.catalogue import Catalogue, load
from listener.commands.demo import WIDTH
from listener.demo.sample import OWN, Sample
from listener.model.outcomes import OutputTopic
from listener.model.record import Understood
from listener.model.topics import OUTPUTS
from listener.replay import hear, read_ahead
from listener.settings import Settings
from listener.showing import Chronicle, Phrasebook
from listener.workbench import core_of, hearing_of
from scripts.pages import rewrite, stretch

PAGE = Path(__file__).parents[1] / "README.md"
BEGIN, END = "<!-- demo:start -->\n```\n", "```\n<!-- demo:end -->\n"
BETWEEN, END_OF_NOTICE = "  …", "  ╰"


def shown() -> str:
    """What stands on the page."""
    return stretch(PAGE, BEGIN, END)


def sample() -> str:
    """What belongs there.

    Raises:
        ValueError: where the demo no longer tells what the page begins with.
    """
    story, glance = told()
    first = shown().partition("\n")[0]
    if first not in story:
        raise ValueError(f"the demo does not tell {first!r}; begin the page's sample with another of its lines")
    begun = story.index(first)
    ended = next(n for n in range(begun, len(story)) if story[n].startswith(END_OF_NOTICE))
    return "\n".join([*story[begun : ended + 1], BETWEEN, *glance, ""])


def told() -> tuple[list[str], list[str]]:
    """The story the demo tells, line by line, and everybody at a glance."""
    out = io.StringIO()
    console = Console(file=out, width=WIDTH, highlight=False)
    catalogue = load()
    chronicle = Chronicle(Phrasebook.of(catalogue), console.print)
    for seen in _played(Sample.of(OWN.read_bytes().splitlines()), catalogue):
        chronicle.take([seen])
    chronicle.finish()
    story = _lines(out)
    console.print(chronicle.summary())
    return story, _lines(out)[len(story) :]


def _lines(out: io.StringIO) -> list[str]:
    return [line.rstrip() for line in out.getvalue().splitlines()]


def _played(sample: Sample, catalogue: Catalogue) -> Iterator[Seen]:
    """What would lie on the bus: each signal, then what is decided on it."""
    settings = Settings(brand=sample.brand or "")
    hearing, book = hearing_of(settings, catalogue), Book(core_of(settings, catalogue))
    records = [recorded.as_record() for recorded in sample.records]
    read_ahead(records, hearing.identities, hearing.brand)
    for fate in hear(records, hearing):
        for signal in fate.signals if isinstance(fate, Understood) else ():
            yield _seen("signals", signal)
            for outcome in book.take(signal):
                if outcome.value is not None:
                    yield _seen(outcome.topic, outcome.value)
    for outcome in book.advance(sample.until):
        if outcome.value is not None:
            yield _seen(outcome.topic, outcome.value)


def _seen(topic: OutputTopic, value: BaseModel) -> Seen:
    return Seen(OUTPUTS[topic], 0, 0, 0, None, value.model_dump_json(by_alias=True).encode(), ())


def main() -> None:
    """Put the sample where the page wants it."""
    rewrite(PAGE, BEGIN, sample(), END)


if __name__ == "__main__":
    main()
