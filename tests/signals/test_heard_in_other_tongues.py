"""Plain German, Spanish and Chinese without a word that complains or parts, and what lies near it."""

from datetime import UTC, datetime

import pytest

from listener.catalogue import load
from listener.model.message import Message, Role
from listener.signals import Ear

EAR = Ear(load())
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def heard(text: str, signal: str, role: Role = "customer") -> float:
    """How surely a signal is heard in a chat."""
    return EAR.listen([Message(text, "chat", role, AT)])[0].signals.get(signal, 0.0)


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("complaint", "Gestern bin ich vergeblich zur Filiale gefahren."),
        ("complaint", "Der Kurier hat den Karton einfach auf die Straße gestellt."),
        ("complaint", "Desde el martes no sale agua de la ducha, no hay agua."),
        ("complaint", "La cocina estaba sin limpiar y olía a moho."),
        ("complaint", "我点的是热咖啡，送来的是冰的。"),
        ("complaint", "洗衣机才用三天就漏水了。"),
        ("promise_broken", "Jedes Mal heißt es, nächste Woche."),
        ("promise_broken", "Quedaron en venir el martes y nada."),
        ("promise_broken", "每天都说马上处理。"),
        ("newcomer_envy", "¿Por qué a los nuevos les dejan la cuota a la mitad?"),
        ("newcomer_envy", "老会员反而更贵。"),
        ("repeat_effort", "Me mandan de una oficina a otra y hay que explicarlo todo."),
    ],
)
def test_it_is_heard(signal: str, text: str) -> None:
    assert heard(text, signal) >= 0.5


@pytest.mark.parametrize(
    ("signal", "text"),
    [
        ("complaint", "Ich warte gerne bis Montag, eilt nicht."),
        ("complaint", "Por fin hay agua caliente, mil gracias."),
        ("complaint", "不急，月底到也行。"),
        ("promise_broken", "Meine Schwester wollte mich anrufen und hat es nicht getan."),
        ("inconsistent", "Van cuatro llamadas y cada vez me pasan con otro agente."),
        ("newcomer_envy", "Soy clienta nueva, ¿hay oferta para mí?"),
        ("exit", "Alles klar, vielen Dank, tschüss!"),
        ("exit", "Perfecto, muchas gracias, adiós."),
        ("exit", "好的，辛苦了，再见。"),
        ("need", "Danke für die schnelle Hilfe."),
        ("gratitude", "谢谢你们浪费我一个下午。"),
        ("stop_contact", "中午别打电话，我在午休。"),
    ],
)
def test_it_is_not_heard(signal: str, text: str) -> None:
    assert heard(text, signal) < 0.5


@pytest.mark.parametrize("text", ["我是店长，我亲自送过去。", "您母亲的包裹到了。"])
def test_a_relation_or_ones_own_person_is_no_term_of_endearment(text: str) -> None:
    assert heard(text, "familiarity", "agent") < 0.5
