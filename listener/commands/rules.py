"""`listener rules`: the book of rules: list, lint, test, explain, diff, new, schema."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from listener.commands.shared import Trouble, as_json, catalogue_in_force, json_option, settings_in_force

if TYPE_CHECKING:
    from listener.catalogue import Catalogue

OVERLAY = click.option(
    "--catalogue",
    "overlay",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder laid over the built-in catalogue.",
)


@click.group()
def rules() -> None:
    """The rules of the 29 relationships: read them, check them, try them, write one.

    \b
    Example:
      listener rules new late-parcel --code F12 --into ./catalogue
      listener rules test late-parcel --catalogue ./catalogue
    """


def _book(overlay: Path | None) -> "Catalogue":
    """The catalogue in force, or one with another overlay; a broken file ends the command with one line."""
    return catalogue_in_force(overlay or settings_in_force().catalogue)


@rules.command("list")
@OVERLAY
@json_option
def list_(overlay: Path | None, wants_json: bool) -> None:
    """Every rule: code, id, whether it is on, and what it says.

    \b
    Example:
      listener rules list --json | jq -r .id
    """
    for rule in _book(overlay).rules.by_id.values():
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

    \b
    Example:
      listener rules lint --catalogue ./our-rules
    """
    from listener.rules.checking import lint as check

    issues = check(_book(overlay))
    for issue in issues:
        told = {"where": issue.where, "check": issue.check, "says": issue.says}
        click.echo(as_json(told) if wants_json else f"{issue.where}: {issue.says} ({issue.check})")
    if issues:
        raise Trouble(f"{len(issues)} things to mend")
    if not wants_json:
        click.echo("nothing to mend")


@rules.command()
@click.argument("names", nargs=-1)
@OVERLAY
@json_option
def test(names: tuple[str, ...], overlay: Path | None, wants_json: bool) -> None:
    """Play every example of every rule (or of those named) through the real rules.

    \b
    Example:
      listener rules test unanswered
    """
    from listener.rules.rehearsing import rehearse, speaks

    book, failed, played = _book(overlay), 0, 0
    for rule in book.rules.by_id.values():
        for example in rule.examples if not names or rule.id in names else ():
            try:
                fires, level = speaks(rule, rehearse(example, book))
            except ValueError as trouble:
                raise Trouble(f"{rule.id}: {example.name}: {trouble}; `listener rules lint` says more") from None
            fine = fires is (rule.code in example.expect) and example.level in (None, level)
            played, failed = played + 1, failed + (not fine)
            if wants_json:
                click.echo(
                    as_json({"rule": rule.id, "story": example.name, "holds": fine, "fires": fires, "level": level})
                )
            elif not fine or names:
                came = f"{'fires' if fires else 'stays quiet'}, level {level}"
                click.echo(f"{'holds' if fine else 'FAILS'}  {rule.id}: {example.name} ({came})")
    if failed:
        raise Trouble(f"{failed} of {played} stories end otherwise than told")
    click.echo(f"{played} stories hold", err=wants_json)


@rules.command()
@click.argument("what")
@click.option("--customer", help="Whose signals to explain, where WHAT is a recording.")
@click.option("--all", "every", is_flag=True, help="Also the rules that were nowhere near.")
@OVERLAY
def explain(what: str, customer: str | None, every: bool, overlay: Path | None) -> None:
    """One rule in words; or, for a recording, why each rule did or did not fire, condition by condition.

    \b
    Examples:
      listener rules explain tone-deaf-campaign
      listener rules explain story.jsonl --customer C-1042
    """
    from listener.commands.telling_rules import recording_in_words, rule_in_words

    book = _book(overlay)
    if what in book.rules.by_id:
        click.echo(rule_in_words(book.rules.by_id[what], book))
        return
    if not Path(what).is_file():
        raise Trouble(f"{what!r} is neither a rule nor a file; `listener rules list` names the rules", 2)
    for line in recording_in_words(Path(what), customer, every, book, settings_in_force()):
        click.echo(line)


@rules.command()
@click.argument("old", type=click.Path(file_okay=False, path_type=Path))
@click.argument("new", type=click.Path(file_okay=False, path_type=Path))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--until", metavar="TIME", help="RFC 3339; deadlines up to it fall due.")
@json_option
def diff(old: Path, new: Path, file: Path, until: str | None, wants_json: bool) -> None:
    """Play a recording with two catalogues and show which alerts appear, vanish or change. `-` is the built-in one.

    \b
    Example:
      listener rules diff - ./catalogue story.jsonl --until 2026-03-20T00:00:00Z
    """
    from listener.commands.telling_rules import differences

    lines = list(differences(_overlay(old), _overlay(new), file, until, settings_in_force()))
    for line in lines:
        click.echo(
            as_json(line)
            if wants_json
            else "{what:9} {severity:8} {code} {rule_id} {customer_id} {note}".format_map(line)
        )
    if not lines and not wants_json:
        click.echo("no alert differs")
    if lines:
        raise SystemExit(1)


def _overlay(folder: Path) -> Path | None:
    if str(folder) == "-":
        return None
    if not folder.is_dir():
        raise Trouble(f"{folder}: not a folder; write - for the built-in catalogue", 2)
    return folder


@rules.command()
@click.argument("name")
@click.option("--code", required=True, help="The act's code, e.g. F12; `listener rules list` shows them.")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), default=Path("catalogue"), show_default=True)
def new(name: str, code: str, into: Path) -> None:
    """Begin a rule: writes rules/NAME.yaml into an overlay folder, ready to be filled in and tested.

    \b
    Example:
      listener rules new late-delivery --code F12 --into ./our-rules
    """
    from listener.commands.telling_rules import first_draft

    book = _book(None)
    if code not in book.acts.by_code:
        raise Trouble(f"{code} is no act of the taxonomy", 2)
    path = into / "rules" / f"{name}.yaml"
    if path.exists() or name in book.rules.by_id:
        raise Trouble(f"there is a rule called {name} already", 2)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(first_draft(name, book.acts.by_code[code], book))
    click.echo(f"{path}\nnow: edit it, then `listener rules test {name} --catalogue {into}`")


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
    """The situations a rule may ask for in `if`, and what each means: the table of docs/rules-howto.md.

    \b
    Example:
      listener rules situations
    """
    from listener.rules.situations import SITUATIONS

    click.echo("| situation | holds when |\n|---|---|")
    for name, claim in sorted(SITUATIONS.items()):
        meaning = " ".join((claim.__doc__ or "").split("\n\n")[0].split()).replace("|", "/")
        click.echo(f"| `{name}` | {meaning} |")
