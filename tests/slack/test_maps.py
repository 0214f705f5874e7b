"""Maps in Slack: signed payloads in, a picture in the direct message out, in both modes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.local_slack.state.records import Message
from bot.map.cache import MapCache
from bot.slack.maps import ON_ITS_WAY, SENT
from handlers.reply import reply
from handlers.services import Services
from tests.slack.stage import Stage


@pytest.fixture
def mapped(stage: Stage, services: Services, tmp_path: Path) -> Stage:
    """The stage with the real engine and maps."""
    stage.restart(reply=reply, services=services, maps=MapCache(tmp_path / "maps"))
    return stage


def pictures(stage: Stage, channel: Any, count: int = 1) -> list[Message]:
    team = stage.slack.team

    def there() -> list[Message] | None:
        found = [message for message in team.posts(channel) if message.files]
        return found if len(found) >= count else None

    found: list[Message] = team.wait_for(there, timeout=20)
    return found


def test_a_command_answers_in_words_and_sends_the_picture_by_direct_message(mapped: Stage) -> None:
    team = mapped.slack.team
    sent = mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    assert sent.message is not None
    assert ON_ITS_WAY in sent.message.text
    assert "Xu et al. 2024" in sent.message.text
    (message,) = pictures(mapped, team.im("alice"))
    file = team.files[message.files[0]]
    assert file.content.startswith(b"\x89PNG")
    assert file.name == "map-huainan.png"
    assert file.alt.startswith("Map of Huainan 淮南")
    assert "Minhang – Huainan" in file.alt
    assert message.text.startswith("Map of Huainan 淮南")
    assert not [m for m in team.posts("general") if m.files]


def test_the_button_on_an_answer_about_a_place_sends_its_map(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd-city", "Huainan")
    assert sent.message is not None
    mapped.slack.driver.click("alice", sent.message, "map")
    pictures(mapped, mapped.slack.team.im("alice"))
    mapped.settle()
    (answered,) = mapped.whispers("general", "alice")
    assert answered.text.startswith("Huainan")
    assert SENT in answered.text


def test_the_button_on_a_public_answer_sends_the_map_into_its_thread(mapped: Stage) -> None:
    said = mapped.slack.driver.mention("alice", "general", "Huainan")
    mapped.slack.driver.click("bob", mapped.replies(said.message)[0], "map")
    (message,) = pictures(mapped, "general")
    assert message.thread_ts == said.message.ts
    assert not mapped.slack.team.ephemerals("general", "bob")


def test_an_answer_about_a_topic_has_no_map_button(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd-topic", "ports")
    assert sent.message is not None
    assert '"map"' not in str(sent.message.blocks).replace("'", '"')


def test_in_a_direct_message_the_picture_follows_the_answer(mapped: Stage) -> None:
    mapped.slack.driver.direct_message("alice", "map ports")
    (message,) = pictures(mapped, mapped.slack.team.im("alice"))
    assert message.text.startswith("Map of Ports 港口")


def test_a_mention_gets_the_picture_in_its_thread(mapped: Stage) -> None:
    said = mapped.slack.driver.mention("alice", "general", "map Huainan")
    assert said.message is not None
    (message,) = pictures(mapped, "general")
    assert message.thread_ts == said.message.ts


def test_choosing_a_namesake_sends_its_map(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd", "map Suzhou")
    assert sent.message is not None
    mapped.slack.driver.click("alice", sent.message, "choice:1")
    (message,) = pictures(mapped, mapped.slack.team.im("alice"))
    assert message.text.startswith("Map of Suzhou (Anhui) 宿州")


def test_the_next_page_sends_no_second_picture(mapped: Stage) -> None:
    sent = mapped.slack.driver.command("alice", "general", "/yrd", "map")
    assert sent.message is not None
    pictures(mapped, mapped.slack.team.im("alice"))
    mapped.slack.driver.click("alice", sent.message, "more")
    mapped.settle()
    assert len(pictures(mapped, mapped.slack.team.im("alice"))) == 1


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal", "conversations.open"]
)
def test_a_refused_upload_is_told_with_an_id(mapped: Stage, method: str) -> None:
    mapped.slack.faults.error(method, "missing_scope")
    mapped.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    mapped.settle()
    told = [whisper.text for whisper in mapped.whispers("general", "alice", 2)]
    assert any("logged as" in text or "went wrong" in text for text in told), told


def test_without_an_atlas_a_map_is_told_in_words_alone(stage: Stage, services: Services) -> None:
    stage.restart(reply=reply, services=services)
    sent = stage.slack.driver.command("alice", "general", "/yrd", "map Huainan")
    assert sent.message is not None
    assert ON_ITS_WAY not in sent.message.text
    stage.settle()
    assert not [call for call in stage.slack.calls.made if call.method.startswith("files.")]
