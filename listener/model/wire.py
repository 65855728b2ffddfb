"""What all values on the bus share: how strict they are, and the small parts they are made of."""

from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Final, Literal
from unicodedata import normalize

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, PlainSerializer

EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def moment_of_ms(since_1970: float) -> datetime:
    """The moment of a bus's timestamp; whoever writes to a bus may give any, and one beyond ours is our last or first.

    >>> moment_of_ms(253_402_300_800_000) == LATEST, moment_of_ms(-1) == EARLIEST
    (True, True)
    """
    return datetime.fromtimestamp(min(max(since_1970 / 1000, EARLIEST.timestamp()), LATEST.timestamp()), UTC)


Moment = Annotated[AwareDatetime, Field(ge=EARLIEST, le=LATEST)]
"""A time with an offset, RFC 3339, kept in the offset it came with (a promise falls due in that offset)."""

Identifier = Annotated[str, Field(min_length=1, max_length=512)]
"""An id as some other system made it: opaque, never empty, never long."""


def _readable(name: str) -> str:
    if not name.strip() or "\0" in name:
        raise ValueError("an id that is blank, or has a NUL in it, names nobody")
    return name


Name = Annotated[Identifier, AfterValidator(_readable)]
"""An id that says who or what is meant: a field that some export fills with blanks would make all of them one."""

Probability = Annotated[float, Field(ge=0.0, le=1.0)]


class Incoming(BaseModel):
    """A value that strangers write: unknown fields are passed over (ingest counts them), missing ones are refused."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)


class Outgoing(BaseModel):
    """A value that we write: exactly these fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


MOST_DIGITS: Final = 24
_HUNDREDTH, _WHOLE = Decimal("0.01"), Decimal(1)


class Money(BaseModel):
    """An amount in a currency; the amount travels as a string, so that no cent is lost to a float."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    amount: Annotated[
        Decimal,
        Field(allow_inf_nan=False, max_digits=MOST_DIGITS),
        PlainSerializer(lambda d: format(d, "f"), return_type=str),
    ]
    currency: Annotated[str, Field(min_length=3, max_length=3)] = "USD"

    def times(self, share: float) -> "Money":
        """A share of it, in hundredths, half of one up; the share as it is told, in ten thousandths.

        An amount that has no digits left for hundredths is told in wholes.

        >>> str(Money(amount="100.01", currency="EUR").times(0.5).amount)
        '50.01'
        """
        part = self.amount * Decimal(repr(round(share, 4)))
        finest = _HUNDREDTH if part.adjusted() + 3 <= MOST_DIGITS else _WHOLE
        return Money(amount=part.quantize(finest, ROUND_HALF_UP), currency=self.currency)


class Handle(BaseModel):
    """One address a customer is met at.

    >>> Handle(kind="social", network="mastodon", value="@Ann").customer_id
    'handle:social:mastodon:@ann'
    """

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    kind: Literal["email", "phone", "social", "device"]
    network: Annotated[str, Field(max_length=128)] | None = None
    value: Name

    @property
    def customer_id(self) -> str:
        """The customer this handle stands for until a profile or a merge links it."""
        value = normalize("NFC", self.value.strip().casefold())  # one letter and its accent apart are the same letter
        return f"handle:{self.kind}:{(self.network or '-').casefold()}:{value}"
