"""Kafka from its jars: resolved once with Maven, run on Java. No download of our own, no installer."""

import base64
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from listener.broker import recipe
from listener.broker.engine import CouldNotStart, Engine, RunningKafka
from listener.broker.ports import Ports
from listener.processes.detached import Running, guard, spawn
from listener.shipped import shipped

OLDEST_JAVA = 17
JVM = ("-Xms256m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError")
FOLDER_OF_JARS = "jars"
SERVER_LOG, OUTPUT_LOG = "server.log", "output.log"


@dataclass(frozen=True, slots=True)
class Process(RunningKafka):
    """A Kafka that runs as a Java process."""

    running: Running

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self.running.is_alive

    def stop(self) -> None:
        """SIGTERM, and wait: it flushes and keeps its data."""
        self.running.stop()

    def kill(self) -> None:
        """SIGKILL."""
        self.running.kill()

    def end_with(self, owner: int, file: Path) -> None:
        """End when the process `owner` does."""
        guard(owner, ["test", "-e", str(file)], ["kill", str(self.running.pid)])

    def as_dict(self) -> dict[str, object]:
        """For the file that remembers it."""
        return {"engine": Jars.name, **self.running.as_dict()}


@dataclass(frozen=True, slots=True)
class Jars(Engine):
    """Java and Maven of this machine; `cache` keeps the jars for every broker.

    `over` is laid over its configuration, `users` are SCRAM users it knows from the first, in StorageTool's words.
    """

    cache: Path
    say: Callable[[str], None]
    over: Mapping[str, str] = field(default_factory=dict)
    users: Sequence[str] = ()

    name = "jars"

    def missing(self) -> str | None:
        """What must be installed first, or None."""
        version = _java_version(_java())
        if version is None or version < OLDEST_JAVA:
            return f"Java {OLDEST_JAVA} or newer"
        if not self._jars().is_dir() and shutil.which("mvn") is None:
            return "Maven (mvn)"
        return None

    def start(self, home: Path, ports: Ports) -> RunningKafka:
        """Write the configuration, format the storage the first time, and run."""
        classpath = str(self.resolve() / "*")
        data, config, logging = home / "data", home / "server.properties", home / "log4j2.properties"
        config.write_text(recipe.as_file(recipe.properties(ports, str(data)) | dict(self.over)))
        logging.write_text(recipe.logging(home / SERVER_LOG))
        log4j = f"-Dlog4j2.configurationFile={logging.as_uri()}"
        if not (data / "meta.properties").exists():
            self._format(classpath, config, log4j)
        words = [_java(), *JVM, log4j, "-cp", classpath, "kafka.Kafka", str(config)]
        return Process(spawn(words, home, home / OUTPUT_LOG))

    def find(self, told: dict[str, object]) -> RunningKafka:
        """The process a file remembers."""
        return Process(Running.read(told))

    def complaint(self, home: Path) -> str:
        """The last lines of its logs, for the one who wonders why it did not start."""
        tails = []
        for name in (OUTPUT_LOG, SERVER_LOG):
            if (home / name).exists():
                tails += (home / name).read_text(errors="replace").splitlines()[-8:]
        return "\n".join(tails)

    def resolve(self) -> Path:
        """The folder of Kafka's jars, brought by Maven the first time; whoever asks meanwhile waits."""
        jars = self._jars()
        self.cache.mkdir(parents=True, exist_ok=True)
        with (self.cache / "jars.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not jars.is_dir():
                self.say("resolving Kafka's jars with Maven (once, 43 MB) …")
                self._bring(jars)
        return jars

    def _jars(self) -> Path:
        digest = hashlib.sha256(_pom().read_bytes()).hexdigest()[:12]
        return self.cache / f"{FOLDER_OF_JARS}-{digest}"

    def _bring(self, jars: Path) -> None:
        with tempfile.TemporaryDirectory(dir=self.cache) as folder:
            shutil.copy(_pom(), folder)
            goal = ["dependency:copy-dependencies", "-DoutputDirectory=jars", "-DincludeScope=runtime"]
            done = subprocess.run(["mvn", "-q", "-B", *goal], cwd=folder, capture_output=True, text=True)
            if done.returncode:
                raise CouldNotStart(f"Maven could not resolve Kafka's jars:\n{(done.stdout + done.stderr)[-2000:]}")
            (Path(folder) / "jars").rename(jars)

    def _format(self, classpath: str, config: Path, log4j: str) -> None:
        # an id that began with a dash would be read as an option
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "_")
        tool = ["kafka.tools.StorageTool", "format", "--standalone", "-t", cluster, "-c", str(config)]
        tool += [word for user in self.users for word in ("--add-scram", user)]
        words = [_java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", log4j, "-cp", classpath, *tool]
        done = subprocess.run(words, capture_output=True, text=True)
        if done.returncode:
            raise CouldNotStart(f"Kafka could not format its storage:\n{(done.stdout + done.stderr)[-2000:]}")


def _pom() -> Path:
    return shipped("broker") / "pom.xml"


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home) / "bin" / "java") if home else "java"


def _java_version(java: str) -> int | None:
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    match = re.search(r'version "(?:1\.)?(\d+)', done.stderr + done.stdout)
    return int(match[1]) if match else None
