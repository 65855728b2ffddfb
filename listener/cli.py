"""The command line (CONTRACT 5). Each command lives in a module of its own and is loaded when it is asked for."""

import errno
import importlib
import os
import sys
from typing import Final, NamedTuple

import click

from listener.commands.exits import FOUND, INTERRUPTED, WRONG_USE


class Entry(NamedTuple):
    """Where a command is to be found, and what it does in a few words."""

    home: str
    does: str


COMMANDS: Final = {
    "demo": Entry("demo:demo", "Play a sample on a local broker and show, in words, what comes of it"),
    "run": Entry("stages.run:run", "Run ingest, relate and gather under one command"),
    "ingest": Entry("stages.single:ingest", "Read contacts and acts, hear what they say, key them by customer"),
    "relate": Entry("stages.single:relate", "Keep each customer's belief, and say when a rule is broken"),
    "gather": Entry("stages.single:gather", "Make one alert of the brand where one act hurts many customers"),
    "broker": Entry("bus.broker:broker", "A local Kafka: up, down, status"),
    "topics": Entry("bus.topics:topics", "The topics on the bus: plan, apply, check"),
    "send": Entry("bus.send:send", "Publish a recording"),
    "watch": Entry("bus.watch:watch", "Print what the listener says, as it says it"),
    "replay": Entry("hearing.replay:replay", "Play a recording with no broker and print what would have been decided"),
    "hear": Entry("hearing.replay:hear", "Print what is heard in a recording's contacts"),
    "rules": Entry("rules.group:rules", "The book of rules: list, lint, test, explain, diff, new, gravity, schema"),
    "cues": Entry("hearing.cues:cues", "What the ear listens for: list, hear, new, lint, test"),
    "precheck": Entry("rules.precheck:precheck", "How a planned act would fall, before it is done"),
    "alert": Entry("alert:alert", "What is done with alerts: dispose"),
    "customer": Entry("customer.group:customer", "One customer: show, history, export, erase, rebuild"),
    "state": Entry("customer.rebuilding:state", "What is believed of all: rebuild it from the signals still kept"),
    "tie": Entry("tie:tie", "The belief: fit its prior to survey answers"),
    "dlq": Entry("bus.dlq:dlq", "Records that could not be used: list, show, retry, discard"),
    "schemas": Entry("schemas:schemas", "JSON Schemas of every value: write, check"),
    "settings": Entry("settings:settings", "The settings in force, and where each comes from"),
    "doctor": Entry("doctor:doctor", "Look at bus, topics, rights, versions and clock"),
}


class Commands(click.Group):
    """A group that imports a command's module only when that command is meant."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name].home.partition(":")
        command: click.Command = getattr(importlib.import_module(f"listener.commands.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line each, without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.does) for name, entry in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="listener", message="%(prog)s %(version)s")
def listener() -> None:
    """Hear every contact, know which relationship each customer is in, and say when an act breaks its rules.

    \b
    Begin with:
      listener demo                  see it work
      listener replay story.jsonl    the same from a file, with no broker
      listener broker up             then topics apply, then run: one of your own

    Results go to stdout, progress and logs to stderr. Exit codes: 0 fine, 1 findings or failure, 2 wrong use,
    3 no broker. Settings come from LISTENER_… variables or a file; `listener settings` shows them.
    """


def main() -> None:
    """Run a command and end with its exit code."""
    try:
        code = listener(standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Abort:
        code = INTERRUPTED
    except click.ClickException as trouble:
        trouble.show()
        code = trouble.exit_code
    except OSError as trouble:
        if trouble.errno is None:  # none that the machine refused: a fault of ours
            raise
        code = _refused(trouble)
    sys.exit(code if isinstance(code, int) else 0)


def _refused(trouble: OSError) -> int:
    """Say in one line what the machine refused: a path that was named wrongly, else room or rights it has not."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # what is not written yet will never be
    if trouble.errno != errno.EPIPE:  # whoever reads on has had enough, and hears no complaint
        named = f"{trouble.filename}: " if trouble.filename else ""
        click.echo(f"listener: {named}{trouble.strerror}", err=True)
    return WRONG_USE if trouble.filename else FOUND
