"""`listener replay` and `listener hear`: a recording through the cores, with no broker."""

import sys
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

import click

from listener.commands.shared import FILE, as_json, catalogue_in_force, hearing_in_force, settings_in_force
from listener.commands.times import MOMENT_HELP, as_moment


@click.command()
@click.argument("file", type=FILE)
@click.option(
    "--until", callback=as_moment, metavar="TIME", help=f"Deadlines up to and including it fall due ({MOMENT_HELP})."
)
@click.option("--json", "_", is_flag=True, help="No other than without it: what is printed is JSON, a line each.")
def replay(file: Path, until: datetime | None, _: bool) -> None:
    """Play a recording in event time and print what would have been decided.

    No broker is needed. Prints the recorded form, a line per outcome, in order of decision: acts, alerts,
    transitions, estimates, briefings. Two runs print the same bytes.

    \b
    Example:
      LISTENER_BRAND=acme listener replay story.jsonl --until 2026-03-20T00:00:00Z
    """
    from listener.commands.reading import replayed
    from listener.envelopes.recording import written

    settings, out = settings_in_force(), _stdout()
    for outcome in replayed(file, until, settings):
        out.write(written(outcome, settings.brand))
    out.flush()


@click.command()
@click.argument("file", type=FILE)
@click.option("--explain", "wants_why", is_flag=True, help="Say which phrase and which features told each signal.")
@click.option("--json", "wants_json", is_flag=True, help="With --explain too, print JSON; without it, it is JSON.")
def hear(file: Path, wants_why: bool, wants_json: bool) -> None:
    """Read the texts of a recording and print what was heard in each, a line per contact.

    With --explain, in words (or, with --json, a line of JSON a contact): for each signal its score, the phrase that
    spoke with the words it met, and what the trained head added for which word.

    \b
    Example:
      listener hear chats.jsonl | jq .signals
      listener hear chats.jsonl --explain
    """
    if wants_why:
        _explain(file, wants_json)
        return
    from listener.commands.reading import Tally, records_of
    from listener.replay import hear as listen
    from listener.replay import heard_in, read_ahead

    settings, records, out = settings_in_force(), records_of(file), _stdout()
    ear = hearing_in_force(settings, catalogue_in_force(settings.catalogue))
    read_ahead(records, ear.identities, ear.brand)
    tally = Tally(file, records, settings.brand)
    for fate in listen(records, ear):
        tally.take(fate)
        for heard in heard_in([fate]):
            out.write(heard.model_dump_json(by_alias=True).encode() + b"\n")
    out.flush()
    tally.end()


def _explain(file: Path, wants_json: bool) -> None:
    from listener.commands.hearing.in_words import in_words
    from listener.commands.reading import Tally, records_of
    from listener.replay import explained

    settings, records = settings_in_force(), records_of(file)
    tally = Tally(file, records, settings.brand)
    ear = hearing_in_force(settings, catalogue_in_force(settings.catalogue))
    for heard, why in explained(records, ear, tally.take):
        if wants_json:
            click.echo(as_json({"event_id": heard.event_id, "role": heard.role, "channel": heard.channel} | why))
        else:
            when = f"{heard.occurred_at:%Y-%m-%d %H:%M}"
            click.echo(f"{heard.event_id}  {when}  {heard.channel}, {heard.role}: {heard.excerpt}\n{in_words(why)}\n")
    tally.end()


def _stdout() -> BinaryIO:
    return sys.stdout.buffer
