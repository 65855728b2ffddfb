"""What came of an act that was noticed, in plain words: an alert, or why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from listener.catalogue import Catalogue
from listener.model.outputs import Alert, NoticedAct
from listener.model.told import Told
from listener.rules.explaining import phrasing
from listener.rules.explaining.sentences import share

_HELD_BACK: Final = {
    "doubtful": "hardly more than half of what they may be would call it a breach",
    "shadow": "the rule is on trial (`status: shadow`), which notes and tells nobody",
    "silenced": "the rule is silenced for this customer",
    "symptom": "it comes of {other}, which tells of it",
    "cool_down": "an alert of this rule ended only a short while ago",
    "cap": "this customer has had as many alerts as a day may bring",
}


@dataclass(frozen=True, slots=True)
class AlertsSoFar:
    """What is told of a customer, and what was told just now: the alerts that moved; and the book of rules."""

    told: Told
    alerts: Sequence[Alert]
    book: Catalogue

    def fate(self, act: NoticedAct) -> str:
        """What came of an act; where nothing was told, why not."""
        if act.code[0] == "B":
            return "done well, which may mend what went wrong"
        if act.held_back == "unsure":
            return f"too unsure for an alert, which takes at least {share(self.book.thresholds.act_p)}"
        if act.code[0] == "C" and not act.severity:
            return f"no alert, as {self._forgiven(act)}"
        grave = called(act.severity, "by the customer" if act.code[0] == "C" else "for them")
        if act.held_back is not None:
            return f"{grave}, but no alert: {_HELD_BACK[act.held_back].format(other=self._other(act))}"
        if act.alert_id is None:
            return f"no alert, as it is {grave} and no breach" if act.severity else "no alert, as they do not mind it"
        is_new = any(one.alert_id == act.alert_id for one in self.alerts)
        return grave if is_new else f"{grave}; no second alert, as one is open for it already"

    def _forgiven(self, act: NoticedAct) -> str:
        """Why an act of the customer's own is nothing to tell of."""
        rule = self.book.rules.by_id.get(act.rule_id or "")
        if rule is not None and rule.breach_in:
            return "from a customer like this it is no breach"
        return "customers may do so"

    def _other(self, act: NoticedAct) -> str:
        """The open alert that speaks for it."""
        other = next((one for one in self.told.open if one.alert_id == act.held_by), None)
        rule = self.book.rules.by_id.get(other.rule) if other else None
        return f"the open alert {rule.code} “{rule.title}”" if rule else "another alert"


def called(level: int, whose: str = "for them") -> str:
    """How grave something is, and for whom.

    >>> called(2), called(0)
    ('a breach for them', 'nothing they mind')
    """
    return f"{phrasing.GRAVE[level]} {whose}" if level else "nothing they mind"
