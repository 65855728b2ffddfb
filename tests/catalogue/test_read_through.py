"""A catalogue read through at the start: what is wrong in it is told then, not in the midst of the work."""

from pathlib import Path

import pytest

from listener.catalogue import CatalogueError, load
from listener.catalogue.shelf import built_in

FILES = [name for name in sorted(built_in()) if "/" not in name]


@pytest.mark.parametrize("name", FILES)
def test_whatever_file_is_wrong_is_named_at_the_start(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("- nothing that belongs here\n")
    with pytest.raises(CatalogueError, match=name):
        load(tmp_path).read_through()
