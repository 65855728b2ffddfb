"""What the firm does although an open alert says to avoid it: a repair of the wrong kind makes the matter worse."""

from typing import Any

from msgspec.structs import replace

from listener.alerting.occasion import Occasion
from listener.alerting.saying import MEDIUM, say
from listener.alerting.updating import is_other_report, with_proof
from listener.catalogue import Catalogue
from listener.catalogue.repairs import Insult
from listener.model.ledger import Proof, cited
from listener.model.outputs import SEVERITIES, Alert
from listener.model.signals import Act, Broadcast, Heard
from listener.model.told import Open, Told

Done = Act | Heard | Broadcast
AGAINST = "against what was to be avoided: "
"""How evidence of such an act begins; by it a second one of an alert is known, which makes it no graver again."""
GRAVEST = SEVERITIES.index("high")
"""How grave an alert may become by this alone: critical has its own conditions (DOMAIN 3.3)."""


def wound_again(told: Told, done: Done, occasion: Occasion) -> tuple[Told, list[Alert]]:
    """Every open alert of the firm's making that says to avoid what was just done is updated, the first time graver.

    Not one that is mending: what it said to avoid was to be avoided in place of the fix, or before it.
    """
    catalogue = occasion.catalogue
    words = words_for(done, catalogue)
    said: list[Alert] = []
    for alert in [one for one in told.open if _minds(one) and not words.isdisjoint(one.avoid)]:
        own = _proof(next(word for word in alert.avoid if word in words), done)
        if any(proof.event_id == own.event_id or _is_same_act(proof, own, catalogue) for proof in alert.proofs):
            continue
        worse = _worse(alert, own, occasion.at_s)
        told = told.with_changed(alert, worse)
        said.append(say(worse, "updated", occasion))
    return told, said


def _minds(alert: Open) -> bool:
    return alert.severity >= MEDIUM and not alert.code.startswith("C") and not alert.mends_s


def _is_same_act(proof: Proof, own: Proof, catalogue: Catalogue) -> bool:
    """Whether the alert cites the act by its other report: a campaign that was sent, and its mail."""
    of_kind = proof.role == "campaign" or proof.says.startswith(("campaign_sent", own.says))
    return of_kind and is_other_report(proof, own, catalogue)


def _proof(word: str, done: Done) -> Proof:
    heard = done if isinstance(done, Heard) else None
    return Proof(
        done.event_id,
        heard.channel if heard else "act",
        int(done.occurred_at.timestamp()),
        heard.role if heard else "firm",
        AGAINST + word.replace("_", " "),
        cited(heard.excerpt) if heard else "",
    )


def _worse(alert: Open, proof: Proof, now: int) -> Open:
    again = any(one.says.startswith(AGAINST) for one in alert.proofs)
    return replace(
        alert,
        severity=alert.severity if again else max(alert.severity, min(alert.severity + 1, GRAVEST)),
        occurrences=alert.occurrences + 1,
        proofs=with_proof(alert.proofs, proof),
        updated_s=now,
        said_s=now,
    )


def words_for(done: Done, catalogue: Catalogue) -> frozenset[str]:
    """The words of CONTRACT 3 for what was done; what the customer had asked for insults nobody."""
    return frozenset(
        word for word, ways in catalogue.repairs.done_by.items() if any(_is_way(done, way) for way in ways)
    )


def _is_way(done: Done, way: Insult) -> bool:
    if isinstance(done, Heard):
        loud = all(done.signals.get(cue, 0.0) >= least for cue, least in way.says.items())
        named = not way.names or any(name in done.excerpt.casefold() for name in way.names)
        excused = any(done.signals.get(cue, 0.0) >= least for cue, least in way.unless_says.items())
        return way.when == done.role and loud and named and not excused
    details: dict[str, Any] = done.data.details
    asked = details.get("requested") is True or details.get("solicited") is True
    fits = all(details.get(name) in told for name, told in way.where.items())
    excused = any(details.get(name) in told for name, told in way.unless.items())
    return way.when == done.data.kind and fits and not asked and not excused
