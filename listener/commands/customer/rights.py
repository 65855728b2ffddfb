"""`listener customer export | erase`: what a customer may ask of us."""

import click

from listener.bus.tailing import NoSuchTopic
from listener.commands.shared import (
    Trouble,
    as_json,
    catalogue_in_force,
    confirm,
    json_option,
    on_bus,
    say,
    settings_on_bus,
    waits,
)


@click.command()
@click.argument("customer_id", metavar="ID")
@json_option
def export(customer_id: str, wants_json: bool) -> None:
    """Print all that is believed and kept of a customer: estimate, briefing, acts, transitions, alerts.

    Meant to be handed to the customer. Raw messages are not in it: the listener keeps none (docs/privacy.md).

    \b
    Examples:
      listener customer export C-1042 > for-ann.txt
      listener customer export C-1042 --json
    """
    from listener.operating.giving import export as give
    from listener.operating.giving import in_words

    settings = settings_on_bus()
    names: dict[str, str] = {one.id: one.display for one in catalogue_in_force(settings.catalogue).types.by_id.values()}
    try:
        found = on_bus(give(settings, customer_id))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    click.echo(as_json(found.as_dict()) if wants_json else in_words(found, names))


@click.command()
@click.argument("customer_id", metavar="ID")
@waits(60.0)
@click.option("--profile", "with_profile", is_flag=True, help="Erase the profile on crm.customers.v1 as well.")
@click.option("--by", metavar="WHO", help="Who asks, for the record: ops:jo.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase(customer_id: str, no_wait: bool, within: float, with_profile: bool, by: str | None, yes: bool) -> None:
    """Forget a customer: state, estimate, briefing and advocacy, and whoever was merged into them.

    Waits until the tombstones are on the bus; a listener must run for that. What topics keep for a time only (alerts,
    acts, contacts …) goes when its time is up: docs/privacy.md says when. The CRM's own profile is the CRM's to erase,
    or --profile's; while it stands, the listener will know the customer again.

    \b
    Example:
      listener customer erase C-1042 --profile --by ops:jo
    """
    from listener.operating import forgetting

    if not yes:
        confirm(f"Forget {customer_id}? This cannot be undone")
    settings = settings_on_bus()
    try:
        if with_profile:
            on_bus(forgetting.erase_profile(settings, customer_id))
        on_bus(forgetting.erase(settings, customer_id, by, None if no_wait else within))
        if on_bus(forgetting.has_profile(settings, customer_id)):
            say(f"the CRM's profile still stands in {forgetting.PROFILES}; --profile erases it too")
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    except forgetting.NotSeen:
        raise Trouble(f"asked, but not seen done within {within:g} s; it will be once the listener runs") from None
    say("asked" if no_wait else "forgotten")
