"""What the rules say agrees with itself: checks that report and never raise, so that lint says everything at once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Final

from listener.catalogue import Catalogue
from listener.catalogue.kinds import Values, is_taken
from listener.catalogue.mistakes import Place
from listener.catalogue.near import hint
from listener.catalogue.rules import FOR_GOOD, PROMISE, SIDES, Notice, Owes, Rule
from listener.catalogue.types import FIRM_ACTS
from listener.model.spans import seconds
from listener.rules.checking.cues import cues_are_heard
from listener.rules.checking.examples import KINDS_LISTED, examples_can_be_played, no_code
from listener.rules.checking.issues import Check, Issue
from listener.rules.debts.settling import SETTLEMENTS
from listener.rules.situations import understand
from listener.rules.situations.arguments import failed
from listener.rules.situations.changes import incident_before

CHANNELS: Final = ("chat", "voice", "email", "social", "survey", "chat live", "voice live")
LONGEST_TITLE: Final = 12


def _conditions(rule: Rule) -> Iterator[tuple[Place, Notice | Owes]]:
    """Every way of a rule, and where in its file it stands."""
    yield from ((("notices", n), way) for n, way in enumerate(rule.notices))
    if rule.owes:
        yield ("owes",), rule.owes


def every_code_has_a_rule(catalogue: Catalogue) -> Iterator[Issue]:
    """No act of the taxonomy goes unnoticed."""
    covered = {rule.code for rule in catalogue.rules.by_id.values()}
    for code in sorted(set(catalogue.acts.by_code) - covered):
        yield Issue(code, "every_code_has_a_rule", f"no rule notices {catalogue.acts.name(code)}")


def codes_are_of_the_taxonomy(catalogue: Catalogue) -> Iterator[Issue]:
    """Every code a rule names exists: its own, those it is mended by and silent for, those of its conduct."""
    for rule in catalogue.rules.by_id.values():
        conduct = rule.mismatch.conduct if rule.mismatch else {}
        named: dict[str, tuple[str, ...]] = {
            "code": (rule.code,), "mended_by": rule.mended_by, "silent_while": rule.silent_while,
            "symptom_of": rule.symptom_of, "conduct": tuple(conduct),
        }  # fmt: skip
        for key, code in ((key, code) for key, codes in named.items() for code in codes):
            if says := no_code(code, catalogue):
                at: Place = ("mismatch", key, code) if key == "conduct" else (key,)
                yield Issue(rule.id, "codes_are_of_the_taxonomy", says, at)


def titles_say_one_thing(catalogue: Catalogue) -> Iterator[Issue]:
    """A title is one short statement, as it would be told to a colleague: no list of cases, no catchword."""
    for rule in catalogue.rules.by_id.values():
        words = rule.title.split()
        if not 3 <= len(words) <= LONGEST_TITLE or any(mark in rule.title for mark in ",;:.") or words[0].islower():
            yield Issue(
                rule.id,
                "titles_say_one_thing",
                f"{rule.title!r}: say it in 3 to {LONGEST_TITLE} words, with a capital and no comma or full stop",
                ("title",),
            )


def conditions_can_hold(catalogue: Catalogue) -> Iterator[Issue]:
    """What a rule waits for exists: the kind of act or the side, the situations with what they take."""
    for rule in catalogue.rules.by_id.values():
        for at, condition in _conditions(rule):
            for part, says in _never(condition, catalogue):
                yield Issue(rule.id, "conditions_can_hold", says, (*at, *part))


def _never(condition: Notice | Owes, catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    if condition.when not in {*catalogue.kinds, *SIDES}:
        yield ("when",), _neither(condition.when, catalogue)
    if condition.when in catalogue.kinds and (condition.says or condition.says_any):
        yield ("when",), f"{condition.when} says nothing: cues are heard in words only"
    for n, words in enumerate(condition.if_):
        try:
            claim, argument, _ = understand(words)
        except ValueError as trouble:
            yield ("if", n), str(trouble)
            continue
        known = catalogue.kinds["service_incident"]["incident"]
        for kind in failed(argument).kinds if claim is incident_before and isinstance(known, frozenset) else ():
            if kind not in known:
                yield ("if", n), f"{words}: no failure is called {kind!r}{hint(kind, known)}"


def _neither(when: str, catalogue: Catalogue) -> str:
    """What is wrong with a `when` that is neither done nor spoken: it may be what is said."""
    if when in catalogue.cues.heard:
        side = {"firm": "agent"}.get(catalogue.cues.heard[when].side, "customer")
        return f"{when} is a cue, what somebody says: write `when: {side}` and under it `says: {{{when}: 0.6}}`"
    return f"{when!r} is neither a kind of act nor a side{hint(when, {*catalogue.kinds, *SIDES}, KINDS_LISTED)}"


def details_are_of_the_act(catalogue: Catalogue) -> Iterator[Issue]:
    """What a rule wants of an act's details, or tells of them, is a detail that such an act has."""
    for rule in catalogue.rules.by_id.values():
        for at, condition in ((at, way) for at, way in _conditions(rule) if way.when in {*catalogue.kinds, *SIDES}):
            known = set(catalogue.kinds.get(condition.when, ()))
            told = {name for _, name, _, _ in Formatter().parse(condition.tells) if name}
            for name in sorted((set(condition.where) | told) - known):
                has = hint(name, known) if known else "; it has none"
                says = f"{condition.when} has no detail {name!r}{has}"
                part = ("where", name) if name in condition.where else ("tells",)
                yield Issue(rule.id, "details_are_of_the_act", says, (*at, *part))


def details_can_be_told(catalogue: Catalogue) -> Iterator[Issue]:
    """What a rule wants of a detail is something it can hold: a word misspelt is never told."""
    for rule in catalogue.rules.by_id.values():
        for at, condition in _conditions(rule):
            known = catalogue.kinds.get(condition.when, {})
            for name, wanted in condition.where.items():
                if name in known and (wrong := _untold(known[name], wanted)):
                    says = f"{condition.when}: {name} {wrong}"
                    yield Issue(rule.id, "details_can_be_told", says, (*at, "where", name))


def _untold(values: Values, wanted: object) -> str:
    """What is wrong with what is wanted of a detail; empty where nothing is."""
    takes = f"one of {', '.join(sorted(values))}" if isinstance(values, frozenset) else values
    if isinstance(wanted, Mapping):
        if values != "a number":
            return f"is {takes}: above and below are for numbers"
        bounds = set(wanted) <= {"above", "below"} and all(is_taken(values, limit) for limit in wanted.values())
        return "" if bounds and None not in wanted.values() else "takes a number above, below or both, and nothing else"
    strange = [one for one in (wanted if isinstance(wanted, list) else [wanted]) if not is_taken(values, one)]
    return f"is never {strange[0]!r}: it is {takes}" if strange else ""


def gravity_is_written_where_it_counts(catalogue: Catalogue) -> Iterator[Issue]:
    """A rule of a firm's act says nothing of how grave it is, nor for whom: its code does, type by type."""
    for rule in catalogue.rules.by_id.values():
        own = {"severity": rule.severity != "matrix", "breach_in": bool(rule.breach_in)}
        for key in (key for key, is_told in own.items() if is_told and rule.code[0] in "FB"):
            yield Issue(rule.id, "gravity_is_written_where_it_counts", _uncounted(key, rule.code), (key,))


def _uncounted(key: str, code: str) -> str:
    """Why a key changes nothing, and what would."""
    if code.startswith("B"):
        return f"`{key}` changes nothing here: {code} honours a norm, and is no breach for anybody"
    if key == "breach_in":
        return f"`breach_in` is for customers' acts and changes nothing of {code}; `if: [wants mostly …]` picks types"
    by = f"how grave {code} is goes by its code, type by type (`listener rules explain {code}`)"
    instead = f"for another gravity, `severity: {{{code}: 3}}` in types/ID.yaml of your folder"
    return f"`severity` changes nothing here: {by}; {instead}"


def debts_can_be_settled(catalogue: Catalogue) -> Iterator[Issue]:
    """Whatever is owed can be settled, by ways we know, within a time on channels we know."""
    for rule, owes in catalogue.rules.owing:
        for way in owes.settled_by:
            if way not in SETTLEMENTS:
                says = f"nothing is settled by {way!r}{hint(way, SETTLEMENTS)}"
                yield Issue(rule.id, "debts_can_be_settled", says, ("owes", "settled_by"))
        for channel in owes.within if isinstance(owes.within, Mapping) else ():
            if channel not in CHANNELS:
                says = f"{channel!r} is no channel{hint(channel, CHANNELS)}"
                yield Issue(rule.id, "debts_can_be_settled", says, ("owes", "within", channel))


def spans_are_spans(catalogue: Catalogue) -> Iterator[Issue]:
    """Times are written as people write them."""
    for rule in catalogue.rules.by_id.values():
        for at, text in _spans(rule):
            try:
                _ = 0 if text in (PROMISE, FOR_GOOD) else seconds(text)
            except ValueError as trouble:
                yield Issue(rule.id, "spans_are_spans", str(trouble), at)


def _spans(rule: Rule) -> Iterator[tuple[Place, str]]:
    yield ("window",), rule.window
    if rule.mismatch:
        yield ("mismatch", "within"), rule.mismatch.within
    if rule.owes:
        within, at = rule.owes.within, ("owes", "within")
        yield ("owes", "until"), rule.owes.until
        told = within.items() if isinstance(within, Mapping) else ()
        yield from (((*at, channel), text) for channel, text in told) if told else [(at, str(within))]


def a_rule_says_why(catalogue: Catalogue) -> Iterator[Issue]:
    """Every rule says why, in a sentence, and has some way to notice its act."""
    for rule in catalogue.rules.by_id.values():
        if len(rule.why.split()) < 5:
            yield Issue(rule.id, "a_rule_says_why", "its `why` is too short to convince anybody", ("why",))
        by_feeling = rule.code in ("S01", "D01", "C02")
        if not (rule.notices or rule.owes or rule.mismatch or by_feeling):
            yield Issue(rule.id, "a_rule_says_why", "it has no way to notice anything")


def a_rule_tells_both_endings(catalogue: Catalogue) -> Iterator[Issue]:
    """One example fires and one stays quiet; where types differ, one is of a type that tolerates the act."""
    for rule in (one for one in catalogue.rules.by_id.values() if one.code in catalogue.acts.by_code):
        fires = [one for one in rule.examples if rule.code in one.expect]
        quiet = [one for one in rule.examples if rule.code not in one.expect]
        if not fires:
            yield Issue(rule.id, "a_rule_tells_both_endings", "no example fires", ("examples",))
        if not quiet:
            yield Issue(rule.id, "a_rule_tells_both_endings", "no example stays quiet", ("examples",))
        if rule.code in FIRM_ACTS and _types_differ(rule.code, catalogue):
            tolerant = {one.type for one in quiet if catalogue.types.digit(one.type, rule.code) < 2}
            if not tolerant:
                calmest = min(catalogue.types.by_id, key=lambda name: catalogue.types.digit(name, rule.code))
                says = f"types differ: tell a story of one that tolerates the act too, like {calmest}"
                yield Issue(rule.id, "a_rule_tells_both_endings", says, ("examples",))


def _types_differ(code: str, catalogue: Catalogue) -> bool:
    digits = catalogue.types.digits(code)
    return bool(digits.min() < 2 <= digits.max())


def example_names_are_unique(catalogue: Catalogue) -> Iterator[Issue]:
    """An example is known by its rule and its name."""
    for rule in catalogue.rules.by_id.values():
        for name, times in Counter(one.name for one in rule.examples).items():
            if times > 1:
                yield Issue(rule.id, "example_names_are_unique", f"{times} examples are called {name!r}")


def mending_is_honouring(catalogue: Catalogue) -> Iterator[Issue]:
    """What mends a breach is an act that honours a norm (a B code)."""
    for rule in catalogue.rules.by_id.values():
        for code in rule.mended_by:
            if not code.startswith("B"):
                says = f"{code} mends nothing: what mends is an act that honours a norm, of a B code"
                yield Issue(rule.id, "mending_is_honouring", says, ("mended_by",))


def every_type_and_act_has_a_repair(catalogue: Catalogue) -> Iterator[Issue]:
    """Whoever is hurt by whatever is owed a first move."""
    for name in catalogue.types.by_id:
        if name not in catalogue.repairs.types:
            yield Issue(name, "every_type_and_act_has_a_repair", "repairs.yaml says nothing of this type")
    for code in catalogue.acts.by_code:
        if code[0] in "FMSD" and code not in catalogue.repairs.wounds:
            yield Issue(code, "every_type_and_act_has_a_repair", "repairs.yaml says nothing of this act")


def every_threshold_has_a_source(catalogue: Catalogue) -> Iterator[Issue]:
    """No number without saying where it is from."""
    fields = set(type(catalogue.thresholds).model_fields) - {"sources"}
    for name in sorted(fields - set(catalogue.thresholds.sources)):
        yield Issue(name, "every_threshold_has_a_source", "thresholds.yaml does not say where it is from")


CHECKS: Final[tuple[Check, ...]] = (
    every_code_has_a_rule,
    codes_are_of_the_taxonomy,
    titles_say_one_thing,
    conditions_can_hold,
    cues_are_heard,
    details_are_of_the_act,
    details_can_be_told,
    gravity_is_written_where_it_counts,
    debts_can_be_settled,
    spans_are_spans,
    a_rule_says_why,
    a_rule_tells_both_endings,
    examples_can_be_played,
    example_names_are_unique,
    mending_is_honouring,
    every_type_and_act_has_a_repair,
    every_threshold_has_a_source,
)


def lint(catalogue: Catalogue) -> list[Issue]:
    """Everything there is to say, check by check."""
    return [issue for check in CHECKS for issue in check(catalogue)]
