"""The catalogue's own promises: everything read, nothing misspelt, an overlay that changes only what it names."""

from pathlib import Path

import numpy as np
import pytest

from listener.catalogue import CatalogueError, load
from listener.catalogue.shelf import lay_over, stock
from listener.model.types import TYPE_INDEX, TYPES

KNOWN = load()


def test_the_types_stand_in_the_order_every_array_uses() -> None:
    assert KNOWN.types.coordinates.shape == (29, 13)
    assert KNOWN.types.severity.shape == (29, 35)
    assert KNOWN.types.axis("valence")[TYPE_INDEX["enemies"]] == pytest.approx(-0.95)
    assert KNOWN.types.digit("business_partners", "F01") == 3


def test_only_a_fling_may_be_invigorated() -> None:
    where = {TYPES[row] for row, _ in np.argwhere(KNOWN.types.invigorates)}
    assert where == {"fling"}


def test_every_type_can_be_entered_and_left() -> None:
    sources, targets = zip(*KNOWN.types.edges, strict=True)
    assert set(sources) == set(targets) == set(TYPES)


def test_nothing_drifts_into_ill_feeling_by_the_clock() -> None:
    dark = KNOWN.types.axis("valence") < 0
    assert KNOWN.types.clockwork[:, dark].sum() == 0


@pytest.mark.parametrize("name", sorted(KNOWN.priors.by_name))
def test_a_prior_is_a_distribution_with_a_floor(name: str) -> None:
    prior = KNOWN.priors.of(name)
    assert prior.sum() == pytest.approx(1.0)
    assert prior.min() > 9e-5


def test_the_starting_prior_has_the_families_of_the_research() -> None:
    masses = KNOWN.priors.of(None) @ KNOWN.types.family_of
    assert masses[0] == pytest.approx(0.55, abs=0.02)
    assert masses[5:].sum() == pytest.approx(0.12, abs=0.01)


def test_the_negative_share_is_a_setting(tmp_path: Path) -> None:
    (tmp_path / "priors").mkdir()
    (tmp_path / "priors" / "starting.yaml").write_text("negative_share: 0.45\n")
    masses = load(tmp_path).priors.of(None) @ KNOWN.types.family_of
    assert masses[5:].sum() == pytest.approx(0.45, abs=0.01)


def test_an_unknown_industry_begins_like_any() -> None:
    assert (KNOWN.priors.of("beekeeping") == KNOWN.priors.of(None)).all()


def test_every_weight_tells_its_source_and_says_nothing_of_all_alike() -> None:
    assert np.allclose(KNOWN.emissions.weights.mean(1), 0.0, atol=1e-9)
    assert np.abs(KNOWN.emissions.bare).max() < 3.0


def test_an_overlay_changes_only_what_it_names_and_the_version_says_so(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("display: novelty seeker\n")
    mine = load(tmp_path)
    assert mine.types.by_id["fling"].display == "novelty seeker"
    assert mine.types.by_id["fling"].label == KNOWN.types.by_id["fling"].label
    assert mine.version != KNOWN.version
    assert KNOWN.version.startswith("2026.11+sha256:")


def test_a_misspelt_key_is_refused_with_its_file(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("dispaly: x\n")
    with pytest.raises(CatalogueError, match=r"types/fling\.yaml"):
        _ = load(tmp_path).types


def test_a_file_in_no_known_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tpyes").mkdir()
    (tmp_path / "tpyes" / "fling.yaml").write_text("x: 1\n")
    with pytest.raises(CatalogueError, match="tpyes"):
        stock(tmp_path)


def test_a_file_that_is_not_yaml_is_named(tmp_path: Path) -> None:
    (tmp_path / "types").mkdir()
    (tmp_path / "types" / "fling.yaml").write_text("a: [1\n")
    with pytest.raises(CatalogueError, match=r"fling\.yaml"):
        _ = load(tmp_path).types


def test_laying_over_replaces_lists_whole() -> None:
    assert lay_over({"a": [1, 2], "b": 1}, {"a": [3]}) == {"a": [3], "b": 1}
