"""`listener customer`: one customer, on one screen; and what they may ask of us."""

import click

from listener.bus.tailing import NoSuchTopic
from listener.commands.history import history
from listener.commands.rebuilding import rebuild
from listener.commands.rights_of_customers import erase, export
from listener.commands.shared import Trouble, as_json, catalogue_in_force, json_option, on_bus, settings_on_bus
from listener.operating.looking_up import look_up


@click.group()
def customer() -> None:
    """One customer, as the output topics know them.

    \b
    Example:
      listener customer show C-1042
    """


@customer.command()
@click.argument("customer_id", metavar="ID")
@json_option
def show(customer_id: str, wants_json: bool) -> None:
    """Print what this customer wants, has and gets, why we think so, and which alerts are open.

    \b
    Examples:
      listener customer show C-1042
      listener customer show handle:social:mastodon:@ann --json
    """
    settings = settings_on_bus()
    try:
        known = on_bus(look_up(settings, customer_id))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    if known.estimate is None:
        raise Trouble(f"nothing is known of {customer_id} (erased, merged, or never heard of)")
    if wants_json:
        click.echo(as_json(known.as_dict()))
        return
    from rich.console import Console

    from listener.showing import Words, portrait

    words = Words.of(catalogue_in_force(settings.catalogue))
    name = known.briefing.name if known.briefing else None
    Console(highlight=False).print(portrait(known.estimate, known.alerts, words, name))


for command in (history, export, erase, rebuild):
    customer.add_command(command)
