"""`listener settings`: what is in force, and who said so."""

import os
from dataclasses import asdict

import click

from listener.commands.shared import as_json, json_option, settings_in_force
from listener.settings.origins import effective


@click.command()
@json_option
def settings(wants_json: bool) -> None:
    """Print every setting as it is in force, with where it comes from; secrets are masked.

    Settings are variables that begin with LISTENER_, with __ between the parts of a nested one, or a TOML file that
    LISTENER_SETTINGS names; the environment wins.

    \b
    Example:
      LISTENER_TOPICS__CONTACT_CHAT=acme.chat listener settings
    """
    told = effective(settings_in_force(), os.environ)
    if wants_json:
        click.echo(as_json([asdict(one) for one in told]))
        return
    names, values = (
        max(len(text) for text in column) for column in zip(*((e.name, e.value) for e in told), strict=True)
    )
    for one in told:
        click.echo(f"{one.name:<{names}}  {one.value:<{values}}  {one.origin}")
