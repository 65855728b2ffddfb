"""`listener precheck`: how a planned act would fall, before it is done."""

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from pydantic import ValidationError

from listener.catalogue.near import hint
from listener.commands.paper import in_columns
from listener.commands.rules.estimates import crowd_in
from listener.commands.shared import (
    FILE,
    Trouble,
    as_json,
    catalogue_in_force,
    json_option,
    on_bus,
    say,
    settings_in_force,
    settings_on_bus,
)
from listener.model.spans import span
from listener.model.types import TYPES

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from listener.catalogue import Catalogue
    from listener.model.inputs import BrandAct
    from listener.rules.prechecking import Crowd, Verdict


def _ahead(_context: click.Context, _parameter: click.Parameter, text: str | None) -> timedelta | None:
    """A span as it was typed."""
    try:
        return None if text is None else span(text)
    except ValueError as trouble:
        raise click.BadParameter(str(trouble)) from None


@click.command()
@click.argument("act", type=FILE)
@click.option(
    "--estimates", type=FILE,
    help="A file to judge by (what `listener replay` or `listener watch` prints) in place of the bus.",
)  # fmt: skip
@click.option(
    "--told-ahead", callback=_ahead, metavar="SPAN",
    help="Each of them will have had a notice so long before it: 30 d, 120 d.",
)  # fmt: skip
@click.option("--all", "every", is_flag=True, help="Name every type, however many.")
@json_option
def precheck(act: Path, estimates: Path | None, told_ahead: timedelta | None, every: bool, wants_json: bool) -> None:
    """Say how a planned act (a price, new terms, a campaign, a launch, a pact) would fall, on whom, and what to do.

    ACT.json is the act as it would be reported on brand.acts.v1. Who the customers are is read from the bus: the
    current estimates, the profiles' segments, and the contact that open alerts hold back. Exit 0: go on; 1: do not,
    or not like this.

    \b
    Examples:
      listener precheck price-rise.json
      listener precheck price-rise.json --told-ahead "120 d"
      listener precheck price-rise.json --estimates estimates.jsonl --json
    """
    book = catalogue_in_force(settings_in_force().catalogue)
    planned, crowd = _planned(act, book), _crowd(estimates)
    from listener.rules.prechecking import precheck as judge

    as_of: datetime = max(one.as_of for one in crowd.estimates.values())
    verdict = judge(planned, crowd, book, as_of, told_ahead=told_ahead)
    if not verdict.customers:
        raise Trouble(f"{act}: {_nobody(planned, crowd)}", 2)
    if wants_json:
        click.echo(as_json(_as_dict(verdict, crowd)))
    else:
        from listener.commands.rules.verdict_in_words import SHORT, verdict_in_words

        for line in verdict_in_words(planned, verdict, crowd, book, told_ahead, len(TYPES) if every else SHORT):
            click.echo(in_columns(line))
    if verdict.reaction.advice != "proceed":
        raise SystemExit(1)


def _planned(file: Path, book: "Catalogue") -> "BrandAct":
    from listener.model.inputs import BrandAct

    try:
        act = BrandAct.model_validate_json(file.read_bytes())
    except ValidationError as trouble:
        raise Trouble(f"{file}: {'; '.join(map(_wrong, trouble.errors(include_url=False)[:3]))}", 2) from None
    _must_be_known(file, act, book)
    return act


def _wrong(error: "ErrorDetails") -> str:
    """One thing that is wrong with the file, with the name of the field."""
    where = ".".join(map(str, error["loc"]))
    what = {"missing": "is missing"}.get(error["type"], error["msg"].removeprefix("Value error, "))
    return f"{where} {what}" if error["type"] == "missing" else f"{where}: {what}" if where else what


def _must_be_known(file: Path, act: "BrandAct", book: "Catalogue") -> None:
    """An act or a detail that no rule knows would fall on nobody, which is no answer to the question."""
    from listener.catalogue.kinds import is_taken

    if act.kind not in book.kinds:
        near = hint(act.kind, book.kinds) or f"; the kinds are {', '.join(book.kinds)}"
        raise Trouble(f"{file}: kind: {act.kind!r} is no kind of act{near}", 2)
    known = book.kinds[act.kind]
    for name, told in act.details.items():
        if name not in known:
            say(f"{file}: {act.kind} has no detail {name!r}, so it is passed over; it has {', '.join(known)}")
        elif isinstance(words := known[name], frozenset) and not is_taken(words, told):
            say(f"{file}: {name} is one of {', '.join(sorted(words))}, and not {told!r}, so no rule will know it")


def _crowd(file: Path | None) -> "Crowd":
    """Who the customers are: from a file, else from the bus."""
    from listener.bus.tailing import NoSuchTopic
    from listener.operating.crowding import crowd_on_the_bus

    if file is not None:
        return crowd_in(file, settings_in_force().brand)
    settings = settings_on_bus()
    try:
        crowd = on_bus(crowd_on_the_bus(settings))
    except NoSuchTopic as trouble:
        raise Trouble(str(trouble)) from None
    if not crowd.estimates:
        where = f"the bus: no estimate of {settings.brand} on it (LISTENER_BRAND says which brand is ours)"
        raise Trouble(f"{where}; without any there is nothing to judge by", 2)
    return crowd


def _nobody(act: "BrandAct", crowd: "Crowd") -> str:
    """Why a plan is for nobody we know."""
    if act.customer is not None:
        who = act.customer.known_as
        return f"customer: nothing is known of {who}{hint(who, crowd.estimates)}"
    segment = act.audience.segment if act.audience else None
    known = {one for several in crowd.segments.values() for one in several}
    told = hint(str(segment), known) or "; who is in which stands in the profiles, crm.customers.v1, and none was read"
    return f"audience.segment: none of {len(crowd.estimates)} customers is in {segment!r}{told}"


def _as_dict(verdict: "Verdict", crowd: "Crowd") -> dict[str, Any]:
    falls = {
        name: {"customers": one.customers, "hurt": round(one.hurt, 2), "grave": round(one.grave, 2)}
        for name, one in verdict.segments.items()
    }
    return verdict.reaction.model_dump(mode="json") | {
        "customers": verdict.customers, "breaks": verdict.breaks, "spare": verdict.spare, "on_hold": verdict.on_hold,
        "segments": falls, "holds": dict(crowd.holds), "why": dict(verdict.why),
        "rules": dict(verdict.by),
        "hurt": round(verdict.fall.hurt, 2), "grave": round(verdict.fall.grave, 2),
        "would_help": [asdict(one) for one in verdict.reliefs],
    }  # fmt: skip
