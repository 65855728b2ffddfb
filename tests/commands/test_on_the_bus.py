"""The commands that speak to a bus, as an operator would type them."""

import json
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from listener.bus import clients
from tests.common_cause.builders import HOUR, alert, many
from tests.kafka import Bus
from tests.patience import PATIENT_S
from tests.rules.prechecking.test_verdict import PRIME, estimate

pytestmark = pytest.mark.broker


def run(bus: Bus, *words: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "listener", *words]
    environ = bus.environ(**environ)
    return subprocess.run(
        command, capture_output=True, text=True, input=stdin, env=environ, timeout=PATIENT_S, check=False
    )


def chat(n: int) -> str:
    value = {"event_id": f"t-{n}", "occurred_at": f"2026-03-02T09:00:{n:02}Z", "customer": {"customer_id": "C-1"}}
    return json.dumps({"topic": "contact.chat.v1", "key": "k", "value": value | {"text": "Where is it?"}}) + "\n"


def test_what_is_sent_is_seen_in_its_order_under_the_contracts_names(bus: Bus):
    done = run(bus, "send", "-", stdin="".join(chat(n) for n in range(50)))
    assert (done.returncode, done.stderr.partition(";")[0]) == (0, "50 records acknowledged")
    seen = run(bus, "watch", "contact.chat.v1", "--from-start", "--until-idle", "5").stdout.splitlines()
    told = [json.loads(line) for line in seen]
    assert [one["value"]["event_id"] for one in told] == [f"t-{n}" for n in range(50)]
    assert {one["topic"] for one in told} == {"contact.chat.v1"}
    assert told[7]["headers"]["ce_time"] == "2026-03-02T09:00:07+00:00"


def test_a_slow_bus_is_not_taken_for_a_silent_one(bus: Bus):
    """What stood there when reading began is told however little patience there is."""
    run(bus, "send", "-", stdin="".join(chat(n) for n in range(50)))
    seen = run(bus, "watch", "contact.chat.v1", "--from-start", "--until-idle", "0").stdout.splitlines()
    assert len(seen) == 50


def test_until_sends_a_tick_after_all_else(bus: Bus):
    run(bus, "send", "-", "--until", "2026-03-20T00:00:00Z", stdin=chat(1))
    (line,) = run(bus, "watch", "listener.commands.v1", "--from-start", "--until-idle", "5").stdout.splitlines()
    assert json.loads(line)["value"]["occurred_at"] == "2026-03-20T00:00:00+00:00"


def test_topics_are_applied_once_and_then_as_they_should_be(bus: Bus):
    fresh = {"OUTPUT_PREFIX": bus.prefix + "again."}
    assert run(bus, "topics", "check", **fresh).returncode == 1
    created = json.loads(run(bus, "topics", "apply", "--json", **fresh).stdout)["created"]
    assert f"{bus.prefix}again.relational.alerts.v1" in created
    assert json.loads(run(bus, "topics", "apply", "--json", **fresh).stdout) == {"created": []}
    assert run(bus, "topics", "check", **fresh).returncode == 0


def test_the_doctor_finds_a_bus_well(bus: Bus):
    done = run(bus, "doctor", "--json")
    assert {look["what"]: look["state"] for look in json.loads(done.stdout) if look["state"] != "well"} == {}
    assert done.returncode == 0


@pytest.mark.parametrize(("stage", "later"), [("ingest", 0), ("relate", 1), ("gather", 2)])
def test_a_stage_whose_port_is_taken_does_not_start(bus: Bus, stage: str, later: int):
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
        done = run(bus, stage, METRICS_BIND=f"127.0.0.1:{port - later}")
    assert (done.returncode, done.stderr) == (2, done.stderr.splitlines()[0] + "\n")
    assert f"{stage} cannot serve metrics and health at 127.0.0.1:{port}" in done.stderr


async def test_the_doctor_sees_a_record_from_the_future(bus: Bus):
    """A wrong clock somewhere makes deadlines wrong everywhere."""
    in_an_hour = int(time.time() * 1000) + 3_600_000
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        await producer.send_and_wait(bus.names.real("contact.chat.v1"), b"{}", partition=0, timestamp_ms=in_an_hour)
    done = run(bus, "doctor", "--json")
    assert done.returncode == 1
    assert [look["what"] for look in json.loads(done.stdout) if look["state"] == "ill"] == ["clock"]


def test_a_stage_without_topics_says_so_instead_of_waiting(bus: Bus):
    done = run(bus, "relate", OUTPUT_PREFIX=bus.prefix + "other.")
    assert done.returncode == 1
    assert "`listener topics apply` creates what is missing" in done.stderr


def test_of_a_stranger_nothing_is_known(bus: Bus):
    done = run(bus, "customer", "show", "nobody")
    assert (done.returncode, "nothing is known of nobody" in done.stderr) == (1, True)


async def test_a_planned_act_is_judged_by_what_the_bus_knows(bus: Bus, tmp_path: Path):
    """The current estimates, no file: the price of the articles (S2) among customers who meant to stay."""
    act = tmp_path / "act.json"
    act.write_text(json.dumps(PRIME))
    none = run(bus, "precheck", str(act))
    assert (none.returncode, none.stdout) == (2, "")
    value = estimate("C-1", "marriage_partners", bus.settings.brand).model_dump_json().encode()
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        await producer.send_and_wait(bus.names.real("relational.estimates.v1"), value, key=b"C-1")
    done = run(bus, "precheck", str(act), "--json")
    told = json.loads(done.stdout)
    assert (done.returncode, told["advice"], told["customers"], told["spare"]) == (1, "rescind", 1, ["C-1"])


async def test_one_word_on_the_brands_alert_disposes_of_every_customers(bus: Bus):
    """Each under its customer's key, as a CRM would write it; what has ended is left alone."""
    customers, brands = many(25, brand="default"), alert(0, brand="default", alert_id="brands", customer_id=None)
    ended = alert(3, "resolved", HOUR, brand="default")
    async with clients.started(clients.producer(bus.settings), bus.settings) as producer:
        for one in (*customers, ended, brands):
            key = (one.customer_id or "rise").encode()
            await producer.send_and_wait(bus.names.real("relational.alerts.v1"), one.model_dump_json().encode(), key)
    done = run(bus, "alert", "dispose", "brands", "acknowledged", "--by", "ops:jo", "--json")
    assert json.loads(done.stdout) == {"disposition": "acknowledged", "alerts": 24}
    seen = run(bus, "watch", "crm.dispositions.v1", "--from-start", "--until-idle", "5").stdout.splitlines()
    told = [json.loads(line) for line in seen]
    meant = {(f"C-{n}", f"a-{n}") for n in range(25) if n != 3}
    assert {(one["key"], one["value"]["alert_id"]) for one in told} == meant
    assert run(bus, "alert", "dispose", "nobody", "resolved").returncode == 1
