"""What other systems write to us."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from listener.model.inputs import Profile, tenure_s
from listener.model.spans import DAY_S
from listener.model.tie import TieState
from listener.relationship.view import View
from tests.rules.case.test_case import moment

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT_S = int(AT.timestamp())


def customer(since: object) -> Profile:
    return Profile.model_validate({"customer_id": "C-1", "customer_since": since})


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
@pytest.mark.parametrize("since", ["2026-03-01T12:00:00", "2026-03-01T12:00:00Z", "2026-03-01T14:00:00+02:00"])
def test_how_long_they_have_been_a_customer_does_not_depend_on_where_the_machine_stands(
    zone: str, since: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", zone)
        time.tzset()
        known = customer(since)
        told = (
            tenure_s(known, 0, AT_S),
            moment(profile=known, at=AT).tenure_s(),
            View(None, None, TieState(), known, AT_S).tenure_days * DAY_S,
        )
    time.tzset()
    assert told == (DAY_S, DAY_S, DAY_S)


def test_a_stored_time_without_an_offset_is_one_of_utc() -> None:
    """Profiles that were kept before hold such times."""
    kept = Profile.model_validate_json(b'{"customer_id": "C-1", "customer_since": "2026-03-01T12:00:00"}')
    assert kept.customer_since == AT - timedelta(days=1)


def test_the_crm_says_since_when_else_the_first_event_does_and_nobody_was_one_before_they_came() -> None:
    assert tenure_s(customer(date(2026, 3, 1)), AT_S - 9 * DAY_S, AT_S) == 1.5 * DAY_S
    assert tenure_s(customer(None), AT_S - 9 * DAY_S, AT_S) == tenure_s(None, AT_S - 9 * DAY_S, AT_S) == 9 * DAY_S
    assert tenure_s(customer(date(2026, 3, 9)), AT_S, AT_S) == 0
