"""What a reading of the channel says, and when it says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.digests.channels import SlackChannels
from bot.digests.verified_poster import Absent, Posted, Refused, RetryLater, Unreadable, VerifiedPoster
from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import Fault, Faults
from bot.slack.api import web
from tests.digests.office import GENERAL, OWNER, SCOPES

BOT = "U04YRDDESK1"


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=SCOPES) as server:
        yield server


@pytest.fixture
def poster(slack: LocalSlackServer) -> VerifiedPoster:
    return VerifiedPoster(web.client(slack.bot_token, slack.api_url, deadline=5), back_off=7.0)


def test_a_message_is_found_among_hundreds(slack: LocalSlackServer, poster: VerifiedPoster) -> None:
    posted = poster.post(GENERAL, "digest", (), "the key")
    for number in range(450):
        slack.team.post("general", "bob", f"message {number}")
    assert poster.find(GENERAL, "the key", datetime.now(UTC), BOT) == posted
    assert poster.find(GENERAL, "another key", datetime.now(UTC), BOT) == Absent()


def test_a_reply_is_found_in_its_thread_and_a_notice_in_direct_messages(poster: VerifiedPoster) -> None:
    parent = poster.post(GENERAL, "digest", (), "key:digest")
    assert isinstance(parent, Posted)
    reply = poster.post(GENERAL, "rest", (), "key:thread", parent.ts)
    told = poster.post(OWNER, "notice", (), "key:notice")
    now = datetime.now(UTC)
    assert poster.find(GENERAL, "key:thread", now, BOT, parent.ts) == reply
    assert poster.find(GENERAL, "key:thread", now, BOT) == Absent()
    assert poster.find(OWNER, "key:notice", now, BOT) == told


def test_a_claim_that_lies_ahead_of_slacks_clock_is_never_called_absent(poster: VerifiedPoster) -> None:
    poster.post(GENERAL, "digest", (), "the key")
    ahead = datetime.now(UTC) + timedelta(days=3)
    assert isinstance(poster.find(GENERAL, "the key", ahead, BOT), Unreadable)


@pytest.mark.parametrize(
    ("error", "reading"),
    [
        ("not_in_channel", Unreadable("not_in_channel")),
        ("missing_scope", Unreadable("missing_scope")),
        ("token_revoked", Refused("token_revoked")),
        ("internal_error", RetryLater(7.0, "Slack answered internal_error")),
    ],
)
def test_an_error_says_that_the_channel_was_not_read(
    error: str, reading: object, slack: LocalSlackServer, poster: VerifiedPoster
) -> None:
    slack.faults.error("conversations.history", error)
    assert poster.find(GENERAL, "the key", datetime.now(UTC), BOT) == reading


def test_an_error_on_a_later_page_is_not_taken_for_the_end(
    slack: LocalSlackServer, poster: VerifiedPoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(250):
        slack.team.post("general", "bob", f"message {number}")
    take = Faults.take

    def second(faults: Faults, method: str) -> Fault | None:
        if len(slack.calls.of_method("conversations.history")) == 1:
            faults.rate_limit("conversations.history", retry_after=9)
        return take(faults, method)

    monkeypatch.setattr(Faults, "take", second)
    found = poster.find(GENERAL, "the key", datetime.now(UTC), BOT)
    assert found == RetryLater(9.0, "was asked to wait 9 s", limited=True)


def test_a_channel_that_was_read_a_moment_ago_is_trusted_where_slack_lets_it_be_read_once_a_minute(
    slack: LocalSlackServer, poster: VerifiedPoster
) -> None:
    channels = SlackChannels(poster)
    slack.faults.few_readings = True
    assert [channels.trouble("T1", GENERAL) for _ in range(2)] == ["", ""]
    assert channels.trouble("T1", "C04RANDOM01") == "unreachable"
