"""One stage as a process of its own, with the counting core and the word ear; `bent.py` runs it.

HARNESS_OFF names protections to leave out (`switches.py`), HARNESS_CORE=real takes the listener's own ear and core,
HARNESS_CORE=merging one that counts and knows of merges.
"""

import os
import sys

from prometheus_client import CollectorRegistry

from listener.settings.origins import load
from listener.telemetry import Metrics, configure_logs
from tests.delivery import switches

OFF = frozenset(os.environ.get("HARNESS_OFF", "").split(","))
CORE = os.environ.get("HARNESS_CORE", "counting")


def main() -> int:
    settings = load(os.environ)
    configure_logs("text", stage=sys.argv[1])
    switches.apply(OFF)
    return {"ingest": ingest, "relate": relate, "gather": gather}[sys.argv[1]](settings)


def relate(settings) -> int:
    from listener.processes.worker_slot import take_slot
    from listener.relate.app import create_app
    from listener.relate.worker import run_app
    from tests.delivery import switches_of_relate

    metrics = Metrics(CollectorRegistry())
    core = parts(settings)[1]
    made = create_app(settings, core, metrics, take_slot(settings.data_dir, "relate"))
    switches_of_relate.apply_to_relate(made, OFF)
    return run_app(made, metrics, settings)


def ingest(settings) -> int:
    from listener.ingest.worker import run

    switches.apply_to_ingest(OFF)
    return run(settings, parts(settings)[0], "none")


def gather(settings) -> int:
    from functools import partial

    from listener.commands.shared import catalogue_in_force
    from listener.common_cause import Gathering
    from listener.gather.worker import run

    switches.apply_to_gather(OFF)
    return run(settings, partial(Gathering, settings.brand, catalogue_in_force(settings.catalogue)), "none")


def parts(settings):
    """The ear and the core."""
    from listener.commands.shared import catalogue_in_force
    from tests.shell_fakes import counting_core, hearing

    if CORE == "counting":
        return hearing(brand=settings.brand), counting_core(settings.brand)
    knowledge = catalogue_in_force(settings.catalogue)
    if CORE == "merging":
        from tests.delivery.merging_core import merging_core

        return hearing(brand=settings.brand), merging_core(settings.brand, knowledge)
    from listener.workbench import core_of, hearing_of

    return hearing_of(settings, knowledge, live=True), core_of(settings, knowledge)
