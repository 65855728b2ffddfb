"""`listener tie`: the belief's own knobs."""

from collections.abc import Iterator
from pathlib import Path

import click

from listener.commands.groups import Group
from listener.commands.reading import json_lines
from listener.commands.shared import FILE, Trouble, catalogue_in_force, counted, say, settings_in_force


@click.group(cls=Group)
def tie() -> None:
    """The belief about relationships: fit its prior to what your customers answered.

    \b
    Example:
      listener tie fit --surveys answers.jsonl --name ours > priors/ours.yaml
    """


@tie.command()
@click.option(
    "--surveys",
    required=True,
    type=FILE,
    help="A recording with contact.survey.v1 values, or one such value a line.",
)
@click.option("--track", type=click.Choice(["wanted", "held"]), default="wanted", help="Which answer to use.")
@click.option("--industry", help="Draw toward this industry's prior; by default toward the starting one.")
@click.option("--strength", type=click.FloatRange(min=1), default=60.0, show_default=True, help="Answers it counts as.")
@click.option("--name", default="ours", show_default=True, help="What the prior will be called.")
def fit(surveys: Path, track: str, industry: str | None, strength: float, name: str) -> None:
    """Print a prior fitted to survey answers, to lay over the catalogue as priors/NAME.yaml.

    Each answer that names a type counts one; the prior there is counts as --strength answers, so that a few answers
    change little. Named as a profile's `industry_prior` it holds for that customer; saved as priors/starting.yaml
    for everyone.

    \b
    Example:
      listener tie fit --surveys got.jsonl --industry banking --name us > us.yaml
      mv us.yaml our-catalogue/priors/
      LISTENER_CATALOGUE=our-catalogue listener run
    """
    import yaml

    from listener.catalogue.survey_priors import as_file, prior_from_answers
    from listener.model.types import TYPE_INDEX

    knowledge = catalogue_in_force(settings_in_force().catalogue)
    if industry is not None and industry not in knowledge.priors.by_name:
        raise Trouble(f"no prior is called {industry!r}; there are {', '.join(sorted(knowledge.priors.by_name))}", 2)
    answers = list(_answers(surveys, track))
    strange = sorted({told for told in answers if told not in TYPE_INDEX})
    if strange:
        raise Trouble(f"not among the 29 types: {', '.join(strange)}")
    if not answers:
        raise Trouble(f"{surveys.name} has no answer that names a {track} type")
    after = prior_from_answers(answers, knowledge.priors.of(industry), strength)
    many = counted(len(answers), "answer")
    source = f"listener tie fit: {many} on {track}, drawn toward {industry or 'the starting prior'}"
    say(f"{name}: {many}")
    click.echo(yaml.safe_dump(dict(as_file(after, knowledge.types.family_of, source)), sort_keys=False), nl=False)


def _answers(surveys: Path, track: str) -> Iterator[str]:
    for _, told in json_lines(surveys):
        value = told.get("value", told) if isinstance(told, dict) else None
        if isinstance(value, dict) and isinstance(value.get(track), str):
            yield value[track]
