"""A real Kafka that lets nobody in but those it knows: SASL over TLS, mutual TLS, and an authorizer that says no.

Its listener in the clear is loopback's own: whoever comes there is its administrator, so that tests can prepare it.
"""

import base64
import fcntl
import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from aiokafka.protocol.admin import CreateAclsRequest, DescribeAclsRequest

from listener.broker.jars import Jars
from listener.broker.local import LocalBroker
from listener.broker.ports import Ports, choose, remembered
from listener.broker.slots import jars_folder
from listener.bus import clients
from listener.settings import Settings
from tests.kafka import HOME, _started
from tests.patience import comes_true

PROCESSES = ("ingest", "relate", "gather", "reader", "operator", "keeper")
PASSWORDS = {who: f"{who}-Pa55" for who in (*PROCESSES, "nobody")}
SCRAM = ("SCRAM-SHA-256", "SCRAM-SHA-512")
ALLOW, LITERAL = 3, 3
TYPES = {"topic": 2, "group": 3}
OPERATIONS = {"read": 3, "write": 4, "create": 5, "describe": 8, "describe_configs": 10}


@dataclass(frozen=True)
class Guarded:
    """Where the guarded broker listens, and the papers to get in."""

    broker: LocalBroker
    sasl: str
    mutual: str

    @property
    def papers(self) -> Path:
        return self.broker.home / "papers"

    @property
    def data(self) -> Path:
        return self.broker.home / "data"

    def secret(self, text: str) -> Path:
        """A file that holds a secret."""
        file = self.papers / f"secret-{abs(hash(text))}"
        file.write_text(text + "\n")
        return file

    def environ(self, user: str, mechanism: str = "SCRAM-SHA-512", password: str | None = None) -> dict[str, str]:
        """What a process sets to come in as `user`, without the prefix."""
        told = {
            "BOOTSTRAP_SERVERS": self.sasl,
            "KAFKA__SECURITY_PROTOCOL": "SASL_SSL",
            "KAFKA__SASL_MECHANISM": mechanism,
            "KAFKA__SSL_CAFILE": str(self.papers / "ca.pem"),
        }
        if mechanism == "OAUTHBEARER":
            return told | {"KAFKA__SASL_TOKEN_FILE": str(self.secret(bearer(user)))}
        words = str(self.secret(password or PASSWORDS[user]))
        return told | {"KAFKA__SASL_USERNAME": user, "KAFKA__SASL_PASSWORD_FILE": words}


@pytest.fixture(scope="session")
def fortress(request: pytest.FixtureRequest) -> Guarded:
    """The guarded broker, shared by all who ask; what one test makes on it goes by names of its own."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes this broker's certificates")
    worker = getattr(request.config, "workerinput", None)
    home, owner = worker["kafka"] if worker else (request.config.stash[HOME], os.getpid())
    return guarded(Path(home) / "guarded", owner)


def guarded(home: Path, owner: int) -> Guarded:
    """The one guarded broker of a run; started by whoever asks first."""
    (papers := home / "papers").mkdir(parents=True, exist_ok=True)
    with (home / "papers.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (papers / "ports.json").exists():
            write_papers(papers)
            (papers / "ports.json").write_text(json.dumps([free_port(), free_port()]))
            choose(home / "ports.json", well_known=False)
    sasl, mutual = json.loads((papers / "ports.json").read_text())
    plain = remembered(home / "ports.json")
    assert plain is not None
    engine = Jars(jars_folder(), lambda _: None, configuration(papers, plain, sasl, mutual), users())
    broker = _started(LocalBroker(home, [engine], owner))
    return Guarded(broker, f"localhost:{sasl}", f"localhost:{mutual}")


def users() -> list[str]:
    return [f"{how}=[name={who},password={word}]" for who, word in PASSWORDS.items() for how in SCRAM]


def configuration(papers: Path, plain: Ports, sasl: int, mutual: int) -> dict[str, str]:
    known = " ".join(f'user_{who}="{word}"' for who, word in PASSWORDS.items())
    security = "org.apache.kafka.common.security"
    for_all = f"PLAINTEXT://127.0.0.1:{plain.clients},SASL_SSL://localhost:{sasl},SSL://localhost:{mutual}"
    return {
        "listeners": f"{for_all},CONTROLLER://127.0.0.1:{plain.controller}",
        "advertised.listeners": for_all,
        "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL,SSL:SSL",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512,OAUTHBEARER",
        "listener.name.sasl_ssl.plain.sasl.jaas.config": f"{security}.plain.PlainLoginModule required {known};",
        **{
            f"listener.name.sasl_ssl.{how.lower()}.sasl.jaas.config": f"{security}.scram.ScramLoginModule required;"
            for how in SCRAM
        },
        "listener.name.sasl_ssl.oauthbearer.sasl.jaas.config": (
            f'{security}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="ingest";'
        ),
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(papers / "broker.pem"),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(papers / "ca.pem"),
        "listener.name.ssl.ssl.client.auth": "required",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS",
        "log.cleaner.backoff.ms": "200",
        "log.cleaner.min.compaction.lag.ms": "0",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def write_papers(papers: Path) -> None:
    """A certificate authority of this run's own, the broker's certificate, a client's, and a stranger authority."""
    for name in ("ca", "stranger"):
        made = f"req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN={name} -keyout {name}.key -out {name}.pem"
        openssl(papers, made)
    for name, more in (
        ("broker", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
        ("ingest", "keyUsage=digitalSignature"),
    ):
        (papers / "more").write_text(more)
        openssl(papers, f"req -newkey rsa:2048 -nodes -subj /CN={name} -keyout {name}.key -out {name}.csr")
        signing = f"x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile more"
        openssl(papers, f"{signing} -out {name}.crt")
    (papers / "broker.pem").write_text((papers / "broker.key").read_text() + (papers / "broker.crt").read_text())


def openssl(folder: Path, words: str) -> None:
    subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)


def bearer(who: str) -> str:
    """A token as the broker's unsecured validator takes it."""
    now = int(time.time())
    parts = ({"alg": "none"}, {"sub": who, "iat": now - 10, "exp": now + 600})
    return ".".join(base64.urlsafe_b64encode(json.dumps(p).encode()).decode().rstrip("=") for p in parts) + "."


async def allow(administrator: Settings, who: str, rights: Iterable[tuple[str, str, str]]) -> None:
    """Give `User:who` these rights: (topic or group, its name, read, write or describe); returns when they hold."""
    async with clients.admin(administrator) as admin:
        for kind, name, operation in rights:
            asked = (TYPES[kind], name, LITERAL, f"User:{who}", "*", OPERATIONS[operation], ALLOW)
            answer = await admin._send_request(CreateAclsRequest(*asked))
            assert answer.creation_responses[0][0] == 0, answer
            await comes_true(partial(_resources, admin, asked))


async def _resources(admin: Any, asked: Sequence[Any]) -> Any:
    """What a rule covers, once the broker knows it."""
    return (await admin._send_request(DescribeAclsRequest(*asked))).resources
