"""Views of Slack's: an open modal is changed only as long as it shows what whoever changes it has seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from bot.local_slack import LocalSlackServer
from bot.render import blockkit
from bot.slack.api.web import client
from bot.slack.sending.client import SlackSender
from bot.slack.sending.views import NotOpenedError, Opened, SlackViews
from tests.slack.at_once import at_once


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer() as slack:
        yield slack


@pytest.fixture
def views(slack: LocalSlackServer) -> SlackViews:
    return SlackSender(client(slack.bot_token, slack.api_url, deadline=2)).views


def view(text: str) -> dict[str, Any]:
    return {"type": "modal", "title": blockkit.plain_text(text, 24), "blocks": [blockkit.header(text)]}


def trigger(slack: LocalSlackServer) -> str:
    return slack.workspace.slack.context.triggers.issue(slack.team.user("alice").id)


def shown(slack: LocalSlackServer) -> str:
    top = slack.team.modal_of("alice")
    assert top is not None
    return str(top.body["title"]["text"])


def test_a_modal_that_shows_something_else_by_now_is_left_alone(
    slack: LocalSlackServer, views: SlackViews
) -> None:
    opened = at_once(views.open(trigger(slack), view("first")))
    newer = at_once(views.update(opened.id, view("newer"), still=opened.hash))
    assert newer is not None
    assert newer.hash != opened.hash
    assert at_once(views.update(opened.id, view("late"), still=opened.hash)) == opened
    assert shown(slack) == "newer"
    assert at_once(views.update(opened.id, view("next"), still=newer.hash)) is not None
    assert shown(slack) == "next"


def test_what_is_not_to_be_done_when_its_turn_comes_is_not_done(
    slack: LocalSlackServer, views: SlackViews
) -> None:
    opened = at_once(views.open(trigger(slack), view("first")))
    assert at_once(views.update(opened.id, view("late"), unless=lambda: True)) == Opened(opened.id, "")
    assert shown(slack) == "first"


def test_a_modal_that_was_closed_is_told_as_that(slack: LocalSlackServer, views: SlackViews) -> None:
    opened = at_once(views.open(trigger(slack), view("first")))
    slack.driver.close_view("alice")
    assert at_once(views.update(opened.id, view("late"))) is None


def test_over_three_modals_slack_lays_no_other(slack: LocalSlackServer, views: SlackViews) -> None:
    at_once(views.open(trigger(slack), view("1")))
    for title in ("2", "3"):
        at_once(views.push(trigger(slack), view(title)))
    with pytest.raises(NotOpenedError):
        at_once(views.push(trigger(slack), view("4")))
    assert shown(slack) == "3"
