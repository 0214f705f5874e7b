"""A Bolt app gets and answers everything a person does, the same over HTTP and over Socket Mode."""

from __future__ import annotations

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.transport import HttpTransport, SocketTransport


def test_a_command_is_answered_to_the_person_alone(echo_slack: LocalSlackServer) -> None:
    sent = echo_slack.driver.command("alice", "general", "/echo", "Hangzhou & <Ningbo>")

    assert sent.ok
    assert sent.message is not None
    assert sent.message.text == "You said Hangzhou &amp; &lt;Ningbo&gt;"
    assert echo_slack.team.ephemerals("general", "alice") == [sent.message]
    assert echo_slack.team.ephemerals("general", "bob") == []
    assert echo_slack.team.posts("general") == []


def test_an_in_channel_answer_shows_the_typed_command(echo_slack: LocalSlackServer) -> None:
    echo_slack.driver.command("bob", "random", "/shout", "hefei")

    posts = echo_slack.team.posts("random")
    assert [(post.user, post.text) for post in posts] == [
        (echo_slack.team.user("bob").id, "/shout hefei"),
        (echo_slack.workspace.identity.bot_user, "HEFEI"),
    ]


def test_an_unknown_command_shows_the_notice_slack_shows(echo_slack: LocalSlackServer) -> None:
    transport = echo_slack.driver.transport
    assert isinstance(transport, HttpTransport | SocketTransport)
    transport.timeout = 0.5
    sent = echo_slack.driver.command("alice", "general", "/nothing")

    assert not sent.ok
    notice = echo_slack.team.ephemerals("general", "alice")[-1]
    assert notice.text.startswith("/nothing failed with the error")


def test_a_mention_is_answered_in_its_thread(echo_slack: LocalSlackServer) -> None:
    said = echo_slack.driver.mention("alice", "general", "where is Wuhu?")

    assert said.message is not None
    ts = said.message.ts
    [reply] = echo_slack.team.wait_for(lambda: echo_slack.team.replies("general", ts))
    assert reply.text == f"Heard: <@{echo_slack.workspace.identity.bot_user}> where is Wuhu?"


def test_a_mention_where_the_bot_is_not_is_not_sent(echo_slack: LocalSlackServer) -> None:
    said = echo_slack.driver.mention("alice", "random", "hello")

    assert said.error == "not_in_channel"
    assert "/invite" in echo_slack.team.ephemerals("random", "alice")[0].text


def test_a_direct_message_is_answered(echo_slack: LocalSlackServer) -> None:
    echo_slack.driver.direct_message("bob", "hello")

    im = echo_slack.team.im("bob")
    answer = echo_slack.team.wait_for(lambda: [m for m in echo_slack.team.posts(im) if m.by_bot])
    assert answer[0].text == "Privately: hello"


def test_a_button_of_an_ephemeral_message_answers_by_its_response_url(echo_slack: LocalSlackServer) -> None:
    sent = echo_slack.driver.command("alice", "general", "/echo", "Xuancheng")
    assert sent.message is not None

    pressed = echo_slack.driver.click("alice", sent.message, "share")

    assert pressed.ok
    assert "message" not in pressed.payload
    shared = echo_slack.team.wait_for(lambda: echo_slack.team.posts("general"))
    assert shared[0].text == f"Shared by <@{echo_slack.team.user('alice').id}>"


def test_a_shortcut_opens_a_modal_whose_submission_is_checked_and_taken(echo_slack: LocalSlackServer) -> None:
    said = echo_slack.driver.say("bob", "general", "Nanjing and Chuzhou")
    assert said.message is not None

    assert echo_slack.driver.shortcut("alice", said.message, "look_up").ok
    view = echo_slack.team.wait_for(lambda: echo_slack.team.modal_of("alice"))
    echo_slack.driver.submit_view("alice", {"name": "nobody"})
    assert view.errors == {"name": "Give a real name"}
    echo_slack.driver.submit_view("alice", {"name": "Nanjing"})

    assert echo_slack.team.modal_of("alice") is None
    assert echo_slack.team.posts(echo_slack.team.im("alice"))[-1].text == "Looked up Nanjing"


def test_the_home_tab_is_published_when_it_is_opened(echo_slack: LocalSlackServer) -> None:
    echo_slack.driver.open_home("alice")

    alice = echo_slack.team.user("alice").id
    home = echo_slack.team.wait_for(lambda: echo_slack.team.homes.get(alice))
    assert home.body["blocks"][0]["text"]["text"] == "Welcome home"
    assert echo_slack.driver.click_home("alice", "share").ok
    assert echo_slack.team.wait_for(lambda: echo_slack.team.modal_of("alice"))


def test_the_same_message_can_arrive_as_two_events(echo_slack: LocalSlackServer) -> None:
    said = echo_slack.driver.mention("alice", "general", "twice", duplicate=True)

    [twin] = said.also
    assert said.payload["event_id"] != twin.payload["event_id"]
    assert said.payload["event"]["ts"] == twin.payload["event"]["ts"]
    assert [said.payload["event"]["type"], twin.payload["event"]["type"]] == ["app_mention", "message"]


def test_a_retry_carries_the_same_event_id(echo_slack: LocalSlackServer) -> None:
    said = echo_slack.driver.mention("alice", "general", "again")
    again = echo_slack.driver.resend(said, attempt=2, reason="http_error")

    assert again.ok
    assert again.payload["event_id"] == said.payload["event_id"]


def test_uninstalling_kills_the_token_and_tells_the_app(echo_slack: LocalSlackServer) -> None:
    revoked, uninstalled = echo_slack.driver.uninstall()

    assert revoked.payload["event"]["type"] == "tokens_revoked"
    assert uninstalled.payload["event"]["type"] == "app_uninstalled"
    assert echo_slack.team.uninstalled


def test_pressing_what_is_not_there_is_a_lookup_error(echo_slack: LocalSlackServer) -> None:
    sent = echo_slack.driver.command("alice", "general", "/echo", "x")
    assert sent.message is not None

    with pytest.raises(LookupError):
        echo_slack.driver.click("alice", sent.message, "no-such-action")
