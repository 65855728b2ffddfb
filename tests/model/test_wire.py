"""What all values on the bus share."""

import pytest

from listener.model.inputs import Profile
from listener.model.wire import MOST_DIGITS, Money
from listener.relationship.value import at_stake
from tests.alerting.test_choosing import chosen, failed


@pytest.mark.parametrize(
    ("amount", "share", "part"),
    [("100.01", 0.5, "50.01"), ("100.03", 0.5, "50.02"), ("0.50", 0.0099, "0.00"), ("10000", 0.12344, "1234.00")],
)
def test_a_share_of_an_amount_is_told_in_hundredths_half_of_one_up(amount: str, share: float, part: str) -> None:
    assert str(Money(amount=amount, currency="EUR").times(share).amount) == part


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_the_largest_amount_that_may_be_told_has_shares_too(share: float) -> None:
    """Else one absurd profile would stop whoever tells of it."""
    for digits in range(MOST_DIGITS - 4, MOST_DIGITS + 1):
        whole = Money(amount="9" * digits, currency="EUR")
        assert abs(whole.times(share).amount / whole.amount - Money(amount=str(share)).amount) < 1e-20


@pytest.mark.parametrize("leaving", [0.5, 0.1250, 0.0005])
def test_an_alert_and_an_estimate_tell_the_same_value_at_risk(leaving: float) -> None:
    for cents in range(10_001, 10_041):
        annual = Money(amount=f"{cents / 100:.2f}", currency="EUR")
        profile = Profile(customer_id="C-1", annual_value=annual)
        alert = chosen(failed(), profile=profile, leaving=leaving)[0].open[0]
        assert at_stake(profile, leaving)["at_risk"] == dict(zip(("amount", "currency"), alert.at_risk, strict=True))
