"""views.*: modals and Home tabs."""

from __future__ import annotations

import copy

from bot.local_slack.api.chat import refuse_missing_pictures
from bot.local_slack.api.method import ApiContext, required_argument
from bot.local_slack.blockkit import limits
from bot.local_slack.blockkit.blocks import check_view
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.ids import with_ids
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import View
from bot.local_slack.state.team import Team, new_id


def view_json(team: Team, view: View) -> Json:
    """Return a view as the Web API and interaction payloads show it, without the state of its inputs."""
    return {
        **copy.deepcopy(view.body),
        "id": view.id,
        "team_id": team.identity.team_id,
        "app_id": team.identity.app_id,
        "bot_id": team.identity.bot_id,
        "app_installed_team_id": team.identity.team_id,
        "hash": view.hash,
        "root_view_id": view.root or view.id,
        "previous_view_id": view.previous or None,
        "state": {"values": {}},
    }


def show_modal(team: Team, user: str, body: Json) -> View:
    """Put a checked modal on top of a person's screen and return it; push_limit_reached when three lie there."""
    top = team.modal_of(user)
    stack = [v for v in team.modals.values() if v.user == user and v.is_open]
    if len(stack) >= limits.MODAL_STACK:
        raise SlackError("push_limit_reached")
    view = View(new_id("V"), user, _complete(body), team.new_hash())
    if top is not None:
        view.root, view.previous = top.root or top.id, top.id
    return team.show_view(view)


def _complete(body: Json, before: Json | None = None) -> Json:
    defaults: Json = {"private_metadata": "", "callback_id": "", "close": None, "submit": None}
    return defaults | body | {"blocks": with_ids(body["blocks"], before["blocks"] if before else ())}


def _check(team: Team, body: Json, kinds: tuple[str, ...] = ("modal",)) -> None:
    check_view(body, kinds)
    refuse_missing_pictures(team, body["blocks"], "invalid_arguments")


def open_view(context: ApiContext, args: Json) -> Json:
    """Return the answer of views.open: a modal, by a trigger that is fresh and unused."""
    user = context.triggers.exchange(str(required_argument(args, "trigger_id")))
    body = required_argument(args, "view")
    _check(context.team, body)
    return {"view": view_json(context.team, show_modal(context.team, user, body))}


def push_view(context: ApiContext, args: Json) -> Json:
    """Return the answer of views.push: a modal on top of one that is open, by a trigger that came from it."""
    user = context.triggers.exchange(str(required_argument(args, "trigger_id")))
    body = required_argument(args, "view")
    _check(context.team, body)
    if context.team.modal_of(user) is None:
        raise SlackError("not_found")
    return {"view": view_json(context.team, show_modal(context.team, user, body))}


def update_view(context: ApiContext, args: Json) -> Json:
    """Return the answer of views.update, by view_id or external_id; a stale hash is a hash_conflict."""
    wanted, external = args.get("view_id"), args.get("external_id")
    body = required_argument(args, "view")
    found = (
        v
        for v in context.team.modals.values()
        if v.is_open and (v.id == wanted or (external and v.body.get("external_id") == external))
    )
    view = next(found, None)
    if view is None:
        raise SlackError("not_found")
    _check(context.team, body)
    if args.get("hash") and args["hash"] != view.hash:
        raise SlackError("hash_conflict")
    context.team.replace_view(view, _complete(body, view.body))
    return {"view": view_json(context.team, view)}


def publish_view(context: ApiContext, args: Json) -> Json:
    """Return the answer of views.publish: the Home tab of one person."""
    user = context.team.users.get(str(required_argument(args, "user_id")))
    if user is None or user.is_bot:
        raise SlackError("invalid_user_id")
    body = required_argument(args, "view")
    _check(context.team, body, ("home",))
    view = context.team.homes.get(user.id)
    if args.get("hash") and (view is None or args["hash"] != view.hash):
        raise SlackError("hash_conflict")
    if view is None:
        view = context.team.show_view(View(new_id("V"), user.id, _complete(body), context.team.new_hash()))
    else:
        context.team.replace_view(view, _complete(body, view.body))
    return {"view": view_json(context.team, view)}
