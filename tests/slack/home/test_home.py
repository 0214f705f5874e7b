"""Home is a front page: a box answered at once in a modal, examples, a fact a day, the map, what is new and one's own."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.local_slack.blockkit.blocks import check_view
from bot.map.cache import Map, MapCache
from bot.privacy import sentences
from bot.render.blockkit import button
from bot.render.button_value import ButtonValue
from bot.render.fact_renderer import fact_renderer
from bot.render.limits import BLOCKS_IN_VIEW
from bot.slack.api.web import client
from bot.slack.home.own import Own
from bot.slack.home.pages import page_view
from bot.slack.home.view import FrontPage, home_view
from bot.slack.recent import NOTHING_ASKED, Picked, Recent, recent_in
from handlers.answer import Picture
from handlers.front_page.of_the_day import fact_of_the_day
from handlers.front_page.recent import RecentFact
from handlers.lookups.welcome import FIRST_QUESTIONS
from handlers.registry import SLASH
from handlers.services import Services
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


def modal(digests: DigestStage, user: str = "alice") -> str:
    digests.settle()
    view = digests.slack.team.modal_of(digests.slack.team.user(user))
    # Blocks get ids of their own each time.
    return re.sub(r'"block_id": "[^"]*"', "", json.dumps(view.body, ensure_ascii=False)) if view else ""


def opened(digests: DigestStage, user: str = "alice") -> None:
    digests.slack.driver.open_home(user)
    digests.settle()


def page(base: FactBase, **others: Any) -> FrontPage:
    return FrontPage(base, fact_renderer(base), **others)


def test_it_fits_slack_with_everything_in_it(base: FactBase) -> None:
    full = Recent(asked=tuple(f"{number}{'杭' * 250}" for number in range(5)))
    news = [RecentFact(fact, "new", datetime(2026, 11, 1, tzinfo=UTC)) for fact in base.facts[:3]]
    line = [{"type": "text", "text": "x" * 300}]
    own = Own((line,) * 8, tuple(button("Review", f"choice:{at}", "x") for at in range(12)))
    front = page(base, of_the_day=base.facts[0], news=news, own=(own,))
    view = home_view(front, full, "x" * 250)
    check_view(view, ("home",))
    assert len(view["blocks"]) < BLOCKS_IN_VIEW
    assert recent_in(view["private_metadata"]).asked == full.asked


@pytest.mark.parametrize("name", ["coverage", "documents", "help", "privacy"])
def test_its_pages_fit_slack(base: FactBase, name: str) -> None:
    for services in (Services(base, privacy=sentences(3650, 365)), Services(empty_base())):
        view = page_view(services, SLASH, name)
        check_view(view)
    assert page_view(Services(base), SLASH, "nothing") is None


def test_it_is_never_empty_even_where_the_base_is() -> None:
    view = home_view(page(empty_base()))
    check_view(view, ("home",))
    assert "The base holds no facts yet" in json.dumps(view)


def test_the_base_is_counted_by_topic_and_place_and_where_it_is_thin(base: FactBase) -> None:
    front = json.dumps(home_view(page(base)), ensure_ascii=False)
    assert f"Governance ({len(base.on('governance'))})" in front
    assert f"Hangzhou ({len(base.about('hangzhou'))})" in front
    view = page_view(Services(base), SLASH, "coverage")
    assert view is not None
    assert "Thin, with fewer than 5 facts:" in json.dumps(view)
    lines = [
        "".join(run["text"] for run in line["elements"])
        for line in view["blocks"][-1]["elements"][0]["elements"]
    ]
    # A line a place, in words: no columns that a phone would break.
    assert any(line.startswith("Shanghai: Industry ") and "Thin: " in line for line in lines)
    assert any("None: " in line for line in lines)


def test_a_question_is_answered_at_once_in_a_modal_and_stands_on_home(digests: DigestStage) -> None:
    opened(digests)
    before = body(digests)["blocks"][1]["block_id"]
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    assert "Hangzhou" in modal(digests)
    assert "home_again:0" in shown(digests)
    assert body(digests)["blocks"][1]["block_id"] != before
    assert not digests.slack.team.posts(digests.slack.team.im("alice"))

    digests.slack.driver.click_home("alice", "home_again:0")
    assert '"hangzhou"' in modal(digests)


def test_what_is_pressed_in_the_answer_changes_the_same_modal(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    first = modal(digests)
    team = digests.slack.team
    view = team.modal_of(team.user("alice"))
    assert view is not None
    digests.slack.driver.click_modal("alice", "sources")
    assert "Hide sources" in modal(digests)
    digests.slack.driver.click_modal("alice", "hide")
    assert modal(digests) == first
    digests.slack.driver.click_modal("alice", "more")
    assert "Page 2 of " in modal(digests)
    digests.slack.driver.click_modal("alice", "helpful")
    assert "First fact helpful ✓" in modal(digests)
    still = team.modal_of(team.user("alice"))
    assert still is not None
    assert still.id == view.id
    assert not team.posts(team.im("alice"))
    assert "Share to channel" not in modal(digests)


def test_figures_stand_in_the_modal_as_lines_since_slack_has_tables_in_messages_alone(
    digests: DigestStage,
) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_ask", chosen="compare Xuzhou and Jining")
    text = modal(digests)
    assert '"table"' not in text
    assert "Figures side by side" in text
    assert "675.523 billion yuan" in text


@pytest.mark.parametrize("number", range(len(FIRST_QUESTIONS)))
def test_an_example_is_asked_by_its_button(digests: DigestStage, number: int) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", f"home_example:{number}")
    text = modal(digests)
    # The wide question mark is read as the narrow one.
    question = FIRST_QUESTIONS[number].text.replace("？", "?")
    assert question in text
    assert "para" in text
    (asked,) = recent_in(body(digests)["private_metadata"]).asked
    assert question in str(asked)


def test_where_slack_opens_no_modal_the_answer_comes_to_messages(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.faults.error("views.open", "expired_trigger_id")
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    assert "Answered in Messages: hangzhou" in shown(digests)
    assert "Hangzhou" in digests.posts(digests.slack.team.im("alice"))[-1].text
    digests.slack.driver.open_home("alice")
    assert "Answered in Messages" not in shown(digests)


def test_nobody_sees_what_another_asked(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_ask", chosen="hangzhou")
    digests.slack.driver.open_home("bob")
    assert "home_again" not in shown(digests, "bob")


def test_it_says_what_is_kept_of_its_reader_behind_a_button(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_page:privacy")
    text = modal(digests)
    assert "What I keep" in text
    assert [line for line in digests.services.privacy if line not in text] == []
    digests.slack.driver.command("alice", "general", "/yrd", "help privacy")
    (helped,) = digests.whispers("general", "alice")
    said = json.dumps(helped.blocks, ensure_ascii=False)
    assert [line for line in digests.services.privacy if line not in said] == []


def test_a_topic_and_a_place_are_looked_up_from_their_menus(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_topic", chosen="ports")
    assert "Ports" in modal(digests)
    digests.slack.driver.click_home("alice", "home_place", chosen="ningbo")
    assert "Ningbo" in modal(digests)
    assert "/yrd-city Ningbo" in shown(digests)


def test_what_was_picked_is_asked_again_as_it_was_and_not_by_its_words(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "home_place", chosen="ningbo")
    first = modal(digests)
    assert "/yrd-city Ningbo" in shown(digests)
    digests.slack.driver.click_home("alice", "home_picked:0")
    assert modal(digests) == first
    digests.slack.driver.click_home("alice", "home_ask", chosen='{"command": "/yrd-city", "text": "Hefei"}')
    digests.settle()
    digests.slack.driver.click_home("alice", "home_again:0")
    assert "Hefei: " not in modal(digests)
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
    web.views_publish(user_id=alice, view=home_view(page(digests.base), kept))
    digests.slack.driver.click_home("alice", "home_picked:0")
    assert "holds no “atlantis” any more" in modal(digests)


def test_metadata_that_is_not_ours_is_nothing_asked() -> None:
    assert recent_in("") == recent_in("{") == recent_in('{"asked": [3]}') == NOTHING_ASKED


def test_the_fact_of_the_day_leads_to_more_on_what_it_is_about(digests: DigestStage) -> None:
    opened(digests)
    fact = fact_of_the_day(digests.base, digests.clock.moment().astimezone(ZoneInfo("Asia/Shanghai")).date())
    assert fact is not None
    assert f'" {fact.statement} (' in json.dumps(body(digests), ensure_ascii=False).replace("\\'", "'")
    digests.slack.driver.click_home("alice", "choice:97")
    about = digests.base.entity(fact.subjects[0])
    assert about is not None
    assert about.name in modal(digests)


def test_the_newest_stands_on_it_and_all_that_is_new_behind_a_button(base: FactBase) -> None:
    at = datetime(2026, 11, 26, tzinfo=UTC)
    news = [RecentFact(base.facts[1], "corrected", at), RecentFact(base.facts[0], "new", at)]
    text = json.dumps(home_view(page(base, news=news)), ensure_ascii=False)
    assert "Corrected:" in text
    assert "New:" not in text
    assert "What is new" in text


def test_what_is_new_can_be_asked_for_when_nothing_is(digests: DigestStage) -> None:
    opened(digests)
    digests.slack.driver.click_home("alice", "choice:93")
    assert "Nothing came into the base" in modal(digests)


def rows(digests: DigestStage, user: str = "alice") -> list[list[str]]:
    """The labels of the buttons of Home, by row."""
    settled = json.loads(shown(digests, user))["blocks"]
    every = (block["elements"] for block in settled if block["type"] == "actions")
    return [[one["text"]["text"] for one in row if one["type"] == "button"] for row in every]


def test_what_is_ones_own_stands_in_groups_each_over_its_buttons(digests: DigestStage) -> None:
    opened(digests)
    assert ["Propose a fact"] in rows(digests)
    assert ["New digest"] in rows(digests)
    assert "facts on what you follow" in shown(digests)
    digests.pressed(digests.typed("subscribe ports weekly"), "Save")
    opened(digests)
    assert ["Settings", "Pause", "History", "New digest"] in rows(digests)
    assert "facts on what you follow" not in shown(digests)


def test_of_several_digests_the_next_is_told_and_all_are_behind_a_button(digests: DigestStage) -> None:
    for text in ("subscribe ports weekly mon 09:00", "subscribe Hangzhou weekly sun 08:00"):
        digests.pressed(digests.typed(text), "Save")
    opened(digests)
    text = shown(digests)
    assert "Sun 22 Nov 2026, 08:00 Asia/Shanghai: Hangzhou" in text
    assert "digest_pause" not in text
    digests.slack.driver.click_home("alice", "choice:95")
    assert "1: Ports" in modal(digests)
    assert "2: Hangzhou" in modal(digests)
    digests.typed("pause 2")
    opened(digests)
    assert ", 1 is paused" in shown(digests)
    assert "Asia/Shanghai: Ports" in shown(digests)


def opened_before_its_map(digests: DigestStage, folder: Path) -> Event:
    """Open Home while its map is not there; return what lets it be drawn."""
    maps, let_go = MapCache(folder / "maps"), Event()

    def slow(picture: Picture) -> Map:
        drawn = maps(picture)
        return replace(drawn, draw=lambda: drawn.png if let_go.wait(60) else b"")

    digests.restart(maps=slow)
    digests.slack.driver.open_home("alice")
    team = digests.slack.team
    alice = team.user("alice").id
    team.wait_for(lambda: alice in team.homes and "The map is being drawn" in str(team.homes[alice].body))
    return let_go


def test_until_the_map_is_there_its_place_says_so(digests: DigestStage, tmp_path: Path) -> None:
    opened_before_its_map(digests, tmp_path).set()
    assert '"image"' in shown(digests)
    assert "The map is being drawn" not in shown(digests)


def test_what_was_asked_while_the_map_was_drawn_stays_when_it_is_there(
    digests: DigestStage, tmp_path: Path
) -> None:
    let_go = opened_before_its_map(digests, tmp_path)
    team = digests.slack.team
    alice = team.user("alice").id
    digests.slack.driver.click_home("alice", "home_ask", chosen="ports")
    team.wait_for(lambda: "to ask again" in str(team.homes[alice].body) or None)
    let_go.set()
    assert '"image"' in shown(digests)
    assert recent_in(body(digests)["private_metadata"]).asked == ("ports",)
    assert "to ask again" in shown(digests)


def test_a_map_made_ready_ahead_stands_on_the_first_view(digests: DigestStage, tmp_path: Path) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    digests.begin()
    digests.settle()
    assert len(digests.slack.team.files) == 1
    opened(digests)
    published = [call for call in digests.slack.calls.made if call.method == "views.publish"]
    assert len(published) == 1
    assert '"image"' in shown(digests)


def test_a_map_that_is_not_made_ready_ahead_harms_nothing(digests: DigestStage, tmp_path: Path) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    digests.slack.faults.error("files.completeUploadExternal", "missing_scope")
    digests.begin()
    digests.settle()
    opened(digests)
    assert '"image"' in shown(digests)


def test_the_map_stands_on_home_and_is_uploaded_once(digests: DigestStage, tmp_path: Path) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    for user in ("alice", "bob"):
        opened(digests, user)
        (image,) = [block for block in body(digests, user)["blocks"] if block["type"] == "image"]
        assert image["alt_text"].startswith("Map of the Yangtze River Delta: ")
    assert len(digests.slack.team.files) == 1


def test_where_slack_shows_no_picture_home_does_without_and_does_not_try_again(
    digests: DigestStage, tmp_path: Path
) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    digests.slack.faults.error("files.completeUploadExternal", "missing_scope", times=5)
    opened(digests)
    assert '"image"' not in shown(digests)
    assert "The map is being drawn" not in shown(digests)
    opened(digests)
    tried = [call for call in digests.slack.calls.made if call.method == "files.completeUploadExternal"]
    assert len(tried) == 1


def test_a_map_asked_for_on_home_is_drawn_in_the_modal(digests: DigestStage, tmp_path: Path) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    opened(digests)
    digests.slack.driver.click_home("alice", "home_ask", chosen="map Huainan")
    text = modal(digests)
    assert "Map of Huainan 淮南" in text
    assert "Drawing the map" not in text
    assert not digests.slack.team.posts(digests.slack.team.im("alice"))


def test_what_the_map_on_home_draws_is_listed_with_its_sources_by_a_button(
    digests: DigestStage, tmp_path: Path
) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    opened(digests)
    digests.slack.driver.click_home("alice", "choice:96")
    text = modal(digests)
    assert "Pairings drawn" in text
    assert "Minhang-Huainan twinning" in text
    assert "4.1.1" in text
    assert not digests.slack.team.posts(digests.slack.team.im("alice"))


def test_a_map_that_could_not_be_uploaded_leaves_home_as_it_is_and_tells_nobody(
    digests: DigestStage, tmp_path: Path
) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    digests.slack.faults.server_error("files.getUploadURLExternal", times=5)
    opened(digests)
    assert "Ask the fact base" in shown(digests)
    assert not digests.slack.team.posts(digests.slack.team.im("alice"))


def test_what_one_persons_tab_refuses_is_shown_to_another(digests: DigestStage, tmp_path: Path) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    opened(digests, "bob")
    digests.slack.faults.error("views.publish", "invalid_arguments", times=4)
    opened(digests, "alice")
    assert '"image"' not in shown(digests, "alice")
    opened(digests, "bob")
    assert '"image"' in shown(digests, "bob")


def test_a_map_that_slack_has_no_longer_is_answered_in_the_modal_all_the_same(
    digests: DigestStage, tmp_path: Path
) -> None:
    digests.restart(maps=MapCache(tmp_path / "maps"))
    opened(digests)
    digests.slack.driver.click_home("alice", "home_ask", chosen="map Huainan")
    digests.settle()
    digests.slack.team.files.clear()
    digests.slack.driver.close_view("alice")
    digests.slack.driver.click_home("alice", "home_ask", chosen="map Huainan")
    assert "Minhang-Huainan twinning (" in modal(digests)
