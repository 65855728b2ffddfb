"""What things are called on this bus: topics, groups, the changelog. Elsewhere topics go by the contract's names."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from listener.model.topics import DEAD, INPUTS, OUTPUTS
from listener.settings import Settings

TABLE: Final = "customers"
"""The one table of relate."""
BEGIN_ANEW: Final = b"\xff\xfeanew"
"""A key in its changelog that says: what is stored before this is to be dropped. No customer's id begins so."""


@dataclass(frozen=True)
class Names:
    """Between the contract's topic names and the bus's own.

    >>> names = Names(Settings(topics={"contact_chat": "acme.chat"}, output_prefix="eu."))
    >>> names.real("contact.chat.v1"), names.real("relational.alerts.v1"), names.real("contact.chat.v1.dlq")
    ('acme.chat', 'eu.relational.alerts.v1', 'eu.acme.chat.dlq')
    >>> names.default("eu.acme.chat.dlq")
    'contact.chat.v1.dlq'
    """

    settings: Settings

    def real(self, default: str) -> str:
        """The bus's name of a topic of the contract; what the contract does not know keeps its own."""
        return self._real.get(default, default)

    def default(self, real: str) -> str:
        """The contract's name of a topic of the bus."""
        return self._default.get(real, real)

    def all_real(self, defaults: Iterable[str]) -> list[str]:
        """The bus's names of several."""
        return [self.real(default) for default in defaults]

    @cached_property
    def _real(self) -> dict[str, str]:
        own, prefix = self.settings.topics, self.settings.output_prefix
        inputs = {name: own.get(key, name) for key, name in INPUTS.items()}
        outputs = {name: prefix + own.get(key, name) for key, name in OUTPUTS.items()}
        signals = OUTPUTS["signals"]
        dead = {name + DEAD: prefix + real + DEAD for name, real in inputs.items()} | {
            signals + DEAD: outputs[signals] + DEAD
        }
        return inputs | outputs | dead

    @cached_property
    def _default(self) -> dict[str, str]:
        return {real: default for default, real in self._real.items()}


def group(settings: Settings, stage: str) -> str:
    """The consumer group of a stage; relate's is also its Faust app id.

    >>> group(Settings(output_prefix="eu."), "ingest")
    'eu.listener-ingest'
    """
    return f"{settings.output_prefix}{settings.group}-{stage}"


def changelog(settings: Settings, table: str = TABLE) -> str:
    """The topic that keeps relate's table, as Faust names it: app id, table, `changelog`.

    >>> changelog(Settings())
    'listener-relate-customers-changelog'
    """
    return f"{group(settings, 'relate')}-{table}-changelog"
