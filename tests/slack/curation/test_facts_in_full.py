"""A fact in full shows its votes, its history and what it disagrees with to those whom that concerns."""

from __future__ import annotations

from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import labels

__all__ = ["team"]


def test_a_fact_in_full_has_text_to_paste_that_slack_shows_letter_by_letter(team: CurationStage) -> None:
    shown = team.typed("fact xu-twinning-039", "bob")
    pasted = [
        block["elements"][0]["elements"][0]["text"]
        for block in shown.blocks
        if block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_preformatted"
    ]
    assert [text.count("\n") for text in pasted] == [0]
    assert "Copy with citation" in labels(shown)  # the other styles stand behind it


def test_the_preferred_of_two_that_disagree_stands_first_with_the_reason(team: CurationStage) -> None:
    team.appointed("carol")
    fact = next(fact for fact in team.base.facts if fact.contradicts)
    other = fact.contradicts[0]
    assert "Only curators" in team.typed(f"fact {other} prefer newer", "bob").text
    assert "Told first from now on" in team.typed(f"fact {other} prefer It is the newer source", "carol").text
    shown = team.typed(f"fact {fact.id}", "bob").text
    assert "The first is preferred: It is the newer source." in shown
    assert "says so" in shown


def test_votes_are_tallied_per_fact_for_curators_alone(team: CurationStage) -> None:
    team.appointed("carol")
    for user, label in (
        ("bob", "Helpful"),
        ("alice", "Not helpful"),
        ("alice", "Helpful"),
    ):
        team.pressed(team.typed("fact xu-twinning-039", user), label, user)
    assert "Helpful 2, not helpful 0" in team.typed("fact xu-twinning-039 history", "carol").text
    assert "What readers thought" not in team.typed("fact xu-twinning-039 history", "bob").text


def test_a_fact_in_full_asks_slack_nothing_and_shares_nothing_that_curators_see(team: CurationStage) -> None:
    team.appointed("carol")
    before = len(team.slack.calls.of_method("users.info"))
    sent = team.slack.driver.command("carol", "general", "/yrd", "fact xu-twinning-039")
    assert sent.message is not None
    assert "Share to channel" in labels(sent.message)
    assert "not helpful 0" not in sent.message.text.lower()
    assert len(team.slack.calls.of_method("users.info")) == before


def test_facts_that_disagree_are_shown_together(team: CurationStage) -> None:
    fact = next(fact for fact in team.base.facts if fact.contradicts)
    shown = team.typed(f"fact {fact.id}", "bob").text
    assert "Sources differ on" in shown
    other = team.base.fact(fact.contradicts[0])
    assert other is not None
    assert other.statement in shown
