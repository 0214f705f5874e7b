"""What is done after the acknowledgement: what a route says changes something, opens a form, or is for one person.

It may ask Slack who the person is, and for that the three seconds of an acknowledgement may be too short. A form
needs a fresh click or command of the person; a change is made once, and no button of its answer asks for it again.
"""

from __future__ import annotations

from bot.slack.api.payloads import Click, SlashCall
from bot.slack.context import SlackContext
from bot.slack.curation import command as curation_command
from bot.slack.digests import command as digests_command
from bot.slack.sending.reply import deliver
from handlers.request import DIGEST, Request
from handlers.routing.routed import Route


def carry_out_later(slack: SlackContext, call: SlashCall, request: Request, route: Route) -> None:
    """Have a command that is no question done after its acknowledgement."""
    slack.later(
        route.command.name,
        call,
        lambda: carry_out(slack, call, request, route),
        lambda said: deliver(slack.sender, call, said),
    )


async def carry_out(slack: SlackContext, call: SlashCall | Click, request: Request, route: Route) -> None:
    """Open the form that a route leads to, or have it done and tell the person how it went."""
    await (digests_command.carry_out if route.command.name == DIGEST else curation_command.carry_out)(
        slack, call, request, route
    )
