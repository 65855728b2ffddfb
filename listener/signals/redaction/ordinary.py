"""Words that are written large where a name might stand, and are none."""

import re

NO_NAMES = frozenset(
    """
    there all team everyone everybody folks guys friend friends sir sirs madam madame ma'am ladies gentlemen lads love
    customer customers client clients member members guest guests passenger passengers valued reader readers subscriber
    neighbour neighbours resident tenant colleague colleagues mate mates darling dear world again support service
    services help helpdesk desk office bank airline airlines airways group ltd limited inc llc plc gmbh company store
    shop care manager management director head account accounts billing sales reception admin administrator agent
    assistant bot human operations department dept complaints customs relations
    claims credit control insurance legal affairs quality privacy press media comms web ops devs security safety duty
    concierge logistics editorial probate bookings orders returns refunds renewals enquiries council clinic trust
    platinum diamond gold silver elite signature premium vip reader brothers sisters mum mom dad legend occupier both
    serviceteam kundenservice kundendienst kundenbetreuung
    patient patients kunde kunden kundin cliente clientes doctor captain professor mdm madame coach chef boss
    hej hei hallo hola bonjour salut ciao gidday moin servus
    mr mrs ms mx miss dr prof herr frau herren damen señor señora señores
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter today tomorrow yesterday tonight morning afternoon evening
    thanks thank thx cheers best regards regard kind kindest warm warmest many sincerely faithfully yours respectfully
    danke gruß grüße grüßen saludos gracias atentamente bye goodbye hello hi hey ok okay yes no sorry please sent
    god lord jesus christ heaven goodness gosh
    english german french spanish british american irish scottish welsh italian dutch chinese indian polish
    """.split()  # noqa: SIM905  # words read better as a text
)
NOBODY = frozenset(
    """
    you your i it we they he she my me this that just so still what why how who when where not now then also too and but
    if or only even really here go got need want like ok ich du sie wir ihr euch alle nicht noch schon bitte wie wann wo
    warum immer yo tú usted ustedes todos todas qué que cómo como cuándo dónde por favor nada buenas buenos the to of
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Everyday words that stand behind a greeting and by which nobody is called, as Will may be."""
PARTICLES = frozenset(["de", "la", "del", "los", "las", "van", "von", "der", "den", "di", "da", "dos", "el", "al", "y"])
"""What joins the parts of a name and is none."""
_SAYINGS = frozenset(
    """
    again always amazing anyway appalled ask awesome avoid awful bad brilliant broken call closed come confirmed
    cancelled correct curious disappointed disgusted done ever excellent exactly explain fantastic finally fine first
    fixed forever fun funny fuming furious gone good goodnight gutted great happy help here impressed impressive
    incredible indeed instead joke last later left link livid marvellous maybe name never next nice nobody noted nothing
    now once only open order ouch perfect pity poor quick quite really received reply resolved right same sad seriously
    shame shambles shocked shocking silence simple sold sometimes soon still stop super sure terrible then there tired
    true twice unacceptable unbelievable understood unlucky unreal upload urgent useless wait waiting weird well when
    why wonderful worse worst wow wrong yep yeah nope lol ok regardless period full fyi
    """.split()  # noqa: SIM905  # words read better as a text
)
_ENDINGS = re.compile(r"\w{2,}(?:ous|ful|less|able|ible|tions?|ships?|ments?|ously|ently|ingly|edly|tely|ally|thing)")


def is_saying(name: str) -> bool:
    """Whether what looks like a name begins with a word that is said alone: a sentence of one word, a department.

    >>> [is_saying(said) for said in ("Ridiculous", "Ask Tom", "Magda", "Renewals", "Collections")]
    [True, True, False, False, True]
    """
    first = name.split()[0].casefold()
    return first in _SAYINGS or _ENDINGS.fullmatch(first) is not None
