"""A card that lies open over Home while another person decides: the next press tells what became of it, and does nothing else."""

from __future__ import annotations

import pytest

from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.home.test_after_forms import on_home
from tests.slack.home.test_ask_box import asked, home, pressed, told

__all__ = ["digests", "team"]


@pytest.fixture
def card(team: CurationStage) -> CurationStage:
    """Alice has a proposal of Bob's before her, which Carol may decide as well."""
    team.appointed("alice", "carol")
    team.proposed("bob")
    team.slack.driver.open_home("alice")
    team.settle()
    on_home(team, "Review proposal 1")
    assert "joint harbour office" in told(team)
    return team


@pytest.mark.parametrize("label", ["Approve", "Edit", "Reject"])
def test_the_next_press_on_a_decided_proposal_tells_by_whom(card: CurationStage, label: str) -> None:
    card.pressed(card.card("carol"), "Approve", "carol")
    pressed(card, label)
    assert "pproved by Carol Wu" in told(card)
    assert "p_why" not in told(card)
    assert "Review proposal 1" not in home(card)


def test_the_next_press_on_an_ended_digest_tells_that_it_is(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    asked(digests, "digest show 1")
    digests.typed("unsubscribe 1")
    digests.settle()
    pressed(digests, "Pause")
    assert "ended" in told(digests)
