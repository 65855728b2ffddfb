"""`listener dlq list | show | retry | discard`: records that could not be used."""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args

import click

from listener.bus.tailing import NoSuchTopic
from listener.commands.groups import Group
from listener.commands.shared import Trouble, as_json, confirm, counted, json_option, on_bus, say, settings_on_bus
from listener.model.record import DeadLetterStage
from listener.model.topics import DEAD
from listener.model.wire import moment_of_ms
from listener.operating.dead_letter_office import TOPICS, Choice, Done, Letter, discard, letters, retry
from listener.settings import Settings


@click.group(cls=Group)
def dlq() -> None:
    """Dead letters: records that could not be used, kept whole with the reason.

    They wait until they are retried or discarded, or expire with their topic's retention.

    \b
    Example:
      listener dlq list
    """


def of_a_kind(command: Callable[..., None]) -> Callable[..., None]:
    """Options that say which letters are meant; the command is given a `Choice`."""

    @functools.wraps(command)
    def chosen(topic: str | None, stage: str | None, cause: str | None, **rest: Any) -> None:
        if topic is not None:
            _topic(topic + DEAD)
        command(choice=Choice(topic, stage, cause), **rest)

    options = (
        click.option("--topic", metavar="TOPIC", help="Those of one topic, e.g. contact.chat.v1."),
        click.option("--stage", type=click.Choice(get_args(DeadLetterStage)), help="Those that failed at one stage."),
        click.option("--cause", metavar="TEXT", help="Those whose cause contains this, e.g. ValidationError."),
    )
    for option in reversed(options):
        chosen = option(chosen)
    return chosen


def named_or(command: Callable[..., None]) -> Callable[..., None]:
    """Letters by their ids, else those `of_a_kind`, else all that wait."""
    every = click.option("--all", "everything", is_flag=True, help="All that wait.")
    return click.argument("letter_ids", metavar="[ID …]", nargs=-1)(of_a_kind(every(command)))


@dlq.command(name="list")
@of_a_kind
@click.option("--done", "everything", is_flag=True, help="Also those that were retried or discarded.")
@json_option
def list_(choice: Choice, everything: bool, wants_json: bool) -> None:
    """Print a line for each letter that waits: its id, how often it was tried, where it failed and why; no contents.

    \b
    Examples:
      listener dlq list --stage schema
      listener dlq list --json | jq -r '.[] | select(.stage == "schema") | .id'
    """
    found = [one for one in _letters(settings_on_bus(), _topics(choice)) if (everything or one.waits)]
    found = [one for one in found if choice.means(one)]
    if wants_json:
        click.echo(as_json([letter.as_dict() for letter in found]))
        return
    for letter in found:
        when = moment_of_ms(letter.seen.timestamp_ms).isoformat(timespec="seconds")
        click.echo(f"{letter.place:<36} {when}  {_state(letter):<10} {letter.stage:<9} {letter.cause}")
    say(f"{counted(len(found), 'dead letter')}")


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
@named_or
@click.option("--again", is_flag=True, help="Also named letters that were retried or discarded before.")
def retry_(letter_ids: tuple[str, ...], choice: Choice, everything: bool, again: bool) -> None:
    """Publish letters again where they came from, once what stood in their way is mended.

    A letter that goes back twice has one effect: the listener knows an event it has heard.

    \b
    Example:
      listener dlq retry --topic contact.chat.v1 --cause ValidationError
    """
    settings = settings_on_bus()
    chosen = _chosen(settings, letter_ids, choice, everything=everything, again=again)
    if lost := [letter.place for letter in chosen if not (letter.is_whole and letter.is_record)]:
        say(f"not whole, or not a record, so not retried: {', '.join(lost)}")
    _tell(on_bus(retry(settings, [letter for letter in chosen if letter.is_whole and letter.is_record])), "retried")


@dlq.command(name="discard")
@named_or
@click.option("--yes", is_flag=True, help="Do not ask.")
def discard_(letter_ids: tuple[str, ...], choice: Choice, everything: bool, yes: bool) -> None:
    """Let letters go that nobody will mend: they wait no more.

    They stay as they are on their topic until its retention ends; `list --done` shows them, `retry --again ID` sends
    one back after all.

    \b
    Example:
      listener dlq discard --topic contact.social.v1 --stage decode
    """
    settings = settings_on_bus()
    chosen = _chosen(settings, letter_ids, choice, everything=everything)
    for cause, count in Counter(f"{letter.source} {letter.stage} {letter.cause}" for letter in chosen).most_common():
        say(f"{count:>6}  {cause}")
    if chosen and not yes:
        confirm(f"Discard {counted(len(chosen), 'dead letter')}?")
    _tell(on_bus(discard(settings, chosen)), "discarded")


def _tell(done: Done, what: str) -> None:
    say(f"{counted(done.letters, 'dead letter')} {what}")
    if done.forgotten:
        say(
            f"{done.forgotten} of them could not be noted and wait still: too many others lie between them; deal with"
            " those first, or take all of a topic at once"
        )


def _chosen(
    settings: Settings, ids: Sequence[str], choice: Choice, *, everything: bool, again: bool = False
) -> list[Letter]:
    """The letters a command names: by id, by what is said of them, or all; only those that wait, unless `again`."""
    if sum((bool(ids), choice != Choice(), everything)) != 1:
        raise click.UsageError("name letters, or say which (--topic, --stage, --cause), or --all")
    if not ids:
        return [one for one in _letters(settings, _topics(choice)) if one.waits and choice.means(one)]
    found = _letters(settings, sorted({_topic(place) for place in ids}))
    named = [_one(found, one) for one in ids]
    if done := [letter.place for letter in named if not letter.waits and not again]:
        say(f"dealt with before, so left alone: {', '.join(done)}")
    return [letter for letter in named if letter.waits or again]


def _topics(choice: Choice) -> Sequence[str]:
    return TOPICS if choice.topic is None else [choice.topic + DEAD]


def _state(letter: Letter) -> str:
    if letter.was_discarded:
        return "discarded"
    return "retried" if letter.was_retried else f"attempt {letter.attempt}"


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
