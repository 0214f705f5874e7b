"""Whose a request is: of which installation of the app, and of which workspace the person who asks.

The only place that knows in which of Slack's fields that stands. In a channel that two workspaces share
(Slack Connect) the outer `team_id` is that of the workspace that made the channel, so it says neither.
Nothing here asks Slack or decides what anybody may do; a field of an odd type counts as left out.
https://docs.slack.dev/apis/slack-connect
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

Membership = Literal["own", "stranger", "unknown"]
"""A person of our workspace, of another one, or one of whom Slack does not say."""

REMOVALS: Final = frozenset({"app_uninstalled", "tokens_revoked"})
"""Events by which Slack tells that the app, or its token, is gone."""
_ID: Final = re.compile(r"[A-Z][A-Z0-9]{1,40}")
_NOTHING: Final[Mapping[str, Any]] = {}


@dataclass(frozen=True, slots=True)
class Whose:
    """What a payload says. `installation` is a workspace or, where the app is installed for a whole
    organisation, an enterprise; "" where the payload names none, or tells that one is gone: which of them, Slack does not
    always say. Then it is one of `places`: where it happened, the most telling first. `homes` are the ids said of the person's own workspace or enterprise, none where nothing is said.
    """

    installation: str = ""
    homes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


def whose(body: Mapping[str, Any]) -> Whose:
    """Return whose `body`, an event, a command or an interaction, is."""
    if "command" in body:
        # A command names one workspace for both: where another is named beside it, the person is in doubt.
        own = _id(body, "team_id")
        context = _id(body, "context_team_id")
        return Whose(_of_organisation(body) or context or own, _known(own, context) if own else ())
    if body.get("type") == "event_callback":
        # Of an organisation's own events some name no workspace.
        event = _object(body, "event")
        if event.get("type") in REMOVALS:
            return Whose("", (), _all_named(body))
        homes = _homes_of_author(event)
        return Whose(_of_event(body), homes, _known(_id(body, "enterprise_id")))
    # `team` is where it happened, and null for an organisation; the person stands in `user`.
    view, home = _object(body, "view"), _id(_object(body, "user"), "team_id")
    return Whose(
        _of_organisation(body) or _id(view, "app_installed_team_id"),
        _known(home),
        _known(
            _of_bot(body),
            _id(_object(body, "team"), "id"),
            home,
            _id(_object(body, "enterprise"), "id"),
        ),
    )


def claimed(homes: tuple[str, ...], team: str, enterprise: str) -> Membership:
    """Return what a payload alone says of a person, for an app installed in `team` of `enterprise` ("": none).

    Ids that contradict each other say nothing, and a person of an enterprise may be in any workspace of it.
    """
    found = {_standing(home, team, enterprise) for home in homes}
    return found.pop() if len(found) == 1 else "unknown"


def vouched_for(person: Mapping[str, Any], team: str) -> Membership:
    """Return what users.info says of `person`, for an app installed in `team`."""
    organisation = _object(person, "enterprise_user")
    workspaces = organisation.get("teams")
    workspaces = workspaces if isinstance(workspaces, list) else []
    home = _id(person, "team_id")
    if person.get("is_stranger") not in (None, False):
        return "stranger"
    # In an organisation a profile may name another of its workspaces.
    if not organisation and home != _id(_object(person, "profile"), "team", home):
        return "unknown"
    if team in (home, _id(organisation, "enterprise_id"), *workspaces):
        return "own"
    if home.startswith("T") or (home and workspaces):
        return "stranger"
    return "unknown"


def _of_event(body: Mapping[str, Any]) -> str:
    """Of several installations that an event is for, Slack names one, and that one first."""
    listed = body.get("authorizations")
    first = listed[0] if isinstance(listed, list) and listed and isinstance(listed[0], Mapping) else _NOTHING
    return (
        _of_organisation(first)
        or _id(first, "team_id")
        or _id(body, "context_team_id")
        or _id(body, "team_id")
    )


def _all_named(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return every workspace and organisation that an event names, none twice."""
    listed = body.get("authorizations")
    each = [one for one in (listed if isinstance(listed, list) else ()) if isinstance(one, Mapping)]
    found = [
        _of_event(body),
        *(_id(one, name) for one in (*each, body) for name in ("team_id", "enterprise_id")),
        _id(body, "context_team_id"),
        _id(body, "context_enterprise_id"),
    ]
    return tuple(dict.fromkeys(_known(*found)))


def _of_organisation(body: Mapping[str, Any]) -> str:
    """Return the enterprise that the app is installed for as a whole, "" where it is not."""
    if body.get("is_enterprise_install") not in (True, "true"):
        return ""
    return _id(body, "enterprise_id") or _id(_object(body, "enterprise"), "id")


def _of_bot(body: Mapping[str, Any]) -> str:
    """Return the workspace of the bot that posted what was pressed, "" where nothing of the app's was: in a shared channel
    several may have one of the same app.
    """
    message = _object(body, "message")
    is_ours = isinstance(message.get("bot_id"), str) and message.get(
        "app_id", body.get("api_app_id")
    ) == body.get("api_app_id")
    return _id(message, "team") if body.get("type") == "block_actions" and is_ours else ""


def _homes_of_author(event: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what an event says of whoever wrote it.

    `user_team` is said of the person alone. `source_team` may be that of the channel, so it can bring what the
    others say in doubt, and says nothing by itself.
    """
    if home := _id(event, "user_team"):
        return (home,)
    homes = _known(_id(event, "team"), _id(_object(event, "user_profile"), "team"))
    return (*homes, *_known(_id(event, "source_team"))) if homes else ()


def _standing(home: str, team: str, enterprise: str) -> Membership:
    if home == team:
        return "own"
    if home.startswith("T"):
        return "unknown" if enterprise else "stranger"
    return "stranger" if home.startswith("E") and home != enterprise else "unknown"


def _known(*ids: str) -> tuple[str, ...]:
    return tuple(each for each in ids if each)


def _id(body: Mapping[str, Any], name: str, left_out: str = "") -> str:
    value = body.get(name)
    return value if isinstance(value, str) and _ID.fullmatch(value) else left_out


def _object(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else _NOTHING
