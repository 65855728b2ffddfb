"""`listener cues`: the book of cues: list, lint, test, new, hear."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from listener.catalogue.cues import Cue
from listener.commands.groups import Group
from listener.commands.overlays import INTO, OVERLAY, begin, book_with
from listener.commands.shared import as_json, json_option, say

if TYPE_CHECKING:
    from listener.model.message import MessageChannel, Role

BLANK = """\
id: {id}
side: {side}
means: >-
  what the {side} does in saying this, in one sentence
unless: {{negated: 0.2, quoted: 0.4}}
patterns:
  en:
    0.9:
    - (some|other) words ..2 (that|which) say it
stops:
  en:
  - words that look alike and say something else
says:
- Some words that say it.
not:
- Some words that do not.
"""


@click.group(cls=Group)
def cues() -> None:
    """What tells that a customer complains, an agent promises …: read it, check it, try it, add to it.

    \b
    Example, a cue in five minutes:
      listener cues new gift_request --into ./ours        a blank file to fill in
      listener cues lint --catalogue ./ours               is it written well
      listener cues test gift_request --catalogue ./ours  are its sentences heard
      listener cues hear "A present for my dad?" --catalogue ./ours
    """


@cues.command("list")
@OVERLAY
@json_option
def list_(overlay: Path | None, wants_json: bool) -> None:
    """Every signal that can be heard: its name, whose it is, and what it means.

    These are the names that a rule's `says` takes. Most have a cue file of phrases (--json tells the languages of
    them); the others are told by a trained head alone. What the two sides may say and no signal tells is a cue to
    write: `listener cues new NAME`.

    \b
    Example:
      listener cues list
    """
    for name, one in book_with(overlay).cues.heard.items():
        languages, by = (sorted(one.patterns), "phrases") if isinstance(one, Cue) else ([], one.by)
        if wants_json:
            click.echo(as_json({"id": name, "side": one.side, "means": one.means, "languages": languages, "by": by}))
        else:
            unheard = " (nothing tells it yet: a cue of that name would)" if by == "nothing" else ""
            click.echo(f"{name:20} {one.side:9} {one.means}{unheard}")


@cues.command()
@OVERLAY
@json_option
def lint(overlay: Path | None, wants_json: bool) -> None:
    """What is wrong with the cues, all at once: what cannot be read, is never heard, may blow up, adds nothing.

    Exit 1 where anything is wrong; advice alone is no fault. With a folder of your own, advice is for its cues only.

    \b
    Example:
      listener cues lint --catalogue ./catalogue
    """
    from listener.signals.checking.linting import lint as check

    issues = check(book_with(overlay, phrases=False).cues)
    if overlay is not None:
        own = {file.stem for file in (overlay / "cues").glob("*.yaml")}
        issues = [issue for issue in issues if issue.grave or issue.cue in own]
        click.echo(f"cues of your own: {len(own)}; things to look at: {len(issues)}", err=True)
    for issue in issues:
        told = {"cue": issue.cue, "check": issue.check, "says": issue.says, "grave": issue.grave}
        click.echo(as_json(told) if wants_json else f"{issue.cue}: {issue.says}{'' if issue.grave else ' (advice)'}")
    if any(issue.grave for issue in issues):
        raise SystemExit(1)


@cues.command()
@click.argument("signals", nargs=-1)
@OVERLAY
@json_option
def test(signals: tuple[str, ...], overlay: Path | None, wants_json: bool) -> None:
    """Hear every cue's own sentences, or those of the SIGNALS named. Exit 1 where one is not heard as it should be.

    \b
    Example:
      listener cues test complaint exit
    """
    from listener.signals import Ear
    from listener.signals.checking.linting import failing_examples

    book = book_with(overlay)
    unknown = sorted(set(signals) - set(book.cues.by_signal))
    if unknown:
        raise click.UsageError(f"no cue is called {', '.join(unknown)}; `listener cues list` names them")
    ear, failed, heard = Ear(book), 0, 0
    for name in signals or tuple(book.cues.by_signal):
        cue = book.cues.by_signal[name]
        heard += len(cue.says) + len(cue.not_)
        for text, says, score in failing_examples(cue, ear):
            failed += 1
            told = {"cue": name, "text": text, "says": says, "score": score}
            click.echo(
                as_json(told) if wants_json else f"{name}: {'not heard' if says else 'heard'} ({score:g}): {text}"
            )
    click.echo(f"{heard} sentences, {failed} not heard as they should be", err=True)
    if failed:
        raise SystemExit(1)


@cues.command()
@click.argument("signal")
@click.option("--side", type=click.Choice(["customer", "firm", "both"]), default="customer", help="Who says it.")
@INTO
def new(signal: str, side: str, into: Path) -> None:
    """Begin a cue: a blank file for SIGNAL in an overlay's folder, with what to fill in.

    \b
    Example:
      listener cues new gift_request --into ./catalogue
    """
    if not signal.isidentifier() or not signal.islower():
        raise click.UsageError("a signal's name is small letters and underscores, like gift_request")
    from listener.catalogue.shelf import built_in

    known = built_in().get(f"cues/{signal}.yaml")
    begin(into, "cues", signal, known or BLANK.format(id=signal, side=side).encode())
    if known is not None:
        say(f"{signal} is built in: this is a copy of it; what you change here counts, what you drop stays as it was")


@cues.command()
@click.argument("text")
@click.option("--role", type=click.Choice(["customer", "agent"]), default="customer", help="Who says it.")
@click.option(
    "--channel",
    type=click.Choice(["chat", "email", "social", "voice", "survey"]),
    default="chat",
    help="Where it is said.",
)
@click.option("--brand", default="", help="The firm it is said to, so that leaving a rival is no exit.")
@OVERLAY
@json_option
def hear(text: str, role: str, channel: str, brand: str, overlay: Path | None, wants_json: bool) -> None:
    """Say what is heard in TEXT, and which phrase or words told it.

    \b
    Example:
      listener cues hear "I've asked three times now."
    """
    from listener.commands.hearing.in_words import in_words
    from listener.model.message import Message
    from listener.signals import Ear, explain

    book = book_with(overlay)
    message = Message(text, cast("MessageChannel", channel), cast("Role", role), datetime.now(UTC), brand=brand)
    told = explain(Ear(book), message)
    click.echo(as_json(told) if wants_json else in_words(told))
