"""The demo itself: put up the stage, send the sample at a pace one can read, tell what comes."""

import asyncio
import os
import shutil
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from rich.console import RenderableType
from rich.rule import Rule
from rich.text import Text

from listener.bus.sending import send
from listener.bus.tailing import Tail
from listener.demo.in_order import HOLD_S, InOrder
from listener.demo.quiet import quiet
from listener.demo.sample import Sample
from listener.demo.stage import Stage, stage
from listener.envelopes.recording import tick
from listener.settings import Settings
from listener.showing import Chronicle, Phrasebook
from listener.showing.chronicle import TOPICS

PACE: Final = 12.0
"""Records a second: readable, and each has its own estimate."""
LONGEST: Final = 300
LINGER_S: Final = 0.3
LOOK_EVERY_S: Final = 0.1
UNANSWERED: Final = timedelta(minutes=30)
"""Longer than an answer to a chat may take."""
OWN_WORDS: Final = """Say something yourself, from a second terminal:

  echo '{"topic": "contact.chat.v1", "value": {"event_id": "my-1",' \\
  '"occurred_at": "%(at)s", "customer": {"customer_id": "me"},' \\
  '"text": "This is the third time I ask: where is my order?"}}' \\
  | %(listener)s send - \\
  --until %(later)s

and see what is made of it. Time moves here by what is sent alone: `--until`
lets half an hour go by, in which nobody answers.

  %(listener)s customer show me

Ctrl-C ends the demo."""
"""To be copied: the shell makes one line of it, and no line is so long that a terminal would break it."""


class Fell(Exception):
    """A stage ended by itself in the middle of the demo."""


async def play(
    sample: Sample,
    settings: Settings,
    words: Phrasebook,
    tell: Callable[[RenderableType], None],
    say: Callable[[str], None],
    *,
    once: bool,
) -> None:
    """Play it; with `once` until the last outcome, else until cancelled.

    Raises:
        NoBroker: where no Kafka can be had.
        Fell: where ingest or relate ended by itself.
    """
    async with stage(settings, say) as up, Tail(up.settings, TOPICS, from_start=True) as tail:
        chronicle = Chronicle(words, tell)
        leaving = asyncio.ensure_future(up.children.first_to_leave())
        telling = asyncio.ensure_future(_tell(tail, chronicle))
        playing = asyncio.ensure_future(_send(sample, up, say))
        try:
            await _unless_it_falls(playing, leaving, telling, up)
            await asyncio.sleep(LINGER_S + HOLD_S)  # what is on its way to the terminal
            chronicle.finish()
            tell(Rule(style="dim"))
            tell(chronicle.summary())
            raised = chronicle.raised
            say(f"{len(sample.records)} records heard, {raised} alert{'' if raised == 1 else 's'} raised")
            if not once:
                tell(Rule(style="dim"))
                tell(Text(own_words(sample.until)))
                await _unless_it_falls(asyncio.ensure_future(asyncio.Event().wait()), leaving, telling, up)
        finally:
            for task in (playing, telling, leaving):
                task.cancel()
            await asyncio.gather(playing, telling, leaving, return_exceptions=True)


def own_words(at: datetime) -> str:
    """How whoever watches may say something at this moment, and see what came of it."""
    called = "listener" if shutil.which("listener") else os.path.relpath(sys.argv[0])
    moments = {"at": at, "later": at + UNANSWERED}
    return OWN_WORDS % {"listener": called, **{name: _written(moment) for name, moment in moments.items()}}


def _written(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


async def _send(sample: Sample, up: Stage, say: Callable[[str], None]) -> None:
    say(f"sending {len(sample.records)} records to {up.settings.bootstrap_servers} …")
    await send(up.settings, sample.records, PACE)
    await quiet(up.settings)
    await send(up.settings, [tick(sample.until, len(sample.records))])
    await quiet(up.settings)


async def _tell(tail: Tail, chronicle: Chronicle) -> None:
    """Tell what comes, in the order in which it happened, until cancelled; then what is still held."""
    order = InOrder()
    reading = asyncio.ensure_future(_read(tail, order))
    try:
        while not reading.done():
            await asyncio.wait({reading}, timeout=LOOK_EVERY_S)
            chronicle.take(order.ready())
        reading.result()
    finally:
        reading.cancel()
        chronicle.take(order.rest())


async def _read(tail: Tail, order: InOrder) -> None:
    async for batch in tail.batches():
        order.take(batch)


async def _unless_it_falls(
    work: asyncio.Future[Any],
    leaving: asyncio.Future[Any],
    telling: asyncio.Future[Any],
    up: Stage,
) -> None:
    """Wait for `work`, unless a stage or the telling ends first."""
    await asyncio.wait({work, leaving, telling}, return_when=asyncio.FIRST_COMPLETED)
    if leaving.done():
        name, code = leaving.result()
        raise Fell(f"{name} ended by itself with exit code {code}{last_words(up.logs / f'{name}.log')}")
    if telling.done():
        telling.result()
    await work


def last_words(log: Path) -> str:
    """The last line that a stage wrote, which as a rule says why it ended, and where the lines before it are."""
    lines = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return f"; it said last: {said[:LONGEST]}; all it said is in {log}" if said else f"; it said nothing in {log}"
