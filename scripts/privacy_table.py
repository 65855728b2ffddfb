"""The table of docs/privacy.md, made from topics/*.yaml: `python -m scripts.privacy_table` writes it in its place."""

from datetime import timedelta
from pathlib import Path

from listener.topics import TopicFile, read
from scripts.pages import rewrite

PAGE = Path(__file__).parents[1] / "docs" / "privacy.md"
BEGIN, END = "<!-- from topics/: python -m scripts.privacy_table -->\n", "<!-- end -->\n"
HEAD = "| topic | what it holds | kept | how an erasure reaches it |\n|---|---|---|---|\n"
NOT_OF_ONE = {"brand", "act_id"}
"""Keys of topics that speak of no single customer."""


def table() -> str:
    """A row for each file of topics/."""
    return HEAD + "".join(row(file) for file in read())


def row(file: TopicFile) -> str:
    """What is kept, how long, and what ends it."""
    kept = f"{file.retention.days} days" if isinstance(file.retention, timedelta) else "until a tombstone"
    return f"| `{file.name}` | {' '.join(file.purpose.split())} | {kept} | {reach(file)} |\n"


def reach(file: TopicFile) -> str:
    """How an erasure comes to a topic."""
    if file.key in NOT_OF_ONE:
        return "not needed: totals, no customer"
    if file.cleanup == "delete":
        return "expires"
    return "the CRM's null value, or `erase --profile`" if "CRM" in file.writers else "tombstone, at once"


def main() -> None:
    """Put the table where the page wants it."""
    rewrite(PAGE, BEGIN, table(), END)


if __name__ == "__main__":
    main()
