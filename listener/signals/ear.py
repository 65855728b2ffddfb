"""The ear: many messages in, what was heard in each out, in one pass over each text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np

from listener.catalogue.cues import Cues
from listener.model import sketch
from listener.model.message import SILENCE, Impression, Message
from listener.model.types import TypeId
from listener.signals.firms import coming, custom, direction
from listener.signals.heads.facts import facts_of
from listener.signals.heads.linear import Heads, load_heads
from listener.signals.heads.panel import BROAD, Asked, Chances, Panel
from listener.signals.impressions import holding, manner
from listener.signals.impressions.excerpts import excerpts
from listener.signals.impressions.impressing import CUED, emotions_of, offered, target_of, why
from listener.signals.impressions.promising import FORETOLD, promised
from listener.signals.impressions.scoring import Cell, Scorer
from listener.signals.matches.counting import counting, elsewhere
from listener.signals.matches.matching import Match, matches
from listener.signals.matches.scores import combine
from listener.signals.pages import moves
from listener.signals.pages.features import NUMBER
from listener.signals.pages.lexicon import Lexicon
from listener.signals.pages.page import Page
from listener.signals.words import language
from listener.signals.words.vader import Vader

AT_ONCE = 256
"""Messages on one page: enough for arrays to pay, few enough to stay in the processor's cache."""
_MOVES, _FOREIGN, _ENGLISH = NUMBER["moves"], NUMBER["foreign"], NUMBER["english"]
_PLAINLY_GONE = 0.9
"""How surely a customer must be heard to have gone for that to be an exit where a firm is spoken to and not of (P): in
private, whoever is done with `them` may have come to us."""
_MAY_LEAVE = 0.3
"""How surely a customer must be heard to leave for it to be asked whether they have come to us instead (P)."""
_LEAVES = 0.6
"""How surely a customer must be heard to leave for the firm they name as gone to to be a rival, and no place (P)."""
_WEAKENED = frozenset(("quoted", "reported", "negated"))
"""Circumstances that no head can hear in single words."""
_PRAISE_QUOTED = ("praise", "quoted")
"""Praise in another's words is none, where a complaint in the firm's own words may well be one."""
_UNREAD = ""
"""The language of a text that is read elsewhere."""


class Knowledge(Protocol):
    """What the ear asks of a catalogue."""

    @property
    def cues(self) -> Cues:
        """Its cues."""


@dataclass(slots=True)
class _Heard:
    """A message on its way through: what the cues said of it, before the heads have spoken."""

    message: Message
    tongue: str | None
    firm: bool
    found: list[Match]
    scores: dict[str, float]
    best: dict[str, Match]
    sentiment: float | None
    traits: dict[str, float]
    register: float
    elsewhere: bool
    """Whether it tells what another firm did."""


class _Said(NamedTuple):
    """What is worked out of a message with all others of its page, once the heads have spoken."""

    told: Mapping[str, float]
    spans: Mapping[str, tuple[int, int]]
    needs_answer: bool
    simhash: int
    content: list[str]
    excerpt: str
    has_words: bool


class Ear:
    """Hears messages. Made once from a catalogue; keeps only what it has learnt of words, nothing of messages."""

    def __init__(self, catalogue: Knowledge, key: bytes = b"listener", heads: Heads | None = None) -> None:
        """`heads` are those the package ships where none are given."""
        self._cues = catalogue.cues
        self._key = key
        self._lexicons: dict[str, Lexicon] = {}
        self._panel = Panel.of(heads or load_heads(), sorted(self._cues.by_signal))
        self._scorer = Scorer(self._panel, self._cues.by_signal)

    def listen(self, messages: Sequence[Message]) -> list[Impression]:
        """What was heard in each message, in the same order; says nothing of one message because of another."""
        out = [SILENCE] * len(messages)
        said = [n for n, m in enumerate(messages) if m.text and not m.text.isspace()]
        for start in range(0, len(said), AT_ONCE):
            some = said[start : start + AT_ONCE]
            for n, impression in zip(some, self._hear_in_their_languages([messages[n] for n in some]), strict=True):
                out[n] = impression
        return out

    def lexicon(self, tongue: str) -> Lexicon:
        """The cues of a language, made when first needed."""
        if tongue not in self._lexicons:
            english = (self._panel.heads, Vader(self._cues.overlay)) if tongue == "en" else (None, None)
            self._lexicons[tongue] = Lexicon(self._cues, tongue, english[0], self._key, english[1])
        return self._lexicons[tongue]

    def _hear_in_their_languages(self, messages: Sequence[Message]) -> list[Impression]:
        """Read all as English first, to see which are not; those again, in their own language."""
        page = Page([m.text for m in messages], self.lexicon("en"))
        tongues = _tongues(page, messages)
        other = [t if t in language.READ and t != "en" else None for t in tongues]
        if all(other):
            out = [SILENCE] * len(messages)
        else:
            out = self._hear_page(page, messages, [_UNREAD if o else t for o, t in zip(other, tongues, strict=True)])
        for tongue in sorted({t for t in other if t is not None}):
            some = [n for n, told in enumerate(other) if told == tongue]
            theirs = Page([page.texts[n] for n in some], self.lexicon(tongue))
            heard = self._hear_page(theirs, [messages[n] for n in some], [tongue] * len(some))
            for n, impression in zip(some, heard, strict=True):
                out[n] = impression
        return out

    def _hear_page(self, page: Page, messages: Sequence[Message], tongues: Sequence[str | None]) -> list[Impression]:
        """What was heard in the messages of a page, read in their language."""
        heard = self._hear_cues(page, messages, tongues)
        asked = self._given_to_heads(page, heard)
        judged = self._panel.judge(list(asked.values()))
        chances, rough = self._scorer.chances([h.scores for h in heard], list(asked), judged)
        self._hold_down(heard, chances)
        rough += self._aim_moves(page, heard, chances)
        rough += self._scorer.be_polite(chances, [n for n, tongue in enumerate(tongues) if tongue == "en"])
        told = self._scorer.tell(chances, rough)
        needs = self._scorer.need_answers(chances, [h.firm for h in heard])
        spans = _spans(page, heard, told)
        shown = excerpts(page, messages, told, spans)
        hashes, contents = sketch.majorities(*page.digests()), page.contents()
        feelings = dict(zip(asked, zip(judged.emotions, judged.voices, strict=True), strict=True))
        nothing: tuple[dict[str, float], Mapping[TypeId, float]] = ({}, {})
        said = map(_Said, told, spans, needs, hashes, contents, shown, page.have_words())
        return [
            self._impress(page, n, h, feelings.get(n, nothing), s)
            for n, (h, s) in enumerate(zip(heard, said, strict=True))
        ]

    def _hear_cues(self, page: Page, messages: Sequence[Message], tongues: Sequence[str | None]) -> list[_Heard]:
        """What the cues say of each message."""
        firm = [m.role != "customer" for m in messages]
        read = [t is None or t in language.READ for t in tongues]
        found = counting(page, matches(page, firm, read), messages)
        told = elsewhere(page, found, messages, [r and not f for r, f in zip(read, firm, strict=True)])
        felt, traits = page.sentiments(), manner.traits(page)
        forms = zip(manner.told(traits), manner.registers(traits), strict=True)
        return [
            _Heard(
                m, t, firm[n], found[n], *combine(found[n]), felt[n] if t in (None, "en") else None, *form, n in told
            )
            for n, (m, t, form) in enumerate(zip(messages, tongues, forms, strict=True))
        ]

    def features(self, message: Message) -> Asked | None:
        """What the heads weigh of a message: rows of its words and pairs, facts by column; None where nothing."""
        page = Page([message.text], self.lexicon("en"))
        heard = self._hear_cues(page, [message], _tongues(page, [message]))
        return self._given_to_heads(page, heard).get(0)

    def _given_to_heads(self, page: Page, heard: Sequence[_Heard]) -> dict[int, Asked]:
        """What the heads are to weigh of each message that is in their language, by its place."""
        heads, asked = self._panel.heads, dict[int, Asked]()
        if heads is None:
            return asked
        rows, edges = heads.rows_of(page.rows(), page.read.first)
        for n, (h, start, end) in enumerate(zip(heard, edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
            if h.tongue in (None, "en") and start < end:
                caps = h.traits.get("caps", 0.0)
                felt = 0.0 if n in page.told else h.sentiment or 0.0  # of words that are not theirs alone
                facts = facts_of(h.scores, self._panel.order, felt, h.message.text, page.size[n], caps)
                asked[n] = (h.firm, rows[start:end], facts, h.message.channel)
        return asked

    def _hold_down(self, heard: Sequence[_Heard], chances: Chances) -> None:
        """Let no head raise what a circumstance weakened: they hear words, not who says them, nor whether they deny."""
        held = [n for name, n in self._scorer.column.items() if name in holding.HELD or name.startswith("failure:")]
        for n, h in enumerate(heard):
            if not h.firm and holding.is_held(h.scores, {s: m.around for s, m in h.best.items()}, h.elsewhere):
                chances[n, held] = np.minimum(chances[n, held], holding.LEFT)
            for signal, match in h.best.items():
                if match.around in _WEAKENED and (signal not in BROAD or (signal, match.around) == _PRAISE_QUOTED):
                    place = n, self._scorer.column[signal]
                    chances[place] = min(chances[place], round(h.scores[signal], 3))

    def _aim_moves(self, page: Page, heard: Sequence[_Heard], chances: Chances) -> list[Cell]:
        """Settle whether it is this firm that a customer leaves, or another; the cells that this changed.

        Who has gone means to leave; who has left another firm has not gone from this one.
        """
        column = self._scorer.column
        leaving, left, gone, rival = (column[name] for name in ("exit", "rival_left", "gone", "names_rival"))
        moving = [n for n, count in enumerate(page.counts[:, _MOVES].tolist()) if count and not heard[n].firm]
        parting = np.flatnonzero(chances[:, [leaving, gone]].max(axis=1) >= _MAY_LEAVE).tolist()
        come = [n for n in parting if coming.joins(heard[n].message.text)]
        chances[np.ix_(come, [leaving, gone])] = np.minimum(chances[np.ix_(come, [leaving, gone])], 0.1)
        sure = (chances[:, gone] >= _PLAINLY_GONE) | np.array([h.message.channel == "social" for h in heard], bool)
        sure &= chances[:, gone] > chances[:, leaving]
        sure[[n for n in moving if sure[n] and direction.denies(heard[n].message.text)]] = False
        chances[sure, leaving] = chances[sure, gone]
        signs = moves.signs(page, [h.message for h in heard], moving) if moving else []
        for n in moving:
            around = heard[n].best["exit"].around if "exit" in heard[n].best else ""
            exit_ = float(chances[n, leaving])
            chances[n, leaving], chances[n, left] = direction.aim(heard[n].message, exit_, around, signs[n])
            if chances[n, leaving] < exit_:
                chances[n, gone] = min(chances[n, gone], chances[n, leaving])
            elif chances[n, leaving] >= _LEAVES and direction.turns_to(heard[n].message, signs[n]):
                chances[n, rival] = max(chances[n, rival], chances[n, leaving])
        aimed = [(n, place) for n in moving for place in (leaving, left, gone, rival)]
        for n in moves.customs(page):
            if heard[n].firm or chances[n, rival] >= custom.SURE:
                continue
            if p := custom.named(heard[n].message, bool(chances[n, leaving] >= _LEAVES)):
                chances[n, rival] = max(chances[n, rival], p)
                aimed.append((n, rival))
        aimed += [(n, place) for n in come for place in (leaving, gone)]
        return aimed + [(n, leaving) for n in np.flatnonzero(sure).tolist()]

    def _impress(
        self,
        page: Page,
        n: int,
        heard: _Heard,
        felt: tuple[dict[str, float], Mapping[TypeId, float]],
        said: _Said,
    ) -> Impression:
        message, told, content = heard.message, said.told, said.content
        emotions, voices = felt
        due, is_fate = promised(message, page, n, heard.found, told) if heard.firm else (None, False)
        left_out = FORETOLD if FORETOLD in told and due and not is_fate else ""
        return Impression(
            language=heard.tongue,
            sentiment=heard.sentiment,
            emotions=emotions | emotions_of(told) if told.keys() & CUED else emotions,
            signals={k: v for k, v in told.items() if k != left_out} if left_out else told,
            spans={k: v for k, v in said.spans.items() if k != left_out} if left_out else said.spans,
            excerpt=said.excerpt,
            register_=heard.register,
            target=target_of(told),
            needs_answer=said.needs_answer,
            promise_due_at=due,
            offered=offered(heard.found) if not heard.firm and "offered_solution" in heard.best else 0,
            topic_key=sketch.topic_key([word[1:] for word in content[:3]], self._key),
            sketch=sketch.write(said.simhash, page.marks(content[: sketch.WORDS])) if said.has_words else None,
            voices=voices,
            traits=heard.traits,
            because={s: why(m) for s, m in heard.best.items()},
        )


def _spans(
    page: Page, heard: Sequence[_Heard], told: Sequence[Mapping[str, float]]
) -> list[dict[str, tuple[int, int]]]:
    """Where in the texts what was told is said loudest."""
    out: list[dict[str, tuple[int, int]]] = [{} for _ in heard]
    said = [(n, s, m) for n, h in enumerate(heard) for s, m in h.best.items() if s in told[n]]
    if said:
        text, start, end = np.array([(n, m.start, m.end) for n, _, m in said]).T
        begins, ends = page.places.spans(text, start, end)
        for (n, signal, _), begin, close in zip(said, begins.tolist(), ends.tolist(), strict=True):
            out[n][signal] = (begin, close)
    return out


def _tongues(page: Page, messages: Sequence[Message]) -> list[str | None]:
    """The language of each text of a page that was read as English."""
    words, english = np.array(page.size), np.array(page.english)
    foreign = page.counts[:, _FOREIGN] > 0
    sure = (english >= 2) & (english * np.where(foreign, 2, 5) >= words)
    plainly = sure & ~foreign & (page.counts[:, _ENGLISH] > 0)
    judged = zip(messages, sure.tolist(), plainly.tolist(), foreign.tolist(), strict=True)
    return [
        "en"
        if (is_sure and message.text.isascii()) or (is_plainly and not language.has_foreign(message.text))
        else language.language_of(
            message.text,
            page.size[n],
            page.english[n],
            message.language_hint,
            partial(page.spelt, n) if is_foreign or not message.text.isascii() else frozenset,
        )
        for n, (message, is_sure, is_plainly, is_foreign) in enumerate(judged)
    ]
