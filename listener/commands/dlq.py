"""`listener dlq list | show | retry`: records that could not be used."""

from collections.abc import Iterable
from datetime import UTC, datetime

import click

from listener.commands.shared import Trouble, as_json, json_option, on_bus, say, settings_on_bus
from listener.dead_letter_office import TOPICS, Letter, letters, retry
from listener.model.topics import DEAD
from listener.settings import Settings
from listener.tailing import NoSuchTopic


@click.group()
def dlq() -> None:
    """Dead letters: records that could not be used, kept whole with the reason, until they are retried or expire.

    \b
    Example:
      listener dlq list
    """


@dlq.command(name="list")
@click.option("--all", "with_retried", is_flag=True, help="Also those that were retried.")
@json_option
def list_(with_retried: bool, wants_json: bool) -> None:
    """Print a line for each letter that waits: its id, how often it was tried, where it failed and why; no contents.

    \b
    Example:
      listener dlq list --json | jq -r '.[] | select(.stage == "schema") | .id'
    """
    found = [letter for letter in _letters(settings_on_bus(), TOPICS) if with_retried or not letter.was_retried]
    if wants_json:
        click.echo(as_json([letter.as_dict() for letter in found]))
        return
    for letter in found:
        when = datetime.fromtimestamp(letter.seen.timestamp_ms / 1000, UTC).isoformat(timespec="seconds")
        state = "retried" if letter.was_retried else f"attempt {letter.attempt}"
        click.echo(f"{letter.place:<36} {when}  {state:<10} {letter.stage:<9} {letter.cause}")
    say(f"{len(found)} dead letters")


@dlq.command()
@click.argument("letter_id", metavar="ID")
@json_option
def show(letter_id: str, wants_json: bool) -> None:
    """Print one letter: its headers and its contents, which may be a customer's words.

    \b
    Example:
      listener dlq show contact.chat.v1.dlq/0/17
    """
    letter = _one(_letters(settings_on_bus(), [_topic(letter_id)]), letter_id)
    if wants_json:
        click.echo(letter.seen.as_recorded(), nl=False)
        return
    for name, told in letter.seen.header.items():
        click.echo(f"{name}: {told}")
    click.echo(f"key: {_text(letter.seen.key)}\n\n{_text(letter.seen.value)}")


@dlq.command(name="retry")
@click.argument("letter_ids", metavar="[ID …]", nargs=-1)
@click.option("--topic", help="All of one topic that wait, e.g. contact.chat.v1.")
@click.option("--all", "everything", is_flag=True, help="All that wait.")
def retry_(letter_ids: tuple[str, ...], topic: str | None, everything: bool) -> None:
    """Publish letters again where they came from, once what stood in their way is mended.

    \b
    Example:
      listener dlq retry --topic contact.chat.v1
    """
    if sum((bool(letter_ids), topic is not None, everything)) != 1:
        raise click.UsageError("name letters, or a --topic, or --all")
    settings = settings_on_bus()
    places = letter_ids or ([topic + DEAD] if topic else TOPICS)
    found = _letters(settings, sorted({_topic(place) for place in places}))
    chosen = [_one(found, one) for one in letter_ids] or [letter for letter in found if not letter.was_retried]
    if cut := [letter.place for letter in chosen if not letter.is_whole]:
        say(f"too long to be kept whole, so not retried: {', '.join(cut)}")
    count = on_bus(retry(settings, [letter for letter in chosen if letter.is_whole]))
    say(f"{count} dead letters retried")


def _letters(settings: Settings, topics: Iterable[str]) -> list[Letter]:
    try:
        return on_bus(letters(settings, list(topics)))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None


def _topic(letter_id: str) -> str:
    topic = letter_id.partition("/")[0]
    if topic not in TOPICS:
        raise click.UsageError(f"{letter_id!r} names no dead letter; `listener dlq list` prints their ids")
    return topic


def _one(found: Iterable[Letter], letter_id: str) -> Letter:
    for letter in found:
        if letter.place == letter_id:
            return letter
    raise Trouble(f"no dead letter {letter_id}; `listener dlq list` prints what is there")


def _text(told: bytes | None) -> str:
    return "(none)" if told is None else told.decode(errors="backslashreplace")
