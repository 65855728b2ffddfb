"""How many bytes are kept of a customer after dense histories: median, 99th percentile, field by field.

    python -m scripts.tie.states

Two measures. `at their end`: every written history (tests/stories and tests/histories/dev*), as its customer's state
stands when it is over. `a crowded year`: of each of the 29 types all its histories happen to one customer within a
year, side by side, with event ids as long as most systems' are; the state is weighed after each of the year's signals.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import msgspec

from listener.book import Book
from listener.catalogue import Catalogue, load
from listener.envelopes.recording import read
from listener.model.record import Record, Understood
from listener.model.state import CustomerState
from listener.replay import hear, read_ahead
from listener.settings import Settings
from listener.workbench import core_of, hearing_of
from scripts.tie.scorer import table

HERE = Path(__file__).parents[2]
INTRO = """`python -m scripts.tie.states`. Marks: a median of 1,500 bytes and a 99th percentile of 6,000.

Histories are the shared ones and `dev*`, with their own short event ids; in a crowded year all histories of a type
happen to one customer, side by side, and event ids have 36 characters.
"""
YEAR, NEW_YEAR = timedelta(days=365), datetime.fromisoformat("2025-01-01T00:00:00+00:00")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT")
Line = dict[str, Any]


def folders(tests: Path) -> list[Path]:
    """All histories that may be looked at."""
    return [tests / "stories", *sorted((tests / "histories").glob("dev*"))]


def at_their_end(told: Iterable[Path], knowledge: Catalogue) -> Iterator[CustomerState]:
    """The customer of each history when it is over, deadlines of its silence and all."""
    for expect in told:
        said = json.loads(expect.read_text())
        lines = expect.with_name(expect.name.replace(".expect.json", ".jsonl")).read_bytes().splitlines()
        until = datetime.fromisoformat(said["until"])
        *_, last = _kept(lines, said["customer_id"], knowledge, until)
        yield last


def crowded_years(told: Iterable[Path], knowledge: Catalogue) -> Iterator[list[CustomerState]]:
    """Of each type one customer to whom all its histories happen in a year: the state after each signal."""
    of_type: dict[str, list[list[Line]]] = defaultdict(list)
    for expect in told:
        lines = expect.with_name(expect.name.replace(".expect.json", ".jsonl")).read_text().splitlines()
        of_type[json.loads(expect.read_text())["wanted"][0]].append([json.loads(line) for line in lines if line])
    for kind, several in sorted(of_type.items()):
        yield list(_kept(_crowded(f"C-{kind}", several), f"C-{kind}", knowledge))


def _crowded(customer: str, several: Sequence[Sequence[Line]]) -> list[bytes]:
    """Several histories as one: the first one's profile, the times moved so that all begin within a year."""
    lines: list[tuple[bool, str, Line]] = []
    for n, history in enumerate(several):
        begins = min(_moments(history))
        moved = NEW_YEAR + n * YEAR / len(several) - begins
        told = {str(line["value"].get("event_id")) for line in history if line["value"]}
        renamed = {name: str(uuid5(NAMESPACE_OID, f"{customer}{n}{name}")) for name in told}
        for line in history:
            is_profile = line["topic"] == "crm.customers.v1"
            if (is_profile and n) or not line["value"]:
                continue
            value = _moved(line["value"], moved, renamed)
            if is_profile:
                value["customer_id"] = customer
            elif value.get("customer"):
                value["customer"] = {"customer_id": customer}
            if value.get("conversation_id"):
                value["conversation_id"] = f"{n}-{value['conversation_id']}"
            value.pop("brand", None)
            key = None if line["key"] is None else customer
            lines.append((not is_profile, value.get("occurred_at", ""), {**line, "key": key, "value": value}))
    ordered = sorted(lines, key=lambda one: (one[0], datetime.fromisoformat(one[1]) if one[1] else NEW_YEAR))
    return [json.dumps(line).encode() for *_, line in ordered]


def _moments(history: Sequence[Line]) -> Iterator[datetime]:
    told = (line["value"].get("occurred_at") for line in history if line["value"])
    return (datetime.fromisoformat(moment) for moment in told if moment)


def _moved(value: Any, by: timedelta, renamed: dict[str, str]) -> Any:
    """A value whose times are later, and whose event ids are others."""
    if isinstance(value, dict):
        return {name: _moved(one, by, renamed) for name, one in value.items()}
    if isinstance(value, list):
        return [_moved(one, by, renamed) for one in value]
    if isinstance(value, str) and _TIME.match(value):
        return (datetime.fromisoformat(value) + by).isoformat()
    return renamed.get(value, value) if isinstance(value, str) else value


def _kept(
    lines: Sequence[bytes], customer: str, knowledge: Catalogue, until: datetime | None = None
) -> Iterator[CustomerState]:
    """One customer's state after each signal, and last at a moment."""
    records: list[Record] = [one.as_record() for one in read(lines)]
    brand = next((b for r in records if r.value and (b := json.loads(r.value).get("brand"))), "default")
    settings = Settings(brand=brand)
    hearing, book = hearing_of(settings, knowledge), Book(core_of(settings, knowledge))
    read_ahead(records, hearing.identities, brand)
    for signal in chain.from_iterable(one.signals for one in hear(records, hearing) if isinstance(one, Understood)):
        for _ in book.take(signal):
            pass
        if customer in book.states:
            yield book.states[customer]
    if until is not None:
        for _ in book.advance(until):
            pass
        yield book.states[customer]


def by_field(states: Sequence[CustomerState]) -> Counter[str]:
    """Mean bytes of each field before any packing, those of parts by name."""
    spent: Counter[str] = Counter()
    for state in states:
        for name in state.__struct_fields__:
            value = getattr(state, name)
            parts = value.__struct_fields__ if isinstance(value, msgspec.Struct) else ()
            spent.update({f"{name}.{part}": _bytes(getattr(value, part)) for part in parts} or {name: _bytes(value)})
    return Counter({name: round(total / len(states)) for name, total in spent.items()})


def _bytes(value: object) -> int:
    return len(msgspec.msgpack.encode(value))


def percentile(values: Sequence[int], share: float) -> int:
    """The value below which that share lies."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(tests: Path, knowledge: Catalogue) -> list[str]:
    """The page's lines."""
    told = [expect for folder in folders(tests) for expect in sorted(folder.glob("*.expect.json"))]
    ended = list(at_their_end(told, knowledge))
    years = list(crowded_years(told, knowledge))
    measured = {
        "histories at their end": ended,
        "a crowded year, each type, at its end": [year[-1] for year in years],
        "a crowded year, after each signal": list(chain.from_iterable(years)),
    }
    rows = []
    for name, states in measured.items():
        sizes = [len(state.to_bytes()) for state in states]
        events = percentile([state.heard for state in states], 0.5)
        rows.append([name, len(sizes), events, percentile(sizes, 0.5), percentile(sizes, 0.99), max(sizes)])
    head = ["states of", "n", "signals heard, median", "bytes, median", "99th percentile", "most"]
    few, many = by_field(ended), by_field(measured["a crowded year, after each signal"])
    spent = [[name, size, many[name]] for name, size in few.most_common(16)]
    return [
        "\n## What is kept of a customer\n",
        INTRO,
        table(head, rows),
        "\nThe largest fields before packing, mean bytes:\n",
        table(["field", "histories at their end", "a crowded year"], spent),
    ]


def main() -> None:
    """Print the section of docs/tie.md."""
    print("\n".join(report(HERE / "tests", load().read_through())))


if __name__ == "__main__":
    main()
