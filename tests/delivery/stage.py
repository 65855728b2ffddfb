"""One stage as a process of its own, with the counting core and the word ear; `bent.py` runs it.

HARNESS_OFF names protections to leave out (`switches.py`), HARNESS_CORE=real takes the listener's own ear and core.
"""

import os
import sys

from prometheus_client import CollectorRegistry

from listener.settings.origins import load
from listener.telemetry import Metrics, configure_logs
from tests.delivery import switches

OFF = frozenset(os.environ.get("HARNESS_OFF", "").split(","))
IS_REAL = os.environ.get("HARNESS_CORE") == "real"


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
    if IS_REAL:
        from listener.commands.shared import catalogue_in_force
        from listener.workbench import core_of, hearing_of

        knowledge = catalogue_in_force(settings.catalogue)
        return hearing_of(settings, knowledge, live=True), core_of(settings, knowledge)
    from tests.shell_fakes import counting_core, hearing

    return hearing(brand=settings.brand), counting_core(settings.brand)
