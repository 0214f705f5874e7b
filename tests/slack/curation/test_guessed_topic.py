"""A topic that was guessed is told as that until somebody has looked at it; the question that was guessed with it follows it."""

from __future__ import annotations

from tests.slack.curation_stage import CurationStage, team, told

__all__ = ["team"]
STATEMENT = "Ma'anshan smelts steel."
TYPED = {"p_statement": STATEMENT, "p_source": "https://example.org/a Steel news, 4 May 2026"}


def _opened(team: CurationStage) -> None:
    team.appointed("carol")
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")


def test_the_card_marks_a_topic_that_was_guessed(team: CurationStage) -> None:
    _opened(team)
    team.slack.driver.submit_view("bob", TYPED)
    assert "Topics (guessed): Industry" in team.card("carol").text
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "Topics: Industry" in team.card("carol").text


def test_what_somebody_had_in_sight_is_no_guess(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", TYPED)
    team.slack.driver.submit_view("bob")
    assert "Topics: Industry" in team.card("carol").text


def test_a_curator_who_looks_and_changes_nothing_edits_nothing(team: CurationStage) -> None:
    _opened(team)
    team.slack.driver.submit_view("bob", TYPED)
    team.pressed(team.card("carol"), "Edit", "carol")
    team.detailed("carol")
    assert "Nothing" in told(team.slack.driver.submit_view("carol"))


def test_a_topic_that_nothing_tells_is_asked_for(team: CurationStage) -> None:
    _opened(team)
    sent = team.slack.driver.submit_view("bob", TYPED | {"p_statement": "Wuhu makes buses."})
    assert "Choose at least one topic." in told(sent)
    assert "complete sentence" not in told(sent)


def test_another_topic_under_details_asks_another_question(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", TYPED)
    sent = team.slack.driver.submit_view("bob", {"p_topics": ["tourism"]})
    assert "No longer asked: “What is known about industry in Ma'anshan?”" in told(sent)
    team.slack.driver.submit_view("bob")
    team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).waiting()
    assert kept.draft.asks == ("What is known about tourism in Ma'anshan?",)


def test_a_question_that_somebody_wrote_stays(team: CurationStage) -> None:
    _opened(team)
    team.detailed("bob", TYPED)
    team.slack.driver.submit_view("bob", {"p_topics": ["tourism"], "p_asks": "Who smelts?"})
    team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).waiting()
    assert kept.draft.asks == ("Who smelts?",)
