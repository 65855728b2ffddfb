"""Times as other systems write them inside an act's details."""

from datetime import UTC, date, datetime, time


def moment(told: object) -> int | None:
    """A time in whole seconds since 1970; None where it is missing or no time.

    >>> moment("1970-01-02T00:00:00Z"), moment("1970-01-02"), moment("soon")
    (86400, 86400, None)
    """
    if isinstance(told, datetime):
        return int(told.timestamp())
    if isinstance(told, date):
        return int(datetime.combine(told, time(), UTC).timestamp())
    if not isinstance(told, str):
        return None
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        return None
    return int((read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp())
