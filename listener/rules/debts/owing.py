"""What the firm owes: opened by a word of either side, settled, late, or breached when its time is up."""

from msgspec.structs import replace

from listener.catalogue.rules import FOR_GOOD, PROMISE, Owes, Rule
from listener.model.findings import Finding, Phase
from listener.model.ledger import DEBTS, Debt, Proof, cited
from listener.model.sketch import packed_words
from listener.model.spans import DAY_S, seconds
from listener.rules.case import Case
from listener.rules.case.given_word import DEED, FORETOLD, given, is_foretold, is_taken_back, latest
from listener.rules.case.grievance import troubled
from listener.rules.case.need import NEED, in_need, kept
from listener.rules.debts.easing import eased_by
from listener.rules.debts.settling import ANSWERS, settles
from listener.rules.findings.finding import found
from listener.rules.situations.matching import matches
from listener.rules.situations.words import asks_for_something, asks_plainly

LIVE_S = 600
"""A chat or a call is live while the firm has spoken in it within ten minutes, or while it has only just begun."""

UNTROUBLED = 0.65
"""How sure it is that a promise to somebody not in trouble was broken once its day is past (ours: many are kept without
a record; a plain one with its day, heard beyond doubt, is then just sure enough to be told of)."""
AFTERTHOUGHT = 0.6
"""How much less sure it is that a question wants an answer once the firm has answered in the same chat (ours: the last
question of a chat is often asked in jest, or answered by what was said before)."""


def is_afterthought(case: Case, rule: Rule) -> bool:
    """Whether it is asked in passing: of nobody in particular, after an answer, or in a letter that asks nothing."""
    if rule.code != "F02" or in_need(case):
        return False
    talk, public = case.talk, case.public and case.heard is not None and not case.heard.in_reply_to
    spoken = bool(talk and talk.firm_s)
    if case.loudest(("unanswered", "failure", "repeat_effort")) >= 0.6 or case.cue("distress") >= 0.7:
        return False
    if asks_for_something(case) and _has_a_promise_here(case):
        return True
    if case.channel == "email":
        glad = max(case.cue("gratitude"), case.cue("forgiveness"), case.cue("praise")) >= 0.6
        return (spoken or glad) and not _asks(case)
    asks = max(case.loudest(("question", "demand", "request")), 0.0 if spoken else case.cue("complaint")) >= 0.6
    return (spoken or public) and not (troubled(case) >= 0.6 and asks)


def _asks(case: Case) -> bool:
    """A letter asks with a question mark or a please, or tells somebody to do something and means it."""
    heard = case.heard
    if heard is None:
        return False
    if heard.traits.get("questions", 0) > 0 or asks_for_something(case):
        return True
    return case.cue("demand") >= 0.5 and asks_plainly(case, "")


def _has_a_promise_here(case: Case) -> bool:
    """Whether the firm's word, given in this conversation, stands unbroken: the firm will come back by itself."""
    return any(debt.talk == case.mark and not debt.breached for debt in given(case) if debt.talk)


def settle(case: Case) -> tuple[Finding, ...]:
    """What this signal settles, in time or late."""
    findings: list[Finding] = []
    left: list[Debt] = []
    for debt in case.ledger.debts:
        rule = case.catalogue.rules.by_id.get(debt.rule)
        if rule is None or rule.owes is None or (case.at_s >= debt.ends_s and not falls_due(debt)):
            continue
        if settles(case, debt, rule.owes.settled_by):
            findings.append(_turn(case, rule, debt, "late" if debt.breached else "settled"))
        elif eased_by(case, debt):
            left.append(replace(debt, p=round(debt.p * AFTERTHOUGHT, 3)))
        else:
            left.append(debt)
    if left != list(case.ledger.debts):
        case.amend(debts=tuple(left))
    if case.ledger.pledges:
        case.amend(pledges=tuple(one for one in case.ledger.pledges if _stands(case, one)))
    return tuple(findings)


def _stands(case: Case, pledge: Debt) -> bool:
    """Whether a promise without a day still stands: neither kept, nor let go, nor too long ago."""
    rule = case.catalogue.rules.by_id.get(pledge.rule)
    owes = rule.owes if rule else None
    return owes is not None and case.at_s < pledge.ends_s and not settles(case, pledge, owes.settled_by)


def take_back(case: Case, noticed: tuple[Finding, ...]) -> None:
    """What the firm has just taken back is broken now: its day breaks it no second time."""
    broken = next((one for one in noticed if one.code == "F18" and case.side == "agent"), None)
    if broken is None:
        return
    case.amend(
        debts=tuple(
            replace(one, breached=True, matter=broken.matter) if one.code == "F18" and is_taken_back(case, one) else one
            for one in case.ledger.debts
        ),
        pledges=tuple(one for one in case.ledger.pledges if not is_taken_back(case, one)),
    )


def open_debts(case: Case) -> None:
    """What comes to be owed by this signal. A second asking of the same joins the first: its time runs on."""
    for rule, owes in case.catalogue.rules.owing_when.get(case.kind or case.side, ()):
        p, due_s = prospect(case, rule, owes)
        if due_s is not None:
            _open(case, rule, owes, p, due_s)
        elif p and owes.is_word:
            _pledge(case, rule, owes, p)


def prospect(case: Case, rule: Rule, owes: Owes) -> tuple[float, int | None]:
    """How sure it is that something comes to be owed, and when it falls due; None where nothing does."""
    p = owes.p * matches(owes, case)
    p *= AFTERTHOUGHT if p and is_afterthought(case, rule) else 1.0
    return p, _due_s(case, owes) if p and not is_answered_since(case, owes) else None


def is_answered_since(case: Case, owes: Owes) -> bool:
    """Whether a person of the firm has spoken here since: the bus may bring an answer before its question."""
    talk = case.talk
    return talk is not None and talk.firm_s > case.at_s and not ANSWERS.isdisjoint(owes.settled_by)


def joined(case: Case, rule: Rule, owes: Owes) -> Debt | None:
    """What is owed already for the same, in the same conversation; every promise is one of its own."""
    if owes.is_word:
        return None
    return next((one for one in case.ledger.debts if one.rule == rule.id and one.talk and one.talk == case.mark), None)


def _open(case: Case, rule: Rule, owes: Owes, p: float, due_s: int) -> None:
    if (known := joined(case, rule, owes)) is not None:
        again = replace(
            known,
            p=max(known.p, p),
            proofs=kept((*known.proofs, case.proof(_said(case, owes)))),
            troubled=known.troubled or troubled(case) >= 0.5,
        )
        case.amend(debts=tuple(again if one is known else one for one in case.ledger.debts))
        return
    debt = _debt(case, rule, owes, p, due_s)
    case.amend(debts=(*case.ledger.debts, debt)[-DEBTS:])


def _pledge(case: Case, rule: Rule, owes: Owes, p: float) -> None:
    """A promise without a day: nobody can say that it is late, but it can be kept, and taken back."""
    pledge = _debt(case, rule, owes, p, case.at_s + seconds(owes.until))
    pledge = replace(pledge, ends_s=pledge.due_s)
    case.amend(pledges=latest((*case.ledger.pledges, pledge)))


def _debt(case: Case, rule: Rule, owes: Owes, p: float, due_s: int) -> Debt:
    return Debt(
        rule=rule.id,
        code=rule.code,
        cause=case.event_id,
        talk=case.mark,
        channel=case.channel,
        p=round(p, 3),
        opened_s=case.at_s,
        due_s=due_s,
        ends_s=due_s + seconds(owes.until),
        proofs=(case.proof(_said(case, owes)),),
        words=packed_words(case.heard.sketch if case.heard else None)[:36],
        troubled=_is_troubled(case),
    )


def _is_troubled(case: Case) -> bool:
    """Whether it is owed to somebody in trouble: what they say now, or said in this conversation."""
    here = case.talk.complaint if case.talk else 0.0
    if here >= 0.5 and case.channel != "email":
        return True
    if case.side == "customer":
        return troubled(case) >= 0.5
    lately = [d for d in case.ledger.deeds if d.code in ("F12", "F26", "F13") and case.at_s - d.at_s <= 14 * DAY_S]
    return case.side == "agent" and any(d.p >= case.catalogue.thresholds.act_p for d in lately)


def _said(case: Case, owes: Owes) -> str:
    """The cue that says most of what is owed, a need first of all; else the kind of act, or who spoke."""
    if NEED in owes.says_any and in_need(case):
        return NEED
    if owes.within == PROMISE and max(case.cue(FORETOLD), case.cue(DEED)) >= 0.5:
        return FORETOLD if case.cue(FORETOLD) >= 0.5 and case.heard and case.heard.promise_due_at else DEED
    return max((*owes.says, *owes.says_any), key=case.cue, default=case.kind or case.side)


def _due_s(case: Case, owes: Owes) -> int | None:
    """When it falls due; None where this channel knows no time for it."""
    if owes.within == FOR_GOOD:
        return None
    if owes.within == PROMISE:
        due = case.heard.promise_due_at if case.heard else None
        return None if due is None or due <= case.at else int(due.timestamp())
    if isinstance(owes.within, str):
        return case.at_s + seconds(owes.within)
    talk = case.talk
    live = talk is None or not talk.firm_s or case.at_s - talk.firm_s <= LIVE_S
    told = (owes.within.get(f"{case.channel} live") if live else None) or owes.within.get(case.channel)
    return case.at_s + seconds(told) if told else None


def fall_due(case: Case) -> tuple[Finding, ...]:
    """What is breached at this moment: every open debt whose time is up."""
    findings: list[Finding] = []
    for debt in sorted((d for d in case.ledger.debts if falls_due(d) and d.due_s <= case.at_s), key=lambda d: d.due_s):
        rule = case.catalogue.rules.by_id.get(debt.rule)
        if rule is None or rule.owes is None:
            case.amend(debts=tuple(one for one in case.ledger.debts if one is not debt))
            continue
        sure = debt.p if is_plain(debt, rule.owes) else debt.p * UNTROUBLED
        case.conversation_id = None
        finding = found(
            case, rule, round(sure, 4), rule.owes.tells, phase="breached", cause=debt.cause, proofs=debt.proofs
        )
        breached = replace(debt, breached=True, matter=finding.matter)
        case.amend(
            debts=tuple(
                breached if one.cause == debt.cause and one.rule == debt.rule else one for one in case.ledger.debts
            )
        )
        findings.append(finding)
    return tuple(findings)


def is_plain(debt: Debt, owes: Owes) -> bool:
    """Whether it is plain that something is missing; a promise to somebody not in trouble is often kept unrecorded."""
    return not owes.is_word or debt.troubled


def _turn(case: Case, rule: Rule, debt: Debt, phase: Phase) -> Finding:
    """An obligation's happy end, or its late one: nothing is weighed."""
    return Finding(
        code=rule.code,
        rule_id=rule.id,
        phase=phase,
        by="firm",
        at=case.at,
        event_id=case.event_id,
        cause=debt.cause,
        matter=debt.matter,
        p=debt.p,
        channel=case.channel,
        conversation_id=case.conversation_id,
        evidence=(Proof(case.event_id, case.channel, case.at_s, case.side, "answer", cited(case.excerpt)),),
    )


def next_due_s(debts: tuple[Debt, ...]) -> int | None:
    """When the next debt falls due."""
    return min((debt.due_s for debt in debts if falls_due(debt)), default=None)


def falls_due(debt: Debt) -> bool:
    """Whether silence breaches it once its day is past: neither what is breached already nor what was only foretold."""
    return not debt.breached and not is_foretold(debt)
