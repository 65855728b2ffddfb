"""What every test may ask for."""

from tests.kafka import bus, kafka, own_kafka, pytest_configure, pytest_configure_node, pytest_unconfigure
from tests.secured import fortress

__all__ = ["bus", "fortress", "kafka", "own_kafka", "pytest_configure", "pytest_configure_node", "pytest_unconfigure"]

collect_ignore = ["bench"]
"""Not tests: programs that `make bench` runs, with settings that a doctest would not give them."""
