"""A real Kafka on this machine, for tests, demos and developers (DESIGN 5)."""

from listener.broker.engine import CouldNotStart
from listener.broker.local import LocalBroker, NoBroker, Status
from listener.broker.locating import locate
from listener.broker.slots import lasting, passing, running

__all__ = ["CouldNotStart", "LocalBroker", "NoBroker", "Status", "lasting", "locate", "passing", "running"]
