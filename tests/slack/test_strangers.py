"""What people are told while something that is not Slack answers in Slack's place: never that Slack refused."""

from __future__ import annotations

import logging
import time

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.state.faults import STRANGERS, Stranger
from bot.slack.api import token, web
from bot.slack.api.message import sentence
from bot.slack.listeners.sharing import UNCLEAR_SHARE
from bot.slack.sending.client import SlackSender
from bot.slack.sending.reply import UNCLEAR
from bot.slack.sending.response_urls import NotDeliveredError
from handlers.digests.hindrance import trouble_text
from handlers.rights import NOT_REACHED
from tests.slack.at_once import at_once
from tests.slack.curation_stage import CurationStage, team
from tests.slack.digest_stage import DigestStage, digests, labels
from tests.slack.patience import hurried
from tests.slack.peer import Peer, answers
from tests.slack.stage import Stage

__all__ = ["digests", "team"]

WISH = "subscribe ports weekly mon 09:00 Asia/Shanghai"
QUOTES = ("guest network", "sign in", "Halfw", '"yes"', "<!doctype", "non-JSON")

every_stranger = pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=hurried if kind == "trickle" else ()) for kind in STRANGERS]
)


@pytest.fixture(autouse=True)
def nothing_is_quoted_in_the_log(caplog: pytest.LogCaptureFixture) -> object:
    caplog.set_level(logging.DEBUG)
    yield
    # What the local Slack itself logs it may quote.
    logged = "\n".join(
        f"{record.getMessage()} {vars(record)}"
        for record in caplog.records
        if not record.name.startswith(("bot.local_slack", "werkzeug"))
    )
    assert not [quote for quote in QUOTES if quote in logged]


@every_stranger
def test_subscribing_says_that_slack_cannot_be_reached_and_not_that_a_right_is_lacking(
    kind: Stranger, digests: DigestStage
) -> None:
    digests.slack.faults.stranger("conversations.history", kind)
    said = digests.typed(WISH)
    assert said.text == trouble_text("unreachable", "this")
    assert said.text.startswith("Slack cannot be reached")
    assert "Save" not in labels(said)
    assert "Save" in labels(digests.typed(WISH))


@every_stranger
def test_saving_says_that_slack_cannot_be_reached_and_saves_nothing(
    kind: Stranger, digests: DigestStage
) -> None:
    shown = digests.typed(WISH)
    digests.slack.faults.stranger("conversations.history", kind)
    assert digests.pressed(shown, "Save").text == trouble_text("unreachable", "this")
    assert digests.kept() == ()


@every_stranger
def test_the_right_to_change_a_digest_is_none_while_slack_cannot_be_reached(
    kind: Stranger, digests: DigestStage
) -> None:
    digests.pressed(digests.typed(WISH, user="bob"), "Save", user="bob")
    digests.slack.faults.stranger("users.info", kind)
    said = digests.typed("pause 1").text
    assert said.startswith(NOT_REACHED)
    assert not digests.kept()[0].paused
    assert "Digest 1 is paused" in digests.typed("pause 1").text


@every_stranger
def test_the_right_to_appoint_is_none_while_slack_cannot_be_reached(
    kind: Stranger, team: CurationStage
) -> None:
    team.slack.faults.stranger("users.info", kind)
    assert team.typed("admin curators add @carol").text == NOT_REACHED
    assert "Nobody is a curator" in team.typed("admin curators").text
    assert "is now a curator" in team.typed("admin curators add @carol").text


@pytest.mark.parametrize("kind", ["cut", "empty", "login_page", "other_json"])
def test_what_a_response_url_may_have_shown_is_not_sent_again(
    kind: Stranger, digests: DigestStage, caplog: pytest.LogCaptureFixture
) -> None:
    digests.slack.faults.stranger("response_url", kind, accepted=True)
    said = digests.typed(WISH)
    digests.settle()
    assert "Save" in labels(said)
    shown = digests.slack.team.ephemerals("general", "alice")
    assert [message.text for message in shown] == [said.text, UNCLEAR]
    assert [post for post in digests.slack.team.posts(digests.slack.team.im("alice")) if post.by_bot] == []
    assert [
        record.getMessage() for record in caplog.records if record.name == "bot.slack.sending.response_urls"
    ] == ["what answered a response URL was not Slack, or it could not say"]


@pytest.mark.parametrize("status", [204, 302, 400, 403, 404, 500, 502, 503, 504])
@pytest.mark.parametrize("accepted", [True, False])
def test_what_a_gateway_says_of_a_response_url_is_no_word_of_slacks(
    accepted: bool, status: int, digests: DigestStage
) -> None:
    digests.slack.faults.server_error("response_url", status=status, accepted=accepted)
    assert ("Save" in labels(digests.typed(WISH))) is accepted
    digests.settle()
    shown = digests.slack.team.ephemerals("general", "alice")
    assert len(shown) == accepted + 1
    assert shown[-1].text == UNCLEAR


@pytest.mark.parametrize("word", ["used_url", "expired_url", "no_service", "message_not_found"])
def test_what_slack_refuses_at_a_response_url_goes_another_way(word: str, digests: DigestStage) -> None:
    digests.slack.faults.error("response_url", word)
    assert "Save" in labels(digests.typed(WISH))
    # A message is shown a moment before its call is noted.
    digests.settle()
    assert len(digests.slack.calls.of_method("chat.postEphemeral")) == 1


NO = b'{"ok":false,"error":"used_url"}'


@pytest.mark.parametrize(
    ("status", "body", "is_no"),
    [
        (404, b"used_url", True),
        (404, b"expired_url", True),
        (404, b"no_service\n", True),
        (403, b"action_prohibited", True),
        (410, b"channel_is_archived", True),
        (404, NO, True),
        (200, NO, True),
        (200, b"used_url", False),
        (500, b"rollup_error", False),
        (502, NO, False),
        (302, NO, False),
        (403, b"forbidden", False),
        (404, b"404 page not_found", False),
        (400, b"", False),
        (404, b"<html>not_found</html>", False),
        (400, b'{"ok":false,"error":"fatal_error"}', False),
        (200, b'{"ok":false}', False),
        (404, b"ok", False),
        (500, b'{"ok":true}', False),
        (404, b'["ok_no"]', False),
    ],
)
def test_only_slacks_own_no_says_that_nothing_was_posted(status: int, body: bytes, is_no: bool) -> None:
    with Peer(answers(status, body)) as peer:
        sender = SlackSender(web.client("xoxb-1", peer.url, deadline=2))
        if is_no:
            with pytest.raises(NotDeliveredError):
                at_once(sender.respond(peer.url, sentence("hello")))
        else:
            assert at_once(sender.respond(peer.url, sentence("hello"))) is False


@pytest.mark.parametrize("status", [0, 204, 302, 502, 504])
def test_a_share_that_slack_took_without_saying_so_stands_once(status: int, team: CurationStage) -> None:
    shown = team.typed("ningbo")
    if status:
        team.slack.faults.server_error("response_url", status=status, accepted=True)
    else:
        team.slack.faults.drop("response_url", accepted=True)
    team.pressed(shown, "Share to channel", "alice")
    team.settle()
    assert len([post for post in team.slack.team.posts("general") if post.by_bot]) == 1
    assert team.slack.team.ephemerals("general", "alice")[-1].text == UNCLEAR_SHARE
    # It may be that it is not there: the copy with the button stays.
    assert shown in team.slack.team.ephemerals("general", "alice")


def test_a_response_url_that_trickles_ends_at_the_deadline() -> None:
    with LocalSlackServer() as slack:
        urls = slack.workspace.slack.urls
        url = urls.address(urls.issue("C04GENERAL1", slack.team.user("alice").id))
        slack.faults.stranger("response_url", "trickle")
        began = time.monotonic()
        at_once(SlackSender(web.client(slack.bot_token, slack.api_url, deadline=0.3)).withdraw(url))
        assert time.monotonic() - began < 2
        slack.faults.release()


@every_stranger
def test_a_mention_that_a_stranger_swallows_is_not_answered_twice(kind: Stranger, stage: Stage) -> None:
    stage.slack.faults.stranger("chat.postMessage", kind, accepted=True, seconds=3)
    sent = stage.slack.driver.mention("alice", "general", "Ningbo?")
    assert sent.message is not None
    stage.settle()
    stage.slack.faults.release()
    told = [reply.text for reply in stage.replies(sent.message)]
    assert [text.startswith("You asked: Ningbo?") for text in told] == [True, *[False] * (len(told) - 1)]
    assert not [text for text in told for quote in QUOTES if quote in text]


@every_stranger
def test_the_token_is_not_called_refused(kind: Stranger) -> None:
    with LocalSlackServer() as slack:
        slack.faults.stranger("auth.test", kind)
        said = token.problem(web.client(slack.bot_token, slack.api_url, deadline=1))
        slack.faults.release()
    assert said.startswith("Slack was not reached (")
    assert not [quote for quote in QUOTES if quote in said]


@pytest.mark.parametrize("kind", ["cut", "empty", "login_page", "other_json"])
def test_a_link_of_a_message_is_left_out(kind: Stranger) -> None:
    with LocalSlackServer() as slack:
        slack.faults.stranger("chat.getPermalink", kind)
        sender = SlackSender(web.client(slack.bot_token, slack.api_url, deadline=1))
        assert at_once(sender.permalink("C04GENERAL1", "1.1")) == ""
