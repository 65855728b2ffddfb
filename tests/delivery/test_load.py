"""When more comes than can be done: nobody is starved by somebody who writes without end."""

import pytest

from tests.delivery.harness import Listening, Stages, expected, flood, send
from tests.delivery.inputs import as_huge
from tests.delivery.waiting import alert_of

pytestmark = pytest.mark.broker
EVENTS = 4000
BATCHES = 3 * 500
"""What may be on its way through both stages at once, in batches of ingest."""


async def test_one_who_writes_without_end_does_not_starve_the_others(bus, tmp_path):
    """Nine of ten events are one customer's; the others are answered in their turn, not when that one is done."""
    recorded = as_huge(flood(EVENTS, customers=50), one_in=10)
    should_be = expected(recorded)
    with Stages(bus, tmp_path, throttle=0.2) as stages:
        async with Listening(bus).open() as listening:
            await send(bus, recorded)
            done = await listening.until(lambda r: r.alerts.keys() == should_be.result.alerts.keys())
            assert done, stages.logs()
    first = listening.result.first  # by the bus's stamps: whoever reads late reads partition after partition
    turn = {alert: n for n, alert in enumerate(sorted(first, key=first.__getitem__))}
    late = [turn[alert_of(one.key.decode(), f"e-{n}")] - n for n, one in enumerate(recorded) if one.key != b"C-huge"]
    assert max(late) < BATCHES, max(late)
