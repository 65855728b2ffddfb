"""When promises fall due, in four languages, read on Monday 2 March 2026 at ten in the morning, Berlin."""

import time
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listener.model.wire import LATEST
from listener.signals.due import due_at

AT = datetime.fromisoformat("2026-03-02T10:00:00+01:00")
FORMS = {
    "en": {
        "I'll call you back by Friday.": "03-06T23:59:59",
        "within 48 hours": "03-04T10:00:00",
        "You will hear from us in the next 24 hours": "03-03T10:00:00",
        "It takes 3-5 business days": "03-09T10:00:00",
        "I'll get back to you in half an hour": "03-02T10:30:00",
        "in a couple of hours": "03-02T12:00:00",
        "in a few days": "03-05T10:00:00",
        "It was refunded today, allow 3 days.": "03-05T10:00:00",
        "It has been transferred today and you will have it by Thursday": "03-05T23:59:59",
        "I will ring today, and the letter comes by Thursday": "03-02T23:59:59",
        "Die Erstattung ist heute raus, Sie haben das Geld bis Donnerstag.": "03-05T23:59:59",
        "Heute erstattet, es dauert 3 bis 5 Tage.": "03-07T10:00:00",
        "退款今天已经处理，3到5天到账": "03-07T10:00:00",
        "within one to two weeks": "03-16T10:00:00",
        "I will ring you tomorrow at 5pm": "03-03T17:00:00",
        "by 5 tomorrow": "03-03T17:00:00",
        "tomorrow morning": "03-03T12:00:00",
        "first thing tomorrow": "03-03T12:00:00",
        "the day after tomorrow": "03-04T23:59:59",
        "by noon": "03-02T12:00:00",
        "by the end of the day": "03-02T23:59:59",
        "by close of business": "03-02T18:00:00",
        "this afternoon": "03-02T18:00:00",
        "this evening": "03-02T22:00:00",
        "tonight": "03-02T23:59:59",
        "by the end of the week": "03-06T23:59:59",
        "next week": "03-13T23:59:59",
        "early next week": "03-11T23:59:59",
        "on Tuesday next week": "03-10T23:59:59",
        "next Thursday": "03-12T23:59:59",
        "by the end of the month": "03-31T23:59:59",
        "by 15 March": "03-15T23:59:59",
        "on March 15th": "03-15T23:59:59",
        "by the 15th": "03-15T23:59:59",
        "by 2026-03-20": "03-20T23:59:59",
        "by 20/03/2026": "03-20T23:59:59",
        "within the hour": "03-02T11:00:00",
        "the next business day": "03-03T23:59:59",
        "on Friday between 8 and 12 o'clock": "03-06T12:00:00",
        "by midnight": "03-02T23:59:59",
        "We deliver on Wednesday before 17:30": "03-04T17:30:00",
        "within two working days": "03-04T10:00:00",
        "by Wednesday 18 March": "03-18T23:59:59",
        "on Thursday, the 2nd of April": "04-02T23:59:59",
        "Friday, March 20th": "03-20T23:59:59",
        "on Tuesday 7 April at 8.30": "04-07T08:30:00",
        "on Monday 16th": "03-16T23:59:59",
        "We spoke on Monday 23 February; you have it by Friday 13 March": "03-13T23:59:59",
        "the +1.75 lens is there on Wednesday": "03-04T23:59:59",
        "The 14th of April, three days": "04-14T23:59:59",
        "the 14th of April": "04-14T23:59:59",
        "on the 14th day of April": "04-14T23:59:59",
        "14 April": "04-14T23:59:59",
        "April 14th": "04-14T23:59:59",
        "April the 14th": "04-14T23:59:59",
        "by the 1st": "04-01T23:59:59",
        "by the 14th of next month": "04-14T23:59:59",
        "The 14th may be too early for you": "03-14T23:59:59",
        "it'll be tomorrow at ten for sure": "03-03T10:00:00",
        "by half past four today": "03-02T16:30:00",
        "he comes tomorrow between nine and eleven": "03-03T11:00:00",
        "you'll have it by six o'clock": "03-02T18:00:00",
        "I'll call you at five": "03-02T17:00:00",
        "tomorrow at eight in the morning": "03-03T08:00:00",
        "tomorrow at ten our driver will come": "03-03T10:00:00",
        "at quarter to three": "03-02T14:45:00",
        "by the thirty first": "03-31T23:59:59",
        "on the second of April": "04-02T23:59:59",
        "in a quarter of an hour": "03-02T10:15:00",
        "in an hour and a half": "03-02T11:30:00",
        "tomorrow at one of our shops": "03-03T23:59:59",
        "Friday at six of our branches": "03-06T23:59:59",
        "at ten pounds a month by Friday": "03-06T23:59:59",
    },
    "de": {
        "am 14. April": "04-14T23:59:59",
        "den 14. April": "04-14T23:59:59",
        "bis zum 14. April": "04-14T23:59:59",
        "Wir kommen den 14.": "03-14T23:59:59",
        "Wir kommen den 1.": "04-01T23:59:59",
        "am 14. des nächsten Monats": "04-14T23:59:59",
        "bis Mittwoch, 18. März": "03-18T23:59:59",
        "am Donnerstag, dem 2. April, um 9 Uhr": "04-02T09:00:00",
        "am Montag, 16.3.": "03-16T23:59:59",
        "Freitag den 13.": "03-13T23:59:59",
        "Wir melden uns bis morgen.": "03-03T23:59:59",
        "Ich rufe Sie übermorgen an": "03-04T23:59:59",
        "bis spätestens Freitag": "03-06T23:59:59",
        "innerhalb von 14 Tagen": "03-16T10:00:00",
        "innerhalb der nächsten 48 Stunden": "03-04T10:00:00",
        "in drei bis fünf Werktagen": "03-09T10:00:00",
        "binnen einer Woche": "03-09T10:00:00",
        "in einer halben Stunde": "03-02T10:30:00",
        "heute Nachmittag": "03-02T18:00:00",
        "heute bis 15 Uhr": "03-02T15:00:00",
        "morgen früh": "03-03T12:00:00",
        "morgen zwischen 8 und 12 Uhr": "03-03T12:00:00",
        "nächste Woche": "03-13T23:59:59",
        "Anfang nächster Woche": "03-11T23:59:59",
        "bis Ende der Woche": "03-06T23:59:59",
        "bis Monatsende": "03-31T23:59:59",
        "am 15. März": "03-15T23:59:59",
        "bis zum 15.3.": "03-15T23:59:59",
        "am 15.03.2026": "03-15T23:59:59",
        "kommenden Dienstag": "03-03T23:59:59",
        "am naechsten Werktag": "03-03T23:59:59",
        "morgen um zehn Uhr": "03-03T10:00:00",
        "morgen zwischen neun und elf": "03-03T11:00:00",
        "um halb fünf": "03-02T16:30:00",
        "am zweiten April": "04-02T23:59:59",
        "in einer Viertelstunde": "03-02T10:15:00",
    },
    "es": {
        "el 14 de abril": "04-14T23:59:59",
        "el 14 del mes que viene": "04-14T23:59:59",
        "el miércoles 18 de marzo": "03-18T23:59:59",
        "para el jueves, 2 de abril": "04-02T23:59:59",
        "Le llamo mañana.": "03-03T23:59:59",
        "manana por la tarde": "03-03T18:00:00",
        "mañana por la mañana": "03-03T12:00:00",
        "pasado mañana": "03-04T23:59:59",
        "antes del viernes": "03-06T23:59:59",
        "el próximo miércoles": "03-04T23:59:59",
        "dentro de 48 horas": "03-04T10:00:00",
        "en un plazo de 24 a 48 horas": "03-04T10:00:00",
        "en 5 días hábiles": "03-09T10:00:00",
        "en media hora": "03-02T10:30:00",
        "en las próximas dos horas": "03-02T12:00:00",
        "hoy mismo": "03-02T23:59:59",
        "esta tarde": "03-02T18:00:00",
        "a las 5 de la tarde": "03-02T17:00:00",
        "mañana antes de las 12": "03-03T12:00:00",
        "la semana que viene": "03-13T23:59:59",
        "a final de mes": "03-31T23:59:59",
        "el 15 de marzo": "03-15T23:59:59",
        "el lunes": "03-09T23:59:59",
        "mañana a las diez": "03-03T10:00:00",
        "mañana a las cinco y media": "03-03T17:30:00",
        "mañana entre las nueve y las once": "03-03T11:00:00",
        "el dos de abril": "04-02T23:59:59",
        "en hora y media": "03-02T11:30:00",
    },
    "zh": {
        "3月18日（周三）给您答复": "03-18T23:59:59",
        "星期四4月2日": "04-02T23:59:59",
        "明天之前给您答复": "03-03T23:59:59",
        "48小时内处理": "03-04T10:00:00",
        "两天之内给您退款": "03-04T10:00:00",
        "3个工作日内到账": "03-05T10:00:00",
        "1-3个工作日内": "03-05T10:00:00",
        "半小时后给您回电": "03-02T10:30:00",
        "十五分钟内": "03-02T10:15:00",
        "周五之前": "03-06T23:59:59",
        "下周三上门": "03-11T23:59:59",
        "下周给您结果": "03-13T23:59:59",
        "明天下午3点": "03-03T15:00:00",
        "今天下午": "03-02T18:00:00",
        "今晚八点半": "03-02T20:30:00",
        "后天上午": "03-04T12:00:00",
        "月底之前": "03-31T23:59:59",
        "3月15日前": "03-15T23:59:59",
        "15号": "03-15T23:59:59",
        "下个月14号": "04-14T23:59:59",
        "这周五": "03-06T23:59:59",
        "一周内": "03-09T10:00:00",
        "明天上午十点上门": "03-03T10:00:00",
        "四月二日": "04-02T23:59:59",
        "一刻钟内到": "03-02T10:15:00",
    },
}


@pytest.mark.parametrize(
    ("text", "due"), [pytest.param(t, d, id=f"{k}: {t}") for k, told in FORMS.items() for t, d in told.items()]
)
def test_a_promise_falls_due(text: str, due: str) -> None:
    said = due_at(text, AT)
    assert said is not None
    assert said.isoformat() == f"2026-{due}+01:00"


@pytest.mark.parametrize(
    "text",
    [
        "We will look into it as soon as possible.",
        "Guten Morgen, ich kümmere mich darum.",
        "Buenos días por la mañana",
        "I've been here for 3 years.",
        "We have 24 stores and 5 days of stock",
        "Le atiendo con gusto.",
        "我们会尽快处理",
        "Your order number is 12.",
        "We spoke on Friday 27 February.",
        "Wir haben am Freitag, den 27. Februar gesprochen.",
        "I May help you",
        "one of our people will call you at one of our shops",
        "between two and three of them",
        "I will give you a second",
        "by two people",
        "It works at once and moves with you.",
        "Wir lesen den 2. Teil Ihres Briefes.",
        "",
    ],
)
def test_no_date_no_due(text: str) -> None:
    assert due_at(text, AT) is None


@pytest.mark.parametrize("offset", ["-08:00", "+00:00", "+05:30", "+13:00"])
def test_a_due_moment_keeps_the_offset_of_the_turn(offset: str) -> None:
    late = datetime.fromisoformat(f"2026-12-31T23:30:00{offset}")
    assert due_at("by tomorrow", late) == datetime.fromisoformat(f"2027-01-01T23:59:59{offset}")
    assert due_at("bis morgen 9 Uhr", late) == datetime.fromisoformat(f"2027-01-01T09:00:00{offset}")


@given(st.text(max_size=200), st.integers(0, 4_000_000_000))
@settings(max_examples=200, deadline=None)
def test_a_due_moment_lies_ahead_whatever_is_said(text: str, second: int) -> None:
    at = datetime.fromtimestamp(second, AT.tzinfo)
    due = due_at(text, at)
    assert due is None or due > at


@pytest.mark.parametrize("unit", ["in 2 ", "by 5 ", "12/12/", "next ", "1-", "下周", "a "])
def test_a_date_is_looked_for_in_linear_time(unit: str) -> None:
    began = time.process_time()
    due_at(unit * 100_000, AT)
    assert time.process_time() - began < 0.5


def test_a_date_in_the_turns_own_offset() -> None:
    at = datetime.fromisoformat("2026-03-02T23:30:00-05:00")
    due = due_at("by tomorrow", at)
    assert due is not None
    assert due.isoformat() == "2026-03-03T23:59:59-05:00"


def test_a_promise_for_after_the_last_moment_there_is_falls_due_at_that():
    """No signal may name a later one: the turn would not be heard at all."""
    assert due_at("I promise, within 48 hours.", LATEST.replace(year=2199, month=12, day=31)) == LATEST
    assert due_at("I promise, within 999 weeks.", LATEST.replace(year=2190)) == LATEST
