"""What `rules explain` tells of a recording is what happened, and can be read by whoever did not write the rules."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from listener.cli import listener
from listener.commands.shared import Trouble
from tests.retelling.telling import (
    ANSWER,
    ASKED,
    UNTIL,
    WHO,
    act,
    asked,
    block,
    explained,
    mail,
    wants,
    whole,
    written,
)
from tests.rules.builders import CATALOGUE

LATE = (wants("captive"), asked(), mail("m2", "2026-03-04T11:00:00Z", ANSWER, "agent"))


def test_what_is_raised_stands_under_the_moment_it_belongs_to() -> None:
    told = explained(*LATE, until=UNTIL)
    assert "=>" not in block(told, "2026-03-02 09:00")
    late = block(told, "2026-03-03 09:00  time is up")
    assert "F02 The customer's question or complaint went unanswered (sure: 0." in late
    assert (
        "a word from a person of the firm was owed within 24 hours of 2026-03-02 09:00, and did not come, nor anything "
        "else that would settle it" in late
    )
    assert "=> F02: alert raised, high. " in late


def test_a_deadline_is_the_one_that_applies_and_says_what_would_settle_it() -> None:
    in_short, in_full = (
        block(explained(*LATE, until=UNTIL, every=every), "2026-03-02 09:00") for every in (False, True)
    )
    assert (
        "owed by 2026-03-03 09:00: a word from a person of the firm (a call or letter that they asked for, the "
        in in_short
    )
    assert " would do as well); if it does not come: a grave breach for them" in in_short
    assert "settled by a word from a person of the firm, a call or letter that they asked for, " in in_full
    assert "10 min" not in in_full


def test_what_settled_it_is_said_and_whether_in_time() -> None:
    soon = explained(wants("captive"), asked(), mail("m2", "2026-03-02T11:00:00Z", ANSWER, "agent"), until=UNTIL)
    assert "F02: settled in time by a word from a person of the firm (owed since 2026-03-02 09:00)" in whole(soon)
    late = whole(explained(*LATE, until=UNTIL))
    assert (
        "settled late by a word from a person of the firm (owed since 2026-03-02 09:00, was due 2026-03-03 09:00)"
        in late
    )
    assert "Mended: F02 The customer's question or complaint went unanswered (high, 2026-03-03 to 2026-03-04)" in late


def test_who_answers_without_settling_it_is_told_the_one_reason_that_held() -> None:
    """A person's answer is not told of bots, nor a bot's of thanks."""
    idea = mail("m1", "2026-03-02T09:00:00Z", "I have an idea: you could let us book the fitter online by the hour.")
    canned = "Thank you for contacting us. Your query is important to us. We value your feedback."
    by_person = explained(wants("teammates"), idea, mail("m2", "2026-03-02T10:00:00Z", canned, "agent"))
    told = next(line for line in whole(by_person).splitlines() if "still owed: " in line)
    assert "F01, F02: still owed: it " in told or "F01: still owed: it " in told
    assert "bot" not in told
    receipt = mail("m2", "2026-03-02T09:00:01Z", "We have got your message.", "system")
    by_nobody = whole(explained(wants("captive"), asked(), receipt))
    assert "F02: still owed: an automatic message is none of the things that would settle it" in by_nobody


def test_what_an_act_leaves_owed_is_told_to_those_who_want_all() -> None:
    news = act("a1", "2026-03-02T10:00:00Z", "campaign_sent", purpose="news")
    told = {every: explained(wants("captive"), asked(), news, every=every) for every in (False, True)}
    assert "F02: still owed: such an act is none of the things" in block(told[True], "2026-03-02 10:00")
    assert "still owed" not in told[False]


def test_what_the_customer_writes_meanwhile_is_no_try_to_settle_it() -> None:
    again = mail("m2", "2026-03-02T10:00:00Z", "The water is in the hall by now.")
    assert "still owed:" not in explained(wants("captive"), asked(), again)


def test_an_alert_that_is_resolved_says_what_ended_it() -> None:
    late = whole(explained(*LATE, until=UNTIL))
    assert "=> F02: alert resolved, high: what was owed is settled" in late
    word = {"occurred_at": "2026-03-03T10:00:00Z", "rule_id": "unanswered", "disposition": "resolved"}
    disposed = {"topic": "crm.dispositions.v1", "key": "C-1", "headers": {}, "value": word}
    crm = block(explained(wants("captive"), asked(), disposed, until=UNTIL), "2026-03-03 10:00")
    assert crm.startswith("2026-03-03 10:00  CRM disposes of an alert: resolved")
    assert "alert resolved, high: CRM says so" in crm


RISE = act("a1", "2026-03-02T09:00:00Z", "price_changed", product="membership", change_pct=25, scope="all",
           announced_at="2026-03-02T09:00:00Z", effective_at="2026-03-05T09:00:00Z")  # fmt: skip


def test_an_act_held_back_by_its_cause_says_which_alert_tells_of_it() -> None:
    told = whole(explained(wants("close_siblings"), RISE))
    line = next(line for line in told.splitlines() if line.startswith("  F24"))
    assert "but no alert: it comes of the open alert F06 “The price rose with too little notice”, which tells" in line


def test_conditions_are_sentences_and_no_language_of_machines() -> None:
    rise = act("a1", "2026-03-02T09:00:00Z", "price_changed", change_pct=25, scope="new_customers", reason_given=False)
    lines = wants("captive"), rise, mail("m1", "2026-03-03T09:00:00Z", ASKED)
    told = explained(*lines, every=True) + explained(*lines, rule="F06", every=True)
    assert not any(strange in told for strange in ("True", "False", "None", "{", "marriage_partners", "_"))
    assert re.findall(r"(?<!\d)\.\d|\d\.\d*0\b(?! GBP)", told) == []
    assert "yes reported: change percent 25, above 0 needed" in told
    assert "NO  reported: scope new customers; needed: scope all or existing customers" in told
    assert "not heard:" not in told


def test_in_short_only_what_something_came_of_is_told_and_where_more_is_to_be_had() -> None:
    told, everything = explained(*LATE, until=UNTIL), explained(*LATE, until=UNTIL, every=True)
    assert "nothing came of it; each where it came nearest" not in told
    assert len(told.splitlines()) < 45 < len(everything.splitlines())
    assert "More: every condition, also of what came to nothing: `--all`" in told.splitlines()[-2]
    assert "[m1]" not in told
    assert "[m1]" in everything


def test_what_came_to_nothing_is_told_once_for_each_rule_where_it_came_nearest() -> None:
    again = [mail(f"q{n}", f"2026-03-1{n}T09:00:00Z", f"Thank you for the {n} towels, Jo.") for n in range(5)]
    near, far = whole(explained(*again, every=True)).split("and what was missing:\n")[1].split("\n\n")[:2]
    assert "\n  C03 The customer speaks up: 5 times; nearest 2026-03-1" in f"\n{near}"
    assert far.startswith("Asked, and nothing that they wait for was there: ")
    codes = [line.split()[0] for line in near.splitlines()]
    names = [line.split(": ")[0] for line in near.splitlines()]
    assert (len(set(names)), sorted(codes)) == (len(names), codes)


def test_what_is_made_of_one_act_in_one_message_stands_together() -> None:
    """That they say so already, and that an answer is owed, are two things said of F02."""
    text = "Why was my card 4111 1111 1111 1111 refused again? I am Jo Miller and I want an answer."
    lines = wants("captive"), mail("m1", "2026-03-02T09:00:00Z", text)
    told = block(explained(*lines, every=True), "2026-03-02 09:00")
    heading, said = told.split("\n  F02 ")[1].splitlines()[:2]
    assert heading == "The customer's question or complaint went unanswered"
    assert said.startswith("    · “The customer may be waiting for an answer.”: too unsure for an alert")
    assert "\n    · owed by 2026-03-03 09:00: " in told


def test_what_is_too_slight_is_not_told_beside_what_has_weight() -> None:
    """That an answer is owed says more than that they may be waiting for one."""
    text = "Why was my card 4111 1111 1111 1111 refused again? I am Jo Miller and I want an answer."
    told = block(explained(wants("captive"), mail("m1", "2026-03-02T09:00:00Z", text)), "2026-03-02 09:00")
    assert re.findall(r"(?:^|\n)  (?:noted: )?(F02|C03)", told) == ["F02"]
    assert "F02 (sure: 0." in told


def test_every_verdict_has_its_reason() -> None:
    """Also where nothing but the act itself is asked for, and where no single signal shows it."""
    moved = act("a1", "2026-03-02T09:00:00Z", "range_repositioned", product="coats", audience_shift="younger")
    told = block(explained(wants("marriage_partners"), moved), "2026-03-02 09:00")
    acts = [line for line in told.splitlines() if line.startswith("  F")]
    assert acts != []
    assert all(". Why: " in line for line in acts)
    assert "that is enough" in told


def test_how_likely_it_is_says_what_was_taken_off() -> None:
    late = explained(wants("captive"), asked(), until=UNTIL, every=True)
    owed = next(line for line in whole(late).splitlines() if "F02: owed by" in line)
    assert " heard × 0.9 trusted; else it is" in owed
    assert "surely it was heard, 0.85 how far such a sign is trusted" in late
    assert "trusted" not in explained(wants("captive"), asked(), until=UNTIL)


def test_a_treatment_that_adds_up_shows_how_far_it_has_come() -> None:
    promotion = act("a1", "2026-03-02T09:00:00Z", "compensation_issued", form="voucher", requested=False)
    lines = wants("business_partners"), mail("m1", "2026-03-02T08:00:00Z", ASKED), promotion
    told = whole(explained(*lines, rule="M01"))
    assert "NO  they were treated otherwise within 60 days: F05 " in told
    assert "); together 0." in told
    assert ", where 1.3 is enough" in told


def test_whoever_is_not_in_it_is_said_not_to_be() -> None:
    with pytest.raises(Trouble, match="is called 'NOPE'; it tells of C-1") as told:
        explained(wants("captive"), customer="NOPE")
    assert told.value.exit_code == 2


def test_what_is_to_be_done_stands_first_and_of_a_quiet_life_that_it_is_nothing() -> None:
    told = explained(wants("captive"), asked(), until=UNTIL).split("\nTo do, as of 2026-06-01 00:00\n")[1]
    assert "went unanswered (high, 2026-03-03 to 2026-04-02)\n" in told.split("\nWhat happened\n")[0]
    quiet = explained(wants("captive")).split("\nTo do, ")[1]
    assert "Nothing: no alert is open, none was left unmended, and no answer is owed." in quiet
    assert "--until" in quiet


def test_a_survey_without_words_is_explained_too() -> None:
    value = {"event_id": "s1", "occurred_at": "2026-03-02T09:00:00Z", **WHO, "instrument": "visit", "nps": 3}
    told = explained({"topic": "contact.survey.v1", "key": None, "headers": {}, "value": value}, customer="C-1")
    assert "survey: would recommend 3; (no words)" in told
    assert "  => " not in told


def test_the_command_folds_at_the_width_of_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "listener.commands.rules.group.book_with", lambda overlay: CATALOGUE
    )  # reading it costs seconds
    file = written(tmp_path, *LATE)
    words = ["rules", "explain", str(file), "--customer", "C-1", "--until", "2026-06-01"]
    done = CliRunner().invoke(listener, words)
    assert (done.exit_code, "3 records …" in done.stderr) == (0, True)
    assert "=> F02: alert raised, high" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 120


def test_the_how_to_shows_the_story_as_it_is_told() -> None:
    """But for figures: what is heard, and how surely, moves as the ear learns."""
    story = explained(*LATE, until=UNTIL).split("\nCustomer ")[1].strip("\n")
    told = [line for line in story.splitlines()[2:] if not re.search(r"\.\d", line)]
    howto = (Path(__file__).parents[4] / "docs" / "rules-howto.md").read_text().splitlines()
    assert len(told) > 10
    assert [line for line in told if line not in howto] == []


def test_a_survey_is_told_with_its_scores() -> None:
    score = wants("captive")
    score["value"] |= {"nps": 3, "ratings": {"ease_of_use": 2.0}}
    assert "survey: would recommend 3, ease of use 2; (no words)" in explained(score)


def test_a_bill_of_the_firm_s_is_not_told_as_an_order_of_theirs() -> None:
    amount = {"amount": "20.00", "currency": "EUR"}
    firm, own = (act(f"o{by}", f"2026-03-0{n}T09:00:00Z", "order_placed", value=amount, by=by)
                 for n, by in ((2, "firm"), (3, "customer")))  # fmt: skip
    told = whole(explained(firm, own))
    assert "reported: billed or renewed by the firm, not ordered by them (value 20.00 EUR)" in told
    assert "reported: order placed (value 20.00 EUR, by customer)" in told


def test_a_detail_of_which_nothing_may_be_shown_is_told_as_that() -> None:
    launched = act("a1", "2026-03-02T09:00:00Z", "product_launched", product="+49 170 1234567", novelty=0.9)
    assert "(product not shown, novelty 0.9 of 1)" in whole(explained(launched))


def test_a_mail_with_a_subject_is_told_by_its_id_where_a_rule_came_nearest() -> None:
    letter = mail("m1", "2026-03-02T09:00:00Z", ASKED, subject="The machine: again, and again")
    told = whole(explained(wants("captive"), letter, every=True)).split("Asked, and nothing came of it")[1]
    assert re.findall(r"; nearest (\S+ \S+, \w+): ", told) != []
    assert set(re.findall(r"; nearest (.+?): ", told)) <= {"2026-03-02 09:00, m1", "2026-03-01 09:00, s0"}


def test_a_rule_of_which_something_came_is_at_that_moment_not_listed_as_one_of_which_nothing_did() -> None:
    told = whole(explained(wants("captive"), asked(), every=True))
    assert "F02: owed by 2026-03-03 09:00" in told
    assert "F02 The customer's question or complaint went unanswered: 1 time" not in told


def test_moments_at_which_nothing_came_of_a_rule_are_counted_alike_in_the_story_and_for_the_rule_alone() -> None:
    story = [wants("captive"), asked(), mail("m2", "2026-03-05T09:00:00Z", "The sun shines on my garden today.")]
    listed = re.findall(r"\n  ([A-Z]\d\d) [^(\n]+?: (\d+) times?; nearest", whole(explained(*story, every=True)))
    assert listed != []
    for code, times in listed[:3]:
        assert re.findall(r"It was asked at (\d+) moment", explained(*story, rule=code)) == [times]


def test_what_is_too_unsure_may_be_owed_and_threatens_no_breach() -> None:
    told = [line for line in whole(explained(*LATE, every=True)).splitlines() if "owed by" in line]
    assert told != []
    for line in told:
        assert ("may be owed by" in line) is ("too unsure" in line)
        assert not ("too unsure" in line and "if it does not come" in line)


def test_that_time_runs_out_for_what_was_hardly_owed_is_not_told_again() -> None:
    """It was said when it was asked that no alert may come of it."""
    lines = [
        {"topic": "contact.chat.v1", "key": None, "headers": {}, "value": {
            "event_id": f"c{n}", "occurred_at": f"2026-03-02T09:3{n}:00Z", **WHO, "author": author,
            "conversation_id": "c", "text": text}}
        for n, (author, text) in enumerate(
            [("customer", ASKED), ("agent", ANSWER), ("customer", "Fine. where is the fitter from?")])
    ]  # fmt: skip
    short, full = (whole(explained(wants("captive"), *lines, until=UNTIL, every=every)) for every in (False, True))
    assert "noted: F02 (sure: 0." in short
    assert "time is up" not in short
    assert "2026-03-02 09:42  time is up" in full


def test_of_several_customers_it_is_said_how_to_see_one_alone() -> None:
    other = asked() | {"key": "other"}
    other["value"] |= {"customer": {"customer_id": "C-2"}, "event_id": "m9", "conversation_id": "u"}
    assert "`--customer ID` tells of one alone" in explained(asked(), other)
    assert "`--customer ID` tells of one alone" not in explained(asked())
