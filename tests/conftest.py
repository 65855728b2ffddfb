"""What every test may ask for."""

from functools import cache

from hypothesis import HealthCheck, settings

from listener.catalogue import shelf
from tests.kafka import bus, kafka, own_kafka, pytest_configure, pytest_configure_node, pytest_unconfigure
from tests.secured import fortress

__all__ = ["bus", "fortress", "kafka", "own_kafka", "pytest_configure", "pytest_configure_node", "pytest_unconfigure"]

settings.register_profile("seeded", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("seeded")  # the same cases everywhere, however busy the machine; `make fuzz` draws new ones

shelf.parse = cache(shelf.parse)
"""Hundreds of tests call a command, and each command reads the catalogue: the same bytes are parsed once a worker."""

collect_ignore = ["bench"]
"""Not tests: programs that `make bench` runs, with settings that a doctest would not give them."""
