"""Words that say little of a text's topic, and words that tell a text is English."""

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
