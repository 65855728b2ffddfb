"""The customers to judge a plan by, out of a file: what `listener replay` or `listener watch` prints."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from listener.commands.exits import WRONG_USE
from listener.commands.reading import json_lines
from listener.commands.shared import Trouble, say

if TYPE_CHECKING:
    from listener.rules.prechecking import Crowd

MAKES_ONE: Final = "`listener replay RECORDING --until TIME > FILE` makes one"


def crowd_in(file: Path, brand: str) -> "Crowd":
    """The customers of a brand in a file of estimates.

    Raises:
        Trouble: where it holds none of them, or a line that is no estimate.
    """
    from listener.operating.crowding import ESTIMATES, crowd_of

    told = list(_told(file))
    brands = Counter(str(value.get("brand")) for topic, _, value in told if topic == ESTIMATES and value)
    try:
        crowd = crowd_of(told, brand)
    except ValidationError as trouble:
        first = trouble.errors(include_url=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise Trouble(f"{file}: an estimate in it is none: {where}: {first['msg']}; {MAKES_ONE}", WRONG_USE) from None
    others = {name: count for name, count in brands.most_common() if name != brand}
    if not crowd.estimates:
        raise Trouble(f"{file}: {_none(brand, others)}", WRONG_USE)
    if others:
        say(f"{file}: passed over what is told of other brands: {', '.join(others)}; ours is {brand}")
    return crowd


def _none(brand: str, others: dict[str, int]) -> str:
    if not others:
        return f"no estimate in it; without any there is nothing to judge by; {MAKES_ONE}"
    named = ", ".join(f"{count} of {name}" for name, count in others.items())
    first = next(iter(others))
    return f"no estimate of {brand} in it, but {named}; LISTENER_BRAND={first} judges by those"


def _told(file: Path) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """A recording's lines; bare estimates, a line each, will do too."""
    from listener.operating.crowding import ESTIMATES

    for number, told in json_lines(file, hint=f"; {MAKES_ONE}"):
        if not isinstance(told, dict):
            raise Trouble(f"{file}: line {number}: a JSON {type(told).__name__}, no estimate; {MAKES_ONE}", WRONG_USE)
        if "topic" in told:
            yield str(told["topic"]), str(told.get("key") or ""), told.get("value")
        else:
            yield ESTIMATES, str(told.get("customer_id") or ""), told
