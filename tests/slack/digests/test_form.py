"""The form of a digest, as views and submissions of the local Slack."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

from bot.render import limits
from bot.slack.digests.submission import TOO_LONG
from bot.slack.forms import UNREADABLE
from handlers.digests.reading.subjects import Subjects
from handlers.subscription import MOST_NAMES
from tests.slack.digest_stage import DigestStage, button, digests, labels
from tests.slack.test_forms import STRANGE, sentence_in

__all__ = ["digests"]

FILLED: dict[str, Any] = {
    "digest_names": ["ports", "hangzhou"],
    "digest_time": "21:30",
    "digest_days": ["0", "3"],
}


def opened(digests: DigestStage, user: str = "alice", channel: str = "general") -> dict[str, Any]:
    digests.slack.driver.command(user, channel, "/yrd-digest")
    return digests.modal(user).body


def held(view: dict[str, Any], name: str) -> Any:
    return next(block["element"] for block in view["blocks"] if block.get("block_id") == name)


def submitted(digests: DigestStage, user: str = "alice", **changed: Any) -> dict[str, Any]:
    sent = digests.slack.driver.submit_view(user, FILLED | changed)
    assert isinstance(sent.reply, dict)
    return sent.reply


def test_without_text_a_form_opens_in_the_persons_own_zone(digests: DigestStage) -> None:
    digests.slack.team.user("bob").tz = "Europe/Berlin"
    view = opened(digests, "bob")
    assert view["title"]["text"] == "New digest"
    assert held(view, "digest_zone")["initial_option"]["value"] == "Europe/Berlin"
    assert held(view, "digest_channel")["initial_conversation"] == digests.slack.team.channel("general").id


def test_a_zone_that_the_menu_lacks_is_offered_all_the_same(digests: DigestStage) -> None:
    digests.slack.team.user("bob").tz = "Pacific/Chatham"
    assert held(opened(digests, "bob"), "digest_zone")["initial_option"]["value"] == "Pacific/Chatham"


def test_the_second_page_shows_the_next_three_runs_and_saves(digests: DigestStage) -> None:
    opened(digests)
    answer = submitted(digests)
    assert answer["response_action"] == "push"
    assert json.dumps(answer["view"]["blocks"]).count("21:30 Asia/Shanghai") == 3
    assert digests.kept() == ()
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.topics, kept.places, kept.weekdays) == (("ports",), ("hangzhou",), (0, 3))
    assert digests.slack.team.modal_of("alice") is None
    assert "Digest 1 is saved" in digests.whispers("general", "alice")[0].text


def test_what_is_wrong_is_said_under_its_field(digests: DigestStage) -> None:
    opened(digests)
    for changed, block, said in (
        ({"digest_names": []}, "digest_names", "at least one topic"),
        ({"digest_days": []}, "digest_days", "Choose at least one day"),
        ({"digest_quiet": "always"}, "digest_quiet", "22:00-07:00"),
        ({"digest_time": None}, "digest_time", "Choose a time"),
        ({"digest_channel": digests.slack.team.channel("random").id}, "digest_channel", "/invite"),
    ):
        answer = submitted(digests, **changed)
        assert answer["response_action"] == "errors"
        assert said in answer["errors"][block]
    assert digests.kept() == ()


def test_a_form_can_send_a_test_before_it_saves(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.driver.click_modal("alice", "digest_test")
    sent = digests.posts(digests.slack.team.im("alice"))
    assert sent[0].text.startswith("Ports and Hangzhou: weekly digest")
    digests.settle()
    assert digests.kept() == ()


def test_settings_open_the_form_as_the_digest_stands_and_change_it(digests: DigestStage) -> None:
    digests.pressed(
        digests.typed("subscribe ports monthly 15 08:00 London facts 7 when empty skip quiet 22:00-06:00"),
        "Save",
    )
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    view = digests.modal().body
    assert view["title"]["text"] == "Edit digest"
    assert held(view, "digest_names")["initial_options"][0]["value"] == "ports"
    assert held(view, "digest_monthday")["initial_option"]["value"] == "15"
    assert held(view, "digest_quiet")["initial_value"] == "22:00-06:00"
    untouched = digests.slack.driver.submit_view("alice", {"digest_names": ["ports", "joint-park"]})
    assert isinstance(untouched.reply, dict)
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.monthday, kept.facts, kept.when_empty, kept.zone) == (15, 7, "quiet", "Europe/London")
    assert (kept.topics, kept.mechanisms) == (("ports",), ("joint-park",))


def test_settings_that_are_sent_as_they_stand_change_nothing(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    before = digests.kept()
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    digests.modal()
    sent = digests.slack.driver.submit_view("alice")
    assert "Digest 1 is so already, so I changed nothing." in json.dumps(sent.reply)
    assert digests.kept() == before


def test_settings_move_a_digest_to_another_channel(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    digests.modal()
    there = digests.slack.team.channel("delta-news").id
    digests.slack.driver.submit_view("alice", {"digest_channel": there})
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert (kept.id, kept.channel) == ("1", there)


def test_a_digest_of_direct_messages_stays_there_or_is_moved_by_its_settings(digests: DigestStage) -> None:
    driver, team = digests.slack.driver, digests.slack.team
    asked = driver.direct_message("alice", "/yrd-digest subscribe ports weekly mon 09:00").message
    digests.settle()
    shown = [post for post in team.posts(asked.channel) if post.by_bot][-1]
    driver.click("alice", shown, button(shown, "Save")[1]["action_id"])
    digests.settle()
    general = team.channel("general").id
    for chosen, stands in (("", asked.channel), (general, general)):
        driver.open_home("alice")
        digests.settle()
        driver.click_home("alice", "digest_settings")
        digests.modal()
        driver.submit_view("alice", {"digest_facts": "7"} | ({"digest_channel": chosen} if chosen else {}))
        driver.submit_view("alice")
        digests.settle()
        (kept,) = digests.kept()
        assert (kept.channel, kept.facts) == (stands, 7)
        driver.close_view("alice")


@pytest.mark.parametrize("channel", ["hello world", "c04general1", "C" * 71, "D0123456789"])
def test_a_channel_that_no_menu_offers_is_not_chosen(digests: DigestStage, channel: str) -> None:
    opened(digests)
    said = submitted(digests, digest_channel=channel)
    assert said["errors"] == {"digest_channel": "Choose the channel that the digest is posted to."}


def test_a_change_by_an_admin_leaves_a_digest_its_owner_and_its_pause(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00", "bob"), "Save", "bob")
    digests.typed("pause 1", "bob")
    before = digests.kept()[0]
    digests.pressed(digests.typed("edit 1 facts 3"), "Save")
    (kept,) = digests.kept()
    assert (kept.owner, kept.paused, kept.created_at) == (before.owner, True, before.created_at)
    assert (kept.facts, kept.version) == (3, before.version + 1)


def test_home_shows_my_digest_with_the_next_run_and_its_buttons(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon 09:00"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    shown = json.dumps(digests.slack.team.homes[digests.slack.team.user("alice").id].body, ensure_ascii=False)
    assert "1: Ports" in shown
    assert "next Mon" in shown
    # Before one was due there is nothing to tell of how they came.
    assert "Reliability" not in shown
    digests.slack.driver.click_home("alice", "digest_pause")
    digests.settle()
    shown = json.dumps(digests.slack.team.homes[digests.slack.team.user("alice").id].body)
    assert "paused" in shown
    assert "Resume" in shown


# What the version before carried.
OLD_PAGE: Final = '{"id": "", "version": 0, "channel": "C1", "text": "ports weekly mon at 09:00"}'


@pytest.mark.parametrize("page", [1, 2])
def test_a_form_of_a_digest_that_cannot_be_read_says_so_and_keeps_what_was_chosen(
    digests: DigestStage, page: int
) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    if page == 2:
        digests.slack.driver.submit_view("alice", FILLED)
    view = digests.modal()
    for metadata in (*STRANGE, "{}", OLD_PAGE):
        view.body["private_metadata"] = metadata
        assert UNREADABLE in sentence_in(digests.slack.driver.submit_view("alice", FILLED)), metadata
        digests.settle()
        assert view.is_open, metadata
        if digests.modal() is not view:
            digests.slack.driver.close_view("alice")
    assert digests.kept() == ()


def test_twenty_of_the_longest_names_fit_into_a_page_and_into_a_button(digests: DigestStage) -> None:
    seeds = digests.base.seeds
    records = sorted(
        (
            record
            for record in (*seeds.topics, *seeds.places, *seeds.mechanisms)
            if digests.base.facts_of(record)
        ),
        key=lambda record: -len(record.slug),
    )
    names = Subjects.sorted(records[:MOST_NAMES])
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    chosen = {
        "digest_names": list(names.slugs),
        "digest_time": "09:00",
        "digest_quiet": "22:00-07:00",
    }
    digests.slack.driver.submit_view("alice", chosen)
    page = digests.modal()
    assert page.body["title"]["text"] == "Check and save"
    assert len(page.body["private_metadata"]) <= limits.VIEW_METADATA // 2
    digests.slack.driver.submit_view("alice")
    digests.settle()
    (kept,) = digests.kept()
    assert Subjects.of(kept) == names
    said = digests.typed("edit 1 facts 10 skip holidays CN zone America/Argentina/Buenos_Aires")
    assert labels(said) == ["Save", "Send a test to me", "Take in 27 facts on other regions", "Cancel"]
    digests.pressed(said, "Save")
    assert digests.kept()[0].facts == 10


def test_what_no_page_can_carry_is_said_under_the_names(
    digests: DigestStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    monkeypatch.setattr(limits, "VIEW_METADATA", 100)
    sent = digests.slack.driver.submit_view("alice", FILLED)
    assert isinstance(sent.reply, dict)
    assert sent.reply["errors"] == {"digest_names": TOO_LONG}


def test_what_was_not_saved_can_be_tried_again(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.slack.faults.stranger("conversations.history", "login_page")
    assert "Slack cannot be reached" in json.dumps(digests.slack.driver.submit_view("alice").reply)
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert digests.kept()[0].topics == ("ports",)


def test_a_form_that_slack_no_longer_opens_is_said(digests: DigestStage) -> None:
    sent = digests.slack.driver.command("alice", "general", "/yrd-digest")
    digests.modal()
    digests.clock.now += 4
    digests.slack.driver.transport.send("slash_commands", sent.payload)
    assert "did not let me open the form" in digests.whispers("general", "alice")[0].text


def test_what_a_digest_follows_is_one_field_at_the_top_and_the_rest_stands_under_details(
    digests: DigestStage,
) -> None:
    view = opened(digests)
    ids = [block.get("block_id") for block in view["blocks"] if block["type"] in ("input", "header")]
    assert ids[:6] == ["digest_names", "digest_rhythm", "digest_days", "digest_monthday", "digest_time", "digest_channel"]  # fmt: skip
    assert [block["text"]["text"] for block in view["blocks"] if block["type"] == "header"] == ["Details"]
    menu = held(view, "digest_names")
    titles = [group["label"]["text"] for group in menu["option_groups"]]
    assert (titles[0], titles[-1]) == ("Topics", "Mechanisms")
    assert len(titles) > 3
    assert all(len(group["options"]) <= limits.OPTIONS_IN_GROUP for group in menu["option_groups"])
    values = [option["value"] for group in menu["option_groups"] for option in group["options"]]
    assert len(set(values)) == len(values)


def test_a_form_that_was_opened_before_names_were_one_field_is_read(digests: DigestStage) -> None:
    view = opened(digests)
    (block,) = [one for one in view["blocks"] if one.get("block_id") == "digest_names"]
    block["block_id"] = block["element"]["action_id"] = "digest_topics"
    digests.slack.driver.submit_view("alice", {"digest_topics": ["ports"], "digest_days": ["0"]})
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert [kept.topics for kept in digests.kept()] == [("ports",)]


def test_the_days_of_the_week_are_one_menu_that_takes_several(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports weekly mon,thu"), "Save")
    digests.slack.driver.open_home("alice")
    digests.settle()
    digests.slack.driver.click_home("alice", "digest_settings")
    menu = held(digests.modal().body, "digest_days")
    assert (menu["type"], menu["max_selected_items"], len(menu["options"])) == ("multi_static_select", 7, 7)
    assert [option["value"] for option in menu["initial_options"]] == ["0", "3"]


def test_the_second_page_says_first_that_there_is_one_on_the_same(digests: DigestStage) -> None:
    digests.pressed(digests.typed("subscribe ports, hangzhou weekly tue"), "Save")
    opened(digests)
    view = submitted(digests)["view"]
    first = json.dumps(view["blocks"][0])
    assert "Digest 1 is on the same here. Save makes a second one beside it." in first
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert len(digests.kept()) == 2


def test_a_form_asks_before_it_saves_a_second_one_that_was_not_told_of(digests: DigestStage) -> None:
    opened(digests)
    submitted(digests)
    digests.pressed(digests.typed("subscribe ports, hangzhou weekly tue"), "Save")
    asked_again = digests.slack.driver.submit_view("alice").reply
    assert isinstance(asked_again, dict)
    assert asked_again["response_action"] == "update"
    said = json.dumps(asked_again["view"]["blocks"])
    assert "Digest 1 is on the same here since: weekly on Tuesday" in said
    assert "Shall there be a second one?" in said
    assert len(digests.kept()) == 1
    digests.slack.driver.submit_view("alice")
    digests.settle()
    assert len(digests.kept()) == 2
