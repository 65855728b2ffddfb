"""What every test may ask for."""

from tests.kafka import bus, kafka, own_kafka, pytest_configure, pytest_configure_node, pytest_unconfigure

__all__ = ["bus", "kafka", "own_kafka", "pytest_configure", "pytest_configure_node", "pytest_unconfigure"]
