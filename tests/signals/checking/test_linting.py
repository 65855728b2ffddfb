"""Lint finds phrases that cannot be read, are never heard, may blow up, or add nothing; commands say so in words."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.catalogue import load
from listener.catalogue.cues import Cue, Cues
from listener.cli import listener
from listener.signals.checking.linting import Issue, lint
from listener.signals.checking.samples import samples, ways

NAMES = load().cues.names


def cue(*phrases: str, stops: tuple[str, ...] = (), p: float = 0.9, language: str = "en", **more: object) -> Cue:
    told = {"id": "gift", "side": "customer", "means": "a gift", "says": ["a"], "not": ["b"]}
    return Cue.model_validate(
        told | {"patterns": {language: {p: list(phrases)}}, "stops": {language: list(stops)}} | more
    )


def found(one: Cue) -> dict[str, Issue]:
    return {issue.check: issue for issue in lint(Cues({one.id: one}, NAMES, {}))}


@pytest.mark.parametrize(
    ("made", "check", "says"),
    [
        (cue("(open"), "phrases_can_be_read", "not closed"),
        (cue("..3"), "phrases_can_be_read", "no word"),
        (cue("gift {nobody}"), "phrases_can_be_read", "nobody"),
        (cue("gift ^ card"), "phrases_are_heard", "no text can match"),
        (cue("gift card", stops=("gift card",)), "phrases_are_heard", "a stop undoes it"),
        (cue("a ..12 ..12 ..12 gift"), "phrases_cannot_blow_up", "2197 ways"),
        (
            cue("gift card", patterns={"en": {0.9: ["gift"], 0.5: ["gift card"]}}),
            "phrases_add_something",
            "adds nothing",
        ),
        (cue("gift", "gift"), "phrases_do_not_repeat", "twice"),
        (cue("geschenk für", stops=("geschenk für",), language="de"), "phrases_are_heard", "de: "),
        (cue("礼物", stops=("礼",), language="zh"), "phrases_are_heard", "zh: "),
    ],
)
def test_lint_finds(made: Cue, check: str, says: str) -> None:
    assert says in found(made)[check].says


def test_a_sound_cue_has_nothing_said_of_it() -> None:
    assert found(cue("(gift|present) for (my|our) ..2 {family}", "gift wrap*", stops=("gift card",))) == {}


def test_one_fault_does_not_hide_another() -> None:
    assert {"phrases_can_be_read", "phrases_are_heard"} <= found(cue("(open", "gift", stops=("gift",))).keys()


def test_every_branch_is_in_a_sample() -> None:
    told = {
        w
        for text in samples("(asked|(rang|rung) up) {num} (times|calls)", {"num": "two|three"}, "en")
        for w in text.split()
    }
    assert told == {"asked", "rang", "rung", "up", "two", "three", "times", "calls"}


def test_ways_count_what_can_stretch() -> None:
    assert ways("a ..3 b ..2 c", {}) == 12
    assert ways("a (b)? c", {}) == 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "catalogue"


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(listener, [str(a) for a in arguments])
    return done.exit_code, done.stdout, done.stderr


def test_a_cue_of_ones_own_in_five_minutes(folder: Path) -> None:
    code, place, hint = run("cues", "new", "gift_request", "--into", folder)
    assert code == 0
    assert "cues lint --catalogue" in hint
    assert run("cues", "lint", "--catalogue", folder)[0] == 0
    assert run("cues", "test", "gift_request", "--catalogue", folder)[0] == 0
    blank = Path(place.strip()).read_text()
    Path(place.strip()).write_text(
        blank.replace("(some|other) words ..2 (that|which) say it", "present for (my|our) ..2")
    )
    code, told, _ = run("cues", "test", "gift_request", "--catalogue", folder)
    assert (code, "not heard" in told) == (1, True)
    code, told, _ = run("cues", "hear", "a present for my dad?", "--catalogue", folder)
    assert '0.90  gift_request         "present for my dad"' in told


def test_a_built_in_cue_is_begun_as_a_copy(folder: Path) -> None:
    code, place, said = run("cues", "new", "exit", "--into", folder)
    assert code == 0
    assert "id: exit" in Path(place.strip()).read_text()
    assert "built in" in said


def test_a_phrase_that_cannot_be_read_ends_every_command_in_one_line(folder: Path) -> None:
    _, place, _ = run("cues", "new", "gift_request", "--into", folder)
    file = Path(place.strip())
    file.write_text(file.read_text().replace("(some|other)", "(some"))
    for command in (["cues", "test", "gift_request"], ["cues", "hear", "hello"], ["cues", "list"]):
        code, _, said = run(*command, "--catalogue", folder)
        assert code == 2
        assert "cues/gift_request.yaml: en: " in said
        assert len(said.splitlines()) == 1
    code, told, _ = run("cues", "lint", "--catalogue", folder)
    assert (code, "gift_request: en: " in told) == (1, True)


def test_the_how_to_says_what_happens(folder: Path) -> None:
    """The cue that docs/cues-howto.md writes is sound, keeps its sentences and is heard as the page shows."""
    page = (Path(__file__).parents[3] / "docs" / "cues-howto.md").read_text()
    (folder / "cues").mkdir(parents=True)
    (folder / "cues" / "gift_request.yaml").write_text(page.partition("```yaml\n")[2].partition("```")[0])
    assert run("cues", "lint", "--catalogue", folder)[:2] == (0, "")
    assert run("cues", "test", "gift_request", "--catalogue", folder)[0] == 0
    shown = page.partition('cues hear "A present for my dad?" --catalogue ./catalogue\n')[2].partition("```")[0]
    told = run("cues", "hear", "A present for my dad?", "--catalogue", folder)[1]
    assert told.startswith(shown)
