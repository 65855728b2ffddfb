"""What the ledger keeps of a signal once it is judged: who spoke, what was sent, offered, told ahead, opted out of."""

from typing import Final

from msgspec.structs import replace

from listener.model.ledger import (
    CATEGORIES,
    CREATIVES,
    IDEAS,
    NOTICES,
    REJECTED,
    SENDS,
    TALKS,
    TOUCHES,
    TURNS,
    GivenNotice,
    Mark,
    Talk,
    mark_of,
)  # fmt: skip
from listener.model.purposes import serves
from listener.model.sketch import packed_words
from listener.rules.case import Case, left_alone, matters
from listener.rules.case.grievance import aggrieved, troubled

QUIET_PURPOSE: Final = "news"
VOICES: Final = ("question", "complaint", "demand", "suggestion", "offered_solution")
"""Cues of a customer who wants to be heard."""
SLOWLY: Final = 0.3
"""How fast the customer's usual register follows a turn."""


def remember(case: Case) -> None:
    """Put the signal into the ledger."""
    if not case.ledger.first_s:
        case.amend(first_s=case.at_s)
    if case.side == "customer":
        _customer_spoke(case)
    elif case.heard is not None:
        _firm_spoke(case)
    else:
        _ACTS.get(case.kind, _nothing)(case)


def _customer_spoke(case: Case) -> None:
    heard, ledger = case.heard, case.ledger
    assert heard is not None  # a customer's side is only ever a heard one
    now, trouble = case.at_s, troubled(case)
    if trouble >= 0.5:
        matters.join(case, "", complaint=True)
    talk = case.talk or Talk(case.mark)
    voice = case.loudest(VOICES)
    talk = replace(
        talk,
        customer_s=max(now, talk.customer_s),
        offered=talk.offered + max(heard.offered, int(case.cue("offered_solution") >= 0.6)),
        complained=max(talk.complained, round(100 * trouble)),
        voiced=max(talk.voiced, round(100 * voice), 100 * heard.needs_answer),
        history=max(talk.history, round(100 * case.cue("tenure"))),
        secret=max(talk.secret, round(100 * case.cue("secrecy"))),
        words=packed_words(heard.sketch)[:48] or talk.words,
    )
    exits, threats = case.cue("exit") >= 0.6, max(case.cue("legal_threat"), case.cue("escalation")) >= 0.6
    case.amend(
        talks=_latest(case, talk),
        contacts=ledger.contacts + 1,
        customer_s=now,
        touches=(),
        formal=ledger.formal + (heard.register_ - ledger.formal) * (SLOWLY if ledger.contacts else 1.0),
        about_brand=heard.target == "brand",
        exit_s=now if exits else ledger.exit_s,
        legal_s=now if threats else ledger.legal_s,
        ideas=_ideas(case),
        habit=round(ledger.habit + (aggrieved(case) - ledger.habit) * SLOWLY, 3),
    )
    if case.cue("remedy_rejected") >= 0.5 and ledger.money.what:
        case.amend(rejected=tuple(dict.fromkeys((*ledger.rejected, ledger.money.what)))[-REJECTED:])
    if back := left_alone.taken_back(case):
        case.amend(opted={name: at_s for name, at_s in case.ledger.opted.items() if name not in back})
    if case.cue("stop_contact") >= 0.7:
        wishes = left_alone.wished(case) if heard.target == "brand" else (left_alone.SAID,)
        case.amend(opted={**case.ledger.opted, **dict.fromkeys(wishes, now)})


def _ideas(case: Case) -> tuple[tuple[str, int, bytes], ...]:
    heard = case.heard
    if heard is None or max(case.cue("suggestion"), case.cue("offered_solution")) < 0.5:
        return case.ledger.ideas
    return (*case.ledger.ideas, (case.event_id, case.at_s, packed_words(heard.sketch)[:48]))[-IDEAS:]


def _firm_spoke(case: Case) -> None:
    heard, talk = case.heard, case.talk
    assert heard is not None  # checked by the caller
    human = case.side == "agent"
    talk = talk or Talk(case.mark, begun_by_firm=True)
    turn = bytes.fromhex(heard.sketch[:16]) if heard.sketch and human else b""
    refusal = max(case.cue("refusal"), case.cue("policy_cited")) >= 0.5
    talk = replace(
        talk,
        firm_s=max(case.at_s, talk.firm_s) if human else talk.firm_s,
        refused=talk.refused + int(refusal and human),
        apologies=talk.apologies + int(case.cue("apology") >= 0.6 and human),
        turns=(talk.turns + turn)[-TURNS:],
    )
    case.amend(talks=_latest(case, talk), firm_s=max(talk.firm_s, case.ledger.firm_s))
    if case.cue("compensation_offer") >= 0.6 and human:
        case.amend(money=Mark(case.event_id, case.at_s, "voucher"))
    if case.side == "campaign":
        _count_send(case)
    elif taken := left_alone.granted(case):
        case.amend(opted={**case.ledger.opted, **dict.fromkeys(taken, case.at_s)})


def _latest(case: Case, talk: Talk) -> tuple[Talk, ...]:
    others = [one for one in case.ledger.talks if one.mark != talk.mark]
    return (*others, talk)[-TALKS:]


def _nothing(case: Case) -> None:
    """An act that leaves no trace in the ledger."""


def _count_send(case: Case) -> None:
    sends, near = case.ledger.sends, case.catalogue.thresholds.s("same_send_within")
    purpose = str(case.details.get("purpose") or "")
    is_quiet = purpose == QUIET_PURPOSE or serves(purpose)
    if sends and case.at_s - sends[-1] <= near:
        if is_quiet:  # what it was is known by the report, not by its mail
            case.amend(touches=tuple(one for one in case.ledger.touches if case.at_s - one.at_s > near))
        return
    case.amend(sends=(*sends, case.at_s)[-SENDS:])
    if not is_quiet:
        case.amend(touches=(*case.ledger.touches, case.proof("touch"))[-TOUCHES:])


def _sent(case: Case) -> None:
    _count_send(case)
    if creative := mark_of(str(case.details.get("creative_id") or "") or None):
        case.amend(creatives=(*case.ledger.creatives, creative)[-CREATIVES:])


def _reached_out(case: Case) -> None:
    if case.details.get("solicited") is not True:
        _count_send(case)


def _consent(case: Case) -> None:
    channel = case.details.get("channel")
    if channel not in (left_alone.ALL, *left_alone.CHANNELS):
        return
    opted = dict(case.ledger.opted)
    if case.details.get("direction") == "opt_out":
        opted[str(channel)] = case.at_s
    elif channel == left_alone.ALL:
        opted.clear()
    else:
        left = [(name, at_s) for closed, at_s in opted.items() for name in left_alone.left_of(closed, str(channel))]
        opted = dict(sorted(left, key=lambda one: one[1]))  # what was closed twice was closed last
    case.amend(opted=opted)


def _ordered(case: Case) -> None:
    if case.details.get("by", "customer") != "customer":
        return
    category = str(case.details.get("category") or "")[:40]
    known = case.ledger.categories
    case.amend(
        orders=case.ledger.orders + 1,
        order_s=case.at_s,
        touches=(),
        categories=known if not category or category in known else (*known, category)[-CATEGORIES:],
    )


def _told_ahead(case: Case) -> None:
    days = case.details.get("advance_days")
    about = str(case.details.get("about") or "").lower()[:60]
    given = GivenNotice(about, case.at_s, float(days) if isinstance(days, int | float) else 0.0, case.event_id)
    case.amend(notices=(*case.ledger.notices, given)[-NOTICES:])


def _price_rose(case: Case) -> None:
    change = case.details.get("change_pct")
    if case.kind == "fee_charged" or (isinstance(change, int | float) and change > 0):
        what = str(case.details.get("product") or case.details.get("what") or "")[:40]
        case.amend(rise=Mark(case.event_id, case.at_s, what, float(change) if isinstance(change, int | float) else 0.0))


def _paid(case: Case) -> None:
    if case.details.get("requested") is not True:
        case.amend(money=Mark(case.event_id, case.at_s, str(case.details.get("form") or "")))


def _failed(case: Case) -> None:
    case.amend(incident=Mark(case.event_id, case.at_s, str(case.details.get("incident") or "")))


def _launched(case: Case) -> None:
    case.amend(launch_s=case.at_s)


_ACTS = {
    "campaign_sent": _sent,
    "outreach_made": _reached_out,
    "consent_changed": _consent,
    "order_placed": _ordered,
    "notice_given": _told_ahead,
    "price_changed": _price_rose,
    "fee_charged": _price_rose,
    "compensation_issued": _paid,
    "service_incident": _failed,
    "product_launched": _launched,
}
