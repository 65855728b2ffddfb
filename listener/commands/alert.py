"""`listener alert`: say what was done with an alert, where no CRM says it on the bus."""

from typing import get_args

import click

from listener.bus.tailing import NoSuchTopic
from listener.commands.groups import Group
from listener.commands.shared import Trouble, as_json, json_option, on_bus, settings_on_bus
from listener.operating.disposing import NoSuchAlert, Reason, What
from listener.operating.disposing import dispose as publish


@click.group(cls=Group)
def alert() -> None:
    """What is done with alerts.

    \b
    Example:
      listener alert dispose 5f0c9a… acknowledged
    """


@alert.command()
@click.argument("alert_id", metavar="ID")
@click.argument("what", type=click.Choice(get_args(What)))
@click.option("--reason", type=click.Choice(get_args(Reason)), help="Why it was wrong or needs nothing.")
@click.option("--by", metavar="WHO", help="Who says so, for the record: ops:jo.")
@json_option
def dispose(alert_id: str, what: What, reason: Reason | None, by: str | None, wants_json: bool) -> None:
    """Take an alert up, end it, or call it wrong; of the brand's alert, each customer's alert that it stands for.

    Writes to crm.dispositions.v1 what a CRM would (docs/alerts.md says what each word does).

    \b
    Examples:
      listener alert dispose 5f0c9a… acknowledged --by ops:jo
      listener alert dispose 5f0c9a… false_alarm --reason rule_too_sensitive
    """
    try:
        count = on_bus(publish(settings_on_bus(), alert_id, what, reason, by))
    except (NoSuchTopic, NoSuchAlert) as trouble:
        raise Trouble(str(trouble)) from None
    told = f"{what.replace('_', ' ')}: {count} customer's alert" if count == 1 else f"{what}: {count} customers' alerts"
    click.echo(as_json({"disposition": what, "alerts": count}) if wants_json else told)
