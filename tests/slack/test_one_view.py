"""One view of the team's base for each request, made when it comes in; and Slack is asked of each person once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.local_slack import LocalSlackServer
from bot.slack.context import CHANGED
from bot.slack.listeners.manifest import scopes_in_use
from handlers.contribution import CurationState
from handlers.request import QUESTION
from handlers.rights import NOT_REACHED
from knowledge.base import FactBase
from tests.slack.curation_stage import STATEMENT, CurationStage, team
from tests.slack.digest_stage import DigestStage, button
from tests.slack.stage import HandClock

__all__ = ["team"]

FACT = "xu-twinning-001"
FORM = {"digest_names": ["ports"], "digest_time": "21:30", "digest_days": ["0"]}


class CountedBases:
    """TeamBases of one base that a test may put another in place of; counts how often it is asked."""

    def __init__(self, base: FactBase) -> None:
        self.base = base
        self.asked: list[str] = []

    def of(self, team: str) -> FactBase:
        self.asked.append(team)
        return self.base

    def is_whole(self, team: str) -> bool:
        return True

    def curation(self, team: str) -> CurationState:
        return CurationState()


class CountedStage(DigestStage):
    """The stage of digests over bases that count."""

    def start(self, version: str = "v1", **others: object) -> None:
        self.bases = CountedBases(self.base)
        super().start(version, services=replace(self.services, team_bases=self.bases), **others)

    def counted(self, door: Callable[[], object]) -> list[str]:
        """The teams whose base was asked for while one request was answered to its end."""
        self.settle()
        self.bases.asked.clear()
        door()
        self.settle()
        return self.bases.asked


@pytest.fixture
def counted(tmp_path: Path, base: FactBase) -> Iterator[CountedStage]:
    clock = HandClock()
    with LocalSlackServer(clock=clock, scopes=scopes_in_use()) as slack:
        staged = CountedStage(slack, tmp_path, clock, base)
        slack.driver.invite_bot("general")
        yield staged
        staged.close()
        staged.store.close()


def test_one_request_asks_for_its_teams_base_once(counted: CountedStage) -> None:
    driver, workspace = counted.slack.driver, counted.slack.team
    channel = workspace.channel("general").id
    alice = workspace.user("alice").id

    def pressed(label: str) -> Callable[[], object]:
        message = workspace.ephemerals(channel, alice)[-1]
        block, element = button(message, label)
        return lambda: driver.click("alice", message, element["action_id"], block_id=block["block_id"])

    doors: dict[str, Callable[[], object]] = {
        "slash": lambda: driver.command("alice", "general", QUESTION, "Hangzhou"),
        "slash, private": lambda: driver.command("alice", "general", QUESTION, f"fact {FACT} history"),
        "mention": lambda: driver.mention("alice", "general", "Which district is twinned with Huainan?"),
        "direct message": lambda: driver.direct_message("alice", "Hangzhou"),
        "Home": lambda: driver.open_home("alice"),
        "ask on Home": lambda: driver.click_home("alice", "home_ask", chosen="Hangzhou"),
        "form": lambda: driver.command("alice", "general", "/yrd-digest", ""),
        "first page": lambda: driver.submit_view("alice", FORM),
        "second page": lambda: driver.submit_view("alice"),
        "digest by words": lambda: driver.command(
            "alice", "general", "/yrd-digest", "subscribe G60 weekly mon 9"
        ),
    }
    for name, door in doors.items():
        assert counted.counted(door) == [counted.team], name
    assert len(counted.kept()) == 1
    assert counted.counted(pressed("Save")) == [counted.team]
    assert len(counted.kept()) == 2
    for label in ("Sources", "More", "Map"):
        counted.counted(doors["slash"])
        assert counted.counted(pressed(label)) == [counted.team], label


def test_what_is_approved_between_two_requests_the_second_one_sees(counted: CountedStage) -> None:
    def told() -> str:
        counted.slack.driver.command("alice", "general", QUESTION, f"fact {FACT}")
        channel, alice = counted.slack.team.channel("general").id, counted.slack.team.user("alice").id
        return counted.slack.team.ephemerals(channel, alice)[-1].text

    assert f"Id {FACT}" in told()
    seeds = counted.base.seeds
    kept = tuple(fact for fact in seeds.facts if fact.id != FACT)
    counted.bases.base = FactBase(replace(seeds, facts=kept), "v1.1")
    assert f"No fact has the id “{FACT}”" in told()


def test_what_follows_a_change_shows_the_base_after_it(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    team.pressed(team.card("carol"), "Approve", "carol")
    (said,) = [
        post
        for post in team.slack.team.posts(team.slack.team.im("carol"))
        if "Approved by Carol Wu" in post.text
    ]
    assert STATEMENT in said.text
    assert "2026-05-04" in said.text
    assert "2026-05-04" in team.card("bob").text


def test_slack_is_asked_of_a_curator_once_for_one_deed(team: CurationStage) -> None:
    team.appointed("carol")
    team.proposed("bob")
    card = team.card("carol")
    asked = len(team.slack.calls.of_method("users.info"))
    team.pressed(card, "Approve", "carol")
    people = [call.payload["user"] for call in team.slack.calls.of_method("users.info")[asked:]]
    carol, bob = (team.slack.team.user(name).id for name in ("carol", "bob"))
    # Of the proposer because only members are told anything.
    assert sorted(people) == sorted([carol, bob])


def test_what_slack_said_in_one_request_is_asked_again_in_the_next(team: CurationStage) -> None:
    team.appointed("carol")
    before = len(team.slack.calls.of_method("users.info"))
    for count in (1, 2):
        assert team.typed("review", "carol").text.startswith("Nothing waits for review")
        team.settle()
        assert len(team.slack.calls.of_method("users.info")) == before + count
    team.slack.faults.error("users.info", "fatal_error", times=9)
    assert team.typed("review", "carol").text.startswith(NOT_REACHED)


@pytest.mark.parametrize("door", ["mention", "message", "home"])
def test_a_change_is_not_told_that_the_facts_have_changed(team: CurationStage, door: str) -> None:
    team.appointed("alice", "carol")
    team.proposed("bob")
    text, driver = "review 1 approve", team.slack.driver
    if door == "mention":
        driver.mention("alice", "delta-news", text)
        told = team.whispers("delta-news", "alice")[-1]
    elif door == "message":
        driver.direct_message("alice", text)
        told = team.card("alice")
    else:
        driver.open_home("alice")
        team.settle()
        driver.click_home("alice", "home_ask", chosen=text)
        told = team.card("alice")
    assert "Approved by Alice Chen" in told.text
    assert CHANGED not in told.text
