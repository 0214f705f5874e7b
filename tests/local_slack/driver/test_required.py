"""A form goes out as Slack's client lets it: not with a required field left empty, nor with a text of the wrong length."""

from __future__ import annotations

from typing import Any

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.driver.required import EMPTY, held_back
from tests.local_slack.echo import attach_over_http


def field(kind: str = "plain_text_input", *, optional: bool = False, **element: Any) -> list[dict[str, Any]]:
    held = {"type": kind, "action_id": "a", **element}
    return [{"type": "input", "block_id": "b", "optional": optional, "element": held}]


OPTIONS = [{"text": {"type": "plain_text", "text": "Ports"}, "value": "ports"}]


@pytest.mark.parametrize(
    ("blocks", "nothing"),
    [
        (field(), ""),
        (field(), None),
        (field("static_select", options=OPTIONS), None),
        (field("multi_static_select", options=OPTIONS), []),
        (field("checkboxes", options=OPTIONS), []),
        (field("radio_buttons", options=OPTIONS), None),
        (field("datepicker"), None),
        (field("conversations_select"), None),
    ],
)
def test_a_required_field_left_empty_is_held_back(blocks: list[dict[str, Any]], nothing: Any) -> None:
    assert held_back(blocks, {"a": nothing}) == {"b": EMPTY}
    assert held_back([block | {"optional": True} for block in blocks], {"a": nothing}) == {}


def test_what_a_field_begins_with_fills_it() -> None:
    assert held_back(field(initial_value="Ningbo"), {}) == {}
    assert held_back(field("static_select", options=OPTIONS, initial_option=OPTIONS[0]), {}) == {}


def test_spaces_are_text() -> None:
    assert held_back(field(), {"a": "  "}) == {}


def test_a_text_is_as_long_as_its_field_takes() -> None:
    bounded = field(min_length=3, max_length=5, optional=True)

    assert held_back(bounded, {"a": "ab"}) == {"b": "Use at least 3 characters."}
    assert held_back(bounded, {"a": "abcdef"}) == {"b": "Use 5 characters or fewer."}
    assert held_back(bounded, {"a": "abcd"}) == {}
    assert held_back(bounded, {"a": ""}) == {}


def test_what_is_held_back_is_not_sent_and_its_field_says_why() -> None:
    with LocalSlackServer() as slack:
        attach_over_http(slack)
        said = slack.driver.say("bob", "general", "Nanjing").message
        assert said is not None
        slack.driver.shortcut("alice", said, "look_up")
        form = slack.team.modal_of("alice")
        assert form is not None
        sent = len(slack.workspace.exchange_log.after(0))

        assert slack.driver.fill_in("alice", {"name": ""}) is None

        assert form.errors == {"name": EMPTY}
        assert len(slack.workspace.exchange_log.after(0)) == sent
        filled = slack.driver.fill_in("alice", {"name": "Nanjing"})
        assert filled is not None
        assert filled.ok
        assert slack.team.modal_of("alice") is None
