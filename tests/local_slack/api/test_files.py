"""Uploading to the local Slack is as strict as to Slack, and the page serves pictures alone."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.local_slack import LocalSlackServer
from bot.local_slack.web.pictures import hotspots

GENERAL, RANDOM, ALICE = "C04GENERAL1", "C04RANDOM01", "U04ALICE7K2"
PICTURE = b"\x89PNG\r\n\x1a\n" + b"rest"


def upload(client: WebClient, content: bytes = PICTURE, channel: str | None = GENERAL) -> object:
    return client.files_upload_v2(
        channel=channel,
        file=content,
        filename="a.png",
        title="A",
        alt_txt="what it shows",
        initial_comment="Here",
    )


def test_an_upload_is_a_message_with_a_file(slack: LocalSlackServer, client: WebClient) -> None:
    upload(client)
    message = slack.team.posts("general")[-1]
    file = slack.team.files[message.files[0]]
    assert (message.text, file.title, file.alt, file.content) == ("Here", "A", "what it shows", PICTURE)


def test_an_upload_needs_its_scope() -> None:
    with LocalSlackServer(scopes=("chat:write",)) as slack:
        client = WebClient(token=slack.bot_token, base_url=slack.api_url)
        with pytest.raises(SlackApiError) as refused:
            upload(client)
        assert refused.value.response["needed"] == "files:write"


def test_a_file_is_not_shared_where_the_bot_is_no_member(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        upload(client, channel=RANDOM)
    assert refused.value.response["error"] == "not_in_channel"


def test_words_for_a_picture_have_a_limit(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as refused:
        client.files_getUploadURLExternal(filename="a.png", length=3, alt_txt="x" * 1001)
    assert refused.value.response["error"] == "alt_txt_too_large"


def test_a_file_that_was_not_posted_cannot_be_shared(client: WebClient) -> None:
    asked = client.files_getUploadURLExternal(filename="a.png", length=3)
    with pytest.raises(SlackApiError) as refused:
        client.files_completeUploadExternal(files=[{"id": asked["file_id"]}], channel_id=GENERAL)
    assert refused.value.response["error"] == "file_not_found"


def test_the_page_serves_pictures_and_nothing_else(slack: LocalSlackServer, client: WebClient) -> None:
    upload(client)
    upload(client, b"<script>alert(1)</script>")
    picture, page = (message.files[0] for message in slack.team.posts("general")[-2:])
    with urllib.request.urlopen(f"{slack.origin}/workspace/file/{picture}") as answer:
        assert answer.headers["Content-Type"] == "image/png"
        assert answer.read() == PICTURE
    for path in (page, f"{picture}/parts", "F0NOSUCH"):
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"{slack.origin}/workspace/file/{path}")
        assert refused.value.code == 404


@pytest.mark.parametrize("content", [b"", PICTURE, b"\x89PNG\r\n\x1a\n" + b"\xff" * 40, b"GIF89a"])
def test_a_picture_without_parts_has_none(content: bytes) -> None:
    assert hotspots(content) is None


def picture_block(file: object) -> dict[str, object]:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "what it shows"}


def test_a_picture_that_was_uploaded_to_nowhere_stands_in_any_message(
    slack: LocalSlackServer, client: WebClient
) -> None:
    upload(client, channel=None)
    (file,) = slack.team.files
    assert client.chat_postMessage(channel=GENERAL, text="x", blocks=[picture_block(file)])["ok"]
    assert client.chat_postEphemeral(channel=GENERAL, user=ALICE, text="x", blocks=[picture_block(file)])[
        "ok"
    ]
    assert client.views_publish(user_id=ALICE, view={"type": "home", "blocks": [picture_block(file)]})["ok"]


def test_a_picture_whose_bytes_have_not_come_is_refused(client: WebClient) -> None:
    asked = client.files_getUploadURLExternal(filename="a.png", length=3)
    for file in (asked["file_id"], "F0NONE"):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=GENERAL, text="x", blocks=[picture_block(file)])
        assert refused.value.response["error"] == "invalid_blocks"


def test_a_picture_has_one_source(client: WebClient) -> None:
    both = picture_block("F0NONE") | {"image_url": "https://example.org/a.png"}
    for block in (both, {"type": "image", "alt_text": "x"}, picture_block("F0NONE") | {"slack_file": {}}):
        with pytest.raises(SlackApiError) as refused:
            client.chat_postMessage(channel=GENERAL, text="x", blocks=[block])
        assert refused.value.response["error"] == "invalid_blocks"
