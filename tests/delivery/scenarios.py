"""Every scenario by name: what befalls which system, what operations see of it, and what it bites without."""

from typing import Final

from tests.delivery import disturbing as processes
from tests.delivery import disturbing_the_bus as bus
from tests.delivery import disturbing_the_state as state
from tests.delivery import inputs
from tests.delivery.harness import Make, Scenario

ROCKS: Final = {"store": "rocksdb"}
AT_WORK: Final = {"slowness": 0.016, "throttled": "relate", "batch": 50}
"""Fewer than come, some at a time, so that there is always something on its way when it befalls."""
PROXIED: Final = {"by_proxy": True, "relates": 2, "timeout": 5.0} | AT_WORK
HASTY: Final = {"timeout": 5.0}
"""A record is given up after five seconds instead of sixty, so that an outage of twelve is a long one."""
AGAIN: Final = "ingest:restarts|relate:restarts"
"""A process that was killed has another time of birth when it is back."""
AWAY: Final = ("ingest:listener_bus_outages|ingest:ended", "relate:listener_bus_outages|relate:ended")
"""What a lost bus leaves behind in every stage: a long silence that is over, or a process that gave up."""
PASSED_OVER: Final = "relate:listener_changelog_passed_over"
FROZEN: Final = "ingest:listener_bus_outages|relate:listener_bus_outages|relate:ended"
"""It finds that it heard nothing for long; a relate that would write now ends instead."""


def _overload(stage: str, what: str, make: Make, cycles: int, relate_mb: int, lag: int) -> Scenario:
    """A stage gets far more than it can do, half of it of one customer: what waits grows, memory does not.

    Of relate's own load Faust's cap by count leaves room for a hundred and twenty megabytes; ours by weight, for fifty.
    """
    return Scenario(
        processes.overload, f"{what}, half of one customer", {"slowness": 0.04, "throttled": stage},
        make=make, cycles=cycles, seconds_a_cycle=10.0, events_a_second=250.0, backlog=0.1, patience_s=240.0,
        off="caps", signs=("ingest:rss_mb<250", f"relate:rss_mb<{relate_mb}", f"{stage}:listener_lag_events>{lag}"),
        tells_waits=True,
    )  # fmt: skip


SCENARIOS: Final = {
    "kill": Scenario(
        processes.kills, "kill -9 of ingest or relate, RocksDB's disk lost now and then", ROCKS, cycles=8, off="memory",
        signs=(AGAIN, "relate:listener_recovery_seconds"),
        by_turns=True,
    ),
    "kill-two": Scenario(
        processes.kills, "the same, two relates on RocksDB", {"relates": 2} | ROCKS, cycles=8, off="memory",
        signs=(AGAIN,),
        by_turns=True,
    ),
    "kill-two-ingests": Scenario(
        processes.kills, "the same, two ingests and two relates", {"ingests": 2, "relates": 2}, cycles=8, off="memory",
        signs=(AGAIN,),
        by_turns=True,
    ),
    "kill-real": Scenario(
        processes.slow_kills, "kill -9; the listener's own ear and core, all stories", {"core": "real"},
        make=inputs.stories, cycles=8, seconds_a_cycle=4.0, patience_s=120.0, off="memory",
        signs=(AGAIN,),
    ),
    "kill-gather": Scenario(
        processes.kills_beside_a_crowd, "kill -9 of gather, relate or ingest while an act hurts a crowd",
        {"core": "real", "gathers": 1}, make=inputs.crowds, cycles=6, seconds_a_cycle=5.0,
        backlog=inputs.BEFORE_THE_ACT, patience_s=120.0, off="start", signs=("gather:restarts",),
        by_turns=True,
    ),
    "early": Scenario(
        processes.early_kills, "kill -9 of relate before its first commit", cycles=10, seconds_a_cycle=1.5,
        signs=("relate:restarts",), off="guard,drain,recovery,fetch,static,whole,again",
        by_turns=True,
    ),
    "dropped-fetches": Scenario(
        processes.nothing, "half of every fourth fetch is lost within relate", {"drop": 4, "batch": 50}, cycles=14,
        seconds_a_cycle=1.0, signs=("relate:listener_offset_gaps{mended}",), off="guard",
    ),
    "slow-changelog": Scenario(
        processes.kills_in_between, "kill -9 while the changelog takes two seconds", {"slow": 2.0}, cycles=6,
        seconds_a_cycle=5.0, off="barrier", signs=("relate:restarts",),
        by_turns=True,
    ),
    "stop": Scenario(
        processes.stops, "rolling restart, two relates on RocksDB", {"relates": 2} | ROCKS, cycles=9,
        seconds_a_cycle=3.0, off="order", signs=("ingest:restarts", "relate:restarts"),
    ),
    "stop-real": Scenario(
        processes.stops, "rolling restart; the listener's own ear and core", {"core": "real", "relates": 2} | ROCKS,
        make=inputs.stories, cycles=4, seconds_a_cycle=6.0, patience_s=120.0, off="order",
        signs=("ingest:restarts", "relate:restarts"),
    ),
    "freeze": Scenario(
        processes.freezes, "SIGSTOP for longer than the session, and on", {"relates": 2}, cycles=4,
        seconds_a_cycle=14.0, signs=("ingest:away|relate:away", FROZEN), off="watchdog,newest,memory",
    ),
    "scale": Scenario(
        processes.scaling, "one to four relates and back", ROCKS, cycles=12, seconds_a_cycle=3.0, off="memory",
        signs=("relate:listener_rebalances>1",),
    ),
    "broker-stop": Scenario(
        bus.broker_stops, "the broker ends in order, and is back", {"relates": 2} | HASTY | AT_WORK, cycles=6,
        seconds_a_cycle=7.0, off="crash", signs=AWAY,
        by_turns=True,
    ),
    "broker-kill": Scenario(
        bus.broker_dies, "kill -9 of the broker; away for 12 s now and then", {"relates": 2} | HASTY | ROCKS | AT_WORK,
        cycles=4, seconds_a_cycle=11.0, patience_s=180.0, off="idempotence,crash",
        signs=AWAY,
        by_turns=True,
    ),
    "broker-kill-real": Scenario(
        bus.broker_dies, "the same; the listener's own ear and core", {"core": "real"} | HASTY, make=inputs.stories,
        cycles=4, seconds_a_cycle=11.0, patience_s=120.0, off="idempotence,crash",
        signs=AWAY[:1],
        by_turns=True,
    ),
    "net-cut": Scenario(
        bus.cuts, "every connection breaks, for a moment or for 12 s", PROXIED, cycles=8, seconds_a_cycle=7.0,
        off="idempotence,crash", signs=AWAY,
        by_turns=True,
    ),
    "net-hold": Scenario(
        bus.holds, "connections stand and nothing comes through", PROXIED, cycles=6, seconds_a_cycle=9.0,
        off="idempotence,crash",
        signs=AWAY,
        by_turns=True,
    ),
    "net-slow": Scenario(
        bus.slowness, "up to half a second each way, and kills in it", PROXIED | {"timeout": 30.0}, cycles=7,
        seconds_a_cycle=6.0, patience_s=150.0, off="memory", signs=(AGAIN, "ingest:listener_bus_ack_seconds{>0.5}"),
        by_turns=True,
    ),
    "disk-full": Scenario(
        state.full_disk, "no room on relate's disk", ROCKS, cycles=6, seconds_a_cycle=7.0, off="crash",
        signs=("relate:ended",),
    ),
    "disk-damaged": Scenario(
        state.damage, "files of RocksDB overwritten, cut short, lost", {"relates": 2} | ROCKS, cycles=10,
        seconds_a_cycle=5.0, off="damage", signs=("relate:listener_stores_discarded{damaged}",),
        by_turns=True,
    ),
    "changelog-rubbish": Scenario(
        state.rubbish, "states in the changelog overwritten with rubbish", ROCKS, cycles=7, seconds_a_cycle=5.0,
        off="rebuild", signs=("relate:listener_dead_letters", "relate:listener_rebuilt_customers", PASSED_OVER),
        by_turns=True,
    ),
    "upgrade": Scenario(
        state.other_versions, "states of the version before, and of one to come", ROCKS, cycles=6, seconds_a_cycle=5.0,
        signs=("relate:restarts", "no relate:listener_dead_letters"), off="versions,rebuild",
        by_turns=True,
    ),
    "partitions": Scenario(
        bus.partitions, "partitions added to an input", cycles=8, make=inputs.divided, seconds_a_cycle=3.0,
        off="metadata", signs=("ingest:listener_lag_events{partition}>3",),
    ),
    "clock": Scenario(
        state.clock_steps, "wall clocks jump by an hour, forth and back",
        {"slowness": 0.01, "throttled": "ingest"}, cycles=12, make=inputs.channels,
        seconds_a_cycle=3.5, off="steady", signs=("relate:listener_clock_steps",),
    ),
    "hour": Scenario(
        processes.kills, "an hour's backlog on the wall clock, in which promises fall due; kills",
        {"CLOCK": "wall", "LATENESS": "0 s", "slowness": 0.005, "throttled": "ingest"}, make=inputs.hour, cycles=4,
        backlog=0.9, off="waiting", signs=("relate:listener_wakes_held_back",),
    ),
    "catalogue": Scenario(
        state.catalogues, "the overlay replaced, and broken, while all run", {"core": "real", "overlaid": True},
        make=inputs.stories, cycles=4, seconds_a_cycle=12.0, patience_s=120.0, off="order",
        signs=("ingest:ended|relate:ended",),
    ),
    "merges": Scenario(
        processes.kills, "customers become one, and are forgotten, while relates are killed",
        {"core": "merging", "relates": 2} | ROCKS | AT_WORK, make=inputs.merged, cycles=6, seconds_a_cycle=4.0,
        off="forgotten", signs=(AGAIN,), by_turns=True,
    ),
    "merges-scale": Scenario(
        processes.scaling, "the same, one to four relates and back", {"core": "merging"} | AT_WORK, make=inputs.merged,
        cycles=8, seconds_a_cycle=3.0, off="forgotten", signs=("relate:listener_rebalances>1",),
    ),
    "doubles": Scenario(
        processes.kills, "a producer says a tenth of it again; kills", make=inputs.doubled, cycles=4, off="memory",
        signs=("relate:listener_events{duplicate}",),
        by_turns=True,
    ),
    "overload": _overload(
        "ingest", "ten times what ingest does, of 16 kB each", inputs.large, 13, relate_mb=250, lag=4000
    ),
    "overload-relate": _overload(
        "relate", "ten times what relate does, of 15 kB each", inputs.laden, 4, relate_mb=200, lag=2000
    ),
    "shuffle": Scenario(
        processes.kills, "customers overtake each other; kills", make=inputs.shuffled, cycles=4, by_turns=True,
        off="memory", signs=(AGAIN,),
    ),
    "channels": Scenario(
        processes.kills, "customers speak by turns on two channels; kills", make=inputs.channels, cycles=4, off="merge",
        signs=(AGAIN,),
        by_turns=True,
    ),
    "late": Scenario(
        processes.kills, "events up to three days late; kills", make=inputs.late, cycles=4, by_turns=True, off="memory",
        signs=(AGAIN,),
    ),
    "poison": Scenario(
        processes.kills, "rubbish in every field, key and header; kills", make=inputs.poisoned, cycles=5, off="bury",
        signs=("ingest:listener_dead_letters",),
        by_turns=True,
    ),
}  # fmt: skip
