"""The clock, faults and state of the workspace: driven with the secret alone, kept safely, and seen in full."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bot.cli import workspace as workspace_command
from bot.local_slack import Workspace, build_workspace
from bot.local_slack.api.exchange_log import MOST_EXCHANGES, ExchangeLog
from bot.local_slack.state.clock import MovableClock
from bot.local_slack.state.persistence import STATE_FILE
from bot.local_slack.web.control import FILE, KINDS, PATH

HERE = "http://127.0.0.1:3000"
ALICE = "U04ALICE7K2"


def opened(folder: Path, clock: MovableClock | None = None) -> Workspace:
    # Port 9 (discard) answers nobody: these tests are not about the bot.
    return build_workspace(origin="http://127.0.0.1:9", folder=folder, clock=clock or MovableClock())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def web(workspace: Workspace) -> FlaskClient:
    app = Flask(__name__)
    for blueprint in workspace.blueprints:
        app.register_blueprint(blueprint)
    return app.test_client()


def secret(folder: Path) -> str:
    return str(json.loads((folder / FILE).read_text())["secret"])


def ask(web: FlaskClient, folder: Path, **asked: Any) -> Any:
    headers = {"Authorization": f"Bearer {secret(folder)}"}
    return web.post(PATH, json=asked, base_url=HERE, headers=headers)


def test_the_secret_is_for_its_owner_alone_and_goes_when_the_workspace_ends(tmp_path: Path) -> None:
    made = opened(tmp_path)
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600
    made.close()
    assert not (tmp_path / FILE).exists()
    assert (
        stat.S_IMODE((tmp_path / STATE_FILE).stat().st_mode) == 0o600
        if (tmp_path / STATE_FILE).exists()
        else True
    )


def test_a_stranger_and_any_page_are_refused(web: FlaskClient, tmp_path: Path) -> None:
    assert web.post(PATH, json={"do": "status"}, base_url=HERE).status_code == 403
    wrong = {"Authorization": "Bearer no"}
    assert web.post(PATH, json={"do": "status"}, base_url=HERE, headers=wrong).status_code == 403
    page = {"Authorization": f"Bearer {secret(tmp_path)}", "Origin": HERE}
    assert web.post(PATH, json={"do": "status"}, base_url=HERE, headers=page).status_code == 403
    good = {"Authorization": f"Bearer {secret(tmp_path)}"}
    assert (
        web.post(PATH, json={"do": "status"}, base_url="http://evil.example", headers=good).status_code == 403
    )
    assert ask(web, tmp_path, do="status").status_code == 200


def test_the_clock_goes_forward_in_steps_that_meet_every_quarter_of_an_hour(
    workspace: Workspace, web: FlaskClient, tmp_path: Path
) -> None:
    clock = workspace.team.clock
    seen: list[float] = []
    workspace.control.on_forward = lambda: seen.append(clock())
    before = clock()
    told = ask(web, tmp_path, do="forward", seconds=86_400).get_json()
    assert told["ahead"] == pytest.approx(86_400)
    assert clock() - before == pytest.approx(86_400, abs=5)
    assert 96 <= len(seen) <= 98
    assert all(at % 900 < 5 for at in seen[:-1])
    assert workspace.team.post("general", ALICE, "later").at > before + 86_000


@pytest.mark.parametrize(
    "asked",
    [
        {"do": "forward", "seconds": -1},
        {"do": "forward", "seconds": 9e9},
        {"do": "forward", "seconds": "1d"},
        {"do": "fault", "kind": "flood"},
        {"do": "fault", "kind": "429", "method": "no.such"},
        {"do": "fault", "kind": "error"},
        {"do": "fault", "kind": "500", "times": 0},
        {"do": "sing"},
    ],
)
def test_what_cannot_be_is_refused(asked: dict[str, Any], web: FlaskClient, tmp_path: Path) -> None:
    assert ask(web, tmp_path, **asked).status_code == 400


def test_faults_stand_ready_and_are_taken_back(
    workspace: Workspace, web: FlaskClient, tmp_path: Path
) -> None:
    ask(web, tmp_path, do="fault", kind="429", method="chat.postMessage", times=2, seconds=7)
    told = ask(web, tmp_path, do="fault", kind="time-out").get_json()
    assert told["faults"] == ["2 × rate_limit on chat.postMessage", "1 × time_out on *"]
    fault = workspace.faults.take("chat.postMessage")
    assert fault is not None
    assert (fault.kind, fault.seconds) == ("rate_limit", 7)
    ask(web, tmp_path, do="heal")
    told = ask(web, tmp_path, do="fault", kind="login-page", accepted=True, seconds=3).get_json()
    assert told["faults"] == ["1 × login_page on *"]
    fault = workspace.faults.take("users.info")
    assert fault is not None
    assert (fault.accepted, fault.seconds) == (True, 3)
    ask(web, tmp_path, do="fault", kind="500")
    assert ask(web, tmp_path, do="heal").get_json()["faults"] == []


def test_the_command_line_offers_every_kind_of_fault() -> None:
    assert workspace_command.KINDS == KINDS


def test_what_was_said_is_there_after_a_restart_and_private_things_are_not(tmp_path: Path) -> None:
    clock = MovableClock()
    first = opened(tmp_path, clock)
    root = first.team.post("general", ALICE, "杭州 & Ningbo", blocks=[{"type": "divider"}])
    first.team.post("general", first.identity.bot_user, "reply", thread_ts=root.ts)
    first.team.post("general", first.identity.bot_user, "psst", only_for=ALICE)
    first.team.delete(first.team.post("general", ALICE, "taken back"))
    dm = first.team.post(first.team.im("alice"), ALICE, "hello")
    first.team.join("random", first.identity.bot_user)
    clock.forward(3600)
    first.close()
    assert first.identity.bot_token not in (tmp_path / STATE_FILE).read_text()

    second = opened(tmp_path)
    assert [m.text for m in second.team.posts("general")] == ["杭州 & Ningbo", "reply"]
    assert second.team.posts("general")[0].blocks == root.blocks
    assert second.team.ephemerals("general", "alice") == []
    assert second.team.im("alice").id == dm.channel
    assert [m.text for m in second.team.posts(second.team.im("alice"))] == ["hello"]
    assert second.identity.bot_user in second.team.channel("random").members
    assert second.team.next_ts() > dm.ts
    assert second.team.clock() > dm.at + 3500
    second.close()


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"channels": [], "messages": 3}'])
def test_a_damaged_file_is_put_aside_and_the_workspace_opens(damage: str, tmp_path: Path) -> None:
    (tmp_path / STATE_FILE).write_text(damage)
    made = opened(tmp_path)
    assert made.team.posts("general") == []
    made.close()
    assert (tmp_path / STATE_FILE).with_suffix(".unreadable").read_text() == damage


def test_traffic_forgets_the_oldest_and_hides_tokens() -> None:
    exchange_log = ExchangeLog(lambda: 0.0)
    for number in range(MOST_EXCHANGES + 5):
        exchange_log.called(
            "chat.postMessage", {"token": "xoxb-secret", "text": str(number)}, 200, {"ok": True}, 0.0
        )
    kept = exchange_log.after(0)
    assert len(kept) == MOST_EXCHANGES
    assert kept[-1].payload == {"token": "…", "text": str(MOST_EXCHANGES + 4)}
    assert exchange_log.after(kept[-1].number) == []


def test_the_nearest_limit_is_named() -> None:
    exchange_log = ExchangeLog(lambda: 0.0)
    long = {"type": "context", "elements": [{"type": "mrkdwn", "text": "x" * 2_900}]}
    exchange_log.called("chat.postMessage", {"text": "short", "blocks": [long]}, 200, {"ok": True}, 0.0)
    usage = exchange_log.after(0)[0].usage
    assert usage is not None
    assert (usage.limit, usage.used, usage.most) == ("characters at /blocks/0/elements/0/text", 2_900, 3_000)
    for _ in range(19):
        exchange_log.called("users.list", {}, 200, {"ok": True}, 0.0)
    usage = exchange_log.after(0)[-1].usage
    assert usage is not None
    assert (usage.limit, usage.used, usage.most) == ("calls of users.list a minute (tier 2)", 19, 20)


def test_the_tour_that_is_called_for_begins_in_the_page_that_somebody_looks_at(
    web: FlaskClient, tmp_path: Path
) -> None:
    def tour(tab: str, looking: str) -> Any:
        return web.get(f"/workspace/updates?tab={tab}&looking={looking}", base_url=HERE).get_json()["tour"]

    assert ask(web, tmp_path, do="tour").status_code == 200

    assert tour("behind", "") is None
    assert tour("in-front", "1")["number"] == 1
    assert tour("another", "1") is None
    ask(web, tmp_path, do="reset")
    assert tour("in-front", "1") is None
