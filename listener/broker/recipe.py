"""The configuration of one small Kafka: KRaft, one node, loopback, quick to start and quick to be back after a kill."""

from pathlib import Path
from typing import Final

from listener.broker.ports import HOST, Ports

LARGEST_RECORD: Final = 18 * 1024 * 1024

_FIXED: Final = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "controller.listener.names": "CONTROLLER",
    "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "auto.create.topics.enable": "false",
    "num.partitions": "4",
    "message.max.bytes": str(LARGEST_RECORD),
    "replica.fetch.max.bytes": str(LARGEST_RECORD),
    "group.initial.rebalance.delay.ms": "0",
    "group.min.session.timeout.ms": "1000",
    "broker.session.timeout.ms": "3000",  # with the next: back in 3 to 5 s after a kill, not 11
    "broker.heartbeat.interval.ms": "500",
    "log.cleaner.dedupe.buffer.size": "4194304",
    "log.segment.bytes": "67108864",
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "1",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
}


def properties(ports: Ports, data: str, *, bind: str = HOST) -> dict[str, str]:
    """server.properties; `bind` is where it listens, which clients need not know."""
    return _FIXED | {
        "controller.quorum.bootstrap.servers": f"{HOST}:{ports.controller}",
        "listeners": f"PLAINTEXT://{bind}:{ports.clients},CONTROLLER://{HOST}:{ports.controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{ports.clients}",
        "log.dirs": data,
    }


def as_file(told: dict[str, str]) -> str:
    """In the form Java reads."""
    return "".join(f"{name}={value}\n" for name, value in told.items())


def logging(log: Path) -> str:
    """log4j2.properties: warnings and starts, in one file that never grows beyond 30 MB with its elders."""
    return f"""status=error
appender.file.type=RollingFile
appender.file.name=file
appender.file.fileName={log}
appender.file.filePattern={log}.%i
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d{{ISO8601}} %p %c{{1}} %m%n
appender.file.policies.type=Policies
appender.file.policies.size.type=SizeBasedTriggeringPolicy
appender.file.policies.size.size=10MB
appender.file.strategy.type=DefaultRolloverStrategy
appender.file.strategy.max=2
rootLogger.level=warn
rootLogger.appenderRef.file.ref=file
logger.kafka.name=kafka.server.KafkaRaftServer
logger.kafka.level=info
"""
