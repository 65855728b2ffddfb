"""Files on a command line, line by line: what of a recording could not be read, and the end where nothing could."""

import functools
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

import click

from listener.commands.exits import WRONG_USE
from listener.commands.shared import FILE, F, Trouble, catalogue_in_force, counted, hearing_in_force, say
from listener.commands.times import MOMENT_HELP, as_moment
from listener.model.outcomes import Outcome
from listener.model.record import DeadLetter, Passed, Record, RecordFate
from listener.model.topics import INPUTS
from listener.settings import Settings

_PREFIX: Final = "Value error, "
"""What pydantic puts before words of our own."""
EMPTY: Final = (
    """no record in it; a recording is a line of JSON a record, like {"topic": "contact.chat.v1", "value": {…}}"""
)
SHOWN: Final = 5
"""So many lines, or brands, are named one by one."""


class Tally:
    """Watches what becomes of each record of a recording, in their order."""

    def __init__(self, file: Path, records: Sequence[Record], brand: str) -> None:
        self._file, self._brand = file, brand
        self._records = iter(records)
        self._heard = 0
        self._brands: Counter[str] = Counter()
        self._unusable: list[str] = []

    def take(self, fate: RecordFate) -> None:
        """What became of the next record."""
        record = next(self._records)
        if isinstance(fate, DeadLetter):
            told = f"line {record.offset + 1}, {INPUTS[record.topic]}: {fate.message.replace(_PREFIX, '')}"
            self._unusable.append(f"{told} ({fate.stage}: {fate.error})")
        elif isinstance(fate, Passed):
            self._brands[fate.brand] += 1
        else:
            self._heard += 1

    def end(self) -> None:
        """Say what was left out, if anything was.

        Raises:
            Trouble: where nothing was heard at all.
        """
        if not (self._brands or self._unusable):
            return
        told = "\n".join(self._told())
        if not self._heard:
            raise Trouble(told, WRONG_USE)
        say(told)

    def _told(self) -> Iterator[str]:
        passed, lost = self._brands.total(), len(self._unusable)
        every = self._heard + passed + lost
        parts = [f"{counted(every, 'record')}", f"{self._heard} heard"]
        parts += [f"{passed} of another brand"] if passed else []
        parts += [f"{lost} could not be used"] if lost else []
        yield f"{self._file}: {', '.join(parts)}"
        if passed:
            yield self._of_brands()
        yield from (f"  {told}" for told in self._unusable[:SHOWN])
        if lost > SHOWN:
            yield f"  and {lost - SHOWN} more"

    def _of_brands(self) -> str:
        """Whose they are, and how theirs is chosen."""
        shown = self._brands.most_common(SHOWN)
        named = ", ".join(f"{count} of {brand}" for brand, count in shown)
        more = f" and {len(self._brands) - SHOWN} more brands" if len(self._brands) > SHOWN else ""
        return f"  {named}{more}; ours is {self._brand}: LISTENER_BRAND={shown[0][0]} would take theirs"


def from_recording(command: F) -> F:
    """The options of a command that looks at a recording instead of the bus: which one, and up to when."""

    @functools.wraps(command)
    def checked(*, recording: Path | None, until: datetime | None, **rest: Any) -> Any:
        if until is not None and recording is None:
            raise click.UsageError("--until goes with --recording: the bus knows only what is believed now")
        return command(recording=recording, until=until, **rest)

    upto = click.option("--until", callback=as_moment, metavar="TIME", help=f"With a recording: {MOMENT_HELP}.")
    instead = click.option("--recording", type=FILE, help="Take a recording instead of the bus.")
    return cast(F, instead(upto(checked)))


def recordings_in(named: Sequence[Path]) -> list[Path]:
    """The recordings named; of a folder every .jsonl in it.

    Raises:
        Trouble: where there are none.
    """
    files = [file for one in named for file in (sorted(one.glob("*.jsonl")) if one.is_dir() else [one])]
    if not files:
        raise Trouble(f"{named[0]}: no recording in it, no file that ends in .jsonl", WRONG_USE)
    return files


def records_of(file: Path) -> list[Record]:
    """The records of a recording.

    Raises:
        Trouble: where the file is none.
    """
    from listener.envelopes.recording import NotARecording, read

    try:
        with file.open("rb") as lines:
            records = [recorded.as_record() for recorded in read(lines)]
    except NotARecording as trouble:
        raise Trouble(f"{file}: {trouble}", WRONG_USE) from None
    if not records:
        raise Trouble(f"{file}: {EMPTY}", WRONG_USE)
    return records


def json_lines(file: Path, hint: str = "") -> Iterator[tuple[int, Any]]:
    """The values of a file that holds one a line, each with its line's number; empty lines hold none.

    Raises:
        Trouble: at a line that holds something else; `hint` says what would be right.
    """
    with file.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            try:
                if line.strip():
                    yield number, json.loads(line)
            except ValueError as trouble:
                raise Trouble(f"{file}: line {number}: not JSON ({trouble}){hint}", WRONG_USE) from None


def replayed(file: Path, until: datetime | None, settings: Settings) -> Iterator[Outcome]:
    """All that a recording comes to; behind the last of it what could not be read is said.

    Raises:
        Trouble: where nothing was heard at all.
    """
    from listener.replay import replay
    from listener.workbench import core_of

    records, book = records_of(file), catalogue_in_force(settings.catalogue)
    tally = Tally(file, records, settings.brand)
    yield from replay(records, until, hearing_in_force(settings, book), core_of(settings, book), tally.take)
    tally.end()
