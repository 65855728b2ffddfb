from listener.bus.tailing import Seen
from listener.demo.in_order import InOrder


def seen(at: str, offset: int = 0) -> Seen:
    headers = (("ce_time", f"2026-03-{at}T10:00:00Z".encode()),) if at else ()
    return Seen("relational.signals.v1", 0, offset, 0, None, b"{}", headers)


def test_what_came_late_from_another_partition_is_told_where_it_belongs():
    order = InOrder(hold_s=1.0)
    order.take([seen("09"), seen("12")], now=0.0)
    order.take([seen("10")], now=0.9)
    assert list(order.ready(now=1.0)) == [seen("09"), seen("10"), seen("12")]


def test_nothing_is_told_before_it_has_waited():
    order = InOrder(hold_s=1.0)
    order.take([seen("09")], now=0.0)
    assert list(order.ready(now=0.5)) == []
    assert list(order.ready(now=1.0)) == [seen("09")]


def test_what_happened_after_that_goes_on_waiting():
    order = InOrder(hold_s=1.0)
    order.take([seen("09")], now=0.0)
    order.take([seen("11")], now=0.9)
    assert list(order.ready(now=1.0)) == [seen("09")]
    assert list(order.rest()) == [seen("11")]


def test_at_one_time_the_order_of_arrival_stays():
    order = InOrder(hold_s=0.0)
    order.take([seen("09", 1), seen("09", 2), seen("", 3)], now=0.0)
    assert [one.offset for one in order.ready(now=0.0)] == [1, 2, 3]
