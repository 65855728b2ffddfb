"""From an act noticed to a finding: weighed on the belief before the matter, remembered, with its evidence."""

from collections.abc import Sequence

from listener.catalogue.rules import Rule
from listener.model.findings import Finding, Phase
from listener.model.ledger import DEEDS, FORGOTTEN_AFTER_S, REPORTED, Deed, Matter, Proof
from listener.model.spans import DAY_S
from listener.model.types import TYPE_INDEX, TYPES
from listener.rules.case import Case, matters
from listener.rules.case.need import NEED, in_need
from listener.rules.findings.weighing import Weight, belief_for, fitting_type, minded_by, only, share_of, weigh_firm_act
from listener.rules.situations import deeds_of

TELLING = ("purpose", "incident", "form", "what", "about", "product", "direction", "topic", "policy", "channel")
"""The details that say most of an act; the first that is told goes with its kind into the evidence."""
HARDLY = 0.02
"""A type less likely than this has no say in what would insult."""
LEVEL_OF = {"info": 0, "low": 1, "medium": 2, "high": 3}


def found(
    case: Case, rule: Rule, p: float, tells: str, *, phase: Phase = "noticed", cause: str = "", once: str = "each",
    for_anyone: bool = False, proofs: Sequence[Proof] = (),
) -> Finding:  # fmt: skip
    """One act noticed (or one obligation breached), weighed and remembered; the ledger is amended."""
    earlier = deeds_of(case.ledger, rule.code, case.at_s, case.catalogue.thresholds.s("repeats_within"))
    fresh = _is_fresh(case, earlier, once)
    before = matters.current(case)
    spares_none = for_anyone or rule.unsafe or _fails_a_need(case, rule, proofs)
    weight = weigh(case, rule, before, repeats=_repeats(earlier, fresh), spares_none=spares_none)
    matter = _joined(case, rule, before, weight, p)
    own = case.proof(_named(case) or rule.code) if case.event_id else None
    key = matter.key if matter else 0
    event_id = case.event_id or cause
    deed = Deed(rule.code, case.at_s, weight.level, round(100 * p), key, _source(case), event_id, fresh)
    case.amend(deeds=_kept(case, deed))
    wanted, sure, minds = _who_minds(case, rule, matter) if _may_be_told(rule, weight) else ("", 0.0, {})
    return Finding(
        code=rule.code, rule_id=rule.id, by=rule.by, phase=phase, at=case.at, event_id=event_id, matter=key, p=p,
        cause=cause or _first_cause(earlier, key) or event_id,
        level=weight.level, threat=weight.threat, expected=weight.expected, confidence=p * weight.share,
        invigorates=weight.invigorates, critical=rule.unsafe or _is_critical(case, weight),
        channel=case.channel, conversation_id=case.conversation_id, broadcast=case.broadcast, public=case.public,
        wanted=wanted, sure=sure, minds=minds,
        along=matter.codes if matter else (),
        evidence=_evidence(own, earlier, matter, proofs),
        why=told(tells, case), details=case.details,
    )  # fmt: skip


def weigh(case: Case, rule: Rule, matter: Matter | None, *, repeats: int = 0, spares_none: bool = False) -> Weight:
    """How grave it is for this customer; a firm's act by the matrix, anything else by the rule's own severity.

    What `spares_none` weighs as what is unsafe does: a breach at least, whoever they are. So does what fails somebody
    in need, and what the law forbids as well.
    """
    if rule.code.startswith("F"):
        avoidable = case.details.get("avoidable")
        return weigh_firm_act(
            rule.code,
            belief_for(matter, case.reading, case.catalogue),
            case.catalogue,
            strength=case.reading.strength,
            repeats=repeats,
            safety=spares_none or bool(case.details.get("safety")),
            public=case.public and case.side in ("agent", "campaign", "system"),
            avoidable=avoidable if isinstance(avoidable, bool) else None,
        )
    share = 1.0
    if rule.breach_in:
        share = share_of(rule.breach_in, belief_for(matter, case.reading, case.catalogue)[0])
    level = LEVEL_OF.get(rule.severity, 0) if share >= case.catalogue.thresholds.majority else 0
    return Weight(level, level / 3 * share, share)


def _fails_a_need(case: Case, rule: Rule, proofs: Sequence[Proof]) -> bool:
    """Whether an outcome or an answer is withheld from somebody who tells of a need now, or told of it then."""
    if not rule.code.startswith("F"):
        return False
    outcome = rule.code == "F02" or "O" in case.catalogue.acts.by_code[rule.code].class_
    return outcome and (in_need(case) or any(proof.says == NEED for proof in proofs))


def _joined(case: Case, rule: Rule, before: Matter | None, weight: Weight, p: float) -> Matter | None:
    """The matter it belongs to: what the firm breaks opens one; everything else only joins one that goes on."""
    opens = rule.code.startswith("F") and (weight.level or weight.invigorates) and p >= 0.5
    return matters.join(case, rule.code) if before is not None or opens else None


def _may_be_told(rule: Rule, weight: Weight) -> bool:
    """Whether an alert may come of it; of what weighs nothing, nobody asks whose repair fits."""
    return weight.level > 0 or rule.code.startswith("M")


def _who_minds(case: Case, rule: Rule, matter: Matter | None) -> tuple[str, float, dict[str, float]]:
    """The type whose repair fits, how sure that is, and who it is likely to have hurt: of a mismatch, whom it names."""
    belief = belief_for(matter, case.reading, case.catalogue)
    minds = minded_by(rule.code, belief, case.catalogue)
    if rule.mismatch:
        minds = only(rule.mismatch.wants, minds)
    shares = zip(TYPES, minds.tolist(), strict=True)
    likeliest: dict[str, float] = {name: share for name, share in shares if share >= HARDLY}
    fits = fitting_type(minds, case.catalogue)
    return fits, float(belief[0][TYPE_INDEX[fits]]), likeliest


def _source(case: Case) -> bytes:
    """Where it was reported: the conversation's mark, with a sign behind it for a structured report."""
    return case.mark + REPORTED if case.side == "act" else case.mark


def _is_fresh(case: Case, earlier: Sequence[Deed], once: str) -> bool:
    """Whether it is an act of its own: not the second report of one, nor a repetition in the same talk or matter.

    What a customer says of the firm's act is evidence of it, never the act done again.
    """
    if case.side == "customer" and earlier and earlier[-1].code.startswith("F"):
        return False
    is_send = case.side == "campaign" or case.kind == "campaign_sent"
    near = case.catalogue.thresholds.s("same_send_within" if is_send else "same_report_within")
    source = _source(case)
    for deed in earlier:
        same_talk = bool(case.mark) and deed.talk[:4] == case.mark
        if deed.event_id == case.event_id or (once == "talk" and same_talk):
            return False
        other_report = deed.is_reported is not source.endswith(REPORTED)
        if other_report and (same_talk or case.at_s - deed.at_s <= near):
            return False
        if once == "matter" and case.at_s - deed.at_s <= 21 * DAY_S:
            return False
    return True


def _repeats(earlier: Sequence[Deed], fresh: bool) -> int:
    """How many acts of this kind went before within 90 days; a second report of one is none."""
    counted = sum(deed.counts for deed in earlier)
    return counted if fresh else max(0, counted - 1)


def _first_cause(earlier: Sequence[Deed], matter: int) -> str:
    return next((deed.event_id for deed in earlier if matter and deed.matter == matter), "")


def _kept(case: Case, deed: Deed) -> tuple[Deed, ...]:
    recent = [one for one in case.ledger.deeds if case.at_s - one.at_s <= FORGOTTEN_AFTER_S]
    return (*recent, deed)[-DEEDS:]


def _is_critical(case: Case, weight: Weight) -> bool:
    """Safety; or high together with exit talk, a legal threat, or distress of .8 or more."""
    if case.details.get("safety"):
        return True
    if weight.level < 3:
        return False
    limits, ledger = case.catalogue.thresholds, case.ledger
    lately = limits.s("critical_words_within")
    spoken = any(at and case.at_s - at <= lately for at in (ledger.exit_s, ledger.legal_s))
    now = max(case.cue("exit"), case.cue("legal_threat")) >= 0.6 and case.side == "customer"
    return spoken or now or (case.reading.distress >= limits.critical_distress and ledger.about_brand)


def _evidence(
    own: Proof | None, earlier: Sequence[Deed], matter: Matter | None, proofs: Sequence[Proof]
) -> tuple[Proof, ...]:
    """What proves it, at most four: what the rule rests on, this event, earlier acts of the kind in the matter."""
    mine = [
        Proof(deed.event_id, "act", deed.at_s, "firm", deed.code)
        for deed in earlier
        if matter and deed.matter == matter.key
    ]
    cited: dict[str, Proof] = {}
    for one in (*proofs, *([own] if own else []), *reversed(mine)):
        cited.setdefault(one.event_id, one)
    return tuple(sorted(list(cited.values())[:4], key=lambda one: one.at_s))


def _named(case: Case) -> str:
    """An act by its kind and what says most of it: `campaign_sent: promotion`; empty for what was said in words."""
    if case.side != "act":
        return ""
    most = next((_plain(case.details[name]) for name in TELLING if case.details.get(name)), "")
    return f"{case.kind}: {most}" if most else case.kind


def told(tells: str, case: Case) -> str:
    """A sentence of `tells` with the act's details in it."""
    return tells.format_map(_Words(case))


class _Words(dict[str, str]):
    """The words a sentence of `tells` may use: the act's details by name; what is not told is left out."""

    def __init__(self, case: Case) -> None:
        super().__init__({name: _plain(value) for name, value in case.details.items()})

    def __missing__(self, name: str) -> str:
        return "…"


def _plain(value: object) -> str:
    if isinstance(value, dict) and "amount" in value:
        return f"{value.get('amount')} {value.get('currency', '')}".strip()
    if isinstance(value, list):
        return ", ".join(map(str, value)).replace("_", " ")
    return str(value).replace("_", " ")[:80]
