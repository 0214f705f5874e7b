"""The local Slack Web API is as strict as Slack about tokens, scopes, channels and people."""

from __future__ import annotations

import ast
import inspect
import json
import textwrap
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.local_slack.api.table import METHODS
from bot.local_slack.many.oauth import OAUTH_METHODS

GENERAL, RANDOM, OLD = "C04GENERAL1", "C04RANDOM01", "C04OLDNEWS1"
BOT = Path(__file__).parents[3] / "bot"
# Those that a caller of the SDK may use: `chat_postMessage` and the like.
SDK_CALLS = {name for name, call in vars(WebClient).items() if inspect.isfunction(call) and name[0] != "_"}
ALICE, BOB = "U04ALICE7K2", "U04BOB5M9QX"


def error_of(call: Callable[[], object]) -> str:
    with pytest.raises(SlackApiError) as refused:
        call()
    return str(refused.value.response["error"])


def test_a_method_that_is_not_in_the_table_is_unknown(client: WebClient) -> None:
    assert "reactions.add" not in METHODS
    assert (
        error_of(lambda: client.reactions_add(channel=GENERAL, name="x", timestamp="1.0")) == "unknown_method"
    )


def _asked_by(call: str) -> set[str]:
    """The methods of Slack's that a call of the SDK's client makes, by its source: some calls make several."""
    found = set()
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(getattr(WebClient, call))))):
        match node:
            case ast.Call(ast.Attribute(ast.Name("self"), "api_call"), [ast.Constant(str(method)), *_]):
                found.add(method)
            case ast.Call(ast.Attribute(ast.Name("self"), name)) if name in SDK_CALLS:
                found |= _asked_by(name)
    return found


def test_every_method_that_the_bot_calls_is_in_the_table() -> None:
    sources = [path.read_text() for path in BOT.rglob("*.py") if "local_slack" not in path.parts]
    named = {
        node.attr
        for text in sources
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and ast.unparse(node) != "super().api_call"
    }
    # By its name alone a method would be asked for past the SDK's calls, and past this test.
    assert "api_call" not in named
    methods = set().union(*map(_asked_by, named & SDK_CALLS))

    assert {"chat.postMessage", "conversations.replies", "files.completeUploadExternal"} <= methods
    assert methods - METHODS.keys() - OAUTH_METHODS == set()


def test_tokens_are_told_apart(slack: LocalSlackServer) -> None:
    def auth(token: str | None) -> Callable[[], object]:
        return lambda: WebClient(token=token, base_url=slack.api_url).auth_test()

    assert error_of(auth("xoxb-other")) == "invalid_auth"
    assert error_of(auth(None)) == "not_authed"
    assert error_of(auth(slack.app_token)) == "not_allowed_token_type"


def test_api_test_needs_no_token_and_says_back_what_it_is_told(slack: LocalSlackServer) -> None:
    web = WebClient(base_url=slack.api_url)

    assert web.api_test(foo="bar")["args"] == {"foo": "bar"}
    assert error_of(lambda: web.api_test(error="my_error")) == "my_error"


def test_auth_test_tells_who_the_bot_is_and_which_scopes_it_has(
    slack: LocalSlackServer, client: WebClient
) -> None:
    answer = client.auth_test()

    assert answer["user_id"] == slack.workspace.identity.bot_user
    assert answer.headers["X-OAuth-Scopes"].split(",") == sorted(slack.workspace.identity.scopes)


def test_an_uninstalled_app_is_shut_out(slack: LocalSlackServer, client: WebClient) -> None:
    slack.driver.uninstall()

    assert error_of(client.auth_test) == "account_inactive"


def test_a_missing_scope_says_what_is_needed_and_what_there_is(clock: Callable[[], float]) -> None:
    with LocalSlackServer(scopes=("commands",), clock=clock) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=GENERAL, text="x")

    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "chat:write"
    assert refused.value.response["provided"] == "commands"


def test_posting_needs_a_known_open_channel_that_the_bot_is_in(client: WebClient) -> None:
    def post(channel: str) -> Callable[[], object]:
        return lambda: client.chat_postMessage(channel=channel, text="x")

    assert error_of(post("C04NOWHERE1")) == "channel_not_found"
    assert error_of(post("#general")) == "channel_not_found"
    assert error_of(post(RANDOM)) == "not_in_channel"
    assert error_of(post(OLD)) == "is_archived"


def test_chat_write_public_posts_where_the_bot_is_not(clock: Callable[[], float]) -> None:
    with LocalSlackServer(scopes=("chat:write", "chat:write.public"), clock=clock) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)

        assert client.chat_postMessage(channel=RANDOM, text="x")["ok"]


def test_a_private_channel_without_the_bot_is_not_found(slack: LocalSlackServer, client: WebClient) -> None:
    slack.team.leave("planning", slack.workspace.identity.bot_user)

    assert error_of(lambda: client.chat_postMessage(channel="C04PLANNING", text="x")) == "channel_not_found"


def test_posting_to_a_person_opens_their_direct_message(slack: LocalSlackServer, client: WebClient) -> None:
    posted = client.chat_postMessage(channel=BOB, text="hello")

    assert (
        posted["channel"] == slack.team.im("bob").id == client.conversations_open(users=BOB)["channel"]["id"]
    )


def test_an_ephemeral_message_needs_a_person_in_the_channel(
    slack: LocalSlackServer, client: WebClient
) -> None:
    assert (
        error_of(lambda: client.chat_postEphemeral(channel="C04PLANNING", user=BOB, text="x"))
        == "user_not_in_channel"
    )
    sent = client.chat_postEphemeral(channel=GENERAL, user=BOB, text="psst")

    assert [m.ts for m in slack.team.ephemerals("general", "bob")] == [sent["message_ts"]]
    assert slack.team.posts("general") == []
    assert (
        error_of(lambda: client.chat_update(channel=GENERAL, ts=sent["message_ts"], text="x"))
        == "message_not_found"
    )


def test_only_the_bots_own_messages_can_be_changed(slack: LocalSlackServer, client: WebClient) -> None:
    said = slack.driver.say("alice", "general", "mine").message
    assert said is not None
    mine = client.chat_postMessage(channel=GENERAL, text="first")

    client.chat_update(channel=GENERAL, ts=mine["ts"], text="second")

    assert slack.team.posts("general")[-1].text == "second"
    assert (
        error_of(lambda: client.chat_update(channel=GENERAL, ts=said.ts, text="x")) == "cant_update_message"
    )


def test_a_reply_goes_to_a_thread_that_exists(slack: LocalSlackServer, client: WebClient) -> None:
    root = client.chat_postMessage(channel=GENERAL, text="root")["ts"]
    reply = client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=root)["ts"]
    # A reply to a reply lands in the same thread, as in Slack.
    client.chat_postMessage(channel=GENERAL, text="deeper", thread_ts=reply)

    assert [m.text for m in slack.team.replies("general", root)] == ["reply", "deeper"]
    missing = partial(client.chat_postMessage, channel=GENERAL, text="x", thread_ts="1.000001")
    assert error_of(missing) == "thread_not_found"


def test_history_is_newest_first_paged_and_needs_its_scope(clock: Callable[[], float]) -> None:
    with LocalSlackServer(scopes=("chat:write", "channels:history"), clock=clock) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        for text in ("one", "two", "three"):
            client.chat_postMessage(
                channel=GENERAL, text=text, metadata={"event_type": "d", "event_payload": {}}
            )

        page = client.conversations_history(channel=GENERAL, limit=2, include_all_metadata=True)
        rest = client.conversations_history(
            channel=GENERAL, limit=2, cursor=page["response_metadata"]["next_cursor"]
        )
        private = error_of(lambda: client.conversations_history(channel="C04PLANNING"))

    assert [m["text"] for m in page["messages"]] == ["three", "two"]
    assert [m["text"] for m in rest["messages"]] == ["one"]
    # Slack leaves metadata out for a token without metadata.message:read, and says nothing.
    assert all("metadata" not in m for m in page["messages"])
    assert private == "missing_scope"


def test_metadata_is_read_back_with_its_scope(clock: Callable[[], float]) -> None:
    scopes = ("chat:write", "channels:history", "metadata.message:read")
    metadata = {"event_type": "digest", "event_payload": {"slot": "2026-11-22T00:00:00Z"}}
    with LocalSlackServer(scopes=scopes, clock=clock) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        client.chat_postMessage(channel=GENERAL, text="x", metadata=metadata)
        found = client.conversations_history(channel=GENERAL, include_all_metadata=True)

    assert found["messages"][0]["metadata"] == metadata


def test_people_are_shown_with_their_zone_and_rank(client: WebClient) -> None:
    alice = client.users_info(user=ALICE, include_locale=True)["user"]

    assert (alice["is_admin"], alice["tz"], alice["locale"]) == (True, "Asia/Shanghai", "en-US")
    assert error_of(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"
    assert {u["id"] for u in client.users_list()["members"]} >= {ALICE, BOB}


def test_form_and_json_bodies_are_the_same_call(slack: LocalSlackServer) -> None:
    blocks = json.dumps([{"type": "divider"}])
    body = f"token={slack.bot_token}&channel={GENERAL}&text=a+b&blocks={blocks}".encode()

    with urllib.request.urlopen(slack.api_url + "chat.postMessage", body) as response:
        answer = json.load(response)

    assert answer["ok"]
    assert answer["message"]["blocks"][0]["type"] == "divider"
    assert slack.calls.of_method("chat.postMessage")[0].payload == {
        "channel": GENERAL,
        "text": "a b",
        "blocks": [{"type": "divider"}],
    }


def test_the_permalink_of_a_reply_names_its_thread(client: WebClient) -> None:
    root = client.chat_postMessage(channel=GENERAL, text="root")["ts"]
    reply = client.chat_postMessage(channel=GENERAL, text="reply", thread_ts=root)["ts"]

    link = client.chat_getPermalink(channel=GENERAL, message_ts=reply)["permalink"]

    assert link.endswith(f"/archives/{GENERAL}/p{reply.replace('.', '')}?thread_ts={root}&cid={GENERAL}")


def test_time_stamps_never_repeat_while_the_clock_stands(client: WebClient) -> None:
    stamps = [client.chat_postMessage(channel=GENERAL, text="x")["ts"] for _ in range(5)]

    assert stamps == sorted(set(stamps))
