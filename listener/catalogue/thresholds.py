"""The numbers of DOMAIN 3.1 and 3.3 that more than one rule shares; each a setting in thresholds.yaml."""

from functools import cached_property
from typing import Annotated

from pydantic import Field

from listener.catalogue.shelf import Entry, Shelf
from listener.model.spans import seconds
from listener.model.types import TypeId


class Thresholds(Entry):
    """Read by name; see thresholds.yaml for what each means."""

    act_p: float
    expected_from: float
    majority: float
    held_counts_from: float
    steps_up_on: int
    repeats_within: str
    steady_contacts: float
    public_steps_up: tuple[TypeId, ...]
    outcome_softened: float
    relational_sharpened: float
    moral: float
    avoidable: float
    unavoidable: float
    public: float
    critical_distress: float
    critical_words_within: str
    strain_half_life: str
    strain_raises: float
    strain_clears: float
    distress_raises: float
    distress_clears: float
    distress_cause_within: str
    matter_rests: str
    matter_lasts: str
    mended_after: str
    thanked_after: str
    cool_down: str
    update_gap: str
    alerts_a_day: int
    brand_alert_above: Annotated[int, Field(ge=1)]
    brand_alert_within: str
    false_alarm_silences: str
    expected_silences: str
    same_report_within: str
    same_send_within: str
    sources: dict[str, str]

    def s(self, name: str) -> int:
        """A span of time by name, in seconds."""
        return self._spans[name]

    @cached_property
    def _spans(self) -> dict[str, int]:
        spans: dict[str, int] = {}
        for name in type(self).model_fields:
            told = getattr(self, name)
            if isinstance(told, str):
                spans[name] = seconds(told)
        return spans


def read_thresholds(shelf: Shelf) -> Thresholds:
    """The thresholds, from their file."""
    return shelf.one("thresholds.yaml", Thresholds)
