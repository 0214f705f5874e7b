"""auth.test, users.*, bots.info: who is who."""

from __future__ import annotations

from bot.local_slack.api.method import ApiContext, boolean_argument, page_of, required_argument
from bot.local_slack.blockkit.errors import SlackError
from bot.local_slack.blockkit.json import Json
from bot.local_slack.state.records import User


def auth_test(context: ApiContext, args: Json) -> Json:
    """Return the answer of auth.test, for the bot's token."""
    me = context.team.identity
    return {
        "url": f"https://{me.team_domain}.slack.com/",
        "team": me.team_name,
        "user": me.bot_handle,
        "team_id": me.enterprise_id if me.is_enterprise_install else me.team_id,
        "user_id": me.bot_user,
        "bot_id": me.bot_id,
        "is_enterprise_install": me.is_enterprise_install,
        **({"enterprise_id": me.enterprise_id} if me.enterprise_id else {}),
    }


def user_json(context: ApiContext, user: User, locale: bool = False) -> Json:
    """Return a person as users.info shows them. Admins own the team as well: it is small."""
    shown: Json = {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "deleted": False,
        "is_bot": user.is_bot,
        "is_admin": user.is_admin,
        "is_owner": user.is_admin,
        "is_primary_owner": user.is_admin,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": user.tz_offset,
        "profile": {"real_name": user.real_name, "display_name": user.name},
    }
    home = context.team.home_of(user)
    told = {"team_id": home, "is_stranger": user.is_stranger, "enterprise_user": user.enterprise_user}
    shown |= {name: value for name, value in told.items() if value is not None}
    return shown | ({"locale": user.locale} if locale else {})


def user_info(context: ApiContext, args: Json) -> Json:
    """Return the answer of users.info."""
    user = context.team.users.get(str(required_argument(args, "user")))
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user_json(context, user, boolean_argument(args, "include_locale"))}


def user_list(context: ApiContext, args: Json) -> Json:
    """Return the answer of users.list, paged by cursor."""
    locale = boolean_argument(args, "include_locale")
    people, page = page_of(list(context.team.users.values()), args)
    return {"members": [user_json(context, user, locale) for user in people], **page}


def bot_info(context: ApiContext, args: Json) -> Json:
    """Return the answer of bots.info, for the bot itself alone."""
    me = context.team.identity
    if args.get("bot") != me.bot_id:
        raise SlackError("bot_not_found")
    bot = {
        "id": me.bot_id,
        "deleted": False,
        "name": me.bot_name,
        "app_id": me.app_id,
        "user_id": me.bot_user,
    }
    return {"bot": bot}
