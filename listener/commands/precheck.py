"""`listener precheck`: how a planned act would fall, before it is done."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from listener.commands.shared import Trouble, as_json, catalogue_in_force, json_option, settings_in_force

GRAVE = ("nothing", "an irritation", "a breach", "a grave breach")


@click.command()
@click.argument("act", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--estimates", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=True,
    help="Current estimates, a line each: what `listener replay` or `listener watch` prints.",
)  # fmt: skip
@json_option
def precheck(act: Path, estimates: Path, wants_json: bool) -> None:
    """Say how a planned act (a price, new terms, a campaign, a launch, a pact) would fall, on whom, and what to do.

    ACT.json is the act as it would be reported on brand.acts.v1. Exit 0: go on; 1: do not, or not like this.

    \b
    Example:
      listener precheck price-rise.json --estimates estimates.jsonl
    """
    from listener.model.inputs import BrandAct
    from listener.rules.prechecking import precheck as judge

    try:
        planned = BrandAct.model_validate_json(act.read_bytes())
    except ValidationError as trouble:
        raise Trouble(
            f"{act}: {trouble.error_count()} things are wrong; first: {trouble.errors()[0]['msg']}", 2
        ) from None
    if not (known := list(_estimates(estimates))):
        raise Trouble(f"{estimates}: no estimate in it; without any there is nothing to judge by", 2)
    as_of = max((one.as_of for one in known), default=planned.occurred_at)
    verdict = judge(planned, known, catalogue_in_force(settings_in_force().catalogue), as_of)
    told = verdict.reaction
    if wants_json:
        click.echo(as_json(told.model_dump(mode="json") | {"breaks": verdict.breaks, "spare": verdict.spare}))
    else:
        click.echo(
            f"{planned.kind}: {told.advice} ({len(known)} customers, {len(verdict.spare)} would take it as a breach)"
        )
        for code, names in verdict.breaks.items():
            click.echo(f"  {code} for {', '.join(names)}")
        for name, one in sorted(told.exposure.items(), key=lambda pair: -pair[1].customers * pair[1].severity):
            click.echo(f"  {name:26} {one.customers:8.1f} customers, {GRAVE[int(one.severity)]}")
        if verdict.spare:
            click.echo("  spare: " + ", ".join(verdict.spare[:20]) + (" …" if len(verdict.spare) > 20 else ""))
    if told.advice != "proceed":
        raise SystemExit(1)


def _estimates(file: Path) -> Any:
    """The last estimate of each customer in a file of outputs."""
    from listener.model.outputs import Estimate

    last: dict[str, Any] = {}
    for line in file.read_text().splitlines():
        told = json.loads(line) if line.strip() else {}
        if "topic" in told and not str(told["topic"]).endswith("relational.estimates.v1"):
            continue
        value = told.get("value", told) if isinstance(told, dict) else None
        if value:
            last[value["customer_id"]] = Estimate.model_validate(value)
    return last.values()
