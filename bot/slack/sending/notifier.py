"""The port Notifier: sends by the bot's own hand after the answer is out."""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from slack_sdk.errors import SlackApiError

from bot.ports import CardPlace, Cards
from bot.render.fact_renderer import RenderedFact, fact_renderer
from bot.slack.api.errors import UnknownOutcomeError, error_code
from bot.slack.api.message import Message, answer_message
from bot.slack.sending.client import SlackSender
from bot.slack.sending.runner import Runner, Work
from handlers.answer import Answer
from handlers.ports import People, TeamBases

_log = logging.getLogger(__name__)


class SlackNotifier:
    """Sends each message once. What Slack refuses is logged: a queue in Home and /yrd review shows it too.

    Of people only members of the workspace are told anything: others may have been curators, or may have written
    what is a fact by now, before the bot told them apart.
    """

    def __init__(
        self, sender: SlackSender, people: People, work: Runner, team_bases: TeamBases, cards: Cards
    ) -> None:
        self._sender = sender
        self._people = people
        self._work = work
        self._team_bases = team_bases
        self._cards = cards
        self._rendered: dict[str, RenderedFact] = {}

    def notify(self, team: str, to: str, said: Answer, thread: str = "", proposal: int = 0) -> None:
        """Show `said` to a person or a channel; a card of a `proposal` is found again by `renew`."""
        self._work.start(self._guarded(team, self._send(team, to, said, thread, proposal)))

    def renew(self, team: str, proposal: int, said: Answer) -> None:
        """Put `said` in place of every card of that proposal that was shown."""
        for place in self._cards.of(team, proposal):
            self._work.start(self._guarded(team, self._change(team, place, said)))

    async def _send(self, team: str, to: str, said: Answer, thread: str, proposal: int) -> None:
        if to[:1] in "UW" and not await self._sender.aside(
            f"users.info {to}", lambda: self._people.is_member(team, to)
        ):
            _log.warning("a notice was not delivered", extra={"team": team, "error": "no member"})
            return
        message = self._message(team, said)
        if not proposal:
            await self._sender.post(to, message, thread)
            return
        channel, ts = await self._sender.posted(to, message)
        self._cards.note(team, proposal, CardPlace(channel, ts), datetime.now(UTC))

    async def _change(self, team: str, place: CardPlace, said: Answer) -> None:
        await self._sender.update(place.channel, place.ts, self._message(team, said))

    def _message(self, team: str, said: Answer) -> Message:
        # As of now: what is told of was changed a moment ago.
        render_fact = fact_renderer(self._team_bases.of(team), self._rendered)
        return answer_message(said, None, render_fact=render_fact)

    async def _guarded(self, team: str, work: Work) -> None:
        try:
            await work
        except (SlackApiError, OSError) as error:
            is_unknown = isinstance(error, UnknownOutcomeError)
            _log.warning(
                "a notice may be delivered or not" if is_unknown else "a notice was not delivered",
                extra={"team": team, "error": error_code(error) or type(error).__name__},
            )
        except Exception:  # noqa: BLE001 - the boundary of work that nobody waits for
            _log.exception("a notice could not be made", extra={"team": team})
