"""Slack Connect: whose people are answered and have rights, as the rows of connect.toml say, in both modes."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest

from bot.local_slack import LocalSlackServer
from bot.local_slack.api.views import show_modal, view_json
from bot.local_slack.state.delivery import Delivery
from bot.local_slack.state.identity import new_identity
from bot.local_slack.state.records import Message, User
from bot.render.button_value import ButtonValue
from bot.slack.curation import modal, pages
from bot.slack.curation.metadata import ProposalMetadata
from bot.slack.home.publish import NOT_KNOWN
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.contributions import StoredContributions
from handlers.curation.admin import NOT_AN_ADMIN
from handlers.curation.projection import replay
from handlers.rights import NOT_A_MEMBER, NOT_REACHED
from handlers.services import Services
from knowledge.base import FactBase
from tests.cli.test_export_seeds import PAGE
from tests.slack.curation_stage import HINTS, SHORTCUTS, CurationStage
from tests.slack.stage import HandClock
from tests.state import raw

TABLE: Final = tomllib.loads(Path(__file__).with_name("connect.toml").read_text(encoding="utf-8"))
APPS: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "grid": {"enterprise_id": "E0OURS"},
    "org": {"enterprise_id": "E0OURS", "is_enterprise_install": True},
}
# That an event came is recorded of everybody, so that it is answered once.
RECEIPTS: Final = {"events", "requests", "_sqlite_migrations"}
HEARD: Final = {"another": "serves another workspace", "untold": "Slack did not tell me whether you belong"}


class Keeping:
    """A transport that carries nothing and remembers what it was given."""

    payload: Any = None

    def send(self, kind: Any, payload: Any, retry: Any = None) -> Delivery:
        self.payload = payload
        return Delivery(kind, payload, 200)


@dataclass
class Scene:
    """One row on a stage: a new person, and a colleague of ours for them to appoint."""

    stage: CurationStage
    row: dict[str, Any]
    user: User
    target: User
    message: Message | None = None
    delivery: Delivery | None = None
    before: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return f"admin curators add <@{self.target.id}>"

    def captured(self, act: Callable[[], Any]) -> Any:
        """The payload that `act` would have sent."""
        driver, keeping = self.stage.slack.driver, Keeping()
        before, driver.transport = driver.transport, keeping
        act()
        driver.transport = before
        return json.loads(json.dumps(keeping.payload))

    def send(self, kind: Any, payload: Any) -> None:
        self.delivery = self.stage.slack.driver.transport.send(kind, payload)
        assert self.delivery.ok
        self.stage.settle()

    def heard(self) -> str:
        """All that the person was told."""
        team = self.stage.slack.team
        said = [m.text for m in team.ephemerals("general", self.user)]
        said += [m.text for m in team.posts(team.im(self.user)) if m.by_bot]
        if self.message is not None:
            said += [m.text for m in team.replies(self.message.channel, self.message.ts) if m.by_bot]
        if self.user.id in team.homes:
            said.append(json.dumps(team.homes[self.user.id].body, ensure_ascii=False))
        assert self.delivery is not None
        return "\n".join([*said, json.dumps(self.delivery.reply)])

    def kept(self) -> dict[str, int]:
        """How many rows each table of state.db has."""
        db = raw.at(self.stage.store)
        return {name: db.table(name).count for name in db.table_names() if name not in RECEIPTS}

    def has_right(self) -> bool:
        """Whether the right was exercised: the colleague was appointed, or the person's proposal kept."""
        stands = replay(StoredContributions(self.stage.store).events(self.stage.identity().team))
        proposers = {kept.proposer for kept in stands.contributions.values()}
        return self.target.id in stands.curators or self.user.id in proposers


def _event(scene: Scene, payload: Any) -> None:
    event = payload["event"]
    for name in ("user_team", "team", "source_team", "user_profile"):
        event.pop(name, None)
    scene.send(
        "events_api", payload | _read(scene.row.get("outer", {})) | {"event": event | scene.row["said"]}
    )


def mention(scene: Scene) -> None:
    driver = scene.stage.slack.driver
    payload = scene.captured(lambda: driver.mention(scene.user, "general", scene.words))
    scene.message = scene.stage.slack.team.find(payload["event"]["channel"], payload["event"]["ts"])
    _event(scene, payload)


def message(scene: Scene) -> None:
    driver = scene.stage.slack.driver
    _event(scene, scene.captured(lambda: driver.direct_message(scene.user, scene.words)))


def home(scene: Scene) -> None:
    scene.send("events_api", scene.captured(lambda: scene.stage.slack.driver.open_home(scene.user)))


def command(scene: Scene) -> None:
    driver = scene.stage.slack.driver
    payload = scene.captured(lambda: driver.command(scene.user, "general", "/yrd", scene.words))
    scene.send("slash_commands", payload | _read(scene.row.get("outer", {})))


def _interaction(scene: Scene, payload: Any) -> None:
    del payload["user"]["team_id"], payload["team"]
    if "user_team" in scene.row:
        payload["user"]["team_id"] = _read(scene.row["user_team"])
    team = _read(scene.row.get("team", scene.stage.team_id))
    payload["team"] = team and {"id": team, "domain": "somewhere"}
    if "installed" in scene.row:
        payload["view"]["app_installed_team_id"] = scene.row["installed"]
    scene.send("interactive", payload)


def click(scene: Scene) -> None:
    driver, team = scene.stage.slack.driver, scene.stage.slack.team
    under = team.post("general", scene.stage.slack.workspace.identity.bot_user, "Choose", by_bot=True)
    value = ButtonValue(command="/yrd", text=f"admin curators add {scene.target.id}").encode()
    action = {"type": "button", "action_id": "choice:0", "block_id": "b", "value": value}
    _interaction(scene, scene.captured(lambda: driver.press(scene.user, under, action)))


def shortcut(scene: Scene) -> None:
    driver = scene.stage.slack.driver
    on = driver.say("bob", "general", "Ningbo").message
    assert on is not None
    _interaction(scene, scene.captured(lambda: driver.shortcut(scene.user, on, "look_up")))


def global_shortcut(scene: Scene) -> None:
    driver = scene.stage.slack.driver
    on = driver.say("bob", "general", "Ningbo").message
    assert on is not None
    payload = scene.captured(lambda: driver.shortcut(scene.user, on, "anything"))
    kept = {
        "type",
        "token",
        "user",
        "team",
        "enterprise",
        "is_enterprise_install",
        "api_app_id",
        "trigger_id",
    }
    _interaction(
        scene, {k: v for k, v in payload.items() if k in kept} | {"type": "shortcut", "callback_id": "x"}
    )


def _opened(scene: Scene) -> None:
    channel = scene.stage.slack.team.channel("general").id
    # What is proposed already is not proposed twice.
    own = PAGE.model_copy(update={"statement": f"{PAGE.statement.rstrip('.')}, says {scene.user.id}."})
    page = ProposalMetadata(channel=channel, draft=own)
    form = modal.form(Services(scene.stage.base), {}, page) | {
        "callback_id": pages.CONFIRM,
        "notify_on_close": True,
    }
    show_modal(scene.stage.slack.team, scene.user.id, form)


def submission(scene: Scene) -> None:
    _opened(scene)
    _interaction(scene, scene.captured(lambda: scene.stage.slack.driver.submit_view(scene.user)))


def closed(scene: Scene) -> None:
    _opened(scene)
    _interaction(scene, scene.captured(lambda: scene.stage.slack.driver.close_view(scene.user)))


def options(scene: Scene) -> None:
    _opened(scene)
    team = scene.stage.slack.team
    payload = scene.captured(lambda: scene.stage.slack.driver.submit_view(scene.user))
    del payload["trigger_id"], payload["response_urls"]
    view = next(view for view in team.modals.values() if view.user == scene.user.id)
    asked = {"type": "block_suggestion", "action_id": "x", "block_id": "x", "value": "Ni"}
    _interaction(scene, payload | asked | {"view": view_json(team, view)})


SURFACES: Final[dict[str, Callable[[Scene], None]]] = {
    "mention": mention, "message": message, "home": home, "command": command, "click": click, "shortcut": shortcut,
    "global shortcut": global_shortcut, "submission": submission, "options": options, "closed": closed,
}  # fmt: skip


def _read(value: Any) -> Any:
    """A value of the table, which has no null of its own."""
    if isinstance(value, dict):
        return {name: _read(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_read(inner) for inner in value]
    return None if value == "null" else value


def _named(row: dict[str, Any]) -> str:
    said = {name: value for name, value in row.items() if name not in ("surface", "person", "seen")}
    return f"{row['surface']}, {row['person']}, {json.dumps(said)}: {row['seen']}"


@pytest.fixture(scope="module")
def staged(
    tmp_path_factory: pytest.TempPathFactory, base: FactBase
) -> Iterator[Callable[[str, str], CurationStage]]:
    """A stage for every sort of installation and both modes, opened when it is first needed."""
    made: dict[tuple[str, str], CurationStage] = {}
    with ExitStack() as open_ones:

        def get(app: str, mode: str) -> CurationStage:
            if (app, mode) not in made:
                clock = HandClock()
                identity = replace(new_identity(scopes_in_use()), **APPS[app])
                slack = open_ones.enter_context(
                    LocalSlackServer(clock=clock, commands=HINTS, shortcuts=SHORTCUTS, identity=identity)
                )
                folder = tmp_path_factory.mktemp(f"{app}-{mode}")
                made[app, mode] = stage = CurationStage(slack, folder, clock, base, mode)
                open_ones.callback(stage.store.close)
                open_ones.callback(stage.close)
            return made[app, mode]

        yield get


_NUMBERS: Final = count(1)


def _scene(stage: CurationStage, row: dict[str, Any]) -> Scene:
    number, team = next(_NUMBERS), stage.slack.team
    told = _read(TABLE["person"][row["person"]])
    here = {"id": "W2", "enterprise_id": "E0OURS", "teams": [team.identity.team_id]}
    user = User(f"U0ASKER{number}", f"asker{number}", "Ada Asker", is_admin=True, **told)
    target = User(f"U0TARGET{number}", f"target{number}", "Tao Target")
    if stage.slack.workspace.identity.enterprise_id:
        target.enterprise_user = here
    for person in (user, target):
        team.add_user(person)
        team.im(person)
        team.join("general", person)
    return Scene(stage, row, user, target)


@pytest.mark.parametrize("mode", ["http", "socket"])
@pytest.mark.parametrize("row", TABLE["row"], ids=_named)
def test_each_is_answered_as_one_of_ours_a_stranger_or_nobody_known(
    staged: Callable[[str, str], CurationStage], row: dict[str, Any], mode: str
) -> None:
    stage = staged(row.get("app", "plain"), mode)
    scene = _scene(stage, row)
    before = scene.kept()
    if row["person"] == "fails":
        stage.slack.faults.error("users.info", "fatal_error", times=99)
    try:
        SURFACES[row["surface"]](scene)
    finally:
        stage.slack.faults.clear()
    heard, seen = scene.heard(), row["seen"]
    needs_right = row["surface"] in ("mention", "message", "command", "click", "submission")
    assert scene.has_right() == (needs_right and seen == "done"), heard
    if seen in HEARD:
        assert HEARD[seen] in heard
        assert scene.kept() == before
    elif seen in ("silence", "nothing"):
        assert heard.strip() in ('""', '{"options": []}')
        assert scene.kept() == before
    else:
        assert not any(said in heard for said in (*HEARD.values(), "could not read"))
        assert len(heard.strip()) > 2
    if seen == "read" and needs_right:
        is_unsaid = row["person"] in ("fails", "unsaid")
        is_appointing = row["surface"] != "submission"
        assert (NOT_REACHED if is_unsaid else NOT_AN_ADMIN if is_appointing else NOT_A_MEMBER) in heard
        assert scene.kept() == before
    if row["surface"] == "home":
        assert ("Propose a fact" in heard) == (seen == "done")
        assert (NOT_KNOWN in heard) == (seen == "read")
