"""What stands around a phrase and weakens it: negation, condition, another's mouth, quotation, question, the past."""

import re
from collections.abc import Mapping, Sequence

from listener.catalogue.cues import Circumstance

_NOT = (
    "not never no nothing nobody none hardly without neither nor kein keine keinen keinerlei nicht nie niemals niemand "
    "ohne nunca sin ni nadie ningun ninguna tampoco jamas 不 没 未 无 别"
)
_IF = "if unless suppose supposing lest wenn falls sollte sollten si 如_果 要_是 假_如 万_一"
_MIGHT = "would could might should"
_INVERTED = "should had were"
"""Words that open a condition where they open a sentence: `should it arrive late`."""
_SAY = (
    "said says say saying told tells claimed claims thinks thought reckons complained complains shouted shouting read "
    "heard wrote sagt sagte meint meinte dice dijo dicen 说"
)
_SAYING = "said says wrote writes claimed claims thinks believes believed insists insisted noted recorded"
_OTHERS = (
    "friend friends mum mom dad mother father wife husband partner daughter son kids colleague colleagues neighbour "
    "neighbor neighbours sister brother boss landlord people some someone others they he she man woman guy freund "
    "freundin nachbar mann frau kollege amigo amiga marido mujer vecino 朋_友 同_事"
)
_KIN = "my our a an his her mein meine mi mis"
_PAST = (
    r"used to|(?:in the|the) past|years? ago|at first|back then|once upon|early on|earlier|previously|frueher|damals"
    r"|anfangs"
    r"|zuerst|(?<!hora )(?<!dia )(?<!dias )(?<!semana )antes(?! de)|al principio|以 前|曾 经"
)
_MENDED = (
    r"(?:all |is |are |it |now |s |been |got |already |everything |works |finally ){0,4}(?:sorted|fixed|resolved"
    r"|solved|sorted out"
    r"|working|works|fine|perfect|okay|ok|all good|good|great|better)(?: again| now| today| since| thanks| thank you"
    r"| these days)"
    r"|now (?:it |they |all |once |i |the ){0,3}(?:works?|is fine|am fine|is enough|great|perfect)|new one is great"
    r"|(?:i am|it is|all|that is) (?:fine|sorted|good|fixed|resolved|solved) now|your team fixed it|it has been perfect"
    r"|(?:these days|now) i would not|came on time|funktioniert (?:jetzt|wieder)|jetzt (?:geht|funktioniert|laeuft)"
    r"|(?:ya|ahora) (?:funciona|esta resuelto|esta solucionado)|(?:已 经|现 在) (?:好 了|解 决|修 好)"
)
"""Ways to say that what was ill is well now."""
FORMERLY = frozenset(
    """
    used past ago first then once early earlier previously frueher damals anfangs zuerst antes principio 以 曾 之
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words without one of which no _PAST stands in a text."""
WELL = frozenset(
    """
    sorted fixed resolved solved working works fine perfect okay ok good great better now days came funktioniert jetzt
    ya ahora 已 现
    """.split()  # noqa: SIM905  # words read better as a text
)
LATELY = frozenset(
    "again now today since thanks thank these new fixed perfect came funktioniert jetzt ya ahora 已 现".split()  # noqa: SIM905  # words read better as a text
)
"""Words without one of each of which no _MENDED stands in a text."""
_TRADES = (
    "airline airlines carrier carriers bank banks provider providers company companies shop shops store stores brand "
    "brands supplier suppliers insurer insurers firm firms network networks hotel hotels gym broker landlord dentist "
    "school courier couriers operator restaurant garage anbieter firma laden versicherung fluglinie banco bancos "
    "proveedor empresa empresas tienda tiendas aerolinea compania"
)
_RIVALS = "competitor competitors competition rival rivals konkurrenz competencia"
_CAME = "came come moved switched changed joined ported left gewechselt gekommen vengo venimos"
RIVALS = frozenset((*_TRADES.split(), *_RIVALS.split(), *_CAME.split(), "家", "店"))
"""Words without one of which no other firm of the trade is spoken of before a phrase."""
NEGATES, SUPPOSES, REPORTS = (
    frozenset(x for w in words.split() for x in w.split("_"))
    for words in (_NOT, f"{_IF} {_MIGHT} {_INVERTED} case", f"{_OTHERS} {_SAYING} read heard thought")
)
"""Words without one of which no circumstance of the kind holds."""

BIT: Mapping[Circumstance, int] = {
    "negated": 1,
    "conditional": 2,
    "reported": 4,
    "past": 8,
    "question": 16,
    "quoted": 32,
    "rival": 64,
}
NEARBY: Mapping[Circumstance, int] = {"negated": 4, "conditional": 9, "reported": 7, "past": 9, "rival": 7}
"""For a circumstance that some word is a sign of: at most so many words before a phrase the sign begins."""
MENDED, LATE = 128, 256
"""Bits of a word of WELL and of one of LATELY: behind a phrase both are signs of the past."""


def signs_of(word: str) -> int:
    """The circumstances of which a word near a phrase can be a sign, as a sum of BITs, MENDED and LATE.

    >>> signs_of("never"), signs_of("case"), signs_of("kettle")
    (1, 2, 0)
    """
    return sum([bit for bit, words in _SIGNS if word in words])


_SIGNS = (
    *((BIT["negated"], NEGATES), (BIT["conditional"], SUPPOSES), (BIT["reported"], REPORTS), (BIT["rival"], RIVALS)),
    *((BIT["past"], FORMERLY), (MENDED, WELL), (LATE, LATELY)),
)


def _any(words: str) -> str:
    return "(?:" + "|".join(w.replace("_", " ") for w in words.split()) + ")"


_SUBJECTS = "(?:i|we|you|they|he|she|it|this|that|the|my|your|anyone|someone|nobody)"
_AND = _any("only just but and because so since und aber weil y pero 就 但 却 又")
"""What a negation does not reach across: `sin hacer y sucia`, `没用就坏`."""
_NEGATION = re.compile(rf" (?P<by>{_any(_NOT)}) (?:(?!{_AND} )[^ .!?，]+ ){{0,3}}$")
_NOT_SELF = re.compile(
    rf" (?P<by>{_any(_NOT)}) (?:(?:really|that|think|thinking|believe|say|saying|said|mean|meaning|feel|feeling|suppose"
    r"|reckon|know|sure|certain|claim|pretend|pretending|expect|imagine|way|if|when|whether|do|did|am|have|had|will"
    r"|would|can|could|should|longer|once|ever|again) ){0,3}$"
)
"""What negates a phrase that begins with its own subject: `I do not think I will go`, not `nobody came, I will go`."""
_CONDITION = re.compile(
    rf" {_any(_IF)} (?:(?!{_SUBJECTS} )[^ .!?]+ )?(?:{_SUBJECTS} )?"
    r"(?:(?!(?:i|we|then|you will|it will) )[^ .!?]+ ){0,5}$"
    rf"|(?:^|[.!?]) (?:{_any(_INVERTED)}|in case|what if|what happens if) (?:(?!(?:i|we) will )[^ .!?]+ ){{0,5}}$"
    rf"| {_any(_MIGHT)} (?!like |want |prefer )(?:[^ .!?]+ ){{0,2}}$"
)
_SELF = ("i ", "we ", "ich ", "wir ")
_SUPPOSED_SELF = re.compile(rf" {_any(_IF)} (?:ever |only |just )?$")
_REPORT = re.compile(
    rf" {_any(_OTHERS)} (?:[^ .!?]+ ){{0,2}}{_any(_SAY)} (?:[^ .!?]+ ){{0,5}}$"
    rf"| {_any(_KIN)} (?:old |best |older |younger )?{_any(_OTHERS)} (?:(?!and |and i |und |y )[^ .!?]+ ){{0,3}}$"
    rf"| (?:i|we) (?:have )?(?:read|heard) (?:that |somewhere )?(?:[^ .!?]+ ){{0,4}}$"
    rf"| your [^ .!?]+ thought (?:[^ .!?]+ ){{0,3}}$"
    rf"| your [^ .!?]+ (?:has |have )?{_any(_SAYING)} (?:that )?(?:i|we) "
    r"(?!can |could |may |might |must |have to |should |need )(?:[^ .!?]+ ){0,4}$"
)
_DOES = (
    "is was were has have had did does do always never also still just would will keeps kept that which who they he "
    "she it and only once often said hat hatte haben ist war immer nie mich mir uns ha han habia era siempre nunca me "
    "nos charged lost sent took made broke let gave left ruined cancelled forgot ignored"
)
"""What may follow a firm's name where it is the one that does what is told: not `my other hotel booking`."""
_NOT_THIS = "(?:(?!(?:you|your|yours|u|ihr|ihre|ihnen|su|but|aber|pero|than) )[^ .!?]+ ){0,5}"
_APART = "(?<! than)(?<! unlike)(?<! like)(?<! as)"
_RIVAL = re.compile(
    rf"{_APART}(?: {_any('my our the an your mein meine mi la el')})?"
    r" (?:another|other|old|former|previous|last|different|alte[rns]?|vorige[rn]?|andere[rn]?|otr[oa]s?|antigu[oa])"
    rf" (?:[^ .!?]+ )?{_any(_TRADES)} (?:{_any(_DOES)} {_NOT_THIS})?$"
    rf"|{_APART}(?: {_any('your the a my die der deine la')})? {_any(_RIVALS)} (?:{_any(_DOES)} {_NOT_THIS})?$"
    rf"| von (?:der |dem )?[^ .!?]+ (?:zu (?:ihnen|euch) )?(?:gekommen|gewechselt) (?:weil|da) {_NOT_THIS}$"
    rf"| {_any(_CAME)} (?:[^ .!?]+ ){{0,5}}?"
    r"(?:(?:from|von|de) (?:der |dem |la |el )?(?!you |your )[^ .!?]+|(?:for|to|with) you"
    r"|(?:my|our) (?:old|last|former|previous) [^ .!?]+)"
    rf" (?:[^ .!?]+ ){{0,4}}?(?:they|who|where|because|weil|porque) {_NOT_THIS}$"
    r"| (?:别|其 他|另 一|上 一|以 前 那|之 前 那) (?:[^ .!?你您] ){0,2}(?:家|店) (?:[^ .!?你您] ){0,6}$"
)
_FORMERLY = re.compile(rf" (?:{_PAST}) (?:[^ .!?]+ ){{0,5}}$")
_FORMERLY_AFTER = re.compile(rf"^(?:[^ .!?]+ ){{0,3}}(?:{_PAST}) ")
_WELL = re.compile(rf" (?:{_MENDED}) ")
_STILL = re.compile(r" (?:still|again|yet|but not|not) (?:[^ .!?]+ ){0,6}$")
_QUOTES = re.compile(r"[\"“„«][^\"”“»]{3,400}[\"”“»]|「[^」]{2,400}」")
_TELLERS = (
    "friend friends mum mom dad mother father grandma grandpa wife husband partner daughter son kids cousin aunt uncle "
    "nephew niece sister brother sister-in-law brother-in-law law colleague colleagues neighbour neighbor neighbours "
    "neighbors boss landlord flatmate roommate people somebody someone stranger strangers article headline newspaper "
    "blog tv radio podcast"
)
"""Who is quoted without speaking for the customer or for the firm, however loud the words are."""
_TELLS = re.compile(rf"\b{_any(_TELLERS)}\b(?:(?!\b(?:you|your|but)\b)[^.!?\"“”„«»]){{0,60}}$", re.IGNORECASE)
_SAYS_SO = re.compile(rf"^[,.]? (?:{_any(_SAY)}|is what) (?:{_any(_KIN)} )(?:\w+ )?{_any(_TELLERS)}\b", re.IGNORECASE)
_NEXT_END = re.compile(r"[.!?] ")
_NEGATOR = re.compile(rf"{_any(_NOT)} ")


def quotations(raw: str) -> list[tuple[int, int]]:
    """Where passages in quotation marks stand in a text."""
    return [m.span() for m in _QUOTES.finditer(raw)]


def told_by_others(raw: str) -> list[tuple[int, int]]:
    """The quotations that a text gives as the words of somebody else, neither the customer's nor the firm's.

    >>> told_by_others('A cousin shared this: "they are thieves". Not you!'), told_by_others('You said "by Friday".')
    ([(22, 40)], [])
    """
    return [
        (start, end)
        for start, end in quotations(raw)
        if _TELLS.search(raw, max(0, start - 90), start) or _SAYS_SO.search(raw[end : end + 40])
    ]


def stands(circumstance: str, start: int, end: int, plain: str, quoted: Sequence[tuple[int, int]]) -> bool:
    """Whether a circumstance holds of a stretch of a plain text; `quoted` are the stretches in quotation marks."""
    if circumstance == "question":
        close = _NEXT_END.search(plain, end - 2)
        return close is not None and plain[close.start()] == "?"
    if circumstance == "quoted":
        return any(a <= start < b or a < end <= b for a, b in quoted)  # a gap at its edge may reach beyond the mark
    if plain[start] in "?!.":  # a mark is nobody's word
        return False
    before = plain[max(0, start - 60) : start]
    if circumstance in PARTED:
        return opener(circumstance, start, plain) is not None
    if circumstance == "past":
        return _is_past(end, plain, before)
    if circumstance == "rival":
        return _RIVAL.search(before) is not None
    return _REPORT.search(before) is not None


def opener(circumstance: str, start: int, plain: str) -> int | None:
    """Where the word stands that negates or supposes what begins at a place of a plain text; None where none does."""
    low = max(0, start - 60)
    if circumstance == "negated":
        if _NEGATOR.match(plain, start):  # `nobody answers` is not undone by a `no` before it
            return None
        negation = _NOT_SELF if plain.startswith(_SELF, start) else _NEGATION
        found = negation.search(plain[low:start])
        return None if found is None else low + found.start("by")
    # `if it is not mended I am leaving` does not suppose leaving
    supposed = _SUPPOSED_SELF if plain.startswith(_SELF, start) else _CONDITION
    found = supposed.search(plain[low:start])
    return None if found is None else low + found.start() + 1


def parts(between: str) -> bool:
    """Whether a mark in the text as it stands parts a negation or condition from what follows: `no, it is late`.

    >>> parts("not really "), parts("no, it is ")
    (False, True)
    """
    return any(mark in between for mark in _COMMAS)


PARTED = frozenset(("negated", "conditional"))
"""Circumstances that end at a comma."""
_COMMAS = (",", ";", ":", "，", "；", "：", " - ", "–", "—", "(", "\n")


def _is_past(end: int, plain: str, before: str) -> bool:
    """Whether what is told is over: said to have been so formerly, or to be well by now."""
    if _FORMERLY.search(before) or _FORMERLY_AFTER.match(plain[end : end + 60]):
        return True
    well = _WELL.search(plain, max(0, end - 1), end + 160)
    return well is not None and _STILL.search(plain[well.end() - 1 : well.end() + 60]) is None
