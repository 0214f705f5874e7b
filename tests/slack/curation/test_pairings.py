"""Which pairing a fact counts as: guessed in the form, set there, shown to who decides, and gone by once it is approved."""

from __future__ import annotations

from handlers.draft import Draft
from knowledge.model import Tie
from knowledge.vocabulary import Arrangement
from tests.slack.curation_stage import CurationStage, team, told

__all__ = ["team"]

TWINNED = "Hefei and Bengbu are twinned."
PARTNERS = "Hefei and Bengbu are partners in chip making."
PAGE = "https://example.org/pairs Pair news, 4 May 2026"


def _details(team: CurationStage, statement: str) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.detailed("bob", {"p_statement": statement, "p_source": PAGE})


def _drafts(team: CurationStage) -> list[Draft]:
    team.settle()
    curation = team.services.team_bases.curation(team.team_id)
    return [kept.draft for kept in curation.contributions.values()]


def _tie(kind: Arrangement, *members: str) -> tuple[Tie, ...]:
    return (Tie(arrangement=kind, members=members),)


def test_the_guess_stands_in_the_form_and_is_kept(team: CurationStage) -> None:
    _details(team, TWINNED)
    team.slack.driver.submit_view("bob")
    (draft,) = _drafts(team)
    assert draft.ties == _tie(Arrangement.TWINNING, "bengbu", "hefei")


def test_what_was_not_touched_follows_a_changed_statement_and_is_told_before_it_is_sent(
    team: CurationStage,
) -> None:
    _details(team, TWINNED)
    sent = team.slack.driver.submit_view("bob", {"p_statement": "Hefei and Wuhu run a joint park."})
    change = "Counts as a pairing of: Bengbu and Hefei (twinning) → Hefei and Wuhu (joint park)"
    assert change in told(sent)
    team.slack.driver.submit_view("bob")
    (draft,) = _drafts(team)
    assert draft.ties == _tie(Arrangement.PARK, "hefei", "wuhu")


def test_what_somebody_set_is_kept_shown_to_the_reviewer_and_gone_by(team: CurationStage) -> None:
    team.appointed("carol")
    _details(team, PARTNERS)
    team.slack.driver.submit_view("bob", {"p_tie": "alliance", "p_topics": ["integrated-circuits"]})
    (draft,) = _drafts(team)
    assert draft.ties == _tie(Arrangement.ALLIANCE, "bengbu", "hefei")
    card = team.card("carol")
    assert "Counts as a pairing of: Bengbu and Hefei (alliance)" in card.text
    team.pressed(card, "Approve", "carol")
    base = team.services.team_bases.of(team.team_id)
    assert [(own.arrangement, own.members) for own in base.overlay.pairings] == [
        (Arrangement.ALLIANCE, ("bengbu", "hefei"))
    ]


def test_a_curator_changes_what_it_counts_as_and_the_proposer_is_told(team: CurationStage) -> None:
    team.appointed("carol")
    _details(team, TWINNED)
    team.slack.driver.submit_view("bob")
    team.settle()
    team.pressed(team.card("carol"), "Edit", "carol")
    team.filled("carol", {"p_tie": "none"})
    team.settle()
    assert "Counts as a pairing of: Bengbu and Hefei (twinning) → –" in team.card("bob").text
    (draft,) = _drafts(team)
    assert draft.ties == ()


def test_several_pairings_of_a_kind_stand_one_a_line(team: CurationStage) -> None:
    _details(team, "Shanghai is twinned with Hefei and Wuhu.")
    team.slack.driver.submit_view("bob", {"p_between": "Shanghai, Hefei\nWuhu and Shanghai"})
    (draft,) = _drafts(team)
    assert draft.ties is not None
    assert {tie.members for tie in draft.ties} == {("hefei", "shanghai"), ("shanghai", "wuhu")}


def test_places_without_a_kind_and_places_that_it_is_not_about_are_refused(team: CurationStage) -> None:
    _details(team, PARTNERS)
    without = team.slack.driver.submit_view("bob", {"p_between": "Hefei, Bengbu"})
    assert "Choose what ties these places, or leave Between empty." in told(without)
    beside = team.slack.driver.submit_view("bob", {"p_tie": "alliance", "p_between": "Hefei, Wuhu"})
    assert "What is tied has to stand under About too, and does not: Wuhu." in told(beside)
    alone = team.slack.driver.submit_view("bob", {"p_tie": "alliance", "p_between": "Hefei"})
    assert "Name the places of each pairing, two at least." in told(alone)
    unknown = team.slack.driver.submit_view("bob", {"p_tie": "alliance", "p_between": "Hefei, Atlantis"})
    assert "“Atlantis” is not known to the base" in told(unknown)
    assert _drafts(team) == []


def test_a_pairing_that_is_only_planned_is_doubted_before_it_is_sent(team: CurationStage) -> None:
    _details(team, TWINNED)
    sent = team.slack.driver.submit_view("bob", {"p_stance": "planned"})
    assert "It counts as a pairing that stands, and is told as a plan." in told(sent)
