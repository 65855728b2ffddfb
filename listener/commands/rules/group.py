"""`listener rules`: the book of rules: list, lint, test, explain, diff, new, what may be named, schema."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from listener.catalogue.near import hint
from listener.commands.groups import Group
from listener.commands.overlays import INTO, OVERLAY, begin, book_with, laid_over
from listener.commands.shared import Trouble, as_json, counted, json_option, say, settings_in_force
from listener.commands.times import MOMENT_HELP, as_moment

SILENT: Final = {"shadow": "in shadow: what it notices is noted, and nobody is told", "off": "off"}
NAME: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.group(cls=Group)
def rules() -> None:
    """The rules of the 29 relationships: read them, check them, try them, write one.

    \b
    Example:
      listener rules new late-parcel --code F12 --into ./catalogue
      listener rules test late-parcel --catalogue ./catalogue
    """


@rules.command("list")
@OVERLAY
@json_option
def list_(overlay: Path | None, wants_json: bool) -> None:
    """Every rule: code, id, whether it is on, and what it says.

    \b
    Example:
      listener rules list --json | jq -r .id
    """
    for rule in book_with(overlay).rules.by_id.values():
        if wants_json:
            click.echo(
                as_json(
                    {"id": rule.id, "code": rule.code, "status": rule.status, "title": rule.title, "kind": rule.kind}
                )
            )
        else:
            click.echo(f"{rule.code}  {rule.id:30} {rule.status:7} {rule.title}")


@rules.command()
@OVERLAY
@json_option
def lint(overlay: Path | None, wants_json: bool) -> None:
    """Check that the rules agree with themselves; exit 1 where something is wrong.

    With a folder of your own it also advises on its rules; advice alone is no fault. With --json, `check` is a name for
    the kind of finding, and `grave` is false of advice.

    \b
    Example:
      listener rules lint --catalogue ./our-rules
    """
    from listener.commands.rules.linting import findings, in_words

    told = list(findings(book_with(overlay)))
    for one in told:
        click.echo(as_json(one) if wants_json else in_words(one))
    if grave := sum(one["grave"] for one in told):
        raise Trouble("one thing to mend" if grave == 1 else f"{grave} things to mend")
    if not wants_json:
        advice = f"; {counted(len(told), 'piece')} of advice" if told else ""
        click.echo(f"nothing to mend{advice}")


@rules.command()
@click.argument("names", nargs=-1)
@OVERLAY
@json_option
def test(names: tuple[str, ...], overlay: Path | None, wants_json: bool) -> None:
    """Play every example of every rule (or of those named) through the real rules.

    Of the rules named it is also said whose alert tells of the act: where another rule of the same code notices it
    too, only one of them speaks.

    \b
    Example:
      listener rules test unanswered
    """
    from listener.commands.rules.playing_examples import in_words, played

    book = book_with(overlay)
    if unknown := sorted(set(names) - set(book.rules.by_id)):
        raise Trouble(f"no rule is called {unknown[0]}{hint(unknown[0], book.rules.by_id, '`listener rules list`')}", 2)
    told = list(played(names, book))
    for one in told:
        if wants_json:
            click.echo(as_json(one))
        elif names or not one["holds"]:
            click.echo(in_words(one, book))
    for name in names if not wants_json else ():
        if book.rules.by_id[name].status != "on":
            say(f"{name} is {SILENT[book.rules.by_id[name].status]}; it speaks once it says `status: on`")
    if failed := sum(not one["holds"] for one in told):
        raise Trouble(f"{failed} of {len(told)} stories end otherwise than told")
    click.echo(f"{len(told)} stories hold", err=wants_json)


@rules.command()
@click.argument("words", nargs=-1, required=True, metavar="[RULE] [FILE]")
@click.option("--customer", help="Whose signals to explain; of a recording only.")
@click.option(
    "--all", "every", is_flag=True, help="Every condition, also of whatever came to nothing; of a recording only."
)
@click.option("--text", "whole", is_flag=True, help="Long texts uncut (secrets stay masked); of a recording only.")
@click.option(
    "--until",
    callback=as_moment,
    metavar="TIME",
    help=f"Deadlines up to and including it fall due ({MOMENT_HELP}); of a recording only.",
)
@OVERLAY
def explain(
    words: tuple[str, ...], customer: str | None, every: bool, whole: bool, until: datetime | None,
    overlay: Path | None,
) -> None:  # fmt: skip
    """A rule in words (by its id, or all of a code); a recording as a story; or a rule over a recording.

    A story tells what was noticed, owed, settled or late, what CRM is told, and what is to be done in the end. A rule
    over a recording tells where something came of it, and where it came nearest to that and why not.

    \b
    Examples:
      listener rules explain F10
      listener rules explain story.jsonl --customer C-1042 --until 2026-03-20
      listener rules explain F10 story.jsonl --customer C-1042
    """
    from listener.commands.paper import told_as_wide_as_the_terminal
    from listener.commands.rules.explaining.one_rule import rule_over_recording
    from listener.commands.rules.explaining.recordings import recording_in_words
    from listener.commands.rules.explaining.rule_in_words import rule_in_words, rules_called

    told_as_wide_as_the_terminal()
    book = book_with(overlay)
    name, file = _rule_and_file(words)
    asked = rules_called(name, book) if name else []
    if name and not asked:
        raise Trouble(f"{name!r} is no rule, no code of one and no file; `listener rules list` names them", 2)
    if file is None and (customer or every or whole or until):
        raise Trouble(f"--customer, --until, --all and --text ask for a recording: `rules explain {name} FILE`", 2)
    if file is None:
        told: Iterable[str] = ["\n\n".join(rule_in_words(rule, book) for rule in asked)]
    elif asked:
        told = rule_over_recording(asked, file, customer, every, book, settings_in_force(), until)
    else:
        told = recording_in_words(file, customer, every, book, settings_in_force(), until, whole)
    for line in told:
        click.echo(line)


def _rule_and_file(words: tuple[str, ...]) -> tuple[str | None, Path | None]:
    """A rule, a file, or both in either order."""
    files = [word for word in words if Path(word).is_file()]
    names = [word for word in words if word not in files]
    if len(files) > 1 or len(names) > 1:
        raise Trouble(f"one rule and one file, of {', '.join(map(repr, words))}", 2)
    return next(iter(names), None), next(iter(map(Path, files)), None)


@rules.command()
@click.argument("old", type=click.Path(file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(file_okay=False, path_type=Path))
@click.argument("recordings", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--until", callback=as_moment, metavar="TIME", help=f"Deadlines up to and including it fall due ({MOMENT_HELP})."
)
@json_option
def diff(old: Path, new: Path, recordings: tuple[Path, ...], until: datetime | None, wants_json: bool) -> None:
    """Play recordings with two catalogues and show which alerts appear, vanish or change.

    For a catalogue, `-` is the built-in one; of a folder of recordings every .jsonl in it is played, each by itself.
    Each alert is told with the time it was raised at; of one that changes, what it was and what it is. On stderr: what
    the rules that differ noticed and raised no alert of, and why.

    \b
    Examples:
      listener rules diff - ./catalogue story.jsonl --until 2026-03-20T00:00:00Z
      listener rules diff ./catalogue ./catalogue-next recordings/
    """
    from listener.commands.reading import recordings_in
    from listener.commands.rules.changes_in_words import as_told, in_all, in_words
    from listener.commands.rules.comparing import differences, played, unheard

    files = recordings_in(recordings)
    plays, changes, stay, several = [], [], 0, len(files) > 1
    for file, before, after in played(laid_over(old), laid_over(new), files, until, settings_in_force()):
        plays.append((before, after))
        changes += (found := differences(before, after))
        stay += len(after.alerts) - sum(one.after is not None for one in found)
        if found and several and not wants_json:
            click.echo(f"{file}:")
        for one in found:
            click.echo(as_json(as_told(one, str(file))) if wants_json else "\n".join(in_words(one)))
    for line in in_all(changes, stay, len(plays)) if not wants_json else ():
        click.echo(line)
    for note in unheard(plays):
        say(note)
    if changes:
        raise SystemExit(1)


@rules.command()
@click.argument("name")
@click.option("--code", required=True, help="The act's code, e.g. F12; `listener rules list` shows them.")
@click.option(
    "--when",
    metavar="WAY",
    help="How it is noticed: a kind of act (price_changed …), who speaks (customer, agent, campaign, system), or "
    "`owed`.  [default: as the built-in rule of the code is]",
)
@INTO
def new(name: str, code: str, when: str | None, into: Path) -> None:
    """Begin a rule: writes rules/NAME.yaml into an overlay folder, ready to be filled in and tested.

    \b
    Examples:
      listener rules new late-delivery --code F12 --into ./our-rules
      listener rules new new-fee --code F23 --when fee_charged --into ./our-rules
    """
    from listener.commands.rules.drafting import first_draft, ways

    book, act = book_with(into if (into / "kinds.yaml").is_file() else None), code.upper()
    if act not in book.acts.by_code:
        raise Trouble(f"{code} is no act of the taxonomy; `listener rules list` shows their codes", 2)
    if when is not None and when not in ways(book):
        raise Trouble(f"{when!r} is no way to notice an act; the ways are {', '.join(ways(book))}", 2)
    if not NAME.fullmatch(name):
        raise Trouble(f"{name!r}: a rule's name is small letters and dashes, like late-parcel", 2)
    if f"rules/{name}.yaml" in book.shelf.built_in:
        raise Trouble(f"{name} is built in; a file of that name in {into / 'rules'} changes only the keys it names", 2)
    begin(into, "rules", name, first_draft(name, book.acts.by_code[act], book, when).encode())


@rules.command()
def schema() -> None:
    """The JSON Schema of a rule's file, for editors.

    \b
    Example:
      listener rules schema > rule.schema.json
    """
    from listener.catalogue.rules import Rule

    click.echo(json.dumps(Rule.model_json_schema(by_alias=True), indent=2))


@rules.command()
def situations() -> None:
    """The situations a rule may ask for in `if`, what each takes and means: the table of docs/rules-howto.md.

    \b
    Example:
      listener rules situations
    """
    from listener.commands.rules.tables import situations as told

    click.echo("\n".join(told()))


@rules.command()
def types() -> None:
    """The 29 types of relationship: the id that rules and recordings use, and the name that staff know it by.

    \b
    Example:
      listener rules types
    """
    from listener.commands.rules.tables import types as told

    click.echo("\n".join(told(book_with(None))))


@rules.command()
@OVERLAY
def gravity(overlay: Path | None) -> None:
    """How grave each act of the firm is for each type: nothing, 1 an irritation, 2 a breach, 3 a grave breach.

    \b
    Example:
      listener rules gravity --catalogue ./our-rules
    """
    from listener.commands.rules.tables import gravity as told

    click.echo("\n".join(told(book_with(overlay))))
