"""`listener replay` and `listener hear`: a recording through the cores, with no broker."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

MOMENT_HELP = "RFC 3339, e.g. 2026-03-20T00:00:00Z; deadlines up to and including it fall due."


def _moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-03-20T00:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--until", callback=_moment, metavar="TIME", help=MOMENT_HELP)
@click.option("--json", "_json", is_flag=True, help="What it prints is JSON in any case.")
def replay(file: Path, until: datetime | None, _json: bool) -> None:
    """Play a recording in event time and print what would have been decided.

    No broker is needed. Prints the recorded form, a line per outcome, in order of decision: acts, alerts,
    transitions, estimates, briefings. Two runs print the same bytes.

    \b
    Example:
      LISTENER_BRAND=acme listener replay story.jsonl --until 2026-03-20T00:00:00Z
    """
    from listener import catalogue
    from listener.recording import written
    from listener.replay import replay as play
    from listener.workbench import core_of, hearing_of, records_of, settings_in_force

    settings, records, out = settings_in_force(), records_of(file), _stdout()
    knowledge = catalogue.load(settings.catalogue)
    for outcome in play(records, until, hearing_of(settings, knowledge), core_of(settings, knowledge)):
        out.write(written(outcome, settings.brand))
    out.flush()


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "_json", is_flag=True, help="What it prints is JSON in any case.")
def hear(file: Path, _json: bool) -> None:
    """Read the texts of a recording and print what was heard in each, a line per contact.

    \b
    Example:
      listener hear chats.jsonl | jq .signals
    """
    from listener import catalogue
    from listener.replay import hear as listen
    from listener.replay import heard_in, read_ahead
    from listener.workbench import hearing_of, records_of, settings_in_force

    settings, records, out = settings_in_force(), records_of(file), _stdout()
    ear = hearing_of(settings, catalogue.load(settings.catalogue))
    read_ahead(records, ear.identities, ear.brand)
    for heard in heard_in(listen(records, ear)):
        out.write(heard.model_dump_json(by_alias=True).encode() + b"\n")
    out.flush()


def _stdout() -> BinaryIO:
    return sys.stdout.buffer
