"""Names stay hidden, and yet it can be followed who is who: the same person has the same mark throughout."""

import re

from listener.model.inputs import Profile
from listener.retelling.people import People
from tests.retelling.telling import explained, mail, whole

PROFILE = {
    "topic": "crm.customers.v1",
    "key": "C-1",
    "headers": {},
    "value": {"customer_id": "C-1", "name": "Agnes Reid", "named_contacts": ["Ruth Marsh"]},
}
STORY = (
    PROFILE,
    mail("m1", "2026-03-02T09:00:00Z", "Dear Ruth, this is Hal Brook, my name is Hal Brook. Agnes Reid asked me to."),
    mail("m2", "2026-03-03T09:00:00Z", "My name is Joan Ferris, I write for Agnes. Mrs. Brook said so."),
    mail("m3", "2026-03-04T09:00:00Z", "Good day, Agnes. Ruth", "agent"),
)


def test_no_name_is_told() -> None:
    told = explained(*STORY)
    assert re.findall(r"Ruth|Marsh|Agnes|Reid|Hal|Brook|Joan|Ferris|\[name\]", told) == []


def test_the_customer_and_their_contact_are_said_to_be_these_whoever_writes() -> None:
    told = explained(*STORY)
    assert "“Dear [their contact], this is " in told
    assert "“Good day, [the customer]. [their contact]”" in told


def test_others_are_numbered_as_they_come_each_by_any_part_of_the_name() -> None:
    told = whole(explained(*STORY))
    assert "this is [name 1], my name is [name 1]. [the customer] asked me to" in told
    assert "My name is [name 2], I write for [the customer]. Mrs. [name 1] said so" in told


def test_a_title_makes_nobody_another() -> None:
    """Who has a contact called Mr Osei is not meant by every Mr."""
    profile = PROFILE | {"value": PROFILE["value"] | {"named_contacts": ["Mr Osei"]}}
    told = explained(profile, mail("m1", "2026-03-02T09:00:00Z", "Dear Mr Reid, here it is. K. Osei", "agent"))
    assert "“Dear Mr [the customer], here it is. K. [their contact]”" in told


def test_a_name_that_is_short_for_the_customers_is_theirs() -> None:
    seun = Profile.model_construct(name="Oluwaseun Adeyemi", named_contacts=("Tomasz Falk",))
    people = People()
    marks = [s.mark for s in people.hidden("Hi Seun, Tom has it.\nMagda", [], seun, ["Seun", "Tom", "Magda"])]
    assert marks == ["[the customer]", "[their contact]", "[name 1]"]


def test_a_part_of_the_surname_or_whom_the_customer_greets_is_no_short_name_of_theirs() -> None:
    brian, people = Profile.model_construct(name="Brian Jackson", named_contacts=()), People()
    greeted = [s.mark for s in people.hidden("Dear Ian and Jack,", [], brian, ["Ian", "Jack"], ["Ian", "Jack"])]
    assert greeted == ["[name 1]", "[name 2]"]
    assert [s.mark for s in people.hidden("so says Ian", [], brian, [])] == ["[name 1]"]
    assert [s.mark for s in People().hidden("so says Jack", [], brian, ["Jack"])] == ["[name 1]"]


def test_neither_whom_the_customer_greets_nor_who_signs_to_them_is_the_customer() -> None:
    brian = PROFILE | {"value": {"customer_id": "C-1", "name": "Brian Jackson"}}
    wrote = mail("m1", "2026-03-02T09:00:00Z", "Dear Ian,\nwhere is it?")
    signed = mail("m1", "2026-03-02T09:00:00Z", "Dear Brian,\nit is here.\nIan", "agent")
    assert "Dear [name 1]," in whole(explained(brian, wrote))
    assert "Dear [the customer], it is here. [name 1]" in whole(explained(brian, signed))


def test_whom_one_customers_letter_made_known_is_not_known_in_anothers() -> None:
    other = mail("m2", "2026-03-03T09:00:00Z", "The Magda lamp is here.", customer={"customer_id": "C-2"})
    told = whole(explained(mail("m1", "2026-03-02T09:00:00Z", "It is done.\nMagda", "agent"), other))
    assert "It is done. [name 1]" in told
    assert "The Magda lamp is here." in told


def test_whom_one_letter_made_known_is_known_in_the_next() -> None:
    people = People()
    people.hidden("It is done.\nMagda", [], None, ["Magda"])
    assert [s.mark for s in people.hidden("ask Magda, please", [], None, [])] == ["[name 1]"]
