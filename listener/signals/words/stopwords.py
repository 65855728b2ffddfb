"""Words that say little of a text's topic, and everyday words that tell which language a text is in."""

STOP = frozenset(
    """
    i you he she it we they me him her us them my your his its our their this that these those the a an and or but if of
    to in on at for from with by as is are was were be been am do does did have has had will would can could should may
    might must not no yes so just very too also then than there here what when where who which how why all any some more
    most much many about into over after before again still now please thanks thank hi hello hey get got go going know
    want need like one two really even up out because only ok okay day time
    """.split()  # noqa: SIM905  # words read better as a text
)
ENGLISH = frozenset(
    """
    the and you is it to of a in my i for that this was with not have your on be are we but so just me they at all can
    get what when how do been from our an has had will out no up if there one about would please thanks am or now still
    why who did does more time hello hi yes want need know could should them their any some
    """.split()  # noqa: SIM905  # words read better as a text
)
SHARED = frozenset(["a", "me", "no", "so", "in", "was", "am", "an", "will", "you", "do", "all"])
"""Everyday English words that other languages write alike, or that a contraction of theirs is read as."""
ENGLISH_ONLY = ENGLISH - SHARED
GERMAN = frozenset(
    """
    der die das dem den des ein eine einen einem einer und oder aber ist sind war waren bin seid wird werden wurde habe
    haben hat hatte ich du sie wir ihr mich mir dir uns euch ihnen nicht kein keine keinen nichts nie auf für fuer mit
    von vom zu zum zur bei beim nach aus über ueber unter vor seit bis auch noch schon nur sehr wie wann wo warum wenn
    dass weil mein meine meinen meiner ihre ihren euer eure kann können koennen möchte moechte bitte danke mal jetzt
    heute hier immer wieder doch einfach
    """.split()  # noqa: SIM905  # words read better as a text
)
SPANISH = frozenset(
    """
    el la los las un una unos unas y o pero es son está esta estoy están estan era fue ha han he hemos yo tú usted
    ustedes ellos nos les le se lo mi mis su sus tu te que qué cómo como cuándo cuando dónde donde por para con sin del
    al en de muy más mas ya aún aun nada nadie nunca hay tengo tiene quiero puedo pueden porque también tambien todo
    todos esto eso este ese desde hasta hola gracias favor días dias
    """.split()  # noqa: SIM905  # words read better as a text
)
