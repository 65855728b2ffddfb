"""`listener precheck`: how a planned act would fall, before it is done."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from listener.commands.shared import (
    Trouble,
    as_json,
    catalogue_in_force,
    json_option,
    on_bus,
    settings_in_force,
    settings_on_bus,
)

if TYPE_CHECKING:
    from listener.catalogue import Catalogue
    from listener.model.inputs import BrandAct
    from listener.rules.prechecking import Crowd, Verdict

GRAVE = ("nothing", "an irritation", "a breach", "a grave breach")
MANY = 20


@click.command()
@click.argument("act", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--estimates", type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file to judge by (what `listener replay` or `listener watch` prints) in place of the bus.",
)  # fmt: skip
@json_option
def precheck(act: Path, estimates: Path | None, wants_json: bool) -> None:
    """Say how a planned act (a price, new terms, a campaign, a launch, a pact) would fall, on whom, and what to do.

    ACT.json is the act as it would be reported on brand.acts.v1. Who the customers are is read from the bus: the
    current estimates, the profiles' segments, and the contact that open alerts hold back. Exit 0: go on; 1: do not,
    or not like this.

    \b
    Examples:
      listener precheck price-rise.json
      listener precheck price-rise.json --estimates estimates.jsonl --json
    """
    planned, crowd = _planned(act), _crowd(estimates)
    if not crowd.estimates:
        where = str(estimates) if estimates else "the bus"
        raise Trouble(f"{where}: no estimate in it; without any there is nothing to judge by", 2)
    from listener.rules.prechecking import precheck as judge

    as_of: datetime = max(one.as_of for one in crowd.estimates.values())
    book = catalogue_in_force(settings_in_force().catalogue)
    verdict = judge(planned, crowd, book, as_of)
    if wants_json:
        click.echo(as_json(_as_dict(verdict, crowd)))
    else:
        for line in _in_words(planned, verdict, crowd, book):
            click.echo(line)
    if verdict.reaction.advice != "proceed":
        raise SystemExit(1)


def _planned(file: Path) -> "BrandAct":
    from listener.model.inputs import BrandAct

    try:
        return BrandAct.model_validate_json(file.read_bytes())
    except ValidationError as trouble:
        raise Trouble(
            f"{file}: {trouble.error_count()} things are wrong; first: {trouble.errors()[0]['msg']}", 2
        ) from None


def _crowd(file: Path | None) -> "Crowd":
    """Who the customers are: from a file, else from the bus."""
    from listener.bus.tailing import NoSuchTopic
    from listener.operating.crowding import crowd_of, crowd_on_the_bus

    if file is not None:
        return crowd_of(_told(file))
    try:
        return on_bus(crowd_on_the_bus(settings_on_bus()))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None


def _told(file: Path) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """A recording's lines; bare estimates, a line each, will do too."""
    from listener.operating.crowding import ESTIMATES

    for line in filter(str.strip, file.read_text().splitlines()):
        told = json.loads(line)
        if isinstance(told, dict) and "topic" in told:
            yield str(told["topic"]), str(told.get("key") or ""), told.get("value")
        elif isinstance(told, dict):
            yield ESTIMATES, str(told.get("customer_id") or ""), told


def _as_dict(verdict: "Verdict", crowd: "Crowd") -> dict[str, Any]:
    falls = {
        name: {"customers": one.customers, "hurt": round(one.hurt, 2), "grave": round(one.grave, 2)}
        for name, one in verdict.segments.items()
    }
    return verdict.reaction.model_dump(mode="json") | {
        "customers": verdict.customers, "breaks": verdict.breaks, "spare": verdict.spare, "on_hold": verdict.on_hold,
        "segments": falls, "holds": dict(crowd.holds),
    }  # fmt: skip


def _in_words(planned: "BrandAct", verdict: "Verdict", crowd: "Crowd", book: "Catalogue") -> Iterator[str]:
    told = verdict.reaction
    hurt = f"{len(verdict.spare)} would take it as a breach"
    yield f"{planned.kind}: {told.advice} ({verdict.customers} customers, {hurt})"
    for code, names in verdict.breaks.items():
        rule = book.rules.of_code(code)
        known = ", ".join(book.types.by_id[name].display for name in names)
        yield f"  {code} {rule.title if rule else ''}: for {known}"
    for name, one in sorted(told.exposure.items(), key=lambda pair: -pair[1].customers * pair[1].severity):
        yield f"  {book.types.by_id[name].display:28} {one.customers:8.1f} customers, {GRAVE[int(one.severity)]}"
    for segment, fall in verdict.segments.items():
        yield f"  segment {segment}: {fall.hurt:.1f} of {fall.customers} hurt, {fall.grave:.1f} gravely"
    yield from _named("spare", verdict.spare)
    yield from _named("an open alert holds this back for", verdict.on_hold)
    for customer, words in list(crowd.holds.items())[:MANY]:
        yield f"  hold for {customer}: {', '.join(words)}"


def _named(what: str, customers: tuple[str, ...]) -> Iterator[str]:
    if customers:
        yield f"  {what}: " + ", ".join(customers[:MANY]) + (" …" if len(customers) > MANY else "")
