"""Two customers who turn out to be one: their ledgers read as two halves of one history.

Counts add up; of what is known once, the latest word holds; sums decay to one moment and add up; what is listed is
joined in order of time under its cap, an event that reached both halves counted once. From whichever side two are
merged, the same is remembered; only the numbers of matters differ.
"""

from collections.abc import Iterable

from msgspec.structs import replace

from listener.catalogue import Catalogue
from listener.model.ledger import (
    CATEGORIES,
    CREATIVES,
    DEEDS,
    IDEAS,
    NOTICES,
    REJECTED,
    SENDS,
    TALKS,
    TOUCHES,
    TURNS,
    Debt,
    Deed,
    Ledger,
    Mark,
    Proof,
    Talk,
)
from listener.rules.case.given_word import latest
from listener.rules.memory.remembering import SLOWLY
from listener.rules.merging.debts import Both, debts, matters, numbering, renumbered
from listener.rules.merging.joining import event_of, joined, once, told_at


def merge(ledger: Ledger, other: Ledger, catalogue: Catalogue) -> Ledger:
    """One ledger out of two; nothing owed is forgotten but what was answered under the other name."""
    if Ledger() in (ledger, other):
        return other if ledger == Ledger() else ledger
    called = numbering(ledger, other, catalogue)
    both = (ledger, renumbered(other, called))
    ordered = sorted(both, key=lambda half: (half.order_s, half.categories))
    strain, strain_s = _strain(both, catalogue)
    return replace(
        _known_once(both),
        matters=matters(both, catalogue),
        debts=debts(both, catalogue),
        pledges=latest(once((p for half in both for p in half.pledges), lambda p: (p.opened_s, p.cause), _word)),
        deeds=_deeds(both),
        talks=_talks(both),
        sends=_sends(both, catalogue),
        touches=_touches(both),
        notices=once((n for half in both for n in half.notices), told_at, event_of)[-NOTICES:],
        ideas=once((i for half in both for i in half.ideas), lambda i: (i[1], i[0]), lambda i: i[0])[-IDEAS:],
        categories=joined(half.categories for half in ordered)[-CATEGORIES:],
        creatives=joined(half.creatives for half in sorted(both, key=lambda h: (h.sends, h.creatives)))[-CREATIVES:],
        strain=strain,
        strain_s=strain_s,
        next_key=max(ledger.next_key, called(other.next_key)),
    )


def _known_once(both: Both) -> Ledger:
    """What is neither listed nor fading: counts add up, the latest word holds, what is usual by each half's share."""
    one, other = both
    earlier, later = sorted(both, key=lambda half: (half.customer_s, half.about_brand))
    share = _share_of_earlier(earlier, later)
    return Ledger(
        opted=_newest(one.opted, other.opted),
        strained=one.strained or other.strained,
        distressed=one.distressed or other.distressed,
        dialled_down=one.dialled_down or other.dialled_down,
        mismatched=_newest(one.mismatched, other.mismatched),
        contacts=one.contacts + other.contacts,
        orders=one.orders + other.orders,
        first_s=min((half.first_s for half in both if half.first_s), default=0),
        customer_s=later.customer_s,
        order_s=max(half.order_s for half in both),
        firm_s=max(half.firm_s for half in both),
        launch_s=max(half.launch_s for half in both),
        exit_s=max(half.exit_s for half in both),
        legal_s=max(half.legal_s for half in both),
        about_brand=later.about_brand,
        formal=share * earlier.formal + (1.0 - share) * later.formal,
        rise=_latest(half.rise for half in both),
        money=_latest(half.money for half in both),
        incident=_latest(half.incident for half in both),
        rejected=joined(half.rejected for half in (earlier, later))[-REJECTED:],
        habit=round(share * earlier.habit + (1.0 - share) * later.habit, 3),
    )


def _word(pledge: Debt) -> str:
    return f"{pledge.cause} {pledge.rule}"


def _deeds(both: Both) -> tuple[Deed, ...]:
    """The acts of both; one that reached both (a broadcast) was done once."""
    deeds = (deed for half in both for deed in half.deeds)
    return once(deeds, lambda d: (d.at_s, d.code, d.event_id, d.sure), lambda d: (d.code, d.event_id))[-DEEDS:]


def _strain(both: Both, catalogue: Catalogue) -> tuple[float, int]:
    """What is left of both at the later moment, and that moment; what strained both is taken once."""
    half_life = catalogue.thresholds.s("strain_half_life")
    at_s = max(half.strain_s for half in both)
    mine, theirs = (half.strain_at(at_s, half_life) for half in both)
    known = {(deed.code, deed.event_id) for deed in both[0].deeds}
    shared = [d for d in both[1].deeds if (d.code, d.event_id) in known and d.code.startswith("F") and d.level]
    twice = sum(d.level * 0.5 ** ((at_s - d.at_s) / half_life) for d in shared if d.p >= catalogue.thresholds.act_p)
    return round(max(mine, theirs, mine + theirs - twice), 3), at_s


def _talks(both: Both) -> tuple[Talk, ...]:
    """The conversations spoken in last; one that went on under both names is one."""
    talks: dict[bytes, Talk] = {}
    for talk in sorted((one for half in both for one in half.talks), key=lambda one: (_spoken_s(one), one.mark)):
        known = talks.pop(talk.mark, None)
        talks[talk.mark] = talk if known is None else _continued(known, talk)
    return tuple(talks.values())[-TALKS:]


def _spoken_s(talk: Talk) -> int:
    return max(talk.customer_s, talk.firm_s)


def _continued(first: Talk, then: Talk) -> Talk:
    """One conversation out of its two parts; what was said first in it tells who began it."""
    return Talk(
        mark=first.mark,
        customer_s=max(first.customer_s, then.customer_s),
        firm_s=max(first.firm_s, then.firm_s),
        offered=first.offered + then.offered,
        refused=first.refused + then.refused,
        apologies=first.apologies + then.apologies,
        complained=max(first.complained, then.complained),
        voiced=max(first.voiced, then.voiced),
        history=max(first.history, then.history),
        secret=max(first.secret, then.secret),
        turns=(first.turns + then.turns)[-TURNS:],
        words=then.words or first.words,
        begun_by_firm=first.begun_by_firm,
    )


def _sends(both: Both, catalogue: Catalogue) -> tuple[int, ...]:
    """The sends of both; two reports of one are one."""
    sends: list[int] = []
    for at_s in sorted(at_s for half in both for at_s in half.sends):
        if not sends or at_s - sends[-1] > catalogue.thresholds.s("same_send_within"):
            sends.append(at_s)
    return tuple(sends[-SENDS:])


def _touches(both: Both) -> tuple[Proof, ...]:
    """The sends that the customer has not moved since, under either name."""
    moved_s = max(max(half.customer_s, half.order_s) for half in both)
    unanswered = (touch for half in both for touch in half.touches if touch.at_s > moved_s)
    return once(unanswered, told_at, event_of)[-TOUCHES:]


def _share_of_earlier(earlier: Ledger, later: Ledger) -> float:
    """How much of what is usual for them comes from the half that fell silent first.

    What is usual follows each turn by a step (`SLOWLY`), so each turn of the other's since then takes that much of it
    away; up to then both count by their turns. The later half's turns are taken to be spread evenly over its time.
    """
    lasted = later.customer_s - later.first_s
    after = min(lasted, later.customer_s - earlier.customer_s)
    since = later.contacts * (after / lasted if lasted > 0 else float(earlier.customer_s < later.customer_s))
    before = earlier.contacts + later.contacts - since
    return earlier.contacts / before * (1.0 - SLOWLY) ** since if before else 0.0


def _latest(marks: Iterable[Mark]) -> Mark:
    return max(marks, key=lambda one: (one.at_s, one.event_id))


def _newest(mine: dict[str, int], theirs: dict[str, int]) -> dict[str, int]:
    """The newest time of each name; whoever closed a channel under either name has closed it."""
    return {name: max(mine.get(name, 0), theirs.get(name, 0)) for name in sorted({*mine, *theirs})}
