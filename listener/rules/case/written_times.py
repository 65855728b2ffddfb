"""Times as other systems write them inside an act's details."""

from datetime import UTC, date, datetime, time


def seconds_of(written: object) -> int | None:
    """A time in whole seconds since 1970; None where it is missing or no time.

    >>> seconds_of("1970-01-02T00:00:00Z"), seconds_of("1970-01-02"), seconds_of("soon")
    (86400, 86400, None)
    """
    if isinstance(written, datetime):
        return int(written.timestamp())
    if isinstance(written, date):
        return int(datetime.combine(written, time(), UTC).timestamp())
    if not isinstance(written, str):
        return None
    try:
        read = datetime.fromisoformat(written)
    except ValueError:
        return None
    return int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp())
