"""A correction takes the place of a fact, a complaint takes it away, and a revert brings it back; readers hear of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.jobs import remind
from bot.state.contributions import StoredContributions
from bot.state.notices import StoredNotices
from handlers.answer import Answer, CardOf
from handlers.contribution import CurationEvent
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team
from tests.slack.digest_stage import labels

__all__ = ["team"]


def test_the_reason_of_a_correction_stands_in_its_form_and_is_kept_when_it_is_edited(
    team: CurationStage,
) -> None:
    team.appointed("carol")
    for why, text in (("It is June.", "fact xu-twinning-039 correct"), ("It is July.", "review 1 edit")):
        team.slack.driver.command("carol", "general", "/yrd", text)
        view = team.modal("carol").body
        assert text.startswith("fact") or "It is June." in str(view["blocks"])
        team.filled("carol", FILLED | {"p_why": why, "p_statement": f"{STATEMENT} {why}"})
        team.settle()
        if team.slack.team.modal_of("carol"):
            team.slack.driver.submit_view("carol")
            team.settle()
    (kept,) = team.services.team_bases.curation(team.team_id).contributions.values()
    assert kept.reason == "It is July."


def _corrected(team: CurationStage, fact: str = "xu-twinning-039") -> None:
    shown = team.typed(f"fact {fact}", "bob")
    assert {"Suggest a correction", "Wrong or outdated"} <= set(labels(shown))
    team.pressed(shown, "Suggest a correction", "bob")
    team.modal("bob")
    team.filled("bob", {"p_why": "The year is missing.", "p_statement": STATEMENT, **_SOURCE})
    team.settle()
    if team.slack.team.modal_of("bob"):
        team.slack.driver.submit_view("bob")
    team.pressed(team.card("carol"), "Approve", "carol")


_SOURCE = {key: FILLED[key] for key in ("p_source", "p_words", "p_subjects", "p_topics")}


def test_a_correction_supersedes_and_the_old_id_says_by_what(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    old = team.typed("fact xu-twinning-039", "bob").text
    assert f"It was replaced: “{STATEMENT}”" in old
    history = team.typed("fact xu-twinning-039 history", "bob").text
    assert "proposed by Bob Li: The year is missing." in history
    assert "approved by Carol Wu" in history


def test_a_revert_brings_back_what_stood_before(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    assert "Only curators" in team.typed("fact team-001 revert no", "bob").text
    assert "What it replaced stands again" in team.typed("fact team-001 revert mistaken", "carol").text
    assert "replaced" not in team.typed("fact xu-twinning-039", "bob").text
    assert "mistaken" in team.typed("fact team-001 history", "bob").text


def test_wrong_or_outdated_takes_a_fact_away_after_review(team: CurationStage) -> None:
    team.appointed("carol")
    team.pressed(team.typed("fact xu-twinning-039", "bob"), "Wrong or outdated", "bob")
    team.modal("bob")
    team.slack.driver.submit_view("bob", {"p_why": "The alliance was dissolved."})
    team.settle()
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "It was withdrawn" in team.typed("fact xu-twinning-039", "bob").text


def test_an_overdue_fact_says_so_until_it_is_verified(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob", p_review_by="")
    team.pressed(team.card("carol"), "Approve", "carol")
    team.clock.now += 400 * 86400
    assert "A fact here is overdue for review since" in team.typed("fact team-001", "alice").text
    assert "Verified as of today" in team.typed("fact team-001 verify", "carol").text
    assert "overdue" not in team.typed("fact team-001", "alice").text


def test_readers_of_a_shared_answer_hear_of_a_correction_once(team: CurationStage) -> None:
    team.appointed("carol")
    for _ in range(2):
        said = team.slack.driver.mention("bob", "delta-news", "fact xu-twinning-039")
        team.replies(said.message)
    team.slack.driver.click("bob", team.typed("fact xu-twinning-039", "bob"), "share")
    team.posts("general")
    team.settle()
    _corrected(team)
    everything = [
        post
        for channel in ("general", "delta-news")
        for post in team.slack.team.messages[team.slack.team.channel(channel).id]
        if post.text.startswith("Correction. This was shown here")
    ]
    assert len({post.channel for post in everything}) == len(everything) == 2
    assert STATEMENT in everything[0].text


def test_owners_get_one_list_of_overdue_facts_a_week(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    told: list[tuple[str, str]] = []

    class Notices:
        def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
            told.append((to, said.sections[0].entries[0]))

        def note_card(self, team: str, channel: str, ts: str, said: Answer, reader: str) -> None:
            raise AssertionError("a reminder is no card")

        def card_at(self, team: str, channel: str, ts: str) -> CardOf | None:
            raise AssertionError("nobody speaks of a reminder")

        def renew(self, team: str, proposal: int = 0) -> None:
            raise AssertionError("no card is renewed by a reminder")

    contributions = StoredContributions(team.store)
    notices = StoredNotices(team.store)
    later = datetime(2027, 12, 1, tzinfo=UTC)
    for now in (
        datetime(2026, 12, 1, tzinfo=UTC),
        later,
        later + timedelta(days=1),
        later + timedelta(days=7),
    ):
        remind(contributions, notices, lambda team: Notices(), lambda team: "", now)
    assert [to for to, _ in told] == [team.slack.team.user("bob").id] * 2
    assert told[0][1].startswith("1. Due 2027-")


def test_every_event_is_in_the_ledger_with_who_and_why(team: CurationStage) -> None:
    team.appointed("carol")
    _corrected(team)
    events: tuple[CurationEvent, ...] = team.services.contributions.events(team.team_id)
    assert [(event.kind, event.name) for event in events] == [
        ("appointed", "Alice Chen"),
        ("proposed", "Bob Li"),
        ("approved", "Carol Wu"),
    ]
