"""Each of these judges a plan for all 29 types, time and again: whatever else is run with them is run first."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A mistake in the rules then shows where it is made, and at once (`make mutate` makes thousands)."""
    items.sort(key=lambda item: item.path.parent == HERE)
