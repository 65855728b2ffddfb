"""An answer of the bus is known by its stamp having changed, whatever time the stamp says."""

from types import SimpleNamespace

from aiokafka import TopicPartition

from listener.ingest.fetch_progress import FetchProgress
from listener.ingest.ordered_merge import NEVER

P, Q = TopicPartition("t", 0), TopicPartition("t", 1)


def progress(stamps):
    return FetchProgress(SimpleNamespace(last_poll_timestamp=stamps.get))


def test_a_partition_that_was_never_asked():
    made = progress({P: None})
    assert made.note([P], 1.0) is False
    assert made.at(P) == NEVER


def test_an_answer_counts_from_when_it_was_noted():
    stamps = {P: 5_000, Q: 5_000}
    made = progress(stamps)
    assert made.note([P, Q], 1.0) is True
    stamps[Q] = 5_050
    assert made.note([P, Q], 2.0) is True
    assert (made.at(P), made.at(Q)) == (1.0, 2.0)
    assert made.note([P, Q], 3.0) is False


def test_a_wall_clock_that_steps_back_makes_no_answer_old():
    stamps = {P: 7_200_000}
    made = progress(stamps)
    made.note([P], 1.0)
    stamps[P] = 3_600_000
    made.note([P], 2.0)
    assert made.at(P) == 2.0
