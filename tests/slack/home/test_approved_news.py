"""A fact that a curator approved is news: on Home, and in the next digest that follows what it is about."""

from __future__ import annotations

from datetime import time, timedelta

import pytest

from bot.digests.team import TeamComposer
from handlers.contribution import CurationEvent
from handlers.curation.correction import draft_of
from handlers.digests.selection import fact_key
from handlers.front_page.of_the_day import fact_of_the_day
from handlers.subscription import Subscription
from knowledge.overlay import Overlay
from tests.slack.curation_stage import STATEMENT, CurationStage, services_over, team
from tests.slack.home.test_ask_box import asked, home, told

__all__ = ["team"]
CORRECTED = "Minhang District is twinned with Huainan, and both held a fair in May 2026."


@pytest.fixture
def looked_at(team: CurationStage) -> CurationStage:
    """A team whose bot has looked at the seeds, and an hour later."""
    keys = [fact_key(fact) for fact in team.base.facts]
    team.services.first_seen.note(team.team_id, keys, team.clock.moment())
    team.appointed("alice")
    team.clock.now += 3600
    return team


def approved(team: CurationStage) -> None:
    team.proposed("bob")
    team.pressed(team.card("alice"), "Approve", "alice")


def corrected(team: CurationStage, fact_id: str) -> None:
    """Have Bob correct a fact, and Alice approve that."""
    fact = team.base.fact(fact_id)
    assert fact is not None
    draft = draft_of(team.base, fact).model_copy(update={"statement": CORRECTED, "supersedes": fact_id})
    bob, alice = (team.slack.team.user(name) for name in ("bob", "alice"))
    ledger = team.services.contributions
    at = team.clock.moment()
    proposed = CurationEvent("p:1", "proposed", bob.id, bob.real_name, at, "", draft.encode())
    accepted = CurationEvent("p:1", "approved", alice.id, alice.real_name, at, "")
    ledger.record(team.team_id, lambda events: proposed)
    ledger.record(team.team_id, lambda events: accepted)


def opened(team: CurationStage) -> str:
    team.slack.driver.open_home("carol")
    team.settle()
    return home(team, "carol")


def test_home_tells_it_as_new(looked_at: CurationStage) -> None:
    assert '"New:"' not in opened(looked_at)
    approved(looked_at)
    shown = opened(looked_at)
    assert '"New:"' in shown
    assert STATEMENT in shown
    looked_at.clock.now += timedelta(days=31).total_seconds()
    assert '"New:"' not in opened(looked_at)


def test_a_correction_is_told_as_that_at_every_door(looked_at: CurationStage) -> None:
    corrected(looked_at, "xu-twinning-038")
    shown = opened(looked_at)
    assert '"Corrected:"' in shown
    assert CORRECTED in shown
    asked(looked_at, "what is new", "carol")
    listed = told(looked_at, "carol")
    assert "1 fact came into the base or was corrected" in listed
    assert '"Corrected"' in listed
    assert '"New"' not in listed


def test_it_comes_first_in_a_digest_and_is_marked_also_where_another_process_posts_it(
    looked_at: CurationStage,
) -> None:
    began = looked_at.clock.moment()
    looked_at.clock.now += 60
    approved(looked_at)
    other = services_over(looked_at.store, looked_at.base, looked_at.slack)
    compose = TeamComposer(other.team_bases, other.first_seen, other.subscriptions)
    kept = Subscription(
        looked_at.team_id, "C1", "U1", time(9), "Asia/Shanghai", (0,), topics=("ports",), created_at=began, id="1"
    )  # fmt: skip
    digest = compose(kept, (), looked_at.clock.moment() + timedelta(days=1))
    assert digest.fact_ids[0].startswith("team-001@")
    assert "new in the fact base" in digest.text


def test_what_was_approved_before_the_bot_first_looked_makes_nothing_else_new(team: CurationStage) -> None:
    team.appointed("alice")
    approved(team)
    team.clock.now += 3600
    team.services.first_seen.note(
        team.team_id, [fact_key(fact) for fact in team.base.facts], team.clock.moment()
    )
    assert '"New:"' not in opened(team)


def test_the_fact_of_the_day_stays_that_of_the_day_when_one_is_approved(looked_at: CurationStage) -> None:
    days = [looked_at.clock.moment().date() + timedelta(days=number) for number in range(40)]
    before = [fact_of_the_day(looked_at.base, day) for day in days]
    approved(looked_at)
    seen = looked_at.services.team_bases.of(looked_at.team_id)
    assert len(seen.facts) == len(looked_at.base.facts) + 1
    assert [fact_of_the_day(seen, day) for day in days] == before


def test_a_correction_of_another_fact_does_not_move_it_either(looked_at: CurationStage) -> None:
    days = [looked_at.clock.moment().date() + timedelta(days=number) for number in range(40)]
    before = [fact_of_the_day(looked_at.base, day) for day in days]
    gone = before[7]
    assert gone is not None
    overlay = Overlay(revision=1, superseded={gone.id: ""})
    after = [fact_of_the_day(looked_at.base.with_overlay(overlay), day) for day in days]
    assert [old for old, new in zip(before, after, strict=True) if old != new] == [gone]
