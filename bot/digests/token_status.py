"""Whether the bot may still work for its workspace: a revoked token or a removed app stops everything."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import error_code
from bot.slack.api.identity import PROMPT_SECONDS, BotIdentity, BotIdentityProvider
from bot.state.teams import StoredTeams

_log = logging.getLogger(__name__)

# A stopped bot asks Slack this often whether its token works again, monotonic seconds.
PROBE_SECONDS: Final = 30.0
# Only these mean that the workspace wants the bot gone; others are a mistake in the settings.
GONE: Final = frozenset({"token_revoked", "account_inactive", "app_uninstalled"})


class TokenStatus:
    """Remembers that work is stopped in state.db, and ends it when Slack takes the token again.

    A stop by `GONE` starts the time `grace` after which the team's rows are purged. Where it is known whose token it is, `end`
    stops the work, told why, and says whether it was that team's still; else it ends for every team that is known.
    """

    def __init__(
        self,
        teams: StoredTeams,
        identity: BotIdentityProvider,
        client: WebClient,
        grace: timedelta,
        now: Callable[[], datetime],
        monotonic: Callable[[], float],
        end: Callable[[str], bool] | None = None,
    ) -> None:
        self._teams = teams
        self._identity = identity
        self._client = client
        self._grace = grace
        self._now = now
        self._monotonic = monotonic
        self._end = end
        self._asked: float | None = None
        self.is_stopped = False
        """Whether Slack refused the token and has not taken it since."""

    def me(self) -> BotIdentity | None:
        """Return who the bot is, None while it may not work or Slack does not say."""
        if self._is_too_soon():
            return None
        try:
            me = self._identity.wait(PROMPT_SECONDS)
            refused = self._identity.refused
            if refused and kind_of(error_code(refused)) == "token" and not self._teams.stopped(me.team):
                raise refused
        except (SlackApiError, OSError) as error:
            # Not after a lost connection: that may be back at the next tick.
            self._asked = self._monotonic() if isinstance(error, SlackApiError) else None
            _log.warning("Slack did not say who the bot is", extra={"error": type(error).__name__})
            self._refused(error_code(error), self._teams.known())
            return None
        return me if not self._teams.stopped(me.team) or self._works_again(me) else None

    def stop(self, why: str) -> None:
        """Stop the work, because Slack refused the token with `why`."""
        self._refused(why, (self._identity().team,))

    def check(self) -> bool:
        """Ask Slack whether the token still works, and stop the work if not: for events that say so. Say whether Slack said."""
        try:
            self._client.auth_test()
        except SlackApiError as error:
            self._refused(error_code(error), self._teams.known())
            return kind_of(error_code(error)) == "token"
        except OSError as error:
            # The next post finds out.
            _log.warning("Slack was not reached", extra={"error": type(error).__name__})
            return False
        return True

    def _works_again(self, me: BotIdentity) -> bool:
        self._asked = self._monotonic()
        try:
            self._identity.ask()
        except (SlackApiError, OSError):
            return False
        self._asked = None
        self.is_stopped = False
        self._teams.restart(me.team)
        _log.warning("Slack takes the token again; work goes on", extra={"team": me.team})
        return True

    def _is_too_soon(self) -> bool:
        return self._asked is not None and self._monotonic() - self._asked < PROBE_SECONDS

    def _refused(self, why: str, teams: tuple[str, ...]) -> None:
        if kind_of(why) != "token":
            return
        self.is_stopped = True
        if self._end is not None:
            if self._end(why):
                team = self._identity().team
                _log.error("work for the workspace is stopped", extra={"team": team, "slack_error": why})
            return
        for team in teams:
            if self._teams.stopped(team):
                continue
            _log.error("work for the workspace is stopped", extra={"team": team, "slack_error": why})
            self._teams.stop(team, why, self._now(), self._grace if why in GONE else None)
