"""Times as other systems write them: read alike however they are written, and none where there is none."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from listener.rules.case.written_times import seconds_of

NOON = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "told",
    [
        "2026-03-04T12:00:00Z",
        "2026-03-04T12:00:00+00:00",
        "2026-03-04T13:00:00+01:00",
        "2026-03-04T12:00:00",
        "2026-03-04T12:00:00.900Z",
        NOON,
        NOON.astimezone(timezone(timedelta(hours=-8))),
    ],
)
def test_one_moment_is_read_alike_and_is_universal_where_it_names_no_zone(told: object) -> None:
    assert seconds_of(told) == int(NOON.timestamp())


def test_a_day_begins_at_midnight() -> None:
    assert seconds_of("2026-03-04") == seconds_of(date(2026, 3, 4)) == int(NOON.timestamp()) - 12 * 3600


@pytest.mark.parametrize("told", [None, "", "soon", "2026-13-01", 1_772_625_600, True, ["2026-03-04"]])
def test_what_is_no_time_is_none(told: object) -> None:
    assert seconds_of(told) is None
