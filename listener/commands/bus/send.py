"""`listener send`: a recording onto the bus."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

import click

from listener.commands.exits import WRONG_USE
from listener.commands.shared import Trouble, counted, on_bus, say, settings_on_bus
from listener.commands.times import MOMENT_HELP, as_moment
from listener.envelopes.recording import NotARecording, Recorded, read, tick


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--rate", type=click.FloatRange(min=0, min_open=True), metavar="N", help="At most N records a second.")
@click.option("--until", callback=as_moment, metavar="TIME", help=f"Then let time come to TIME ({MOMENT_HELP}).")
def send(file: BinaryIO, rate: float | None, until: datetime | None) -> None:
    """Publish a recording: a line a record, `{"topic", "key", "value", "headers"}`; `-` reads standard input.

    Ends when the bus has acknowledged all of it. What concerns one customer gets there in the order of the file, even
    where the bus is lost meanwhile. A file is read once before, so that nothing is sent of one that has a
    bad line. Topics go by the contract's names.

    \b
    Examples:
      listener send story.jsonl --until 2026-03-20T00:00:00Z
      echo '{"topic": "contact.chat.v1", "value": {"event_id": "my-1",' \\
        '"occurred_at": "2026-03-02T09:14:05Z",' \\
        '"customer": {"customer_id": "me"}, "text": "Asked three times now."}}' \\
        | listener send -
    """
    from listener.bus.sending import send as publish

    try:
        if file.seekable():
            for _ in read(file):
                pass
            file.seek(0)
        sent = on_bus(publish(settings_on_bus(), _records(file, until), rate))
    except NotARecording as trouble:
        raise Trouble(f"{file.name}: {trouble}", WRONG_USE) from None
    say(f"{counted(sent, 'record')} acknowledged; what cannot be used shows in `listener dlq list`")


def _records(file: BinaryIO, until: datetime | None) -> Iterator[Recorded]:
    line = 0
    for record in read(file):
        line = record.line + 1
        yield record
    if until is not None:
        yield tick(until, line)
