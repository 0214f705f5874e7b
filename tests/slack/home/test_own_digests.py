"""What is typed into Home's box of one's digests is of all that one owns, wherever they post, as in direct messages."""

from __future__ import annotations

import pytest

from tests.slack.digest_stage import DigestStage, digests
from tests.slack.home.test_ask_box import asked, told

__all__ = ["digests"]


@pytest.fixture
def owner(digests: DigestStage) -> DigestStage:
    """Alice owns three digests in #general."""
    for followed in ("ports", "Hangzhou", "talent"):
        digests.pressed(digests.typed(f"subscribe {followed} weekly mon 9:00"), "Save")
    return digests


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("pause all my digests", "Pause 3 digests?"),
        ("pause all", "Pause 3 digests?"),
        ("所有摘要都暂停", "Pause 3 digests?"),
        ("make all digests weekly fri", "Change 3 digests?"),
        ("pause ports", "Digest 1"),
        ("when will ports come next?", "Mon 23 Nov 2026"),
        ("next 2", "Mon 23 Nov 2026"),
        ("pause both", "Digests 1, 2"),
        ("next", "Mon 23 Nov 2026"),
        ("skip all", "Skip 3 digests?"),
    ],
)
def test_it_is_of_ones_own_digests(owner: DigestStage, text: str, said: str) -> None:
    asked(owner, text)
    assert said in told(owner)


@pytest.mark.parametrize("text", ["pause all my digests", "pause both", "when will ports come next?"])
def test_who_owns_none_is_offered_nothing_of_others(owner: DigestStage, text: str) -> None:
    asked(owner, text, "bob")
    assert "Pause 3 digests?" not in told(owner, "bob")
    assert "Mon 23 Nov 2026" not in told(owner, "bob")


@pytest.mark.parametrize("text", ["when will the next port open in Ningbo?", "stop all pollution in Taihu"])
def test_a_question_stays_one(owner: DigestStage, text: str) -> None:
    asked(owner, text)
    assert "igest 1" not in told(owner)
