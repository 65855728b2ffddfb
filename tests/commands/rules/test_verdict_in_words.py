"""What is said to whoever plans an act: the advice, who would mind and why, in words and whole numbers."""

import re
from pathlib import Path

from tests.commands.rules.asking import asked
from tests.rules.prechecking.test_verdict import BOOK, PRIME, lead


def test_it_says_what_to_do_in_words_and_calls_ties_by_the_names_staff_know(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    assert "Advice: rescind - do not do it like this" in told
    assert "It is meant for 1 customer; about 1 would be hurt by it, about 1 of these gravely." in told
    assert "devoted customer" in told
    assert not any(name in told for name in BOOK.types.by_id if "_" in name)


def test_it_says_why_they_mind(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    assert "F06 The price rose with too little notice. The price of membership rose by 25%" in told
    assert "because: A 25% rise on short notice makes loyal members feel exposed" in told


def test_it_says_what_would_help(tmp_path: Path) -> None:
    assert "for new customers only: about 1 hurt, about 1 gravely" in asked(tmp_path, PRIME, "marriage_partners")


def test_where_most_types_mind_those_who_do_not_are_named(tmp_path: Path) -> None:
    rise = PRIME | {"details": PRIME["details"] | {"scope": "existing_customers"}}
    told = asked(tmp_path, rise, "marriage_partners")
    f27 = told.split("F27 ")[1].splitlines()
    assert f27[2].strip() == "minded by everybody but new contact"


def test_types_that_are_hardly_there_are_named_together_and_not_listed_at_nought(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, "marriage_partners")
    minding = told.split("Who would mind")[1].split("Spare")[0].splitlines()[1:]
    assert [line.split("  ")[1] for line in minding] == ["devoted customer"]
    many = asked(tmp_path, PRIME, *["marriage_partners"] * 9)
    assert "others, less than one of each (less than one in all): " in many


def test_customers_are_told_by_whole_numbers(tmp_path: Path) -> None:
    told = asked(tmp_path, PRIME, *["marriage_partners"] * 9, "best_friends", "fling")
    assert not re.search(r"\d\.\d", told.split("Rules it would break")[0] + told.split("What would help")[1])
    assert "about 10 would be hurt by it" in told


def test_a_long_row_of_types_is_cut_where_those_end_of_whom_most_are_meant(tmp_path: Path) -> None:
    short, whole = (asked(tmp_path, PRIME, "captive", "best_friends", more=more) for more in ((), ("--all",)))
    row, all_of_it = (told.split("minded by ")[1].splitlines()[0] for told in (short, whole))
    assert set(row.split(", ")[:2]) == {"close confidant", "locked-in customer"}
    count = re.search(r" and (\d+) more types$", row)
    assert count is not None
    assert len(all_of_it.split(", ")) == len(row.split(", ")) + int(count[1])


def test_a_notice_is_counted_in_whole_days_as_people_count_them(tmp_path: Path) -> None:
    """From the morning of 4 March to the night before 15 March: ten days and eighteen hours, so eleven days."""
    plan = PRIME | {
        "details": PRIME["details"] | {"announced_at": PRIME["occurred_at"], "effective_at": "2026-03-15T00:00:00Z"}
    }
    assert "They are told of it 11 days before it takes effect." in asked(tmp_path, plan, "marriage_partners")


def test_it_says_how_long_before_they_are_told(tmp_path: Path) -> None:
    assert "They are told of it 138 days before it takes effect." in asked(tmp_path, lead(4), "marriage_partners")
    told = asked(tmp_path, PRIME, "marriage_partners", code=0, more=("--told-ahead", "120 d"))
    assert "They are told of it 120 days before it takes effect." in told
    assert "'soon' is not a span of time" in asked(tmp_path, PRIME, "fling", code=2, more=("--told-ahead", "soon"))
