"""A response_url posts, replaces and deletes, five times within half an hour."""

from __future__ import annotations

from typing import Any

import pytest
from slack_sdk.webhook import WebhookClient

from bot.local_slack import LocalSlackServer
from bot.local_slack.blockkit import limits
from tests.local_slack.echo import SHARE

GENERAL, ALICE = "C04GENERAL1", "U04ALICE7K2"


def issue(slack: LocalSlackServer, origin: str = "") -> WebhookClient:
    urls = slack.workspace.slack.urls
    return WebhookClient(urls.address(urls.issue(GENERAL, ALICE, origin)))


def test_an_answer_is_ephemeral_unless_it_says_otherwise(slack: LocalSlackServer) -> None:
    url = issue(slack)

    assert url.send(text="to one").body == "ok"
    url.send(text="to all", response_type="in_channel")

    assert [m.text for m in slack.team.ephemerals("general", "alice")] == ["to one"]
    assert [m.text for m in slack.team.posts("general")] == ["to all"]


def test_a_response_url_is_good_for_five_uses(slack: LocalSlackServer) -> None:
    url = issue(slack)

    assert [url.send(text="x").status_code for _ in range(limits.RESPONSE_USES)] == [200] * 5
    sixth = url.send(text="x")

    assert sixth.status_code == 404
    assert "used_url" in sixth.body


def test_a_response_url_is_good_for_half_an_hour(slack: LocalSlackServer, clock: Any) -> None:
    url = issue(slack)
    clock.advance(limits.RESPONSE_SECONDS)
    assert url.send(text="x").status_code == 200

    clock.advance(1)

    assert "expired_url" in url.send(text="x").body


def test_the_original_is_replaced_or_deleted(slack: LocalSlackServer) -> None:
    first = slack.team.post(
        "general", slack.workspace.identity.bot_user, "old", blocks=[SHARE], only_for=ALICE
    )
    url = issue(slack, first.ts)

    url.send_dict({"text": "new", "replace_original": True})
    assert [(m.text, m.blocks) for m in slack.team.ephemerals("general", "alice")] == [("new", [])]
    url.send_dict({"delete_original": True})

    assert slack.team.ephemerals("general", "alice") == []
    assert "message_not_found" in url.send_dict({"delete_original": True}).body


def test_what_slack_would_refuse_is_refused(slack: LocalSlackServer) -> None:
    refused = issue(slack).send_dict({"text": "x", "blocks": [{"type": "poem"}]})

    assert refused.status_code == 400
    assert "invalid_blocks" in refused.body


def test_an_answer_may_go_to_a_thread(slack: LocalSlackServer) -> None:
    root = slack.team.post("general", ALICE, "root")

    issue(slack).send_dict({"text": "x", "thread_ts": root.ts, "response_type": "in_channel"})

    assert [m.text for m in slack.team.replies("general", root.ts)] == ["x"]


@pytest.mark.parametrize("kind", ["rate_limit", "drop"])
def test_a_response_url_can_fail_on_demand(kind: str, slack: LocalSlackServer) -> None:
    getattr(slack.faults, kind)("response_url")

    if kind == "drop":
        with pytest.raises(ConnectionError):
            WebhookClient(issue(slack).url, retry_handlers=[]).send(text="x")
    else:
        assert issue(slack).send(text="x").status_code == 429
