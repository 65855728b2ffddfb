"""Values that strangers might write: what a model asks for, with something else in its place now and then."""

import base64
import re
from collections.abc import Mapping
from typing import Any

import orjson
from hypothesis import strategies as st

from listener.hearing.decoding import MODELS
from listener.model.inputs import TimeTold

TEXTS = st.one_of(
    st.text(max_size=80),
    st.sampled_from(
        [
            "I've asked three times now, and nobody answers!!",
            "@@<div><blockquote><script>alert(1)</script></blockquote>*20@@",
            "> quoted\n-- \nAnn\n" * 9,
            "2026-03-02T09:14:05Z",
            "1969-12-31T23:59:59-14:00",
            "ann@example.org",
            "\u202e\u0000\ufeff\u200b" * 9,
            "@@😀*300@@",
            "@@a *5000@@",
            "@@(*2000@@",
            "@@=?utf-8?q?=ff?=*30@@",
            "'; DROP TABLE customers; --\r\nlisten: now",
            "${jndi:ldap://x}{{7*7}}%s%n",
        ]
    ),
)
DEEP = st.sampled_from(["@@deep*20@@", "@@deep*300@@", "@@deep*900@@"])
"""Stands for lists in lists; `dumps` puts them there, for hypothesis cannot show them."""
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**63), 2**63 - 1), st.floats(allow_nan=False, allow_infinity=False), TEXTS
)
ANYTHING = st.recursive(
    st.one_of(SCALARS, DEEP),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=8,
)
MOMENTS = st.datetimes().map(lambda at: at.isoformat() + "Z")
MAILS = st.one_of(
    st.binary(max_size=400),
    st.sampled_from(
        [
            b"From: Ann <ann@example.org>\nSubject: =?utf-8?b?w6k=?=\n\nhello",
            b"Content-Type: multipart/mixed; boundary=b\n\n--b\n" * 60,
            b"Content-Type: text/plain; charset=no-such\n\n\xff\xfe",
            b"Content-Transfer-Encoding: base64\n\n!!!",
            b"From: " + b"<" * 900 + b"\nTo: ,,,;;@@\n\n",
            b"Content-Type: message/rfc822\n\n" * 80,
        ]
    ),
).map(lambda octets: base64.b64encode(octets).decode())
KINDS = {model: model.model_json_schema() for model in (*MODELS.values(), TimeTold)}
"""What each model asks for."""


def dumps(value: Any) -> bytes:
    """As JSON, with what is long or deep written out."""
    return _LONG.sub(_written_out, orjson.dumps(value))


def _written_out(found: re.Match[bytes]) -> bytes:
    unit, times = found[1], int(found[2])
    return b"[" * times + b"]" * times if unit == b"deep" else b'"' + unit * times + b'"'


_LONG = re.compile(rb'"@@([^"@]+)\*(\d+)@@"')


def of_model(model: type) -> st.SearchStrategy[dict[str, Any]]:
    """Objects that mostly fit the model; each field may be something else, or not there at all."""
    schema = KINDS[model]
    return _object(schema, schema.get("$defs", {}))


def _object(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    fields = {name: _mostly(_value(name, told, defs)) for name, told in schema["properties"].items()}
    required = {name: one for name, one in fields.items() if name in schema.get("required", ())}
    optional = {name: one for name, one in fields.items() if name not in required}
    return st.fixed_dictionaries(required, optional=optional)


def _mostly(fitting: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 24).flatmap(lambda n: ANYTHING if n == 0 else fitting)


def _value(name: str, schema: Mapping[str, Any], defs: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if name == "rfc822":
        return MAILS
    if "$ref" in schema:
        return _value(name, defs[schema["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in schema:
        return st.one_of([_value(name, one, defs) for one in schema["anyOf"]])
    if "enum" in schema or "const" in schema:
        return st.sampled_from(schema.get("enum") or [schema["const"]])
    return _typed(schema, defs)


def _typed(schema: Mapping[str, Any], defs: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    match schema.get("type"):
        case "object" if "properties" in schema:
            return _object(schema, defs)
        case "object":
            return st.dictionaries(TEXTS, ANYTHING, max_size=4)
        case "array":
            return st.lists(_value("", schema.get("items", {}), defs), max_size=4)
        case "string" if "format" in schema:
            return MOMENTS
        case "string":
            return TEXTS.map(lambda text: text or "x")
        case "integer" | "number":
            return st.integers(0, 10)
        case "boolean":
            return st.booleans()
    return SCALARS
