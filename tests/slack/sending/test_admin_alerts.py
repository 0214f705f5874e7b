"""Who is told about failures that need a person with rights, and how often."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from slack_sdk.errors import SlackApiError

from bot.slack.api.errors import ADMIN_KINDS, trace
from bot.slack.api.message import Message
from bot.slack.sending.admin_alerts import IN_A_ROW, AdminAlerts
from tests.slack.at_once import at_once

NOW = datetime(2026, 11, 22, tzinfo=UTC)


class Posts:
    """A sender that keeps what it is given, or refuses everything."""

    def __init__(self, owner: str = "", refuses: bool = False) -> None:
        self.sent: list[tuple[str, str]] = []
        self._owner = owner
        self._refuses = refuses

    async def post(self, channel: str, message: Message, thread: str = "") -> None:
        if self._refuses:
            raise refused("account_inactive")
        self.sent.append((channel, message.text))

    async def owner(self) -> str:
        return self._owner


class Told:
    """Notices in memory."""

    def __init__(self) -> None:
        self._kinds: set[tuple[str, str]] = set()

    def first(self, team: str, kind: str, now: datetime) -> bool:
        known = (team, kind) in self._kinds
        self._kinds.add((team, kind))
        return not known


def refused(error: str) -> SlackApiError:
    return SlackApiError("refused", {"ok": False, "error": error})


@pytest.mark.parametrize("kind", ADMIN_KINDS)
def test_each_kind_is_told_once(kind: str) -> None:
    posts = Posts()
    alerts = AdminAlerts(posts, Told(), at_once, "U0ADMIN")
    for _ in range(3):
        alerts.failed(refused(kind), "abcd", "T1", NOW)
        alerts.worked()
    assert len(posts.sent) == 1
    assert posts.sent[0][0] == "U0ADMIN"
    assert "abcd" in posts.sent[0][1]


def test_without_an_installer_the_owner_of_the_workspace_is_told() -> None:
    posts = Posts(owner="U0OWNER")
    AdminAlerts(posts, Told(), at_once).failed(refused("missing_scope"), "abcd", "T1", NOW)
    assert [channel for channel, _ in posts.sent] == ["U0OWNER"]


def test_when_nobody_can_be_told_the_log_has_it(caplog: pytest.LogCaptureFixture) -> None:
    AdminAlerts(Posts(), Told(), at_once).failed(refused("missing_scope"), "abcd", "T1", NOW)
    AdminAlerts(Posts(refuses=True), Told(), at_once, "U1").failed(
        refused("token_revoked"), "abcd", "T1", NOW
    )
    assert "YRD_INSTALLER" in caplog.text
    assert "could not be told" in caplog.text


def test_only_failures_in_a_row_count() -> None:
    posts = Posts()
    alerts = AdminAlerts(posts, Told(), at_once, "U0ADMIN")
    for _ in range(IN_A_ROW - 1):
        alerts.failed(RuntimeError(), "a", "T1", NOW)
    alerts.worked()
    for _ in range(IN_A_ROW - 1):
        alerts.failed(RuntimeError(), "a", "T1", NOW)
    assert posts.sent == []
    alerts.failed(RuntimeError(), "last", "T1", NOW)
    assert "in a row" in posts.sent[0][1]


def test_a_trace_quotes_code_and_never_words_of_people() -> None:
    try:
        try:
            raise ValueError("what a person typed, xoxb-123")
        except ValueError as inner:
            raise refused("invalid_blocks") from inner
    except SlackApiError as error:
        lines = trace(error)
    assert lines[0] == "SlackApiError invalid_blocks"
    assert any(line.startswith("ValueError") for line in lines)
    assert "typed" not in " ".join(lines)
    assert "xoxb" not in " ".join(lines)
