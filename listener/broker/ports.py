"""Which ports a broker gets: the ones it had before where they are free, so that clients find it again."""

import json
import random
import socket
from dataclasses import asdict, dataclass
from pathlib import Path

HOST = "127.0.0.1"
WELL_KNOWN = 9092
LOWEST, HIGHEST = 19_000, 29_000
"""Below the range from which systems lend ports to clients, so that a broker that is away does not lose its own."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Where clients and the controller connect, on loopback."""

    clients: int
    controller: int

    @property
    def bootstrap_servers(self) -> str:
        """What a client is told."""
        return f"{HOST}:{self.clients}"


def choose(file: Path, *, well_known: bool) -> Ports:
    """The remembered ports if free; else 9092 where asked for and free; else any; remembered in `file`."""
    if (ports := remembered(file)) is None or not (_is_free(ports.clients) and _is_free(ports.controller)):
        clients = WELL_KNOWN if well_known and _is_free(WELL_KNOWN) else _any()
        ports = Ports(clients, _any(but=clients))
        file.write_text(json.dumps(asdict(ports)))
    return ports


def remembered(file: Path) -> Ports | None:
    """The ports a broker had, if it ever ran."""
    try:
        return Ports(**json.loads(file.read_text()))
    except (OSError, ValueError, TypeError):
        return None


def _any(but: int | None = None) -> int:
    while True:
        port = random.randint(LOWEST, HIGHEST)
        if port != but and _is_free(port):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
