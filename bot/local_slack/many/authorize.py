"""The page on which a person lets the app into a workspace: /oauth/v2/authorize."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Final
from urllib.parse import urlencode, urlsplit

from flask import Blueprint, Response, render_template, request

from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.build import Workspace
from bot.local_slack.many.app import OAuthApp
from bot.local_slack.many.grants import Grants
from bot.local_slack.state.records import User
from bot.local_slack.web.page import refuse_strangers

PATH: Final = "/oauth/v2/authorize"
SAID: Final = {
    "invalid_client_id": "Invalid client_id parameter",
    "bad_redirect_uri": "redirect_uri did not match any configured URIs",
    "no_scopes": "The request asks for no scopes",
    "invalid_team": "There is no such workspace",
    "user_not_found": "There is no such person in that workspace",
}
# No form-action: a browser would hold it against where the bot sends people on, too.
POLICY: Final = "default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'; frame-ancestors 'none'"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the bot sent a person with. `redirect_uri` and `team` are "" where they are left out."""

    client_id: str
    scope: str
    user_scope: str
    redirect_uri: str
    state: str
    team: str

    @property
    def scopes(self) -> frozenset[str]:
        """Return the scopes for the bot."""
        return frozenset(_names(self.scope))


NAMES: Final = tuple(field.name for field in fields(Asked))


@dataclass(frozen=True, slots=True)
class Door:
    """A workspace that the app may be let into, and who may do it: the first is chosen until another is."""

    team_id: str
    name: str
    people: tuple[User, ...]


class Authorizing:
    """Shows the page and sends the person back to the bot, with a code or with access_denied."""

    def __init__(self, app: OAuthApp, grants: Grants, workspaces: Callable[[], Iterable[Workspace]]) -> None:
        self._app = app
        self._grants = grants
        self._workspaces = workspaces

    def blueprint(self) -> Blueprint:
        """Return the routes of the page and of its buttons."""
        routes = Blueprint("authorize", __name__, template_folder="../web/templates")
        routes.before_request(refuse_strangers)
        routes.register_error_handler(SlackError, _refused)
        routes.add_url_rule(PATH, "page", self._page)
        routes.add_url_rule(f"{PATH}/allow", "allow", self._allow, methods=["POST"])
        routes.add_url_rule(f"{PATH}/cancel", "cancel", self._cancel, methods=["POST"])
        return routes

    def _page(self) -> Response:
        asked = self._asked()
        doors = [_door(workspace) for workspace in self._workspaces()]
        only = [door for door in doors if door.team_id == asked.team]
        names = (*_names(asked.scope), *_names(asked.user_scope))
        return _shown(200, app=self._app.name, asked=asked, scopes=names, doors=only or doors)

    def _allow(self) -> Response:
        asked = self._asked()
        chosen = request.form.get("workspace", "")
        door = next((_door(ws) for ws in self._workspaces() if ws.identity.team_id == chosen), None)
        if door is None:
            raise SlackError("invalid_team")
        user = request.form.get("user") or door.people[0].id
        if user not in {person.id for person in door.people}:
            raise SlackError("user_not_found")
        code = self._grants.issue(chosen, user, asked.scopes, asked.redirect_uri)
        return self._back(asked, code=code)

    def _cancel(self) -> Response:
        return self._back(self._asked(), error="access_denied")

    def _asked(self) -> Asked:
        """What is wrong with the app or with where to go back to is told here: the person must not be sent there."""
        given = request.form if request.method == "POST" else request.args
        asked = Asked(**{name: given.get(name, "") for name in NAMES})
        if asked.client_id != self._app.client_id:
            raise SlackError("invalid_client_id")
        if asked.redirect_uri and asked.redirect_uri not in self._app.redirect_uris:
            raise SlackError("bad_redirect_uri", passed=asked.redirect_uri)
        if not asked.scopes:
            raise SlackError("no_scopes")
        return asked

    def _back(self, asked: Asked, **told: str) -> Response:
        uri = asked.redirect_uri or self._app.redirect_uris[0]
        joint = "&" if urlsplit(uri).query else "?"
        location = f"{uri}{joint}{urlencode({**told, 'state': asked.state})}"
        return Response("", 302, {"Location": location, "Cache-Control": "no-store"})


def _door(workspace: Workspace) -> Door:
    me, people = workspace.identity, [user for user in workspace.team.users.values() if not user.is_bot]
    name = f"{me.team_name} (the whole organisation)" if me.is_enterprise_install else me.team_name
    return Door(me.team_id, name, tuple(sorted(people, key=lambda user: not user.is_admin)))


def _names(scopes: str) -> list[str]:
    return [name for name in re.split(r"[,\s]+", scopes) if name]


def _refused(error: SlackError) -> Response:
    said = SAID[error.code]
    if "passed" in error.extra:
        said = f"{said}. Passed URI: {error.extra['passed']}"
    return _shown(400, error=error.code, said=said)


def _shown(status: int, **told: object) -> Response:
    nonce = secrets.token_urlsafe(12)
    response = Response(render_template("authorize.html", nonce=nonce, **told), status)
    response.headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
    response.headers["X-Content-Type-Options"] = "nosniff"
    # With "no-referrer" the buttons would come from the origin "null", which is a stranger's.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "no-store"
    return response
