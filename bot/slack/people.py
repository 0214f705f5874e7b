"""The port People, on Slack's users.info (scope users:read)."""

from __future__ import annotations

import logging

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.slack.errors import code, reason
from handlers.digest_words import is_zone

_log = logging.getLogger(__name__)
_ROLES = ("is_admin", "is_owner", "is_primary_owner")


class SlackPeople:
    """Asks Slack each time: rights are those of now. What Slack does not say is no right and no zone."""

    def __init__(self, client: WebClient) -> None:
        self._client = client

    def is_admin(self, team: str, user: str) -> bool | None:
        """Say whether the person is an admin or owner of the workspace, None where Slack did not say."""
        person = self._info(user)
        if not person:
            return None
        return not person.get("deleted") and any(person.get(role) is True for role in _ROLES)

    def zone(self, team: str, user: str) -> str:
        """Return the person's time zone, "" where Slack did not say or names one that nobody knows."""
        zone = self._info(user).get("tz")
        return zone if isinstance(zone, str) and is_zone(zone) else ""

    def name(self, team: str, user: str) -> str:
        """Return the name that Slack shows, the id where Slack did not say."""
        person = self._info(user)
        profile = person.get("profile")
        shown = profile if isinstance(profile, dict) else {}
        names = (person.get("real_name"), shown.get("display_name"), person.get("name"))
        return next((name for name in names if isinstance(name, str) and name.strip()), user)[:80]

    def _info(self, user: str) -> dict[str, object]:
        try:
            found = self._client.users_info(user=user).get("user")
        except (SlackApiError, OSError) as error:
            _log.warning("Slack did not say who a person is", extra={"error": code(error) or reason(error)})
            return {}
        return found if isinstance(found, dict) else {}
