"""What is typed after a map, in a direct message and in a thread, where digests may be there too."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.local_slack.state.records import Message
from bot.map.cache import MapCache
from tests.slack.digest_stage import DigestStage, digests

__all__ = ["digests"]

ON_SHANGHAI = "shanghai daily 09:00 Asia/Shanghai"


@pytest.fixture
def mapped(digests: DigestStage, tmp_path: Path) -> DigestStage:
    """A workspace where alice has a digest on Shanghai in her direct messages, and maps are drawn."""
    digests.restart(maps=MapCache(tmp_path / "maps"))
    digests.pressed(digests.typed(ON_SHANGHAI, channel=digests.slack.team.im("alice").id), "Save")
    return digests


def told(stage: DigestStage, *texts: str) -> Message:
    """What is answered to the last of what alice writes directly."""
    for text in texts:
        stage.slack.driver.direct_message("alice", text)
        stage.settle()
    return [one for one in stage.slack.team.posts(stage.slack.team.im("alice")) if one.by_bot][-1]


@pytest.mark.parametrize(
    ("word", "text"), [("map", "drop Shanghai"), ("地图", "不要上海"), ("map", "no more Shanghai")]
)
def test_words_that_fit_the_map_shown_last_change_no_digest(
    mapped: DigestStage, word: str, text: str
) -> None:
    said = told(mapped, word, text)
    assert said.text.startswith(("Map of Yangtze River Delta – without Shanghai", "长三角 – 不含上海的地图"))
    assert len(mapped.kept()) == 1


def test_words_that_may_be_of_a_digest_are_asked_about_behind_a_map(mapped: DigestStage) -> None:
    assert told(mapped, "map", "turn off Shanghai").text.startswith("Is that said of the map or of a digest?")
    assert len(mapped.kept()) == 1


def test_a_digest_that_is_named_is_meant_even_behind_a_map(mapped: DigestStage) -> None:
    assert "Digest 1" in told(mapped, "map", "drop the shanghai digest").text


def test_a_quarter_of_an_hour_later_the_map_is_forgotten(mapped: DigestStage) -> None:
    told(mapped, "map")
    mapped.clock.now += 16 * 60
    assert not told(mapped, "without Shanghai").text.startswith("Map of")


def test_a_chain_of_words_in_a_thread_is_about_the_map_that_stands_there(mapped: DigestStage) -> None:
    said = mapped.slack.driver.mention("alice", "general", "Hangzhou")
    for text in ("map", "in Zhejiang", "without Ningbo", "only twinnings"):
        mapped.slack.driver.mention("alice", "general", text, said.message.ts)
        mapped.settle()
    assert mapped.replies(said.message, 5)[-1].text.startswith("Map of Zhejiang – Twinnings – without Ningbo")
