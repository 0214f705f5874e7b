"""The page: what one person sees of the workspace, and what they do in it. Loopback only."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from ipaddress import ip_address
from typing import TypedDict
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, jsonify, render_template, request

from bot.local_slack.api.exchange_log import ExchangeLog
from bot.local_slack.blockkit.json import Json
from bot.local_slack.driver.driver import Driver
from bot.local_slack.state.team import Team
from bot.local_slack.web.actions import PageActions
from bot.local_slack.web.pictures import hotspots, is_png
from bot.local_slack.web.tour import Tour
from bot.local_slack.web.visible import visible_to

LOG = logging.getLogger(__name__)
# What a person can type, escaped as JSON, and a modal full of inputs.
LARGEST_ACT = 256_000
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class CommandHint(TypedDict):
    """A slash command as the composer completes it."""

    command: str
    description: str
    usage_hint: str


class ShortcutHint(TypedDict):
    """A message shortcut as the message menu shows it."""

    callback_id: str
    name: str


class Page:
    """Serves the page and carries out what people do, in threads of its own.

    A request of the page never waits for the bot: it would hold a thread that the bot's calls need.
    """

    def __init__(
        self,
        team: Team,
        driver: Driver,
        tour: Tour,
        commands: Sequence[CommandHint],
        shortcuts: Sequence[ShortcutHint],
        exchange_log: ExchangeLog,
        threads: int = 4,
    ) -> None:
        self._team = team
        self._exchange_log = exchange_log
        self._tour = tour
        self._actions = PageActions(team, driver, tour, [hint["command"] for hint in commands])
        self._commands = tuple(commands)
        self._shortcuts = tuple(shortcuts)
        self._work = ThreadPoolExecutor(threads, thread_name_prefix="workspace")

    def close(self) -> None:
        """Finish what people did; take nothing new."""
        self._work.shutdown()

    def blueprint(self) -> Blueprint:
        """Return the routes /, /workspace/updates, /workspace/act, uploaded pictures and the static files."""
        routes = Blueprint(
            "workspace",
            __name__,
            template_folder="templates",
            static_folder="static",
            static_url_path="/workspace/static",
        )
        routes.before_request(refuse_strangers)
        routes.after_request(_harden)
        routes.add_url_rule("/", "page", self._page)
        routes.add_url_rule("/workspace/updates", "updates", self._updates)
        routes.add_url_rule("/workspace/act", "act", self._act, methods=["POST"])
        routes.add_url_rule("/workspace/file/<file_id>", "file", self._file)
        routes.add_url_rule("/workspace/file/<file_id>/parts", "parts", self._parts)
        return routes

    def _file(self, file_id: str) -> Response:
        """A picture that the bot uploaded; other files are not served, since a browser might run them."""
        file = self._team.files.get(file_id)
        if file is None or not is_png(file.content):
            abort(404)
        return Response(file.content, mimetype="image/png")

    def _parts(self, file_id: str) -> Response:
        file = self._team.files.get(file_id)
        parts = hotspots(file.content) if file else None
        if parts is None:
            abort(404)
        return jsonify(parts)

    def _page(self) -> str:
        return render_template("workspace.html", team=self._team.identity.team_name)

    def _updates(self) -> Response:
        user = self._team.users.get(request.args.get("as", ""))
        if user is None or user.is_bot:
            user = next(u for u in self._team.users.values() if not u.is_bot)
        tab = request.args.get("tab", "")
        if tab and request.args.get("looking") == "1":
            self._tour.look(tab)
        epoch = request.args.get("epoch", "")
        since = request.args.get("since", 0, type=int) if epoch == self._team.epoch else 0
        seen = visible_to(self._team, user, since, fresh=request.args.get("fresh") == "1")
        if "me" in seen:
            seen["tour"] = self._tour.shown(tab)
        if request.args.get("saw"):
            seen["saw"] = self._saw(request.args.get("saw", 0, type=int))
        if not since:
            seen |= {"commands": self._commands, "shortcuts": self._shortcuts, "guided": self._tour.guided}
        return jsonify(seen)

    def _saw(self, number: int) -> list[Json]:
        # The page asks with -1 for all there is: 0 would read as "not asked".
        return [exchange.shown() for exchange in self._exchange_log.after(number)]

    def _act(self) -> tuple[Response, int]:
        asked = request.get_json(silent=True)
        if not isinstance(asked, dict):
            abort(400, "JSON object expected")
        try:
            action = self._actions.read(asked)
        except (LookupError, TypeError, ValueError) as error:
            LOG.info("the page asked for something that is not there: %s", type(error).__name__)
            abort(400, "no such thing")
        self._work.submit(action).add_done_callback(_report)
        return jsonify(ok=True), 202


def _report(done: Future[object]) -> None:
    error = done.exception()
    if error is not None:
        LOG.error("what a person did on the page failed", exc_info=error)


def refuse_strangers() -> None:
    """A foreign Host is DNS rebinding, a foreign Origin another site's script, a foreign address another machine."""
    host = urlsplit(f"//{request.host}").hostname
    if not _is_loopback(host) or not _is_loopback(request.remote_addr):
        abort(403, "this page is for this machine only")
    if (request.content_length or 0) > LARGEST_ACT:
        abort(413, "too much")
    origin = request.headers.get("Origin")
    if request.method != "GET" and origin is not None and origin != f"http://{request.host}":
        abort(403, "foreign origin")


def _is_loopback(host: str | None) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host or "").is_loopback
    except ValueError:
        return False


def _harden(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cache-Control"] = "no-store"
    return response
