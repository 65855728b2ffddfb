"""`listener customer`: one customer, on one screen; and what they may ask of us."""

from datetime import datetime
from pathlib import Path

import click

from listener.bus.tailing import NoSuchTopic
from listener.catalogue.near import hint
from listener.commands.customer.history import history
from listener.commands.customer.rebuilding import rebuild
from listener.commands.customer.rights import erase, export
from listener.commands.groups import Group
from listener.commands.reading import from_recording, replayed
from listener.commands.shared import (
    Trouble,
    as_json,
    catalogue_in_force,
    json_option,
    on_bus,
    settings_in_force,
    settings_on_bus,
)
from listener.operating.looking_up import Customer, known_in, look_up
from listener.settings import Settings


@click.group(cls=Group)
def customer() -> None:
    """One customer, as the output topics know them.

    \b
    Example:
      listener customer show C-1042
    """


@customer.command()
@click.argument("customer_id", metavar="ID")
@from_recording
@json_option
def show(customer_id: str, recording: Path | None, until: datetime | None, wants_json: bool) -> None:
    """Print what this customer wants, has and gets, why we think so, and which alerts are open.

    \b
    Examples:
      listener customer show C-1042
      listener customer show handle:social:mastodon:@ann --json
      listener customer show C-1042 --recording story.jsonl --until 2026-03-20
    """
    settings = settings_in_force()
    if recording is not None:
        known = _in_recording(customer_id, recording, until, settings)
    else:
        known = _on_the_bus(customer_id)
    if wants_json:
        click.echo(as_json(known.as_dict()))
        return
    assert known.estimate is not None  # or the command would have ended
    from rich.console import Console

    from listener.showing import Phrasebook, portrait

    words = Phrasebook.of(catalogue_in_force(settings.catalogue))
    name = known.briefing.name if known.briefing else None
    Console(highlight=False).print(portrait(known.estimate, known.alerts, words, name))


def _on_the_bus(customer_id: str) -> Customer:
    try:
        known = on_bus(look_up(settings_on_bus(), customer_id))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    if known.estimate is None:
        raise Trouble(f"nothing is known of {customer_id} (erased, merged, or never heard of)")
    return known


def _in_recording(customer_id: str, file: Path, until: datetime | None, settings: Settings) -> Customer:
    known = known_in(replayed(file, until, settings))
    if customer_id not in known:
        told = hint(customer_id, known, f"`listener replay {file}`")
        raise Trouble(f"{file}: nothing is known of {customer_id} in it{told}")
    return known[customer_id]


for command in (history, export, erase, rebuild):
    customer.add_command(command)
