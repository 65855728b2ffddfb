"""Times on a command line."""

from datetime import UTC, datetime

import click

MOMENT_HELP = "RFC 3339, e.g. 2026-03-20T00:00:00Z"


def as_moment(_context: click.Context, _parameter: click.Parameter, text: str | None) -> datetime | None:
    """A time as it was typed; without an offset it is UTC."""
    if text is None:
        return None
    try:
        told = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time such as 2026-03-20T00:00:00Z") from None
    return told if told.tzinfo else told.replace(tzinfo=UTC)
