"""The Faust app that both of the book's ways start from; its id and its broker stand in the environment."""

import os

import faust


def book_app() -> faust.App:
    """An app with the settings that (a) and (a+) share, so that only their work differs."""
    return faust.App(
        os.environ["BENCH_ID"],
        broker=f"kafka://{os.environ['BENCH_BROKER']}",
        store="memory://",
        topic_partitions=4,
        topic_replication_factor=1,
        web_enabled=False,
        autodiscover=False,
        consumer_auto_offset_reset="earliest",
    )
