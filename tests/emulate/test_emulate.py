"""What the bot sends, sent to a Slack that others wrote: auth, posts, ephemerals, views, scopes."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from bot.render.button_value import carry
from bot.render.fact_renderer import fact_renderer
from bot.slack.api import message as api_message
from bot.slack.api import token
from bot.slack.api.identity import BotIdentityProvider
from bot.slack.api.message import Message
from bot.slack.api.web import SlackWeb, client
from bot.slack.home.view import FrontPage, home_view
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.sending.client import SlackSender
from handlers.registry import SLASH
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from tests.emulate.emulator import BOT_TOKEN, VERSION, UnavailableError, installed, running
from tests.slack.at_once import at_once

pytestmark = pytest.mark.node

CACHE = Path(tempfile.gettempdir()) / f"yrd-desk-emulate-{VERSION}"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    try:
        with running(installed(CACHE), tmp_path_factory.mktemp("emulate"), scopes_in_use()) as address:
            yield address
    except UnavailableError as error:
        pytest.skip(str(error))


@pytest.fixture
def web(api: str) -> SlackWeb:
    return client(BOT_TOKEN, api)


@pytest.fixture
def stage(api: str) -> SlackWeb:
    """A client that may look around, which the bot may not."""
    return SlackWeb(token="xoxb-of-the-stage", base_url=api)


def _person(stage: SlackWeb, name: str) -> str:
    return str(next(user["id"] for user in stage.users_list()["members"] if user["name"] == name))


def _channel(stage: SlackWeb, name: str = "digests") -> str:
    channels = stage.conversations_list(types="public_channel")["channels"]
    return str(next(channel["id"] for channel in channels if channel["name"] == name))


def _answer(services: Services, command: str, text: str) -> Message:
    answer = reply(services, Request(text=text, now=datetime.now(UTC), command=command))
    asked = carry(command, text, services.base.version, ())
    return api_message.answer_message(answer, asked, render_fact=fact_renderer(services.base), sharable=True)


def _last(stage: SlackWeb, channel: str) -> dict[str, Any]:
    return dict(stage.conversations_history(channel=channel, limit=1)["messages"][0])


def test_the_token_is_good_and_says_who_the_bot_is(web: SlackWeb) -> None:
    me = BotIdentityProvider(web)()
    assert me.team.startswith("T")
    assert me.user == "U000000777"
    assert token.problem(web) == ""


@pytest.mark.parametrize(
    ("command", "text"),
    [(command.name, example.text) for command in SLASH for example in command.examples[:2]],
)
def test_every_sort_of_answer_is_posted_and_comes_back_as_it_was(
    web: SlackWeb, stage: SlackWeb, services: Services, command: str, text: str
) -> None:
    channel, sent = _channel(stage), _answer(services, command, text)
    at_once(SlackSender(web).post(channel, sent))
    got = _last(stage, channel)
    assert got["text"] == sent.text
    assert got["blocks"] == list(sent.blocks)


def test_an_answer_goes_into_the_thread_it_was_asked_in(
    web: SlackWeb, stage: SlackWeb, services: Services
) -> None:
    channel = _channel(stage)
    at_once(SlackSender(web).post(channel, api_message.sentence("Which city?")))
    parent = _last(stage, channel)["ts"]
    at_once(SlackSender(web).post(channel, _answer(services, "/yrd-city", "Ningbo"), thread=parent))
    replies = stage.conversations_replies(channel=channel, ts=parent)["messages"]
    assert [each.get("thread_ts") for each in replies[1:]] == [parent]


def test_a_direct_message_by_the_id_of_a_person_needs_no_more_scopes(
    web: SlackWeb, stage: SlackWeb, services: Services
) -> None:
    at_once(SlackSender(web).post(_person(stage, "alice"), _answer(services, "/yrd-city", "Ningbo")))


def test_an_ephemeral_reaches_a_member_and_no_one_else(
    web: SlackWeb, stage: SlackWeb, services: Services
) -> None:
    channel, sent = _channel(stage), _answer(services, "/yrd-city", "Ningbo")
    members = stage.conversations_members(channel=channel)["members"]
    at_once(SlackSender(web).whisper(channel, members[0], sent))
    with pytest.raises(SlackApiError) as refused:
        at_once(SlackSender(web).whisper(channel, "U000NOBODY", sent))
    assert refused.value.response["error"] in {"user_not_in_channel", "user_not_found"}


def test_the_home_tab_is_published(web: SlackWeb, stage: SlackWeb, services: Services) -> None:
    at_once(
        SlackSender(web).views.publish_home(
            _person(stage, "alice"), home_view(FrontPage(services.base, fact_renderer(services.base)))
        )
    )


def test_the_scopes_of_the_manifest_are_enough_and_others_are_refused(web: SlackWeb) -> None:
    with pytest.raises(SlackApiError) as refused:
        web.reactions_add(channel="C1", timestamp="1.0", name="wave")
    assert refused.value.response["error"] == "missing_scope"
    assert refused.value.response["needed"] == "reactions:write"
