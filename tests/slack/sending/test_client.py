"""What the bot calls, what it never calls, and that nothing is sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.render.escape import MassMentionError
from bot.slack.api.message import Message, sentence
from bot.slack.api.web import client
from bot.slack.sending.client import SlackSender
from bot.slack.sending.outbox import Outbox
from bot.slack.sending.response_urls import NotDeliveredError
from bot.slack.sending.runner import Runner
from tests.slack.at_once import at_once


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer() as server:
        yield server


@pytest.fixture
def sender(slack: LocalSlackServer) -> SlackSender:
    return SlackSender(client(slack.bot_token, slack.api_url, deadline=1))


@pytest.mark.parametrize(
    "url",
    ["https://hooks.slack.com/actions/T1/2/3", "https://hooks.slack.com:443/commands/1"],
)
def test_slacks_own_response_urls_are_called(url: str) -> None:
    assert SlackSender(client("xoxb-1", "https://slack.com/api/")).may_call(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com.evil.example/x",
        "https://hooks.slack.com@evil.example/x",
        "https://user:word@hooks.slack.com/x",
        "https://hooks.slack.com:8443/x",
        "https://evil.example/hooks.slack.com",
        "https://slack.com/x",
        "http://127.0.0.1:3000/response/1",
        "http://[::1/x",
        "file:///etc/passwd",
        "https://hooks.slack.com/\nx",
        "//hooks.slack.com/x",
    ],
)
def test_no_other_response_url_is_ever_called(url: str) -> None:
    sender = SlackSender(client("xoxb-1", "https://slack.com/api/"))
    assert not sender.may_call(url)
    with pytest.raises(NotDeliveredError):
        at_once(sender.respond(url, sentence("hello")))


def test_a_local_slack_is_called_at_its_own_origin_only(slack: LocalSlackServer, sender: SlackSender) -> None:
    assert sender.may_call(f"{slack.origin}/response/1")
    assert not sender.may_call("http://127.0.0.1:1/response/1")
    assert not sender.may_call(slack.origin.replace("127.0.0.1", "10.0.0.1"))


def test_an_api_that_is_not_on_this_machine_lends_its_origin_to_no_response_url() -> None:
    assert not SlackSender(client("xoxb-1", "https://proxy.example/api/")).may_call(
        "https://proxy.example/r/1"
    )


@pytest.mark.parametrize("accepted", [True, False])
def test_a_lost_connection_is_not_tried_again(
    slack: LocalSlackServer, sender: SlackSender, accepted: bool
) -> None:
    slack.faults.drop("chat.postMessage", accepted=accepted)
    with pytest.raises(OSError):  # noqa: PT011 - any of the ways in which a connection ends
        at_once(sender.post(slack.team.channel("general").id, sentence("hello")))
    assert len(slack.calls.of_method("chat.postMessage")) == 1


def test_later_is_taken_at_its_word(slack: LocalSlackServer, sender: SlackSender) -> None:
    slack.faults.rate_limit("chat.postMessage", retry_after=1)
    with ThreadPoolExecutor(1) as threads:
        runner = Runner(threads, Outbox())
        runner.start(sender.post(slack.team.channel("general").id, sentence("hello")))
        runner.close(seconds=10)
    assert [call.status for call in slack.calls.of_method("chat.postMessage")] == [429, 200]


def test_a_response_url_is_taken_at_its_word_too_and_posts_once(
    slack: LocalSlackServer, sender: SlackSender
) -> None:
    urls, channel = slack.workspace.slack.urls, slack.team.channel("general").id
    url = urls.address(urls.issue(channel, slack.team.user("alice").id))
    slack.faults.rate_limit("response_url", retry_after=1)
    with ThreadPoolExecutor(1) as threads:
        runner = Runner(threads, Outbox())
        runner.start(sender.respond(url, sentence("hello"), public=True))
        runner.close(seconds=10)
    assert [post.text for post in slack.team.posts(channel)][-1:] == ["hello"]
    assert len(slack.team.posts(channel)) == 1


def test_what_slack_refuses_is_told_by_name(slack: LocalSlackServer, sender: SlackSender) -> None:
    with pytest.raises(SlackApiError) as refused:
        at_once(sender.post(slack.team.channel("random").id, sentence("hello")))
    assert refused.value.response["error"] == "not_in_channel"


def test_a_live_mass_mention_is_refused_before_it_is_sent(
    slack: LocalSlackServer, sender: SlackSender
) -> None:
    with pytest.raises(MassMentionError):
        at_once(sender.post(slack.team.channel("general").id, Message("<!channel> hello")))
    assert slack.calls.of_method("chat.postMessage") == []
