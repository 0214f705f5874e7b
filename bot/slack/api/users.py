"""The port People, on Slack's users.info (scope users:read); and whether a person is of our workspace."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any, Final, Protocol

from slack_sdk.errors import SlackApiError

from bot.slack.api.errors import error_code, error_reason
from bot.slack.api.web import SlackWeb
from bot.slack.api.whose import Membership, vouched_for
from handlers.digests.reading.when.zones import is_zone

_log = logging.getLogger(__name__)
_ROLES = ("is_admin", "is_owner", "is_primary_owner")
# docs.slack.dev/reference/methods/users.list advises 200 a page.
_PER_PAGE = 200
# Seconds for a call that is made while Slack waits for an acknowledgement, three seconds at most.
BEFORE_ACK: Final = 2
_SIDE_BY_SIDE: Final = 16
# Somebody who has just joined the workspace asks again soon.
KEPT_SECONDS: Final[Mapping[Membership, float]] = {"own": 600.0, "stranger": 60.0, "unknown": 0.0}
KEPT_MAX: Final = 4096


class Memberships(Protocol):
    """Says whose workspace a person is of."""

    def membership(self, team: str, user: str) -> Membership:
        """Return whether the person is of the workspace; "unknown" where nobody says."""
        ...


class SlackPeople:
    """Asks Slack each time, or once a request: rights are those of now. What Slack does not say is no right and no zone."""

    def __init__(self, client: SlackWeb) -> None:
        self._client = client.within(BEFORE_ACK)

    def is_admin(self, team: str, user: str) -> bool | None:
        """Say whether the person is of the workspace and an admin or owner of it, None where Slack did not say."""
        person = self._info(user)
        is_member = _is_member(person, team)
        return is_member and any(person.get(role) is True for role in _ROLES)

    def admins(self, team: str) -> tuple[str, ...]:
        """Return the names of the workspace's admins and owners, as many as the first page of it has, () where Slack did not say.

        Of a whole organisation, whose people Slack lists by workspace alone, none are named.
        """
        if team.startswith("E"):
            return ()
        try:
            listed = self._client.users_list(limit=_PER_PAGE).get("members")
        except (SlackApiError, OSError) as error:
            _log.warning(
                "Slack did not say who the admins are",
                extra={"error": error_code(error) or error_reason(error)},
            )
            return ()
        people = [person for person in listed or () if isinstance(person, dict)]
        return tuple(
            _name(person, "")
            for person in people
            if _is_member(person, team) and any(person.get(role) is True for role in _ROLES)
        )

    def is_member(self, team: str, user: str) -> bool | None:
        """Say whether the person is of the workspace: no stranger, no bot, and not deactivated; None where Slack
        did not say.
        """
        return _is_member(self._info(user), team)

    def membership(self, team: str, user: str) -> Membership:
        """Return whether the person is of the workspace; "unknown" where Slack did not say."""
        return vouched_for(self._info(user), team)

    def zone(self, team: str, user: str) -> str:
        """Return the person's time zone, "" where Slack did not say or names one that nobody knows."""
        zone = self._info(user).get("tz")
        return zone if isinstance(zone, str) and is_zone(zone) else ""

    def name(self, team: str, user: str) -> str:
        """Return the name that Slack shows, the id where Slack did not say."""
        return _name(self._info(user), user)

    def for_request(self) -> SlackPeople:
        """Return the same people for one request: what Slack said of one is not asked again."""
        return _AskedOnce(self)

    def at_once(self, users: Sequence[str]) -> SlackPeople:
        """Return the same people for one request, of whom Slack was asked of `users` side by side while it waits."""
        pool = ThreadPoolExecutor(_SIDE_BY_SIDE)
        asked = {user: pool.submit(self._info, user) for user in dict.fromkeys(users)}
        done, _ = wait(asked.values(), timeout=BEFORE_ACK)
        pool.shutdown(wait=False, cancel_futures=True)
        return _AskedBefore(
            self, {user: said.result() if said in done else {} for user, said in asked.items()}
        )

    def _info(self, user: str) -> Mapping[str, Any]:
        if not user:
            return {}
        try:
            found = self._client.users_info(user=user).get("user")
        except (SlackApiError, OSError) as error:
            _log.warning(
                "Slack did not say who a person is", extra={"error": error_code(error) or error_reason(error)}
            )
            return {}
        return found if isinstance(found, dict) else {}


class _AskedOnce(SlackPeople):
    """What Slack said of people during one request. Where it did not say, it is asked again."""

    def __init__(self, people: SlackPeople) -> None:
        self._people = people
        self._said: dict[str, Mapping[str, Any]] = {}

    def admins(self, team: str) -> tuple[str, ...]:
        """Return the names of the workspace's admins, asked anew."""
        return self._people.admins(team)

    def _info(self, user: str) -> Mapping[str, Any]:
        if user not in self._said and (said := self._people._info(user)):
            self._said[user] = said
        return self._said.get(user, {})


class _AskedBefore(_AskedOnce):
    """What Slack said of people before the request was acted on. Where it did not say of one of them, it is not asked again."""

    def __init__(self, people: SlackPeople, said: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(people)
        self._before = said

    def _info(self, user: str) -> Mapping[str, Any]:
        return self._before[user] if user in self._before else super()._info(user)


class Acquaintances:
    """What Slack said of people's workspaces, of the last 4,096: kept ten minutes, of strangers one; safe for many
    threads.

    Good for answering, not for rights. That Slack did not say is not kept. `now` gives seconds that only grow.
    """

    def __init__(self, people: Memberships, now: Callable[[], float] = time.monotonic) -> None:
        self._people = people
        self._now = now
        self._kept: OrderedDict[tuple[str, str], tuple[float, Membership]] = OrderedDict()
        self._lock = threading.Lock()

    def membership(self, team: str, user: str) -> Membership:
        """Return whether the person is of the workspace; asks Slack unless it said so lately."""
        with self._lock:
            at, kept = self._kept.get((team, user), (0.0, "unknown"))
        if self._now() - at < KEPT_SECONDS[kept]:
            return kept
        found = self._people.membership(team, user)
        if found != "unknown":
            with self._lock:
                self._kept[team, user] = self._now(), found
                self._kept.move_to_end((team, user))
                while len(self._kept) > KEPT_MAX:
                    self._kept.popitem(last=False)
        return found


def _name(person: Mapping[str, Any], user: str) -> str:
    profile = person.get("profile")
    shown = profile if isinstance(profile, dict) else {}
    names = (person.get("real_name"), shown.get("display_name"), person.get("name"))
    return next((name for name in names if isinstance(name, str) and name.strip()), user)[:80]


def _is_member(person: Mapping[str, Any], team: str) -> bool | None:
    if any(person.get(name) not in (None, False) for name in ("deleted", "is_bot")):
        return False
    membership = vouched_for(person, team)
    return None if membership == "unknown" else membership == "own"
