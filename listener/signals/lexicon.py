"""All cues of one language, and what is known of each word: its plain form, and which rules it wakes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from listener.catalogue.cues import Circumstance, Cue, Cues
from listener.model.sketch import digest
from listener.signals.heads import Heads
from listener.signals.manner import groups_of
from listener.signals.phrases import Phrase, compile_phrase
from listener.signals.stopwords import ENGLISH, STOP
from listener.signals.words import plain_word

_REMEMBERED = 60_000


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One phrase of one cue: what it tells, how surely, and what is left of it in a circumstance."""

    number: int
    signal: str
    phrase: Phrase
    p: float
    unless: Mapping[Circumstance, float]
    stop: bool


class Known:
    """What is known of one token: worked out once.

    `keys` are its plain words and the beginnings that some phrase asks for; `customer` and `firm` the rules it wakes;
    `rows` its rows in the heads; `digests` and `content` what a sketch needs; `groups` what manner counts.
    """

    __slots__ = ("content", "customer", "digests", "english", "firm", "groups", "keys", "plain", "rows", "size")

    def __init__(self, plain: str, keys: tuple[str, ...], customer: tuple[Rule, ...], firm: tuple[Rule, ...]) -> None:
        self.plain, self.keys, self.customer, self.firm = plain, keys, customer, firm
        words = [w for w in plain.split() if w not in (".", "!", "?")]
        self.size = len(words)
        self.rows: tuple[int, ...] = ()
        self.groups = groups_of(words)
        self.english = bool(words) and words[0] in ENGLISH
        self.digests: tuple[int, ...] = ()
        self.content: tuple[int, str] | None = content_of(words[0]) if len(words) == 1 else None


def content_of(word: str) -> tuple[int, str] | None:
    """A word that says what a text is about, plurals folded, with its rank (longer first); None for a function word."""
    if len(word) < 3 or not word[0].isalnum() or word in STOP:
        return None
    folded = word[:-1] if len(word) > 4 and word[-1] == "s" and word[-2] != "s" else word
    return -len(folded), folded


class Lexicon(dict[str, Known]):
    """The cues of a language. As a mapping it remembers what it knows of each token it has met."""

    def __init__(self, cues: Cues, language: str, heads: Heads | None = None, key: bytes = b"") -> None:
        super().__init__()
        self.language, self.heads, self.key = language, heads, key
        names = cues.names.get(language, {})
        self.rules = numbered(r for cue in cues.by_signal.values() for r in rules_of(cue, language, names))
        self.sides = {cue.id: cue.side for cue in cues.by_signal.values()}
        self.woken: dict[str, list[Rule]] = {}
        self.beginnings: set[str] = set()
        for rule in self.rules:
            for anchor in rule.phrase.anchors:
                self.woken.setdefault(anchor, []).append(rule)
            self.beginnings.update(
                a for need in (rule.phrase.anchors, *rule.phrase.needs) for a in need if a[-1] == "*"
            )

    def __missing__(self, token: str) -> Known:
        if len(self) > _REMEMBERED:
            self.clear()
        plain = plain_word(token, self.language)
        keys: dict[str, None] = {}
        for word in plain.split():
            keys[word] = None
            if word[0].isdigit():
                keys["#"] = None
            keys.update((b, None) for n in range(1, len(word) + 1) if (b := word[:n] + "*") in self.beginnings)
        rules = {id(r): r for k in keys for r in self.woken.get(k, ())}.values()
        known = Known(
            plain,
            tuple(keys),
            tuple(r for r in rules if self.sides[r.signal] != "firm"),
            tuple(r for r in rules if self.sides[r.signal] != "customer"),
        )
        words = [w for w in plain.split() if w not in (".", "!", "?")]
        known.digests = tuple(digest(w, self.key) for w in words)
        if self.heads is not None:
            known.rows = tuple(self.heads.row_of(w) for w in plain.split())
        self[token] = known
        return known


def rules_of(cue: Cue, language: str, names: Mapping[str, str]) -> Iterable[Rule]:
    """The phrases of a cue in one language, compiled; the parts of one phrase share its number (here: its place)."""
    place = 0
    for p, sources in cue.patterns.get(language, {}).items():  # type: ignore[call-overload]  # any text may be asked for
        for source in sources:
            place += 1
            yield from (
                Rule(place, cue.id, part, p, cue.unless, False) for part in compile_phrase(source, names, language)
            )
    for source in cue.stops.get(language, ()):  # type: ignore[call-overload]  # any text may be asked for
        place += 1
        yield from (Rule(place, cue.id, part, 0.0, {}, True) for part in compile_phrase(source, names, language))


def numbered(rules: Iterable[Rule]) -> list[Rule]:
    """The rules, each phrase with a number of its own over all cues."""
    numbers: dict[tuple[str, int], int] = {}
    return [
        Rule(numbers.setdefault((r.signal, r.number), len(numbers)), r.signal, r.phrase, r.p, r.unless, r.stop)
        for r in rules
    ]
