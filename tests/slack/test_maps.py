"""Maps in Slack: signed payloads in, a picture in the answer out, in both modes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.local_slack.state.records import File, Message
from bot.map.cache import MapCache
from bot.slack.maps import SENT
from handlers.reply import reply
from handlers.services import Services
from tests.slack.stage import Stage


@pytest.fixture
def mapped(stage: Stage, services: Services, tmp_path: Path) -> Stage:
    """The stage with the real engine and maps."""
    stage.restart(reply=reply, services=services, maps=MapCache(tmp_path / "maps"))
    return stage


def shown(stage: Stage, message: Message) -> File | None:
    """The picture that stands in a message."""
    ids = [block["slack_file"]["id"] for block in message.blocks if block["type"] == "image"]
    return stage.slack.team.files[ids[0]] if ids else None


def shared(stage: Stage, channel: Any) -> list[Message]:
    return [message for message in stage.slack.team.posts(channel) if message.files]


def uploads(stage: Stage) -> int:
    return sum(call.method == "files.completeUploadExternal" for call in stage.slack.calls.made)


def test_a_command_is_answered_by_the_map_where_it_was_asked_for_in_the_picture_and_in_words(
    mapped: Stage,
) -> None:
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    (answered,) = mapped.whispers("general", "alice")
    file = shown(mapped, answered)
    assert file is not None
    assert file.content.startswith(b"\x89PNG")
    assert file.name == "map-huainan.png"
    assert file.alt.startswith("Map of Huainan 淮南")
    assert "Minhang – Huainan" in file.alt
    assert "Minhang-Huainan twinning (Xu et al. 2024, 4.1.1, paras 31-32)" in answered.text
    mapped.settle()
    assert not mapped.slack.team.posts("general")
    assert not mapped.slack.team.posts(mapped.slack.team.im("alice"))


def test_the_button_on_an_answer_opens_its_map_below_it_and_closes_it(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd-city", "Huainan")
    assert sent.message is not None
    mapped.slack.driver.click("alice", sent.message, "map")
    mapped.settle()
    (answered,) = mapped.whispers("general", "alice")
    assert answered.text.startswith("Huainan")
    assert shown(mapped, answered) is not None
    assert "Minhang-Huainan twinning (" in answered.text
    mapped.slack.driver.click("alice", answered, "hide")
    mapped.settle()
    (answered,) = mapped.whispers("general", "alice")
    assert shown(mapped, answered) is None


def test_the_button_on_a_public_answer_sends_the_map_into_its_thread(mapped: Stage) -> None:
    said = mapped.slack.driver.mention("alice", "general", "Huainan")
    mapped.slack.driver.click("bob", mapped.replies(said.message)[0], "map")
    mapped.settle()
    last = mapped.replies(said.message)[-1]
    assert shown(mapped, last) is not None
    assert "Minhang-Huainan twinning (" in last.text
    assert not mapped.slack.team.ephemerals("general", "bob")


def test_an_answer_about_a_topic_has_no_map_button(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd-topic", "ports")
    assert sent.message is not None
    assert '"map"' not in str(sent.message.blocks).replace("'", '"')


def test_in_a_direct_message_the_picture_stands_in_the_answer(mapped: Stage) -> None:
    mapped.slack.driver.direct_message("alice", "map ports")
    mapped.settle()
    answered = mapped.slack.team.posts(mapped.slack.team.im("alice"))[-1]
    file = shown(mapped, answered)
    assert file is not None
    assert file.alt.startswith("Map of Ports 港口")


def test_a_mention_gets_the_picture_in_its_thread(mapped: Stage) -> None:
    said = mapped.slack.driver.mention("alice", "general", "map Huainan")
    (answered,) = mapped.replies(said.message)
    assert shown(mapped, answered) is not None


def test_choosing_a_namesake_shows_its_map(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd", "map Suzhou")
    assert sent.message is not None
    mapped.slack.driver.click("alice", sent.message, "choice:1")
    mapped.settle()
    (answered,) = mapped.whispers("general", "alice")
    file = shown(mapped, answered)
    assert file is not None
    assert file.alt.startswith("Map of Suzhou (Anhui) 宿州")


def test_what_is_doubtful_is_drawn_by_the_button_in_the_same_message(mapped: Stage) -> None:
    mapped.slack.driver.command("alice", "general", "/yrd", "map Hangzhou")
    (answered,) = mapped.whispers("general", "alice")
    mapped.slack.driver.click("alice", answered, "choice:0")
    mapped.settle()
    (answered,) = mapped.whispers("general", "alice")
    file = shown(mapped, answered)
    assert file is not None
    assert "Doubtful, in grey" in file.alt


def test_a_shared_map_takes_its_picture_along(mapped: Stage) -> None:
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    (answered,) = mapped.whispers("general", "alice")
    mapped.slack.driver.click("alice", answered, "share")
    mapped.settle()
    (posted,) = mapped.slack.team.posts("general")
    assert shown(mapped, posted) is not None


def test_a_picture_is_uploaded_once_however_often_it_is_shown(mapped: Stage) -> None:
    for channel in ("general", "random"):
        mapped.slack.driver.command("alice", channel, "/yrd", "map Huainan")
        assert shown(mapped, mapped.whispers(channel, "alice")[0]) is not None
    assert uploads(mapped) == 1


def test_a_picture_that_slack_is_still_looking_through_is_waited_for(mapped: Stage) -> None:
    mapped.slack.faults.error("chat.postMessage", "invalid_blocks", times=2)
    mapped.slack.driver.direct_message("alice", "map Huainan")
    mapped.settle()
    (answered,) = [m for m in mapped.slack.team.posts(mapped.slack.team.im("alice")) if m.by_bot]
    assert shown(mapped, answered) is not None


def test_where_slack_shows_no_picture_in_a_message_it_is_shared_as_a_file(mapped: Stage) -> None:
    # As often as the bot asks: when it is sent, and thrice more while Slack might be looking through it.
    mapped.slack.faults.error("chat.postMessage", "invalid_blocks", times=4)
    mapped.slack.driver.direct_message("alice", "map Huainan")
    mapped.settle()
    answered, file = [m for m in mapped.slack.team.posts(mapped.slack.team.im("alice")) if m.by_bot]
    assert shown(mapped, answered) is None
    assert "Minhang-Huainan twinning (" in answered.text
    assert file.files
    assert file.text == "Map of Huainan 淮南"


def test_where_an_answer_that_one_person_sees_takes_no_picture_the_file_goes_to_their_direct_messages(
    mapped: Stage,
) -> None:
    mapped.slack.faults.error("response_url", "invalid_blocks", times=4)
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    (answered,) = mapped.whispers("general", "alice")
    assert SENT in answered.text
    mapped.settle()
    assert len(shared(mapped, mapped.slack.team.im("alice"))) == 1


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_where_slack_takes_no_file_the_answer_comes_in_words_and_says_so_with_an_id(
    mapped: Stage, method: str
) -> None:
    mapped.slack.faults.error(method, "missing_scope")
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    (answered,) = mapped.whispers("general", "alice")
    assert "Minhang-Huainan twinning (" in answered.text
    assert "Slack took no picture from me; it is logged as " in answered.text


@pytest.mark.parametrize(
    ("method", "code"),
    [("files.completeUploadExternal", "missing_scope"), ("response_url", "invalid_blocks")],
)
def test_a_map_is_shared_in_words_where_slack_takes_no_picture(mapped: Stage, method: str, code: str) -> None:
    if method != "response_url":
        mapped.slack.faults.error(method, code, times=9)
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    (answered,) = mapped.whispers("general", "alice")
    if method == "response_url":
        mapped.slack.faults.error(method, code, times=4)
    mapped.slack.driver.click("alice", answered, "share")
    mapped.settle()
    (posted,) = mapped.slack.team.posts("general")
    assert shown(mapped, posted) is None
    assert "Minhang-Huainan twinning (" in posted.text


def test_without_an_atlas_a_map_is_told_in_words_alone(stage: Stage, services: Services) -> None:
    stage.restart(reply=reply, services=services)
    sent = stage.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    assert sent.message is not None
    stage.settle()
    assert not [call for call in stage.slack.calls.made if call.method.startswith("files.")]


def test_a_map_that_a_button_drew_is_narrowed_by_what_is_typed_next(mapped: Stage) -> None:
    im = mapped.slack.team.im("alice")
    mapped.slack.driver.direct_message("alice", "Hangzhou")
    (answered,) = mapped.posts(im)
    mapped.slack.driver.click("alice", answered, "map")
    mapped.settle()
    mapped.slack.driver.direct_message("alice", "only twinnings")
    narrowed = mapped.posts(im, 2)[-1]
    assert narrowed.text.startswith("Map of Hangzhou – Twinnings")
    assert shown(mapped, narrowed) is not None
