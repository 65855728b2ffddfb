"""What a contact of the firm's is for, by the word its systems give: to sell, to serve, or what law and safety need."""

import re
from functools import lru_cache
from typing import Final

_ADVERTISES: Final = re.compile(
    r"\b(?:sell|sale|promo|offer|deals?\b|discount|marketing|advert|campaign|win-?back|loyal|communit|news|up-?sell"
    r"|cross-?sell|bundle|leads?\b|angebot|werb|oferta|publicidad)"
)
_GAINS: Final = re.compile(
    r"\b(?:market|upgrad|plans?\b|protection|insur|renew|re-?order|\bmore\b|exten[ds]|premium|retention|survey|review"
    r"|feedback|nps|rating|umfrage|encuesta)"
)
"""What is to the firm's gain without being advertising: more business, or an opinion."""
_NEEDED: Final = re.compile(
    r"\b(?:fraud|secur|safety|recall|emergenc|legal|law\b|regulat|statut|breach|incident|betrug|sicherheit|notfall"
    r"|fraude|segurid|emergencia)"
)
_SERVES: Final = re.compile(
    r"\b(?:servic|transact|appointment|remind|deliver|ship|parcel|courier|pick-?up|order|booking|reserv|confirm|answer"
    r"|call-?backs?\b|repl(?:y|ies)\b|case|complaint|ticket|support|repair|technician|outage|invoice|bill|payment"
    r"|refund|claim|test result|verif|termin|liefer|rückruf|antwort|rechnung|cita|entrega|respuesta|factura)"
)


@lru_cache(maxsize=256)
def advertises(purpose: str | None) -> bool:
    """Whether the contact advertises: what somebody wants to stop who wants no more advertising.

    >>> advertises("winback"), advertises("special_offer"), advertises("survey"), advertises("loan")
    (True, True, False, False)
    """
    return bool(_ADVERTISES.search(_words(purpose)))


@lru_cache(maxsize=256)
def is_needed(purpose: str | None) -> bool:
    """Whether law or safety asks for the contact: it reaches whoever wants to hear nothing.

    >>> is_needed("fraud alert"), is_needed("product_recall"), is_needed("security product offer")
    (True, True, False)
    """
    words = _words(purpose)
    return bool(_NEEDED.search(words)) and not _is_for_gain(words)


@lru_cache(maxsize=256)
def serves(purpose: str | None) -> bool:
    """Whether it serves what the customer has with the firm, or has asked for; what is not told does not.

    >>> serves("appointment_reminder"), serves("service callback"), serves("repair plan"), serves(None)
    (True, True, False, False)
    """
    words = _words(purpose)
    return is_needed(purpose) or (bool(_SERVES.search(words)) and not _is_for_gain(words))


def _is_for_gain(words: str) -> bool:
    return bool(_ADVERTISES.search(words) or _GAINS.search(words))


def _words(purpose: str | None) -> str:
    return str(purpose or "").casefold().replace("_", " ")
