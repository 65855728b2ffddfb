"""`listener customer rebuild` and `listener state rebuild`: read again what is still kept."""

import click

from listener.bus.tailing import NoSuchTopic
from listener.commands.groups import Group
from listener.commands.shared import Trouble, confirm, on_bus, say, settings_on_bus, waits


@click.command()
@click.argument("customer_id", metavar="ID")
@waits(120.0)
@click.option("--by", metavar="WHO", help="Who asks, for the record: ops:jo.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def rebuild(customer_id: str, no_wait: bool, within: float, by: str | None, yes: bool) -> None:
    """Make what is believed of a customer anew, from the signals that are still kept.

    For a belief that was spoilt: by a fault that is mended now, by a wrong merge, by hands in the changelog. What is
    older than relational.signals.v1 keeps (7 days unless you keep more) is lost to it, so an old and healthy belief
    gets poorer by this. Nothing is said again but the estimate. A stored state that cannot be read needs no command:
    relate sets it aside as a dead letter and rebuilds the customer by itself. Relate must run, and waits meanwhile.

    \b
    Example:
      listener customer rebuild C-1042 --by ops:jo
    """
    from listener.operating import rebuilding

    if not yes:
        confirm(f"Forget of {customer_id} what is older than the signals still kept?")
    settings = settings_on_bus()
    try:
        on_bus(rebuilding.rebuild_customer(settings, customer_id, by, None if no_wait else within))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    except rebuilding.NotSeen:
        raise Trouble(
            f"asked, but no estimate came within {within:g} s: no relate runs, or nothing is kept of {customer_id}"
        ) from None
    say("asked" if no_wait else "rebuilt")


@click.group(cls=Group)
def state() -> None:
    """What relate believes of all customers: its table, kept in the changelog.

    \b
    Example:
      listener state rebuild
    """


@state.command("rebuild")
@click.option("--yes", is_flag=True, help="Do not ask.")
def rebuild_state(yes: bool) -> None:
    """Let relate begin anew from the oldest signal that is still kept, for every customer.

    For a changelog that was lost or spoilt as a whole, or after a change of the catalogue that is to hold from the
    beginning. What is older than relational.signals.v1 keeps (7 days unless you keep more) is lost. Stop every relate
    first; the next start reads all signals again and tells what they lead to again, under the same ids. Workers drop
    what they have on disk by themselves.

    \b
    Example:
      listener state rebuild --yes && listener relate
    """
    from listener.operating import rebuilding

    if not yes:
        confirm("Forget of everybody what is older than the signals still kept?")
    settings = settings_on_bus()
    try:
        waiting = on_bus(rebuilding.rebuild_all(settings))
    except rebuilding.StillRunning:
        raise Trouble("relate runs; stop every one of them first") from None
    say(f"at its next start relate reads {sum(waiting.values())} signals again")
