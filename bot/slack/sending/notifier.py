"""The port Notifier: sends by the bot's own hand after the answer is out."""

from __future__ import annotations

import logging

from slack_sdk.errors import SlackApiError

from bot.render.fact_renderer import RenderedFact, fact_renderer
from bot.slack.api.errors import UnknownOutcomeError, error_code
from bot.slack.api.message import answer_message
from bot.slack.sending.client import SlackSender
from bot.slack.sending.runner import Runner
from handlers.answer import Answer
from handlers.ports import People, TeamBases

_log = logging.getLogger(__name__)


class SlackNotifier:
    """Sends each message once. What Slack refuses is logged: a queue in Home and /yrd review shows it too.

    Of people only members of the workspace are told anything: others may have been curators, or may have written
    what is a fact by now, before the bot told them apart.
    """

    def __init__(self, sender: SlackSender, people: People, work: Runner, team_bases: TeamBases) -> None:
        self._sender = sender
        self._people = people
        self._work = work
        self._team_bases = team_bases
        self._rendered: dict[str, RenderedFact] = {}

    def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show `said` to a person or a channel."""
        self._work.start(self._send(team, to, said, thread))

    async def _send(self, team: str, to: str, said: Answer, thread: str) -> None:
        try:
            if to[:1] in "UW" and not await self._sender.aside(
                f"users.info {to}", lambda: self._people.is_member(team, to)
            ):
                _log.warning("a notice was not delivered", extra={"team": team, "error": "no member"})
                return
            # As of now: what is told of was changed a moment ago.
            render_fact = fact_renderer(self._team_bases.of(team), self._rendered)
            await self._sender.post(to, answer_message(said, None, render_fact=render_fact), thread)
        except (SlackApiError, OSError) as error:
            is_unknown = isinstance(error, UnknownOutcomeError)
            _log.warning(
                "a notice may be delivered or not" if is_unknown else "a notice was not delivered",
                extra={"team": team, "error": error_code(error) or type(error).__name__},
            )
        except Exception:  # noqa: BLE001 - the boundary of work that nobody waits for
            _log.exception("a notice could not be made", extra={"team": team})
