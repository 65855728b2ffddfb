"""`listener broker up | down | status`: a local Kafka."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

import click

from listener.broker import CouldNotStart, LocalBroker, NoBroker, lasting, running
from listener.commands.exits import FOUND, NO_BUS, WRONG_USE
from listener.commands.groups import Group
from listener.commands.shared import Trouble, as_json, json_option, say, settings_in_force


@click.group(cls=Group)
def broker() -> None:
    """A real Kafka on this machine, reachable from this machine only.

    From its jars, which Maven brings the first time, run on Java 17 or newer; else from Docker. It keeps its data
    and its port. Where LISTENER_BOOTSTRAP_SERVERS is set, that bus is meant and nothing is started.

    \b
    Example:
      listener broker up
    """


@broker.command()
@json_option
def up(wants_json: bool) -> None:
    """Start it, wait until it answers, and print its bootstrap servers.

    \b
    Example:
      export LISTENER_BOOTSTRAP_SERVERS=$(listener broker up)
    """
    settings = settings_in_force()
    if settings.is_bus_named:
        say("LISTENER_BOOTSTRAP_SERVERS names a bus; nothing to start")
        address = settings.bootstrap_servers
    else:
        with _one_line():
            address = _local().start()
    click.echo(as_json({"bootstrap_servers": address}) if wants_json else address)


@broker.command()
def down() -> None:
    """Stop it; its data stay for the next time.

    \b
    Example:
      listener broker down
    """
    with _one_line():
        say("stopped; its data are kept" if _local().stop() else "no local broker runs")


@broker.command()
@json_option
def status(wants_json: bool) -> None:
    """Say whether it runs, where, and by what; exit code 1 where it does not.

    \b
    Example:
      listener broker status --json
    """
    now = _local().status()
    if wants_json:
        click.echo(as_json(asdict(now)))
    elif now.is_running:
        state = "answers" if now.is_ready else "runs, but does not answer yet,"
        click.echo(f"{state} at {now.bootstrap_servers} (by {now.engine}; data and log in {now.home})")
    else:
        click.echo(f"no local broker runs{_of_a_demo()}; `listener broker up` starts one")
    if not now.is_ready:
        raise click.exceptions.Exit(FOUND)


def _of_a_demo() -> str:
    """Where a demo's own broker is, which the other commands mean while it runs."""
    demo = running(settings_in_force().data_dir)
    return f", but a demo's is up at {demo.bootstrap_servers}" if demo else ""


def _local() -> LocalBroker:
    return lasting(settings_in_force().data_dir, say)


@contextmanager
def _one_line() -> Iterator[None]:
    try:
        yield
    except (NoBroker, CouldNotStart) as trouble:
        raise Trouble(str(trouble), NO_BUS) from None
    except OSError as trouble:
        raise Trouble(f"{trouble.filename or settings_in_force().data_dir}: {trouble.strerror}", WRONG_USE) from None
