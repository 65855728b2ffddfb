"""Files that travel with the package: topics, schemas, the broker's pom. In a checkout they lie beside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder called `name`, from the wheel where it was built in, else from the checkout this package lies in.

    >>> shipped("topics").is_dir()
    True
    """
    inside = _PACKAGE / "_shipped" / name
    beside = _PACKAGE.parent / {"broker": "deploy/broker", "acls": "deploy/acls"}.get(name, name)
    return inside if inside.is_dir() else beside
