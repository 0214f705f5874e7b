"""Installing by OAuth 2.0: Bolt's flow, with pages of our own and an answer to everything that goes wrong.

docs.slack.dev/authentication/installing-with-oauth
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store import OAuthStateStore

from bot.slack.api.web import SlackWeb
from bot.slack.listeners.manifest import scopes_in_use
from bot.slack.oauth import pages
from bot.slack.receiving.http import INSTALL_PATH, REDIRECT_PATH
from bot.state.errors import StateError
from bot.state.installations.rows import team_of
from bot.state.installations.stored import STATE_SECONDS, StoredInstallations
from knowledge.text.answer_language import Language

_AUTHORIZE: Final = "oauth/v2/authorize"

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
    settings = OAuthSettings(
        client_id=app.client_id,
        client_secret=app.client_secret,
        scopes=list(scopes_in_use()),
        redirect_uri=app.redirect_uri,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        authorization_url=client.base_url.removesuffix("api/") + _AUTHORIZE,
        installation_store=installations,
        state_store=states,
        state_expiration_seconds=int(STATE_SECONDS),
        callback_options=CallbackOptions(success=_succeeded, failure=_failed),
    )
    return InstallationFlow(app, client, settings, installations, tuple(kept), installed)


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
        except StateError as error:
            _log.error("an installation could not be kept", extra={"error": str(error)})
            reason = "storage_error"
        except OSError as error:
            _log.warning("Slack did not say what was installed", extra={"error": type(error).__name__})
            reason = "unreachable"
        return _page(*pages.failed(reason, INSTALL_PATH, _language(request)))

    def run_installation(self, code: str) -> Installation | None:
        """Return what Slack gives for `code`, None where it does not take it. OSError where it did not say."""
        found = super().run_installation(code)
        if found is None:
            return None
        if self._app.id and found.app_id != self._app.id:
            raise _FailedError("another_app")
        if not (found.bot_token and team_of(found)):
            raise _FailedError("invalid_code")
        return found

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """Keep it, and tell whoever waits for it. StateError."""
        before = self._installations.installed(team_of(installation))
        again = before is not None and before.has_token
        self._installations.save(installation)
        request.context["again"] = again
        self._installed(installation, again)


def _succeeded(args: SuccessArgs) -> BoltResponse:
    made = args.installation
    name = made.enterprise_name if made.is_enterprise_install else made.team_name
    again = bool(args.request.context.get("again"))
    return _page(
        200, pages.installed(name or "", _slack_url(made), again=again, language=_language(args.request))
    )


def _slack_url(made: Installation) -> str:
    """Return where the app is opened in Slack: docs.slack.dev/interactivity/deep-linking."""
    return f"slack://app?team={team_of(made)}&id={made.app_id or ''}&tab=home"


def _failed(args: FailureArgs) -> BoltResponse:
    return _page(*pages.failed(args.reason, INSTALL_PATH, _language(args.request)))


def _page(status: int, html: str) -> BoltResponse:
    return BoltResponse(status=status, body=html)


def _language(request: BoltRequest) -> Language:
    return pages.language_of(",".join(request.headers.get("accept-language", ())))
