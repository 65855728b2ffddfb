"""`listener rules new`: a rule to begin with, of the kind that is asked for; its stories hold as they are."""

from collections.abc import Mapping
from typing import Any, Final

import yaml

from listener.catalogue import Catalogue
from listener.catalogue.acts import KindOfAct
from listener.catalogue.rules import SIDES, Condition, Mismatch, Owes, Rule
from listener.rules.checking.advising import BLANK

OWED: Final = "owed"
"""What to ask for where the act is something left undone."""


def ways(book: Catalogue) -> tuple[str, ...]:
    """What may be asked for as the way to notice an act."""
    return (*sorted(book.kinds), *sorted(SIDES), OWED)


_CUES: Final = {"customer": "complaint", "agent": "scripted", "campaign": "commitment_ask", "system": "scripted"}
_LONG: Final = "60 d"
_MUST: Final[dict[str, dict[str, Any]]] = {"price_changed": {"change_pct": {"above": 0}}}
"""Details without which an act is not taken (CONTRACT 2)."""


def first_draft(name: str, act: KindOfAct, book: Catalogue, way: str | None = None) -> str:
    """A rule for an act, noticed or owed in this way; where none is asked for, as the built-in rule of the code is."""
    known = book.rules.of_code(act.code)
    if known and known.mismatch and way is None:
        return _of_mismatch(name, act, known, known.mismatch)
    if known and known.owes and way in (None, OWED):
        return _of_debt(name, act, known.owes, book)
    if way == OWED:
        owes = Owes(when="customer", says={"question": 0.6}, within="24 h", settled_by=("human turn",))
        return _of_debt(name, act, owes, book)
    return _of_notice(name, act, _condition(known, way, act.by, book), book)


def _condition(known: Rule | None, way: str | None, by: str, book: Catalogue) -> Condition:
    """What sets the draft off: as the built-in rule has it, told by the firm's systems if it can be; else a guess."""
    ways = [one for one in (known.notices if known else ()) if way in (None, one.when)]
    plainest = sorted(ways, key=lambda one: (one.when not in book.kinds, None in one.where.values(), len(one.if_)))
    if plainest and (plainest[0].where or plainest[0].says or plainest[0].says_any):
        first = plainest[0]
        cues = first.says or dict([next(iter(first.says_any.items()))] if first.says_any else [])
        return Condition(when=first.when, where=first.where, says=cues)
    when = way or (plainest[0].when if plainest else "customer")
    if when in SIDES:
        return Condition(when=when, says={_CUES[when]: 0.6})
    words = ((detail, told) for detail, told in book.kinds[when].items() if isinstance(told, frozenset))
    return Condition(
        when=when, where=_MUST.get(when, {}) | {name: [by if by in told else min(told)] for name, told in words}
    )


def _of_notice(name: str, act: KindOfAct, way: Condition, book: Catalogue) -> str:
    minds, tolerates = _who_minds(act.code, book)
    fires, quiet = _line(way), _other(way)
    spoken = way.when in SIDES
    what = f"    says: {_flow(way.says)}   # what must be heard, each at least so probable" if spoken else (
        f"    where: {_flow(way.where)}   # details of the act; a list means any of these" if way.where else
        "    # where: {…}   # details of the act"
    )  # fmt: skip
    return f"""{_head(name, act, book)}notices:
  - when: {way.when}   # a kind of act, or who speaks: customer, agent, campaign, system
{what}
    # if: [has bought, complaint open]   # situations: `listener rules situations`
    p: 0.9   # how sure this is; below .6 it is noted and never alerted
    tells: {BLANK} for the alert what was done.
{_tail(act)}examples:
{_story("it fires", minds, [fires], "1 min", act.code)}{_story("it stays quiet", minds, [quiet], "1 min", "")}{
        _story("the same for somebody who tolerates it", tolerates, [fires], "1 min", "") if tolerates else ""
    }"""


def _of_debt(name: str, act: KindOfAct, owes: Owes, book: Catalogue) -> str:
    minds, tolerates = _who_minds(act.code, book)
    cues = owes.says or dict([next(iter(owes.says_any.items()))] if owes.says_any else [])
    within = owes.within if isinstance(owes.within, str) else owes.within.get("email", "24 h")
    asked = _line(Condition(when=owes.when, where=owes.where, says=cues)) | {"talk": "t"}
    asked |= {"promise": "2 d"} if within == "promise" else {}
    mended = {"at": "1 h", "act": "fix_made", "details": {"what": "repair"}}
    answered = {"at": "1 h", "in": "email", "talk": "t", "agent": {"concrete": 0.9}}
    settled_by = ["mended"] if within == "promise" else ["human turn", "answer of substance"]
    late, says = [asked], f"  says: {_flow(cues)}   # what must be heard\n" if cues else ""
    return f"""{_head(name, act, book)}owes:
  when: {owes.when}   # who says it, or which kind of act brings it about
{says}  # if: [about the brand, needs answer]   # situations: `listener rules situations`
  within: {within}   # a span; or by channel: {{chat: 24 h, email: 48 h}}; or `promise`: the day that was named
  settled_by: {_flow(settled_by)}
  p: {1 if within == "promise" else 0.9}   # how sure it is that this is owed; below .6 it is noted and never alerted
  tells: {BLANK} for the alert what did not come.
{_tail(act)}examples:
{_story("nothing comes", minds, late, _LONG, act.code)}{
        _story("it comes in time", minds, [asked, mended if within == "promise" else answered], _LONG, "")
    }{_story("the same for somebody who tolerates it", tolerates, late, _LONG, "") if tolerates else ""}"""


def _of_mismatch(name: str, act: KindOfAct, known: Rule, want: Mismatch) -> str:
    """What adds up to a mismatch is the built-in rule's, and so are its stories: to be changed from there."""
    stories = yaml.safe_dump([one.model_dump(mode="json", exclude_defaults=True) for one in known.examples],
                             sort_keys=False, default_flow_style=None, width=10_000, allow_unicode=True)  # fmt: skip
    return f"""{_start(name, act, known.title)}kind: mismatch
severity: {known.severity}
mismatch:
  wants: {_flow(list(want.wants))}   # who minds: `listener rules types` names them
  track: {want.track}   # what they want the firm to be, or what they hold it to be now
  share: {want.share:g}   # how much of the belief they hold together
  conduct: {_flow(dict(want.conduct))}   # what each act is worth
  kinds: {want.kinds}   # of so many different kinds
  needs: {want.needs:g}   # so much worth together
  contacts: {want.contacts}   # so many turns of theirs must have been heard
  within: {want.within}
  tells: {BLANK} for the alert how they are treated.
{_tail(act)}examples:
{stories}"""


def _head(name: str, act: KindOfAct, book: Catalogue) -> str:
    rule = book.rules.of_code(act.code)
    return _start(name, act, rule.title if rule else act.title)


def _start(name: str, act: KindOfAct, title: str) -> str:
    return f"""id: {name}
code: {act.code}
title: {title}
status: shadow   # shadow: noted, no alert; turn it `on` when you trust it
"""


def _tail(act: KindOfAct) -> str:
    mended = "" if act.code[0] in "BC" else "mended_by: [B08]   # what mends it: codes of acts that honour a norm\n"
    return f"""{mended}why: >-
  {BLANK} why this matters to the tie, and how you know.
version: 1
"""


def _line(way: Condition) -> dict[str, Any]:
    """A line of a story that meets a condition."""
    if way.when in SIDES:
        return {"at": "0 min", "in": "email", way.when: {cue: max(0.95, least) for cue, least in way.says.items()}}
    told = {name: one for name, wanted in way.where.items() if (one := _such(wanted)) is not None}
    return {"at": "0 min", "act": way.when, "details": told}


def _such(wanted: Any) -> Any:
    if isinstance(wanted, Mapping):
        return wanted["above"] + 1 if "above" in wanted else wanted["below"] - 1
    return wanted[0] if isinstance(wanted, list) else wanted


def _other(way: Condition) -> dict[str, Any]:
    """A line that has nothing to do with the condition."""
    if way.when in SIDES:
        return {"at": "0 min", "in": "email", way.when: {}}
    return {"at": "0 min", "act": "order_placed" if way.when != "order_placed" else "case_opened"}


def _story(name: str, type_: str, given: list[dict[str, Any]], until: str, code: str) -> str:
    runs = f"    until: {until}\n" if until != "1 min" else ""
    return f"""  - name: {name}
    type: {type_}
    given: {_flow(given)}
{runs}    expect: [{code}]
"""


def _flow(told: Any) -> str:
    return yaml.safe_dump(told, default_flow_style=True, width=10_000, sort_keys=False, allow_unicode=True).strip()


def _who_minds(code: str, book: Catalogue) -> tuple[str, str]:
    """The type that minds an act most, and one that tolerates it (empty: none does, or the act has no digits)."""
    if not code.startswith("F"):
        return "basic_exchange", ""
    names = sorted(book.types.by_id, key=lambda name: book.types.digit(name, code))
    return names[-1], names[0] if book.types.digit(names[0], code) < 2 else ""
