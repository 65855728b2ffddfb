"""What secrets look like: the patterns and the checks of numbers that redaction goes by.

All but the `_HAN` ones are run on a text whose Chinese signs are blanks: a sign beside a number is no part of it.
"""

import re
from collections.abc import Iterator
from ipaddress import ip_address

HAN = re.compile(r"[\u2e80-\u9fff\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]")
"""Chinese signs and full-width marks, not full-width digits and letters."""
EMAIL = re.compile(
    r"[A-Za-z0-9._%+\-À-ɏ]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+"
    r"|\b[A-Za-z0-9._%+-]{1,64}(?: dot [A-Za-z0-9]{1,30}){0,3}(?: ?[\[(]at[\])] ?| at )[A-Za-z0-9-]{2,63}"
    r"(?:(?: ?[\[(]dot[\])] ?| dot )[A-Za-z0-9-]{2,30}){1,3}\b",
    re.IGNORECASE,
)
LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'，。）)]{1,500}[^\s<>\"'，。）).,;:!?]", re.IGNORECASE)
IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}")
DIGITS = re.compile(r"(?<![A-Za-z0-9_])(?<!\d[.,])\+?\(?\d(?:[ \u00a0()./\-‑–·]{0,3}\d){5,}+(?![A-Za-z0-9_])")
IP = re.compile(
    r"(?<![\w.])(?:\d{1,3}(?:\.\d{1,3}){3}"
    r"|[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?:\.\d{1,3}){0,3})(?![\w:])"
)
CODE = re.compile(r"(?<![A-Za-z0-9_@/.-])[A-Za-z0-9](?:[A-Za-z0-9]|[-/_](?=[A-Za-z0-9])){4,63}(?![A-Za-z0-9_])")
DATE = re.compile(
    r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d|(?:19|20)\d\d(?:[-/](?:19|20)?\d\d)?"
)
_MEASURE = re.compile(r"\d{1,4}-?[a-z]{1,10}|[a-zA-Z]{3,}\d{1,2}|\d{1,2}[-/]\d{1,2}|\d{1,2}(?:am|pm)-\d{1,2}(?:am|pm)")
"""`50mins`, `iPhone15`, `24/7`: numbers that tell how much or which model, not whose."""
_NUMBERED_BY = (
    r"\b(?:order|account|customer|client|member(?:ship)?|invoice|ticket|case|booking|reservation|policy|contract"
    r"|reference|ref"
    r"|tracking|parcel|passport|pin|cvv|password|(?:bestell|kunden|konto|rechnungs|vertrags|auftrags|mitglieds"
    r"|buchungs|sendungs)-?"
    r"(?:nummer|nr)|pedido|cuenta|cliente|factura|contrato|reserva|expediente|póliza)"
)
NUMBERED = re.compile(
    _NUMBERED_BY + r"(?: (?:number|no|nr|num|nummer"
    r"|número|id|code))?"
    r"[.:#№ ]{0,3}(?:is |ist |es |n[.º°] ?|núm\. ?|#)?[:#]?(?P<en>[A-Z0-9][A-Z0-9-]{2,30})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
NUMBERS_BEGIN = (
    *("order", "account", "customer", "client", "member", "invoice", "ticket", "case", "booking", "reserva", "policy"),
    *("contra", "ref", "tracking", "parcel", "passport", "pin", "cvv", "password", "bestell", "kunden", "konto"),
    *("rechnungs", "vertrags", "auftrags", "mitglieds", "buchungs", "sendungs", "pedido", "cuenta", "factura"),
    *("expediente", "póliza"),
)
"""What each NUMBERED begins with."""
NUMBERED_HAN = re.compile(
    r"(?:订单|单号|账号|帐号|会员号|卡号|客户号|编号|合同|运单|密码|验证码|身份证|护照)(?:号码?|是|为|：|:"
    r"|\s){0,3}(?P<en>[A-Za-z0-9-]{3,30})",
)
_NO_NAME = (
    r"(?!(?:the|a|an|this|that|my|your|our|his|her|of|in|on|at|to|down|up|off|by|for|and|or|with|more|minutes?"
    r"|hours?|days?|weeks?"
    r"|miles?|km|people|times?|others?|from|along|per|years?|months?|items?|different)\b)"
)
_ENGLISH_STREET = (
    rf"\b\d{{1,5}}[a-zA-Z]?,? (?:{_NO_NAME}[^\W\d_][\w'.-]+ ){{1,3}}(?:street|road|rd|avenue|ave|lane|boulevard|blvd"
    rf"|terrace|gardens"
    r"|crescent|mews|parkway|highway|st(?![a-z]))\b\.?(?:,? (?:apt|flat|unit|suite|#) ?\w{1,5})?"
    rf"|(?-i:\b\d{{1,5}}[a-zA-Z]?,? (?:[A-ZÄÖÜ][\w'.-]+ ){{1,3}}(?:Drive|Dr|Close|Court|Ct|Way|Square|Sq|Place|Pl"
    rf"|Row|Hill|Park|Grove|Ln)\b)"
)
_GERMAN_STREET = (
    r"\b[a-zäöü][\wäöüß-]{2,30}(?:straße|strasse|str\.|weg|platz|allee|gasse|ring|ufer|damm) ?\d{1,4}(?: ?[a-z]\b)?"
    r"|(?-i:\b(?:[A-ZÄÖÜ][\wäöüß-]+ ){1,2}(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Ufer"
    r"|Damm) \d{1,4}[a-z]?\b)"
)
_SPANISH_STREET = (
    r"\b(?:(?:calle|avenida|avda\.?|av\.|plaza|paseo|carrera|camino|ronda) |c/ ?)(?:de (?:la |los |las )?"
    r"|del )?[\wáéíóúñ]+"
    r"(?: (?:de |la |del )?[\wáéíóúñ]+){0,3},? (?:n\.?[º°]? ?|#)?\d{1,4}\b"
)
_CODED = (
    r"(?-i:\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b)|(?-i:\b[A-Z]{2} \d{5}(?:-\d{4})?\b)"
    r"|(?-i:(?<![\d.,])\b\d{5},? [A-ZÄÖÜ][a-zäöüßáéíóúñ]{2,}\b(?! \d))"
)
_BOX = r"\b(?:p\.? ?o\.? ?box|postfach|apartado(?: de correos)?) ?\d{1,6}\b"
STREET = re.compile(_ENGLISH_STREET, re.IGNORECASE)
STREET_GERMAN = re.compile(_GERMAN_STREET, re.IGNORECASE)
STREET_SPANISH = re.compile(_SPANISH_STREET, re.IGNORECASE)
CODED = re.compile(_CODED)
BOX = re.compile(_BOX, re.IGNORECASE)
GERMAN_WAYS = ("straße", "strasse", "str.", "weg", "platz", "allee", "gasse", "ring", "ufer", "damm")
"""Before the number of each STREET_GERMAN, but for a blank."""
SPANISH_WAYS = ("calle", "avenida", "avda", "av.", "plaza", "paseo", "carrera", "camino", "ronda", "c/")
BOXES = ("box", "postfach", "apartado")
"""Without one of these there is no STREET_SPANISH and no BOX."""
STREET_HAN = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:大道|路|街|巷|弄|胡同|道)\d{1,5}(?:号|弄)(?:[\u4e00-\u9fff\d]{0,12}(?:室|楼|单元|层))?"
    r"|(?:[\u4e00-\u9fff]{2,6}(?:小区|花园|大厦|公寓))\d{1,4}(?:号楼|栋|幢|座|号)(?:[\u4e00-\u9fff\d]{0,12}室?)?",
)
WAYS = frozenset(
    """
    street road avenue lane drive boulevard close court way square place terrace gardens crescent row hill park grove
    mews highway parkway st rd ave ln dr blvd ct sq pl calle avenida avda av plaza paseo carrera camino ronda box
    postfach apartado straße strasse weg platz allee gasse ring ufer damm
    """.split()  # noqa: SIM905  # words read better as a text
)
"""Words without which there is no address, unless a run of letters has the sign `coded`."""
CALLES = frozenset("calle avenida avda av plaza paseo carrera camino ronda box postfach apartado".split())  # noqa: SIM905  # words read better as a text
"""Those of them that stand before a street's name or a box's number, as `c/` does."""
INTRODUCES = frozenset(
    """
    name names name's heiße heisse llamo nombre mr mrs ms miss dr herr frau señor señora senor senora sr sra mme called
    """.split()  # noqa: SIM905  # words read better as a text
)
NAMED = re.compile(
    r"\b(?:my (?:full )?name is|the name'?s|name:|this is|i am called|speaking with|ich heiße|ich heisse"
    r"|mein name ist|me llamo"
    r"|mi nombre es)[ :]+(?P<name>(?-i:[A-ZÄÖÜÁÉÍÓÚ][\w'’-]+(?: [A-ZÄÖÜÁÉÍÓÚ][\w'’-]+){0,2}))"
    r"|\b(?:my (?:full )?name is|ich heiße|mein name ist|me llamo"
    r"|mi nombre es) (?P<low>[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?)",
    re.IGNORECASE,
)
NAMES_BEGIN = (
    *("my name", "my full name", "the name", "name:", "this is", "i am called", "speaking with", "ich hei"),
    *("mein name", "me llamo", "mi nombre"),
)
"""What each NAMED begins with."""
TITLES = ("Mr", "Ms", "Miss", "Dr", "Herr", "Frau", "Señor", "Sr", "Mme")
"""What each TITLED begins with."""
NAMED_HAN = re.compile(r"(?:我叫|我姓|名字是|我的名字叫|本人)(?P<name>[\u4e00-\u9fff]{2,4})")
TITLED_HAN = re.compile(
    r"(?P<name>[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    r"范廖贾夏韦付邹孟熊秦邱江尹薛闫段雷侯龙陶黎贺顾毛郝龚邵钱严覃武戴莫孔][\u4e00-\u9fff]{0,2}?)(?:先生|女士|小姐|太太)"
)
"""The hundred commonest surnames of China (but those that are everyday words), a given name, and a title."""
TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Herr|Frau|Señora?|Sr|Sra"
    r"|Mme)\.? (?P<name>[A-ZÄÖÜÁÉÍÓÚ][\w'’-]+(?: [A-ZÄÖÜÁÉÍÓÚ][\w'’-]+)?)"
)


def is_card(digits: str) -> bool:
    """Luhn's check over 13 to 19 digits.

    >>> is_card("4111111111111111"), is_card("4111111111111112")
    (True, False)
    """
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [int(d) * (2 - (i % 2 == 0)) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


def is_iban(text: str) -> bool:
    """ISO 13616: the number made of the rearranged characters leaves 1 when divided by 97.

    >>> is_iban("DE89 3704 0044 0532 0130 00")
    True
    """
    flat = text.replace(" ", "").replace("-", "").upper()
    if not 15 <= len(flat) <= 34 or not flat.isascii() or not flat.isalnum():
        return False
    return int("".join(str(int(c, 36)) for c in flat[4:] + flat[:4])) % 97 == 1


def is_ip(text: str) -> bool:
    """An address of the internet, either version.

    >>> is_ip("192.168.10.77"), is_ip("2001:db8::1"), is_ip("12:30:45")
    (True, True, False)
    """
    try:
        return bool(ip_address(text))
    except ValueError:
        return False


def is_code(said: str) -> bool:
    """Whether a run of letters and digits is a number of an order or account: digits enough, no date, no measure.

    >>> [is_code(s) for s in ("AB-1234567", "50mins", "2026-03-04", "iPhone15", "BA2490")]
    [True, False, False, False, True]
    """
    digits = sum([c.isdigit() for c in said])
    if digits < 2 or len(said) < 5 or (said.isdigit() and digits < 5):
        return False
    return DATE.fullmatch(said) is None and _MEASURE.fullmatch(said) is None


_SIGNS = {
    "addressed": re.compile(r"\w@\w|[\[(]at[\])]|^dot$", re.IGNORECASE),
    "digits": re.compile(r"\d|::"),
    "long": re.compile(r"\d\D*\d\D*\d"),
    "ip": re.compile(r"\d\.\d{1,3}\.\d|:[0-9A-Fa-f]{0,4}:"),
    "iban": re.compile(r"[A-Za-z]{2}\d{2}"),
    "code": re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[-/_](?=[A-Za-z0-9])){4}"),
    "numbered": re.compile(_NUMBERED_BY, re.IGNORECASE),
    "coded": re.compile(r"stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|ufer|damm|c/|[A-Z]\d|\d{5}", re.IGNORECASE),
    "han": HAN,
}
_DIGIT, _OF_DIGITS = re.compile(r"\d|:"), frozenset(("digits", "long", "ip", "iban", "code"))
"""What signs of numbers have in them."""
HINTS = (*_SIGNS, "ways", "calles", "introduces")
"""What a text may hold for a secret to be looked for: signs of a run of letters, then words."""


def hints_of(run: str) -> Iterator[str]:
    """The signs in a run of letters; no form reaches beyond a run without one of them in it."""
    has_digits = _DIGIT.search(run) is not None
    for name, sign in _SIGNS.items():
        if (
            (has_digits or name not in _OF_DIGITS)
            and sign.search(run)
            and (name != "code" or any(is_code(m.group()) for m in CODE.finditer(run)))
        ):
            yield name
