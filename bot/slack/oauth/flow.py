"""Installing by OAuth 2.0: Bolt's flow, with pages of our own and an answer to everything that goes wrong.

docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator, OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store import OAuthStateStore
from slack_sdk.web import SlackResponse

from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import error_code, is_later
from bot.slack.api.web import SlackWeb
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.oauth import pages
from bot.slack.oauth.failures import FAILURES, reason_of
from bot.slack.receiving.http import INSTALL_PATH, REDIRECT_PATH
from bot.state.errors import StateError, UnknownCommitError
from bot.state.installations.rows import team_of
from bot.state.installations.stored import STATE_SECONDS, StoredInstallations
from knowledge.text.answer_language import Language

_AUTHORIZE: Final = "oauth/v2/authorize"

_TEAM: Final = re.compile(r"[TE][A-Z0-9]{1,40}")
# Anybody may send a reason back in Slack's place: no other than a word of Slack's gets into the log.
_WORD: Final = re.compile(r"[a-z_]{1,60}")
# api.slack.com/enterprise/apps/reference: whoever installed for an organisation is sent there.
_MANAGE: Final = "https://app.slack.com/manage"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The app as Slack knows it. `id` is "" where it is not known; without a `redirect_uri` Slack takes its first."""

    client_id: str
    client_secret: str
    id: str = ""
    redirect_uri: str | None = None


class _FailedError(Exception):
    """An installation that came to nothing, for `reason`, a key of the pages."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def installation_flow(
    app: App,
    *,
    client: SlackWeb,
    installations: StoredInstallations,
    states: OAuthStateStore,
    kept: Iterable[str],
    installed: Callable[[Installation, bool], None],
) -> InstallationFlow:
    """Return the flow of `app`. `kept` says what is kept of people; `installed` is told of each installation that is kept, and
    whether it renewed one that worked.
    """
    authorize, scopes = client.base_url.removesuffix("api/") + _AUTHORIZE, list(scopes_in_use())
    settings = OAuthSettings(
        client_id=app.client_id,
        client_secret=app.client_secret,
        scopes=scopes,
        user_scopes=[],
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        installation_store=installations,
        state_store=states,
        callback_options=CallbackOptions(success=_succeeded, failure=_failed),
    )
    # Bolt reads the environment for an address that it is not given.
    settings.redirect_uri = app.redirect_uri
    settings.authorize_url_generator = AuthorizeUrlGenerator(
        client_id=app.client_id,
        scopes=scopes,
        user_scopes=[],
        redirect_uri=app.redirect_uri,
        authorization_url=authorize,
    )
    settings.state_utils = _StateCookies(expiration_seconds=int(STATE_SECONDS))
    return InstallationFlow(app, client, settings, installations, tuple(kept), installed)


class _StateCookies(OAuthStateUtils):
    """A cookie for each state, so that an installation that is begun in a second tab leaves that of the first alone."""

    def build_set_cookie_for_new_state(self, state: str) -> str:
        """Return the cookie by which a browser is known again."""
        return super().build_set_cookie_for_new_state(state).replace("=", f"-{_short(state)}=", 1)

    def is_valid_browser(self, state: str | None, request_headers: Mapping[str, str | Sequence[str]]) -> bool:
        """Say whether the browser brings that cookie."""
        sent = request_headers.get("cookie", ())
        cookies = ";".join([sent] if isinstance(sent, str) else sent).split(";")
        return bool(state) and f"{self.cookie_name}-{_short(state)}={state}" in map(str.strip, cookies)


def _short(state: str | None) -> str:
    return hashlib.sha256((state or "").encode()).hexdigest()[:16]


class InstallationFlow(OAuthFlow):
    """Bolt's flow; what Slack or state refuse, or do not do in time, ends in a page that says so."""

    def __init__(
        self,
        app: App,
        client: SlackWeb,
        settings: OAuthSettings,
        installations: StoredInstallations,
        kept: tuple[str, ...],
        installed: Callable[[Installation, bool], None],
    ) -> None:
        # Bolt logs codes and states among what goes wrong.
        logger = logging.getLogger("slack_bolt.desk.oauth")
        logger.setLevel(logging.CRITICAL)
        super().__init__(client=client, logger=logger, settings=settings)
        self._app = app
        self._installations = installations
        self._kept = kept
        self._installed = installed

    def handle_installation(self, request: BoltRequest) -> BoltResponse:
        """Return the page that says what the app does and leads to Slack."""
        try:
            return super().handle_installation(request)
        except StateError as error:
            _log.warning("an installation could not be begun", extra={"error": str(error)})
            return _page(*pages.failed("storage_error", INSTALL_PATH, _language(request)))

    def build_install_page_html(self, url: str, request: BoltRequest) -> str:
        """Return that page, with `url` for its button."""
        return pages.install(url, _language(request), self._kept)

    def handle_callback(self, request: BoltRequest) -> BoltResponse:
        """Return the page that says what came of an installation, for whoever Slack sends back."""
        try:
            return super().handle_callback(request)
        except _FailedError as error:
            reason = error.reason
        except UnknownCommitError:
            _log.error("whether an installation was kept is not known")
            reason = "unsure"
        except StateError as error:
            _log.error("an installation could not be kept", extra={"error": str(error)})
            reason = "storage_error"
        except OSError as error:
            _log.warning("Slack did not say what was installed", extra={"error": type(error).__name__})
            reason = "unreachable"
        return _page(*pages.failed(reason, INSTALL_PATH, _language(request)))

    def build_authorize_url(self, state: str, request: BoltRequest) -> str:
        """Return where the button leads; of the query that Slack or anybody made only a workspace's id goes along."""
        asked = request.query.get("team", ("",))[0]
        team = asked if _TEAM.fullmatch(asked) else None
        url: str = self.settings.authorize_url_generator.generate(state=state, team=team)
        return url

    def run_installation(self, code: str) -> Installation:
        """Return what Slack gives for `code`. OSError where it did not say."""
        try:
            said = self.client.oauth_v2_access(
                code=code,
                client_id=self._app.client_id,
                client_secret=self._app.client_secret,
                redirect_uri=self._app.redirect_uri,
            )
            who = self.client.auth_test(token=said["access_token"])
        except SlackApiError as error:
            word = error_code(error)
            _log.error("Slack refused an installation", extra={"slack_error": word})
            may_pass = is_later(error) or kind_of(word) in ("later", "unsure")
            raise _FailedError("unreachable" if may_pass else reason_of(word) or "invalid_code") from None
        made = _installation(said, who)
        if self._app.id and made.app_id != self._app.id:
            raise _FailedError("another_app")
        if not _TEAM.fullmatch(team_of(made)):
            raise _FailedError("unreachable")
        return made

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep it, and tell whoever waits for it. StateError."""
        team = team_of(installation)
        before = self._installations.installed(team)
        again = before is not None and before.has_token
        try:
            self._installations.save(installation)
        except UnknownCommitError:
            now = self._installations.of(team)
            if now is None or now.bot_token != installation.bot_token:
                raise
        request.context["again"] = again
        self._installed(installation, again)


def _installation(said: SlackResponse, who: SlackResponse) -> Installation:
    """Return what Slack's answers to a code and to the token's own question tell: docs.slack.dev/reference/methods/oauth.v2.access."""
    team, enterprise, person = (_object(said, name) for name in ("team", "enterprise", "authed_user"))
    expires = said.get("expires_in")
    return Installation(
        app_id=_word(said, "app_id"),
        enterprise_id=_word(enterprise, "id"),
        enterprise_name=_word(enterprise, "name"),
        team_id=_word(team, "id"),
        team_name=_word(team, "name"),
        bot_token=_word(said, "access_token"),
        bot_id=_word(who, "bot_id"),
        bot_user_id=_word(said, "bot_user_id"),
        bot_scopes=_word(said, "scope") or "",
        bot_refresh_token=_word(said, "refresh_token"),
        bot_token_expires_in=expires if isinstance(expires, int) else None,
        user_id=_word(person, "id") or "",
        is_enterprise_install=said.get("is_enterprise_install") is True,
        token_type=_word(said, "token_type"),
    )


def _object(said: SlackResponse, name: str) -> Mapping[str, object]:
    value = said.get(name)
    return value if isinstance(value, Mapping) else {}


def _word(said: SlackResponse | Mapping[str, object], name: str) -> str | None:
    value = said.get(name)
    return value if isinstance(value, str) else None


def _succeeded(args: SuccessArgs) -> BoltResponse:
    made = args.installation
    name = made.enterprise_name if made.is_enterprise_install else made.team_name
    again = bool(args.request.context.get("again"))
    is_organisation = made.is_enterprise_install is True
    page = pages.installed(
        name or "",
        _workspaces_url(made) if is_organisation else _slack_url(made),
        again=again,
        language=_language(args.request),
        is_organisation=is_organisation,
    )
    return _page(200, page)


def _slack_url(made: Installation) -> str:
    """Return where the app is opened in Slack: docs.slack.dev/interactivity/deep-linking."""
    return f"slack://app?team={team_of(made)}&id={made.app_id or ''}&tab=home"


def _workspaces_url(made: Installation) -> str:
    """Return where an admin adds the app to workspaces of the organisation, or where the organisation is managed."""
    manage = f"{_MANAGE}/{team_of(made)}"
    app = quote(made.app_id or "", safe="")
    return f"{manage}/integrations/profile/{app}/workspaces/add" if app else manage


def _failed(args: FailureArgs) -> BoltResponse:
    reason = args.reason
    if reason not in FAILURES:
        word = reason if _WORD.fullmatch(reason) else "odd"
        _log.warning("Slack sent somebody back without an installation", extra={"slack_error": word})
        reason = reason_of(reason)
    return _page(*pages.failed(reason, INSTALL_PATH, _language(args.request)))


def _page(status: int, html: str) -> BoltResponse:
    return BoltResponse(status=status, body=html)


def _language(request: BoltRequest) -> Language:
    return pages.language_of(",".join(request.headers.get("accept-language", ())))
