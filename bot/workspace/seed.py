"""The workspace as it is when it opens: two people, the bot, a few channels."""

from __future__ import annotations

from bot.workspace.records import Channel, User
from bot.workspace.team import SLACKBOT, Team

ALICE, BOB = "U04ALICE7K2", "U04BOB5M9QX"


def furnish(team: Team) -> Team:
    """Fill an empty team. The bot is in #general, #delta-news and #planning (private), not in #random."""
    me = team.identity
    team.add_user(User(ALICE, "alice", "Alice Chen", is_admin=True))
    team.add_user(User(BOB, "bob", "Bob Li", locale="zh-CN"))
    team.add_user(User(me.bot_user, me.bot_handle, me.bot_name, is_bot=True))
    team.add_user(User(SLACKBOT, "slackbot", "Slackbot", is_bot=True))
    everybody = {ALICE, BOB, me.bot_user}
    team.add_channel(Channel("C04GENERAL1", "general", set(everybody), topic="Company-wide news"))
    team.add_channel(
        Channel("C04DELTANEW", "delta-news", set(everybody), topic="Yangtze River Delta digests")
    )
    team.add_channel(Channel("C04RANDOM01", "random", {ALICE, BOB}, topic="The bot is not in this channel"))
    private = Channel("C04PLANNING", "planning", {ALICE, me.bot_user}, is_private=True, topic="Private")
    team.add_channel(private)
    team.add_channel(Channel("C04OLDNEWS1", "old-news", set(everybody), is_archived=True))
    for person in (ALICE, BOB):
        team.im(person)
    return team
