"""Home says what the base covers, takes a question, and carries what was asked in itself."""

from __future__ import annotations

import json
from typing import Any

from bot.local_slack.blockkit.blocks import check_view
from bot.privacy import sentences
from bot.render.button_value import ButtonValue
from bot.render.limits import BLOCKS_IN_VIEW
from bot.slack.api.web import client
from bot.slack.home.ask_box import NOTHING_ASKED, Picked, Recent, recent_in
from bot.slack.home.view import home_view
from handlers.registry import SLASH
from handlers.target import Target
from knowledge.base import FactBase
from tests.slack.digest_stage import DigestStage, digests
from tests.slack.stage import base as empty_base

__all__ = ["digests"]


def shown(digests: DigestStage, user: str = "alice") -> str:
    digests.settle()
    return json.dumps(body(digests, user), ensure_ascii=False)


def body(digests: DigestStage, user: str = "alice") -> dict[str, Any]:
    found: dict[str, Any] = digests.slack.team.homes[digests.slack.team.user(user).id].body
    return found


def dm(digests: DigestStage, count: int = 1) -> str:
    return digests.posts(digests.slack.team.im("alice"), count)[-1].text


def test_it_fits_slack_with_everything_in_it(base: FactBase) -> None:
    full = Recent(asked=tuple(f"{number}{'杭' * 250}" for number in range(5)), answered=True)
    told = sentences(question_days=3650, purge_days=365)
    view = home_view(SLASH, base, [{"type": "divider"}] * 45, full, told)
    check_view(view, ("home",))
    assert len(view["blocks"]) < BLOCKS_IN_VIEW
    assert recent_in(view["private_metadata"]).asked == full.asked


def test_it_is_never_empty_even_where_the_base_is() -> None:
    view = home_view(SLASH, empty_base(), (), NOTHING_ASKED)
    check_view(view, ("home",))
    assert "The base holds no facts yet" in json.dumps(view)


def test_it_counts_by_document_topic_and_place_and_shows_where_the_base_is_thin(base: FactBase) -> None:
    text = json.dumps(home_view(SLASH, base), ensure_ascii=False)
    assert f"Governance ({len(base.on('governance'))})" in text
    assert f"Hangzhou ({len(base.about('hangzhou'))})" in text
    assert "Thin, with fewer than 5 facts:" in text
    table = next(
        block["elements"][0]["elements"][0]["text"]
        for block in home_view(SLASH, base)["blocks"]
        if block["type"] == "rich_text" and block["elements"][0]["type"] == "rich_text_preformatted"
    )
    assert max(map(len, table.splitlines())) <= 41
    assert "Shanghai" in table
    assert "–" in table
    assert "~" in table


def test_a_question_is_answered_in_messages_and_stands_on_home(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    digests.settle()
    before = body(digests)["blocks"][2]["block_id"]
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    assert "Hangzhou" in dm(digests)
    assert "Answered in Messages: hangzhou" in shown(digests)
    assert body(digests)["blocks"][2]["block_id"] != before

    digests.slack.driver.open_home("alice")
    again = shown(digests)
    assert "home_again:0" in again
    assert "Answered in Messages" not in again
    digests.slack.driver.click_home("alice", "home_again:0")
    dm(digests, 2)


def test_nobody_sees_what_another_asked(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    digests.slack.driver.open_home("bob")
    assert "home_again" not in shown(digests, "bob")


def test_it_says_what_is_kept_of_its_reader(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    text = shown(digests)
    assert "What I keep" in text
    assert [line for line in digests.services.privacy if line not in text] == []
    digests.slack.driver.command("alice", "general", "/yrd", "help privacy")
    (helped,) = digests.whispers("general", "alice")
    said = json.dumps(helped.blocks, ensure_ascii=False)
    assert [line for line in digests.services.privacy if line not in said] == []


def test_a_topic_and_a_place_are_looked_up_from_their_menus(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "home_topic", chosen="ports")
    assert "Ports" in dm(digests)
    digests.slack.driver.click_home("alice", "home_place", chosen="ningbo")
    assert "Ningbo" in dm(digests, 2)
    assert "/yrd-city Ningbo" in shown(digests)


def test_what_was_picked_is_asked_again_as_it_was_and_not_by_its_words(digests: DigestStage) -> None:
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "home_place", chosen="ningbo")
    first = dm(digests)
    assert "/yrd-city Ningbo" in shown(digests)
    digests.slack.driver.click_home("alice", "home_picked:0")
    assert dm(digests, 2) == first
    digests.settle()
    digests.slack.driver.click_home("alice", "home_ask", chosen='{"command": "/yrd-city", "text": "Hefei"}')
    dm(digests, 3)
    digests.settle()
    digests.slack.driver.click_home("alice", "home_again:0")
    assert "Hefei: " not in dm(digests, 4)
    digests.settle()
    assert [type(one) for one in recent_in(body(digests)["private_metadata"]).asked] == [str, Picked]


def test_what_an_older_home_carries_is_asked_again(digests: DigestStage) -> None:
    assert recent_in('{"asked": ["/yrd-city Ningbo"], "answered": false}').asked == ("/yrd-city Ningbo",)
    kept = Recent(
        asked=("x" * 256, Picked(label="/yrd-city Ningbo", value=ButtonValue(command="/yrd-city", verb="")))
    )
    assert recent_in(kept.encode()).asked == kept.asked


def test_a_pick_whose_record_is_gone_gets_a_sentence(digests: DigestStage) -> None:
    gone = ButtonValue(command="/yrd-city", verb="", target=Target(id="atlantis"))
    kept = Recent(asked=(Picked(label="/yrd-city Atlantis", value=gone),))
    web = client(digests.slack.bot_token, digests.slack.api_url, deadline=2)
    alice = digests.slack.team.user("alice").id
    web.views_publish(user_id=alice, view=home_view(SLASH, digests.base, (), kept))
    digests.slack.driver.click_home("alice", "home_picked:0")
    assert "holds no “atlantis” any more" in dm(digests)


def test_metadata_that_is_not_ours_is_nothing_asked() -> None:
    assert recent_in("") == recent_in("{") == recent_in('{"asked": [3]}') == NOTHING_ASKED
