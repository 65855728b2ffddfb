"""One word on an alert from whoever acts on it; on an alert of the brand, the same word on each it stands for."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final, Literal

from listener.bus import clients
from listener.bus.names import Names
from listener.bus.tailing import Tail, Until
from listener.model.inputs import Disposition
from listener.model.outputs import Alert
from listener.model.topics import INPUTS, OUTPUTS
from listener.settings import Settings

ALERTS: Final = OUTPUTS["alerts"]
ENDED: Final = ("resolved", "expired")
What = Literal["acknowledged", "resolved", "false_alarm", "expected"]
Reason = Literal["wrong_type", "rule_too_sensitive", "not_a_customer", "already_handled"]


class NoSuchAlert(Exception):
    """No alert of this id is among those the topic still keeps, or it has ended."""


async def dispose(settings: Settings, alert_id: str, what: What, reason: Reason | None, by: str | None) -> int:
    """Publish the disposition, for each customer whose alert is meant; how many these were.

    Raises:
        NoSuchAlert: where nothing open is meant.
    """
    async with Tail(settings, (ALERTS,), from_start=True, until=Until(end=True)) as tail:
        known = [Alert.model_validate_json(seen.value, extra="ignore") async for seen in tail if seen.value is not None]
    meant = meant_by([one for one in known if one.brand == settings.brand], alert_id)
    now, topic = datetime.now(UTC), Names(settings).real(INPUTS["crm_dispositions"])
    async with clients.started(clients.producer(settings), settings) as producer:
        for alert in meant:
            word = Disposition(alert_id=alert.alert_id, occurred_at=now, by=by, disposition=what, reason=reason)
            key = str(alert.customer_id).encode(errors="surrogatepass")
            await producer.send_and_wait(topic, word.model_dump_json(exclude_none=True).encode(), key=key)
    return len(meant)


def meant_by(alerts: Iterable[Alert], alert_id: str) -> list[Alert]:
    """The open alerts of customers that an id stands for: the one of that id, or all that the brand's gathers.

    `alerts` are every turn of every alert, each alert's in order; those of one rule and act are one gathering.

    Raises:
        NoSuchAlert: where nothing open is meant.
    """
    last = {alert.alert_id: alert for alert in alerts}
    named = last.get(alert_id)
    if named is None:
        raise NoSuchAlert(f"no alert {alert_id} is on the topic")
    open_ = [one for one in last.values() if one.status not in ENDED and one.customer_id is not None]
    if named.customer_id is None:
        cause = named.rule_id, named.cause_event_id
        meant = [one for one in open_ if (one.rule_id, one.cause_event_id) == cause]
    else:
        meant = [one for one in open_ if one is named]
    if not meant:
        raise NoSuchAlert(f"alert {alert_id} has ended")
    return sorted(meant, key=lambda one: one.alert_id)
