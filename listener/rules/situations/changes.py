"""Situations of what changes around the customer: prices, terms, launches, withdrawals, and notice of them."""

from listener.model.spans import DAY_S, seconds
from listener.rules.case import Case
from listener.rules.case.wording import words_in
from listener.rules.case.written_times import seconds_of
from listener.rules.situations.arguments import failed
from listener.rules.situations.vocabulary import deeds_of, situation


@situation("lead under", "they were told [less than|at least] {span} before the change")
def lead_under(case: Case, span: str) -> bool:
    """The change takes effect less than this after the customer was told of it."""
    return lead_s(case) < seconds(span)


@situation("notice given", "a notice of this [reached|did not reach] them at least {span} before")
def notice_given(case: Case, span: str) -> bool:
    """A notice of this change reached the customer at least so long before it takes effect."""
    return notice_of(case) is not None and lead_s(case) >= seconds(span or "0 d")


def notice_of(case: Case) -> int | None:
    """When the customer was told ahead of the thing this act is about, if ever, within 180 days."""
    about = words_in(" ".join(str(case.details.get(k) or "") for k in ("product", "topic", "what", "with")))
    fits = [
        told.at_s
        for told in case.ledger.notices
        if 0 <= case.at_s - told.at_s <= 180 * DAY_S
        and (
            case.details.get("about_event_id") == told.event_id
            or (about & words_in(told.about))
            or _both_price(case, told.about)
        )
    ]
    return min(fits, default=None)


def _both_price(case: Case, about: str) -> bool:
    return case.kind == "price_changed" and bool(words_in(about) & {"price", "fee", "fare", "tariff", "premium"})


def lead_s(case: Case) -> float:
    """How many seconds before it takes effect the customer was told of a change."""
    effective = seconds_of(case.details.get("effective_at"))
    announced = seconds_of(case.details.get("announced_at"))
    told = [t for t in (notice_of(case), announced or case.at_s) if t is not None]
    return (effective if effective is not None else case.at_s) - min(told)


@situation("bought before the same", "what is withdrawn is [something|nothing] they habitually order")
def bought_before_the_same(case: Case, _: str) -> bool:
    """What is withdrawn is what the customer habitually orders, by the words of product and category."""
    return bool(
        words_in(str(case.details.get("product") or "")) & words_in(" ".join(case.ledger.categories).replace("_", " "))
    )


@situation("since launch over", "nothing new was launched for [longer than|no more than] {span}")
def since_launch_over(case: Case, span: str) -> bool:
    """Nothing new was launched for longer than this, and it is known when something was."""
    start = case.ledger.launch_s or case.ledger.first_s
    return bool(start) and case.at_s - start > seconds(span)


@situation("rose before", "[a|no] price rose and [a|no] fee was charged in the {span} before")
def rose_before(case: Case, span: str) -> bool:
    """A price rose, or a fee was charged, within this time."""
    return bool(case.ledger.rise.at_s) and case.at_s - case.ledger.rise.at_s <= seconds(span)


@situation("incident before", "[a|no] {failure} was reported in the {within} before")
def incident_before(case: Case, failure: str) -> bool:
    """A failure was reported within this time; of several the last, which may have to be one of these kinds."""
    last, asked = case.ledger.incident, failed(failure)
    return (
        bool(last.at_s)
        and case.at_s - last.at_s <= seconds(asked.within)
        and last.what in (asked.kinds or (last.what,))
    )


@situation("fields over", "[more than|no more than] {count} personal facts are asked for")
def fields_over(case: Case, count: str) -> bool:
    """More personal fields are asked for than this."""
    fields = case.details.get("fields")
    return isinstance(fields, list) and len(fields) > int(count)


@situation("told of something within", "they were [told|not told] of any change in the {span} before")
def told_of_something(case: Case, span: str) -> bool:
    """The firm gave this customer notice of some change within this time: it does tell them things."""
    return any(0 <= case.at_s - told.at_s <= seconds(span) for told in case.ledger.notices)


@situation("something withdrawn within", "[something|nothing] was withdrawn in the {span} before")
def something_withdrawn(case: Case, span: str) -> bool:
    """Something was withdrawn within this time."""
    return bool(deeds_of(case.ledger, "F26", case.at_s, seconds(span)))


@situation("launched within", "[something|nothing] was launched in the {span} before")
def launched_within(case: Case, span: str) -> bool:
    """Something was launched within this time."""
    return bool(case.ledger.launch_s) and case.at_s - case.ledger.launch_s <= seconds(span)


@situation("credited of late", "their part was [credited|not credited] within 30 days")
def credited_of_late(case: Case, _: str) -> bool:
    """Their part was credited within 30 days."""
    return bool(deeds_of(case.ledger, "B11", case.at_s, 30 * DAY_S))
