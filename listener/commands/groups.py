"""A group of commands whose help says in a whole sentence what each does."""

import inspect

import click


class Group(click.Group):
    """Tells of each command what its own help begins with, where click would cut it to fit a line."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, each with its first sentence."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_sentence(command)) for name, command in sorted(self.commands.items())])


def _first_sentence(command: click.Command) -> str:
    first = inspect.cleandoc(command.help or "").partition("\n\n")[0]
    return " ".join(first.split()).removesuffix(".")
