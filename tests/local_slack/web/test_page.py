"""The page's own endpoints: loopback only, and each person sees what is theirs."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.local_slack import CommandHint, Workspace, build_workspace

ALICE, BOB = "U04ALICE7K2", "U04BOB5M9QX"
HERE = "http://127.0.0.1:3000"


@pytest.fixture
def workspace() -> Workspace:
    commands = [CommandHint(command="/yrd", description="Ask", usage_hint="anything")]
    # Port 9 (discard) answers nobody: these tests are about the page, not the bot.
    return build_workspace(origin="http://127.0.0.1:9", commands=commands)


@pytest.fixture
def page(workspace: Workspace) -> FlaskClient:
    app = Flask(__name__)
    for blueprint in workspace.blueprints:
        app.register_blueprint(blueprint)
    return app.test_client()


def act(page: FlaskClient, asked: Any, **headers: str) -> int:
    return page.post("/workspace/act", json=asked, base_url=HERE, headers=headers).status_code


def test_a_foreign_host_is_refused(page: FlaskClient) -> None:
    assert page.get("/", base_url="http://evil.example:3000").status_code == 403
    assert page.get("/workspace/updates", base_url="http://evil.example").status_code == 403
    assert page.get("/", base_url=HERE).status_code == 200
    assert page.get("/", base_url="http://[::1]:3000").status_code == 200


def test_another_machine_is_refused(page: FlaskClient) -> None:
    answer = page.get("/", base_url=HERE, environ_overrides={"REMOTE_ADDR": "10.0.0.7"})

    assert answer.status_code == 403


def test_a_foreign_origin_cannot_act(page: FlaskClient) -> None:
    said = {"as": ALICE, "do": "say", "channel": "C04GENERAL1", "text": "hello"}

    assert act(page, said, Origin="http://evil.example") == 403
    assert act(page, said, Origin="null") == 403
    assert act(page, said, Origin=HERE) == 202


def test_a_form_of_another_site_cannot_act(page: FlaskClient) -> None:
    answer = page.post("/workspace/act", data='{"do": "say"}', content_type="text/plain", base_url=HERE)

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "asked",
    [
        [],
        {},
        {"as": "U0NOBODY", "do": "say"},
        {"as": "U04YRDDESK1", "do": "say", "channel": "C04GENERAL1", "text": "I am the bot"},
        {"as": BOB, "do": "say", "channel": "C04PLANNING", "text": "let me in"},
        {"as": BOB, "do": "say", "channel": "C04GENERAL1", "text": "   "},
        {"as": BOB, "do": "say", "channel": "C04GENERAL1", "text": "x" * 12_001},
        {"as": BOB, "do": "say", "channel": ["C04GENERAL1"], "text": "x"},
        {"as": BOB, "do": "format the disk"},
        {"as": BOB, "do": "click", "channel": "C04GENERAL1", "ts": "1.0", "action_id": "x"},
    ],
)
def test_what_cannot_be_is_a_bad_request(asked: Any, page: FlaskClient) -> None:
    assert act(page, asked) == 400


def test_nothing_of_another_person_is_shown(workspace: Workspace, page: FlaskClient) -> None:
    bot = workspace.identity.bot_user
    for text, fields in (("psst", {"only_for": ALICE}), ("all", {})):
        workspace.team.post("general", bot, text, **fields)
    workspace.team.post("planning", ALICE, "secret")

    def texts(user: str) -> list[str]:
        seen = page.get(f"/workspace/updates?as={user}", base_url=HERE).get_json()
        return [message["text"] for message in seen["messages"]]

    assert texts(BOB) == ["all"]
    assert sorted(texts(ALICE)) == ["all", "psst", "secret"]


def test_updates_hold_only_what_changed(workspace: Workspace, page: FlaskClient) -> None:
    first = workspace.team.post("general", ALICE, "one")
    seen = page.get(f"/workspace/updates?as={ALICE}", base_url=HERE).get_json()
    query = f"/workspace/updates?as={ALICE}&epoch={seen['epoch']}&since={seen['version']}"
    assert page.get(query, base_url=HERE).get_json() == {"epoch": seen["epoch"], "version": seen["version"]}

    workspace.team.post("general", ALICE, "two")
    workspace.team.delete(first)
    news = page.get(query, base_url=HERE).get_json()

    assert [m.get("text", m.get("deleted")) for m in news["messages"]] == [True, "two"]
    assert "commands" not in news


def test_a_cursor_of_an_earlier_run_starts_afresh(workspace: Workspace, page: FlaskClient) -> None:
    workspace.team.post("general", ALICE, "one")

    news = page.get(f"/workspace/updates?as={ALICE}&epoch=old&since=999999", base_url=HERE).get_json()

    assert [m["text"] for m in news["messages"]] == ["one"]
    assert news["commands"][0]["command"] == "/yrd"


@pytest.mark.parametrize(
    ("text", "thread", "tip"),
    [("/nothing here", "", "is not a command here"), ("/yrd x", "root", "is not supported in threads")],
)
def test_commands_that_cannot_run_are_explained(
    text: str, thread: str, tip: str, workspace: Workspace, page: FlaskClient
) -> None:
    root = workspace.team.post("general", ALICE, "root")
    thread_ts = root.ts if thread else ""

    act(page, {"as": ALICE, "do": "say", "channel": "C04GENERAL1", "text": text, "thread": thread_ts})

    [notice] = workspace.team.wait_for(lambda: workspace.team.ephemerals("general", ALICE))
    assert tip in notice.text


def test_invite_brings_the_bot_in(workspace: Workspace, page: FlaskClient) -> None:
    act(page, {"as": ALICE, "do": "say", "channel": "C04RANDOM01", "text": "/invite @yrd-desk"})

    bot = workspace.identity.bot_user
    assert workspace.team.wait_for(lambda: bot in workspace.team.channel("random").members)


def test_the_page_asks_nothing_of_other_hosts(page: FlaskClient) -> None:
    answer = page.get("/", base_url=HERE)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "http://" not in answer.text
    assert "https://" not in answer.text


@pytest.mark.parametrize("guided", [True, False])
def test_a_page_knows_whether_its_first_visit_begins_with_the_tour(guided: bool) -> None:
    workspace = build_workspace(origin="http://127.0.0.1:9", guided=guided)
    app = Flask(__name__)
    app.register_blueprint(workspace.page.blueprint())

    first = app.test_client().get("/workspace/updates", base_url=HERE).get_json()

    assert (first["guided"], first["tour"]) == (guided, None)
    workspace.close()


@pytest.mark.parametrize("tab", ["", "x" * 37, 5])
def test_a_tour_is_that_of_a_tab(page: FlaskClient, tab: Any) -> None:
    assert act(page, {"as": ALICE, "do": "tour", "what": "start", "tab": tab}) == 400
    assert act(page, {"as": ALICE, "do": "tour", "what": "start", "tab": "t-1"}) == 202
