"""The fourteen cases of the articles (DOMAIN 3.8) as recordings: text and acts in, and the tie estimated, not given.

Where a case hangs on what the customer wants, they say so in a survey before it begins, as the contract lets them; from
there on nothing is given: the words are heard, the belief moves, the rules judge.
"""

import pytest

from tests.recordings import BOOK, Recording, Said


def test_grocery() -> None:
    """A plain buyer brings ideas, gets silence and promotions, orders less."""
    r = Recording().known_since("2025-09-01").wants("business_partners", "basic_exchange")
    for day in (0.1, 7, 14):
        r.act(day, "order_placed", order_id=f"o{day}", category="groceries", by="customer")
    r.mail(
        15,
        "You could let us mark items 'this or nothing' at checkout; I'd suggest it because substitutions fail often.",
    )
    r.mail(20, "One more proposal: start one van south of the river and the six o'clock slot would work.", talk="n")
    for day in (20, 25, 30):
        r.act(day, "campaign_sent", purpose="promotion", channel="email")
    said = r.played()
    assert {"F01", "F03", "M01"} <= said.loud
    alert = said.gravest("F01")
    assert (alert.severity, alert.repair.role) == ("high", "honoured_partner_manager")
    assert {"campaign", "voucher"} <= set(alert.repair.avoid)


def test_plus_size_clothing() -> None:
    r = Recording().known_since("2014-03-01").wants("marriage_partners")
    r.mail(1, "Eleven years of dresses from you and I mean to stay. The blue one again, please?")
    r.mail(1.1, "It is on its way, Ann, in your usual cut.", "agent")
    r.to_all(10, "range_repositioned", product="dresses", audience_shift="from plus sizes to cinched waists and heels")
    r.to_all(12, "price_changed", product="dresses", change_pct=-30, scope="new_customers")
    r.post(12.2, "This shop is not made for women like me any more. You have forgotten the people who built you.")
    said = r.played()
    assert {"F15", "F22", "M08"} <= said.loud
    assert said.is_answered_as_for("marriage_partners", "F15", "F22")
    assert said.gravest("F15").severity in ("high", "critical")
    assert "campaign" in said.gravest("F15").repair.avoid  # no younger ads to the same cohort


def test_signature_rule() -> None:
    r = Recording().known_since("2011-02-01", "Simone").wants("master_slave", "marriage_partners")
    r.act(1, "service_incident", incident="late", severity=2, avoidable=True)
    r.chat(
        2,
        "I've been a client for fifteen years. Leave it with the porter, or deliver it to my office, or ring me first.",
    )
    r.chat(
        2.001,
        "Thank you for contacting us. For your protection our policy requires a signature on all deliveries.",
        "agent",
    )
    r.chat(
        2.002,
        "Open my file and call Simone, she knows me. Deliver it to the shop and I'll fetch it, or change the day.",
    )
    r.chat(
        2.003,
        "Thank you for contacting us. For your protection our policy requires a signature on all deliveries.",
        "agent",
    )
    r.act(2.01, "exception_refused", policy="signature_on_delivery")
    r.mail(
        4,
        "I was treated like a ticket number and talked down to. I insist that the rule be changed. I demand an answer.",
    )
    r.act(5, "compensation_issued", form="gift_card", value={"amount": "200.00", "currency": "USD"}, requested=False)
    r.act(5.1, "order_cancelled", order_id="o", value={"amount": "7000.00", "currency": "USD"}, by="customer")
    said = r.played()
    assert {"F04", "F19", "F21", "F17", "F05", "M05"} <= said.loud
    assert said.is_answered_as_for("master_slave", "F04", "F19", "F21", "F17", "F05")
    alert = said.gravest("F05")
    assert alert.repair.role == "concierge"
    assert {"voucher", "gift_card"} <= set(alert.repair.avoid)
    assert alert.value_at_risk is not None


def test_prime() -> None:
    r = Recording().known_since("2009-01-01").wants("marriage_partners")
    r.to_all(5, "price_changed", product="membership", change_pct=25, announced_at="2026-03-07T09:00:00Z",
             effective_at="2026-03-23T09:00:00Z", scope="all")  # fmt: skip
    r.post(
        5.5, "Twenty-five percent more, and I can't leave: everything we own is in there. I feel trapped and betrayed."
    )
    said = r.played()
    assert {"F06", "F27", "M12"} <= said.loud
    assert said.is_answered_as_for("marriage_partners", "F06", "F27")
    assert "winback" in said.gravest("F06").repair.avoid


def test_general_mills() -> None:
    r = Recording().known_since("2012-01-01").wants("marriage_partners")
    r.to_all(5, "terms_changed", rights_removed=True, topic="legal", consent="deemed")
    r.post(
        5.5, "So by liking a page I gave up my right to sue? After all these years. I am disgusted, this is a betrayal."
    )
    r.to_all(7, "terms_changed", topic="legal", rescinded=True)
    said = r.played(days_more=12)
    assert "F07" in said.loud
    assert said.is_answered_as_for("marriage_partners", "F07")
    assert "legal_defence" in said.gravest("F07").repair.avoid
    assert "B10" in said.noticed
    assert [one.status for one in said.alerts if one.act.code == "F07"][-1] == "resolved"


def lost_album(wanted: str) -> Said:
    r = Recording().known_since("2023-05-01").wants(wanted)
    r.act(1, "order_placed", order_id="o", category="photo_album", by="customer")
    return r.act(9, "service_incident", incident="lost", severity=3, avoidable=True, safety=False).played()


def test_photo_service_hurts_a_friend() -> None:
    said = lost_album("best_friends")
    assert "F12" in said.loud
    assert said.is_answered_as_for("best_friends", "F12")
    assert "scripted_reply" in said.gravest("F12").repair.avoid


def test_photo_service_feeds_a_fling() -> None:
    said = lost_album("fling")
    assert said.loud == set()
    assert "F12" in said.noticed


def test_cheetos() -> None:
    r = Recording().known_since("2025-01-01").wants("secret_affair")
    r.chat(1, "nobody at home knows about the bag under the desk, keep it plain please")
    r.chat(1.001, "Plain box it is, and no name on the slip.", "agent")
    quiet = r.played()
    assert quiet.loud == set()
    r.act(9, "recognition_given", form="milestone", public=True)
    said = r.played()
    assert "F25" in said.loud
    assert said.is_answered_as_for("secret_affair", "F25")
    assert "public_reply" in said.gravest("F25").repair.avoid
    assert said.gravest("F25").repair.role == "discreet_concierge"


def test_zipcar() -> None:
    r = Recording().known_since("2025-01-01").wants("basic_exchange", "buddies")
    r.chat(1, "is the grey one on Elm free at nine? last time the car was dirty")
    r.chat(1.001, "It is free at nine and was cleaned this morning.", "agent")
    for day in (5, 12):
        r.act(day, "campaign_sent", purpose="community", channel="email")
    said = r.played()
    assert {"F10", "M02"} <= said.loud
    assert said.is_answered_as_for("basic_exchange", "F10")
    assert "community_invite" in said.gravest("F10").repair.avoid


def test_virgin() -> None:
    r = Recording().known_since("2025-01-01").wants("adversaries")
    r.chat(1, "I keep a copy of this. You people always have a trick, so what is it this time with the bag fee?")
    r.chat(
        1.001, "No trick, just a song about seat belts that you will hate and hum all day. The bag is free.", "agent"
    )
    r.post(3, "OK that safety film made me laugh out loud, haha. Well played, you lot.")
    said = r.played()
    assert said.loud == set()
    assert "B14" in said.noticed


def test_pinterest() -> None:
    """A stranger looks around, then shares: movement, and no breach."""
    r = Recording().wants("complete_strangers")
    r.chat(1, "do i need an account just to look?")
    r.chat(1.001, "No, browse as long as you like.", "agent")
    r.to_all(8, "product_launched", product="walls", novelty=0.8)
    r.post(9, "ok this wall thing is fun, three boards already, look at these lamps!")
    said = r.played()
    assert said.loud == set()


def test_eileen_fisher() -> None:
    r = Recording().known_since("2025-06-01").wants("basic_exchange", "old_friends")
    r.mail(1, "Good morning. I should like to know whether the linen trousers are available in size 12. Kind regards.")
    r.mail(
        1.1,
        "Hey lovely Ann! 💛 Hugs! Tell me all about you, how old are the kids, and how is your husband?? xoxo",
        "agent",
    )
    r.mail(2, "The size, please. Kind regards.")
    r.mail(
        2.1, "Sweetie!! 💛 You are like family to us! How old are you, and what do you dream about? Big hug", "agent"
    )
    said = r.played()
    assert {"F09", "F10", "M06"} <= said.loud
    assert said.is_answered_as_for("basic_exchange", "F09", "F10")
    assert "personal_questions" in said.gravest("F09", "M06").repair.avoid


def test_swatch() -> None:
    """Bursts at launches and silence between are a fling's rhythm; no alert on silence."""
    r = Recording().wants("fling")
    for day in (1, 91, 181):
        r.to_all(day, "product_launched", product=f"season {day}", novelty=0.9)
        r.act(day + 0.1, "order_placed", order_id=f"o{day}", category="watch", by="customer")
    assert r.played(days_more=60).loud == set()
    r.act(245, "campaign_sent", purpose="loyalty", channel="email")
    said = r.played()
    assert "F11" in said.loud
    assert said.is_answered_as_for("fling", "F11")
    assert {"commitment_ask", "survey"} <= set(said.gravest("F11").repair.avoid)


def test_harley() -> None:
    r = Recording().known_since("2008-01-01", "Joe").wants("best_friends")
    r.mail(1, "Joe, the run to Sturgis was what I needed after the funeral. You knew, didn't you. How is your dad?")
    r.mail(
        1.2,
        "Came home Friday, grumbling, so he's fine. Your tail light: bring it Saturday, I'll have the part. Joe",
        "agent",
    )
    r.to_all(9, "range_repositioned", product="bikes", audience_shift="from the road to the city commuter")
    said = r.played()
    assert "F24" in said.loud
    assert said.is_answered_as_for("best_friends", "F24")
    assert "scripted_reply" in said.gravest("F24").repair.avoid
    assert said.gravest("F24").repair.role == "ambassador_team"


def test_one_obsessed_is_no_addict() -> None:
    r = Recording()
    r.to_all(1, "product_launched", product="neon", novelty=0.9)
    r.post(1.1, "obsessed with this!! the new drop is everything, want it now")
    said = r.played()
    assert said.loud == set()
    assert said.wanted != "dealer_addict"


@pytest.mark.parametrize("code", sorted(BOOK.acts.by_code))
def test_every_code_of_the_taxonomy_is_emitted_by_a_story(code: str) -> None:
    """S01, D01 and what customers do among them: told by the stories of the rules."""
    from listener.rules.rehearsing import rehearse

    stories = [(rule, one) for rule in BOOK.rules.by_id.values() for one in rule.examples]
    mine = [one for rule, one in stories if rule.code == code]
    assert any(told.finding.code == code and told.finding.is_act for one in mine for told in rehearse(one, BOOK))
