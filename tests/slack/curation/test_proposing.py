"""What is proposed is held to what seeds are held to, and shown before it is sent."""

from __future__ import annotations

import json
import re
from typing import Final

import pytest

from bot.slack.forms import UNREADABLE
from bot.state.contributions import StoredContributions
from handlers.contribution import CurationEvent
from handlers.draft import Draft
from tests.slack.curation_stage import FILLED, STATEMENT, CurationStage, team, told

__all__ = ["team"]


ELEVEN: Final = "Ningbo, Hefei, Wuhu, Huainan, Minhang, Xuzhou, Nanjing, Wuxi, Jiaxing, Wenzhou, Chuzhou"


def test_a_citation_is_compulsory(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | {"p_source": "", "p_words": "two words"})
    assert set(sent.reply["errors"]) == {"p_source", "p_words"}


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"p_names": "Hangzou"}, "p_names", "Hangzhou stands there now"),
        ({"p_names": "Zhangzhou"}, "p_names", "outside the base"),
        ({"p_statement": "It opened a joint harbour office."}, "p_statement", "opens with"),
        ({"p_figures": "12 | billion yuan | 2024 | trade"}, "p_figures", "does not stand in the statement"),
        ({"p_figures": "a lot"}, "p_figures", "value | unit | year"),
        ({"p_figures": "5 | km | 2024 | length"}, "p_figures", "5 km does not stand in the statement."),
        ({"p_figures": "nan | km | 2024 | length"}, "p_figures", "A figure is a number."),
        ({"p_figures": "5 | km | 99999 | length"}, "p_figures", "The year of a figure has four digits"),
        ({"p_figures": "5 | km | -3 | length"}, "p_figures", "The year of a figure has four digits"),
        ({"p_date": "2026-13-40"}, "p_date", "Write a year, a month or a day"),
        ({"p_date": "2026-99"}, "p_date", "Write a year, a month or a day"),
        ({"p_published": "2025-02-29"}, "p_published", "Write a year, a month or a day"),
        ({"p_date": "last year"}, "p_date", "Write a year, a month or a day"),
        ({"p_stance": "claimed"}, "p_speaker", "The speaker is missing: who claims it?"),
        ({"p_source": "javascript:alert(1)"}, "p_source", "no web address"),
        ({"p_source": "https://a:b@example.org/x"}, "p_source", "holds no name, password or spaces"),
        ({"p_names": "ports"}, "p_names", "“ports” is a topic: choose it under Topics."),
        ({"p_names": ELEVEN}, "p_names", "10 names at most"),
        ({"p_figures": "1 | km | 2024 | x\n" * 7}, "p_figures", "6 figures at most"),
        ({"p_source": "cao-layout"}, "p_source", "Which paragraph of Cao, undated?"),
        ({"p_source": "para 3"}, "p_source", "Of which document?"),
        ({"p_source": "Cao, para 9999"}, "p_source", "Cao, undated has no paragraph 9999"),
        ({"p_words": "一二"}, "p_words", "six to sixteen characters"),
    ],
)
def test_a_proposal_is_checked_as_seeds_are(
    team: CurationStage, changes: dict[str, str], field: str, said: str
) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    sent = team.filled("bob", FILLED | changes)
    assert said in told(sent)
    assert not re.search(r"[?.]\.[\"<]", told(sent))


def test_a_fact_may_be_told_and_quoted_in_chinese(team: CurationStage) -> None:
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    chinese = {"p_statement": "宁波和合肥于2026年5月设立了联合港口办公室", "p_words": "宁波和合肥设立办公室"}
    team.filled("bob", FILLED | chinese)
    team.settle()
    assert "Proposal 1 waits" in team.whispers("general", "bob")[-1].text


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        ({"supersedes": "nope-001"}, "does not stand any longer"),
        ({"supersedes": "team-001"}, "does not stand any longer"),
        ({"supersedes": "../ X"}, UNREADABLE),
        ({"region": "mars"}, UNREADABLE),
    ],
    ids=str,
)
@pytest.mark.parametrize("opened", ["Suggest a correction", "Wrong or outdated"])
def test_what_no_form_carries_is_refused(
    team: CurationStage, carried: dict[str, str], said: str, opened: str
) -> None:
    team.pressed(team.typed("fact xu-twinning-039", "bob"), opened, "bob")
    view = team.modal("bob")
    view.body["private_metadata"] = json.dumps(json.loads(view.body["private_metadata"]) | carried)
    sent = team.slack.driver.submit_view("bob", {**FILLED, "p_why": "x"})
    assert said in told(sent)
    assert team.typed("review", "alice").text.count("Proposal") == 0


@pytest.mark.parametrize("number", [1, 2])
def test_a_proposal_of_what_is_no_fact_is_not_approved(team: CurationStage, number: int) -> None:
    team.appointed("carol")
    at = team.clock.moment()
    forged = Draft(supersedes=f"team-00{number}", withdraws=True).encode()
    event = CurationEvent("p:1", "proposed", team.slack.team.user("bob").id, "Bob", at, "", forged)
    StoredContributions(team.store).record(team.team_id, lambda events: event)
    said = team.typed("review 1 approve", "carol").text
    assert said.startswith("The fact that it would replace does not stand any longer.")


def test_near_duplicates_are_shown_before_sending(team: CurationStage) -> None:
    known = team.base.facts[200]
    team.slack.driver.command("bob", "general", "/yrd", "add")
    team.modal("bob")
    team.filled("bob", FILLED | {"p_statement": f"{known.statement} So it is.", "p_stance": "reported"})
    page = team.modal("bob")
    assert page.body["title"]["text"] == "Before you send it"
    assert known.statement[:60] in str(page.body["blocks"])
    assert known.id not in str(page.body["blocks"])
    team.slack.driver.submit_view("bob")
    team.settle()
    assert "Proposal 1 waits" in team.whispers("general", "bob")[-1].text


def test_a_message_is_saved_as_a_fact_with_its_link(team: CurationStage) -> None:
    team.appointed("carol")
    said = team.slack.driver.say("alice", "general", STATEMENT)
    team.slack.driver.shortcut("bob", said.message, "save_as_fact")
    blocks = str(team.modal("bob").body["blocks"])
    assert STATEMENT in blocks
    assert "/archives/" in blocks
    team.slack.driver.submit_view("bob")
    team.settle()
    team.pressed(team.card("carol"), "Approve", "carol")
    assert "Slack message, 2026-11-18" in team.typed("fact team-001").text
