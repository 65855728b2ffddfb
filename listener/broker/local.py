"""One Kafka of this machine, with a home of its own: its data, its ports, its log, and who runs it."""

import fcntl
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from listener.broker import ports as port_book
from listener.broker.engine import CouldNotStart, Engine, RunningKafka
from listener.broker.ports import HOST, Ports
from listener.broker.probe import answers

READY_WITHIN_S = 120.0


class NoBroker(Exception):
    """Nothing on this machine can run a Kafka."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(
            "no Kafka can be had here. Either set LISTENER_BOOTSTRAP_SERVERS to one that runs, or install "
            + ", or ".join(missing)
        )


@dataclass(frozen=True, slots=True)
class Status:
    """How a local broker is."""

    is_running: bool
    is_ready: bool
    bootstrap_servers: str | None
    engine: str | None
    home: Path


@dataclass(slots=True)
class LocalBroker:
    """A Kafka that keeps what it has in `home` and is found again there by anybody; a context manager for tests.

    `owner` is a process it must not outlive; without one it runs until it is told to stop.
    """

    home: Path
    engines: Sequence[Engine]
    owner: int | None = None
    well_known_port: bool = False
    say: Callable[[str], None] = lambda _: None

    @property
    def bootstrap_servers(self) -> str:
        """Where clients find it; it keeps its ports over stops and kills."""
        ports = port_book.remembered(self._ports_file)
        if ports is None:
            raise CouldNotStart("this broker was never started")
        return ports.bootstrap_servers

    def start(self) -> str:
        """Run it, if it does not run, and wait until it answers; where clients find it."""
        self.home.mkdir(parents=True, exist_ok=True)
        with self._alone():
            handle = self._running()
            if handle is None:
                handle = self._launch()
            self._await_answer(handle)
        return self.bootstrap_servers

    def stop(self) -> bool:
        """Let it end in order, data kept; whether there was one to stop."""
        return self._end(lambda handle: handle.stop())

    def kill(self) -> bool:
        """End it as a power cut would, data kept; whether there was one to kill."""
        return self._end(lambda handle: handle.kill())

    def wipe(self) -> None:
        """Forget everything it held; it must not run."""
        with self._alone():
            if self._running() is not None:
                raise CouldNotStart("a broker that runs can't be wiped")
            shutil.rmtree(self.home / "data", ignore_errors=True)

    def status(self) -> Status:
        """How it is now."""
        handle, ports = self._running(), port_book.remembered(self._ports_file)
        running = handle is not None and ports is not None
        return Status(
            is_running=running,
            is_ready=running and ports is not None and answers(HOST, ports.clients),
            bootstrap_servers=ports.bootstrap_servers if ports is not None and running else None,
            engine=str(handle.as_dict()["engine"]) if handle is not None else None,
            home=self.home,
        )

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.stop()

    @property
    def _ports_file(self) -> Path:
        return self.home / "ports.json"

    @property
    def _running_file(self) -> Path:
        return self.home / "running.json"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else starts or stops this broker meanwhile."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _running(self) -> RunningKafka | None:
        """The one that runs, if one does; a file left by one that is gone is cleared away."""
        try:
            told = json.loads(self._running_file.read_text())
            engine = next(engine for engine in self.engines if engine.name == told["engine"])
            handle = engine.find(told)
        except (OSError, ValueError, KeyError, StopIteration):
            return None
        if handle.is_alive:
            return handle
        self._running_file.unlink(missing_ok=True)
        return None

    def _launch(self) -> RunningKafka:
        engine, ports = self._engine(), self._choose_ports()
        handle = engine.start(self.home, ports)
        self._running_file.write_text(json.dumps(handle.as_dict()))
        if self.owner is not None:
            handle.end_with(self.owner, self._running_file)
        return handle

    def _choose_ports(self) -> Ports:
        return port_book.choose(self._ports_file, well_known=self.well_known_port)

    def _engine(self) -> Engine:
        missing = []
        for engine in self.engines:
            if (lack := engine.missing()) is None:
                return engine
            missing.append(lack)
        raise NoBroker(missing)

    def _await_answer(self, handle: RunningKafka) -> None:
        ports = port_book.remembered(self._ports_file)
        deadline = time.monotonic() + READY_WITHIN_S
        while ports is not None and time.monotonic() < deadline:
            if answers(HOST, ports.clients):
                return
            if not handle.is_alive:
                break
            time.sleep(0.05)
        self._running_file.unlink(missing_ok=True)
        handle.kill()
        complaints = "\n".join(engine.complaint(self.home) for engine in self.engines)
        raise CouldNotStart(f"Kafka did not come up; its last words, from {self.home}:\n{complaints}")

    def _end(self, how: Callable[[RunningKafka], None]) -> bool:
        with self._alone():
            handle = self._running()
            if handle is None:
                return False
            how(handle)
            self._running_file.unlink(missing_ok=True)
            return True
