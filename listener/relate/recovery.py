"""Recovery that lets nothing through before it is done.

Faust resumes the flow, and then seeks to the committed offsets: what slips in between is processed, read again and
acknowledged twice, after which commits crawl. Ours stops the flow first; Faust's own code then seeks and resumes.

It also leaves the flow as it is when partitions are given out, and it may be on: where nothing was held before, or
where a recovery that a new one overtakes has just let it go on. A machine without time to spare then folds what it
reads over states that are not there yet. Ours stops it, and says for which generation of the group all is whole.

Where a step of it takes longer than a request may, or is cancelled, Faust takes that for having been told to stop:
its task ends, and nothing is ever made whole again. Ours ends the process then.
"""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from faust.tables.manager import TableManager
from faust.tables.recovery import Recovery
from mode import Service


class RecoveryEnded(Exception):
    """Nobody makes state whole any more; begin again."""


class SafeRecovery(Recovery):  # type: ignore[misc]  # Faust is not typed
    """Stops the flow before it begins and before it is told to go on, and says how long it took."""

    def _set_recovery_started(self) -> None:
        self.app.consumer.stop_flow()
        self.began = monotonic()
        super()._set_recovery_started()

    @Service.task  # type: ignore[untyped-decorator]  # mode is not typed
    async def _restart_recovery(self) -> None:
        try:
            await Recovery._restart_recovery(self)
        except asyncio.CancelledError:
            if self.should_stop:
                raise
        if not self.should_stop:
            raise RecoveryEnded("a step of the recovery took too long, or was cancelled")

    async def on_recovery_completed(self, generation_id: int = 0) -> None:
        """All tables are as they were; read on from what was committed."""
        self.app.consumer.stop_flow()
        self.tables.whole = generation_id
        await super().on_recovery_completed(generation_id)
        if self.completed.is_set():
            await self.tables.tell_recovered(monotonic() - getattr(self, "began", monotonic()))


class SafeTableManager(TableManager):  # type: ignore[misc]  # Faust is not typed
    """Recovers safely, and tells who asked when it has."""

    _recovery: Any
    whole: int | None = None
    """The last generation of the group whose state was made whole: what is read in another is not folded."""
    on_recovered: Callable[[float], Awaitable[None]] | None = None

    @property
    def recovery(self) -> Any:
        """The recovery service."""
        if self._recovery is None:
            self._recovery = SafeRecovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery

    async def tell_recovered(self, seconds: float) -> None:
        """Say that the state of all partitions held now is whole."""
        if self.on_recovered is not None:
            await self.on_recovered(seconds)
