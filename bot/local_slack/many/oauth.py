"""The methods of the Web API that have to do with being installed: oauth.v2.access, auth.revoke, apps.uninstall."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from flask import request

from bot.local_slack.api.method import ApiContext, Method, boolean_argument
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.build import Workspace
from bot.local_slack.many.app import OAuthApp
from bot.local_slack.many.credentials import ACCESS_SECONDS, Credentials, Issued
from bot.local_slack.many.grants import Grants

# What the table of every workspace has not got.
OAUTH_METHODS: Final = frozenset({"apps.uninstall", "auth.revoke", "oauth.v2.access"})
Removal = Callable[[str], object]


class OAuth:
    """Exchanges codes and refresh tokens for access tokens, by which a workspace becomes installed."""

    def __init__(
        self, app: OAuthApp, grants: Grants, credentials: Credentials, of: Callable[[str], Workspace]
    ) -> None:
        self._app = app
        self._grants = grants
        self._credentials = credentials
        self._of = of

    def access(self, args: Json) -> Json:
        """Return the answer of oauth.v2.access. https://docs.slack.dev/reference/methods/oauth.v2.access"""
        self.check_client(args)
        kind = str(args.get("grant_type") or "authorization_code")
        if kind == "authorization_code":
            return self._exchange(str(args.get("code", "")), str(args.get("redirect_uri", "")))
        if kind == "refresh_token":
            return self._refresh(str(args.get("refresh_token", "")))
        raise SlackError("invalid_grant_type")

    def check_client(self, args: Json) -> None:
        """Raise invalid_client_id or bad_client_secret unless the call proves to be the app's, by HTTP Basic or arguments."""
        basic = request.authorization
        if basic is not None and basic.type == "basic":
            client_id, secret = basic.username or "", basic.password or ""
        else:
            client_id, secret = str(args.get("client_id", "")), str(args.get("client_secret", ""))
        if client_id != self._app.client_id:
            raise SlackError("invalid_client_id")
        if not hmac.compare_digest(secret.encode(), self._app.client_secret.encode()):
            raise SlackError("bad_client_secret")

    def _exchange(self, code: str, redirect_uri: str) -> Json:
        grant = self._grants.redeem(code, redirect_uri)
        workspace = self._of(grant.team_id)
        issued = self._install(workspace, grant.scopes)
        return {**self._told(workspace, issued), "authed_user": {"id": grant.user}}

    def _install(self, workspace: Workspace, scopes: frozenset[str]) -> Issued:
        """Scopes add up over the installations of an app that is not removed in between."""
        team = workspace.team
        with team.changed:
            me = team.identity
            if team.uninstalled:
                self._credentials.end(me.team_id, "account_inactive")
            if self._credentials.is_installed(me.team_id):
                scopes |= me.scopes
            issued = self._credentials.issue(me.team_id)
            team.identity = replace(me, bot_token=issued.access_token, scopes=scopes)
            team.uninstalled = False
            team.touch()
        return issued

    def _refresh(self, refresh_token: str) -> Json:
        team_id, issued = self._credentials.refresh(refresh_token)
        workspace = self._of(team_id)
        team = workspace.team
        with team.changed:
            if team.uninstalled:
                raise SlackError("invalid_refresh_token")
            team.identity = replace(team.identity, bot_token=issued.access_token)
        return self._told(workspace, issued)

    def _told(self, workspace: Workspace, issued: Issued) -> Json:
        me = workspace.identity
        is_whole = me.is_enterprise_install
        rotation = {"refresh_token": issued.refresh_token, "expires_in": ACCESS_SECONDS}
        return {
            "app_id": me.app_id,
            "scope": ",".join(sorted(me.scopes)),
            "token_type": "bot",
            "access_token": issued.access_token,
            "bot_user_id": me.bot_user,
            "team": None if is_whole else {"id": me.team_id, "name": me.team_name},
            "enterprise": {"id": me.enterprise_id, "name": me.team_name} if me.enterprise_id else None,
            "is_enterprise_install": is_whole,
            **(rotation if issued.refresh_token else {}),
        }


def removing(oauth: OAuth, revoke: Removal, uninstall: Removal) -> dict[str, Method]:
    """Return auth.revoke and apps.uninstall, which call `revoke` and `uninstall` with the id of the token's workspace.

    client_id_token_mismatch never comes up: there is one app here.
    """

    def auth_revoke(context: ApiContext, args: Json) -> Json:
        if boolean_argument(args, "test"):
            return {"revoked": False}
        revoke(context.team.identity.team_id)
        return {"revoked": True}

    def apps_uninstall(context: ApiContext, args: Json) -> Json:
        oauth.check_client(args)
        uninstall(context.team.identity.team_id)
        return {}

    return {"auth.revoke": Method(auth_revoke, tier=3), "apps.uninstall": Method(apps_uninstall, tier=1)}
