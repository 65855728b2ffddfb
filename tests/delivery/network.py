"""A broker whose way to the listener leads through a small proxy, which can be cut, hold everything, and be slow."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from listener.broker.jars import Jars
from listener.broker.local import LocalBroker
from listener.broker.ports import HOST, choose
from listener.broker.slots import jars_folder
from tests.secured import free_port

CHUNK = 1 << 16


@dataclass(frozen=True)
class Ways:
    """A broker with two ways to it: one direct, for the harness; one through the proxy, for the listener."""

    broker: LocalBroker
    inner: int
    outer: int

    @property
    def through_proxy(self) -> str:
        return f"{HOST}:{self.outer}"


def ways_to_a_broker(home: Path, owner: int) -> Ways:
    """Not started yet. What it advertises to those who come by the proxy is the proxy."""
    home.mkdir(parents=True, exist_ok=True)
    file = home / "ways.json"
    if not file.exists():
        file.write_text(json.dumps([free_port(), free_port()]))
    inner, outer = json.loads(file.read_text())
    ports = choose(home / "ports.json", well_known=False)
    direct = f"PLAINTEXT://{HOST}:{ports.clients}"
    over = {
        "listeners": f"{direct},PROXIED://{HOST}:{inner},CONTROLLER://{HOST}:{ports.controller}",
        "advertised.listeners": f"{direct},PROXIED://{HOST}:{outer}",
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
        "inter.broker.listener.name": "PLAINTEXT",
    }
    return Ways(LocalBroker(home, [Jars(jars_folder(), lambda _: None, over)], owner), inner, outer)


class Proxy:
    """Passes bytes on between the listener and the broker, unless told otherwise."""

    def __init__(self, ways: Ways) -> None:
        self._ways = ways
        self._open: set[asyncio.StreamWriter] = set()
        self._passes = asyncio.Event()
        self._passes.set()
        self._is_cut = False
        self.delay_s = 0.0

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Proxy"]:
        server = await asyncio.start_server(self._serve, HOST, self._ways.outer)
        try:
            yield self
        finally:
            server.close()
            self.cut()

    def cut(self) -> None:
        """End every connection and let in no other."""
        self._is_cut = True
        for writer in self._open:
            writer.transport.abort()

    def hold(self) -> None:
        """Keep every connection, and let nothing through: what a firewall that forgets does."""
        self._passes.clear()

    def mend(self) -> None:
        """Be a network again."""
        self._is_cut, self.delay_s = False, 0.0
        self._passes.set()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_cut:
            writer.transport.abort()
            return
        try:
            reader_there, writer_there = await asyncio.open_connection(HOST, self._ways.inner)
        except OSError:
            writer.transport.abort()
            return
        both = {writer, writer_there}
        self._open |= both
        try:
            await asyncio.gather(self._pass(reader, writer_there), self._pass(reader_there, writer))
        finally:
            self._open -= both
            for one in both:
                one.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                await self._passes.wait()
                if self.delay_s:
                    await asyncio.sleep(self.delay_s)
                writer.write(data)
                await writer.drain()
        writer.transport.abort()
