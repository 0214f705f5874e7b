"""/yrd-digest in words of people's own: a wish without a verb, a digest by what it is on, and a usage for what is neither."""

from __future__ import annotations

import pytest

from tests.slack.digest_stage import DigestStage, digests, labels

__all__ = ["digests"]

PORTS = "Post this digest here? Ports, weekly on Monday at 09:00"


@pytest.mark.parametrize(
    "text",
    [
        "ports weekly monday 9:00", "ports", "PORTS every monday", "every monday ports", "send me ports every monday at 9",
        "subscribe me to ports", "港口 每周一9点", "订阅港口 每周一9点", "每周一9点 港口",
    ],
)  # fmt: skip
def test_a_wish_needs_no_verb(digests: DigestStage, text: str) -> None:
    said = digests.typed(text)
    assert said.text.startswith(PORTS)
    assert labels(said) == ["Save", "Send a test to me", "Take in 1 fact on other regions", "Cancel"]


@pytest.mark.parametrize("text", ["monday 9:00", "subscribe monday 9:00"])
def test_what_lacks_a_name_gets_the_command_completed(digests: DigestStage, text: str) -> None:
    assert "For example: /yrd-digest subscribe ports monday 9:00." in digests.typed(text).text


def test_a_slip_in_a_name_is_asked_about(digests: DigestStage) -> None:
    assert labels(digests.typed("hangzou")) == ["Hangzhou (place)"]
    assert labels(digests.typed("portss weekly monday")) == ["Ports (topic)"]


def test_what_only_looks_reads_a_slip_in_a_name_and_says_as_what(digests: DigestStage) -> None:
    said = digests.typed("preview hangzou").text
    assert said.startswith("The next digest on Hangzhou would show")
    assert "“hangzou” read as Hangzhou." in said


def test_what_is_no_wish_gets_examples(digests: DigestStage) -> None:
    said = digests.typed("foo").text
    assert "“foo” is nothing I can do with digests." in said
    assert "/yrd-digest subscribe ports weekly mon 09:00" in said
    assert "Behind “stop” stands the number of a digest" in digests.typed("stop, please").text


def test_a_digest_is_named_by_what_it_is_on(digests: DigestStage) -> None:
    for wish in ("ports weekly mon 09:00 Asia/Shanghai", "tourism daily 9 Asia/Shanghai"):
        digests.pressed(digests.typed(wish), "Save")
    assert "Digest 2: Tourism" in digests.typed("show tourism").text
    assert "Digest 1 is paused until Mon 4 Jan 2027" in digests.typed("pause ports until 2027-01-04").text
    assert "Which one?" in digests.typed("resume").text
    assert "Digest 1 runs again" in digests.typed("resume the ports digest").text
    assert "Digest 2 (Tourism) is ended" in digests.typed("unsubscribe tourism").text
    assert [kept.topics for kept in digests.kept()] == [("ports",)]


@pytest.mark.parametrize("verb", ["unsubscribe", "skip", "resume", "show", "history"])
def test_what_names_no_digest_of_the_channel_is_done_to_none(digests: DigestStage, verb: str) -> None:
    digests.pressed(digests.typed("ports weekly mon 09:00 Asia/Shanghai"), "Save")
    before = digests.kept()
    assert "No digest here is on Tourism." in digests.typed(f"{verb} tourism").text
    assert f"For example: /yrd-digest {verb} 3." in digests.typed(f"{verb} nonsense here").text
    assert digests.kept() == before
