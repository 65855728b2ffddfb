"""One stage as a process of its own, with the counting core and the word ear: `python -m tests.delivery.stage relate`.

HARNESS_OFF names protections to leave out (guard, barrier, drain, recovery, fetch), to see what each protects from.
"""

import os
import sys

from prometheus_client import CollectorRegistry

from listener.settings.origins import load
from listener.telemetry import Metrics, configure_logs
from tests.shell_fakes import counting_core, hearing

OFF = frozenset(os.environ.get("HARNESS_OFF", "").split(","))

DROP_EVERY = int(os.environ.get("HARNESS_DROP", "0"))
SLOW_S = float(os.environ.get("HARNESS_SLOW", "0"))


def main() -> int:
    settings = load(os.environ)
    configure_logs("text", stage=sys.argv[1])
    return relate(settings) if sys.argv[1] == "relate" else ingest(settings)


def relate(settings) -> int:
    from listener.processes.place import take_place
    from listener.relate.app import create_app
    from listener.relate.worker import run_app

    metrics = Metrics(CollectorRegistry())
    made = create_app(settings, counting_core(settings.brand), metrics, take_place(settings.data_dir, "relate"))
    switch_off(made)
    if DROP_EVERY:
        drop_some(DROP_EVERY)
    if SLOW_S:
        slow_down(made, SLOW_S)
    return run_app(made, metrics, settings)


def switch_off(made) -> None:
    from faust.tables.recovery import Recovery
    from faust.transport.drivers import aiokafka as driver

    from listener.relate import recovery, transport

    made.guard.is_on = "guard" not in OFF
    made.table.has_barrier = "barrier" not in OFF
    if "drain" in OFF:
        transport.Consumer._drain_messages = driver.Consumer._drain_messages
    if "fetch" in OFF:
        create = driver.AIOKafkaConsumerThread._create_worker_consumer
        transport.ConsumerThread._create_worker_consumer = create
    if "recovery" in OFF:
        recovery.SafeRecovery.on_recovery_completed = Recovery.on_recovery_completed


def drop_some(every: int) -> None:
    """Lose half of what is fetched, every so many fetches, as Faust's own drain does after some recoveries."""
    from listener.relate.draining import Fetched
    from listener.relate.transport import ConsumerThread

    fetch, count = ConsumerThread.fetch, 0

    async def lossy(self, *told):
        nonlocal count
        fetched = await fetch(self, *told)
        signals = {tp for tp in fetched.records if "signals" in tp.topic}
        count += bool(signals)
        if not signals or count % every:
            return fetched
        left = {tp: some[len(some) // 2 :] if tp in signals else some for tp, some in fetched.records.items()}
        return Fetched(left, fetched.assignment, fetched.positions, fetched.ends)

    ConsumerThread.fetch = lossy


def slow_down(made, seconds: float) -> None:
    """Let the bus take its time over the changelog: what is sent to it arrives so much later, in order."""
    import asyncio

    class Slow:
        def __init__(self, producer) -> None:
            self.producer = producer

        async def send(self, *record):
            return asyncio.ensure_future(self.late(record))

        async def late(self, record):
            await asyncio.sleep(seconds)
            return await (await self.producer.send(*record))

    made.table.through = Slow


def ingest(settings) -> int:
    from listener.ingest.worker import run

    return run(settings, hearing(brand=settings.brand), "none")


if __name__ == "__main__":
    sys.exit(main())
