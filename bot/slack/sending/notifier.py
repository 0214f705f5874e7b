"""The port Notifier: sends by the bot's own hand after the answer is out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.ports import CardPlace, Cards, ShownCard
from bot.render.fact_renderer import RenderedFact, fact_renderer
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import UnknownOutcomeError, error_code
from bot.slack.api.message import Message, answer_message
from bot.slack.sending import answer_modal
from bot.slack.sending.client import SlackSender
from bot.slack.sending.open_cards import OpenCard
from bot.slack.sending.runner import Runner, Work
from handlers.answer import Answer, CardOf
from handlers.curation import describe
from handlers.ports import People, TeamBases
from handlers.services import Services

_log = logging.getLogger(__name__)


class SlackNotifier:
    """Sends each message once. What Slack refuses is logged: a queue in Home and /yrd review shows it too.

    Of people only members of the workspace are told anything: others may have been curators, or may have written
    what is a fact by now, before the bot told them apart.
    """

    def __init__(
        self,
        sender: SlackSender,
        people: People,
        work: Runner,
        team_bases: TeamBases,
        cards: Cards,
        now: Callable[[], datetime],
    ) -> None:
        self._sender = sender
        self._people = people
        self._work = work
        self._team_bases = team_bases
        self._cards = cards
        self._now = now
        self._rendered: dict[str, RenderedFact] = {}

    def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show `said` to a person or a channel; the card of a proposal is found again by `renew`."""
        self._work.start(self._guarded(team, self._send(team, to, said, thread)))

    def note_card(self, team: str, channel: str, ts: str, said: Answer, reader: str) -> None:
        """Record that `said` stands there for that one person: where it is the card of a proposal, `renew` finds it."""
        if said.card_of is not None:
            self._note(team, said.card_of, CardPlace(channel, ts, reader))

    def card_at(self, team: str, channel: str, ts: str) -> CardOf | None:
        """Return the proposal, and the version of it, whose card stands there; None where there is none."""
        card = self._cards.at(team, channel, ts)
        return CardOf(card.proposal, card.shown) if card else None

    def renew(self, team: str, proposal: int = 0) -> None:
        """Have every card of that proposal, or of any with 0, say how it stands by now; those that do are left alone."""
        self._work.start(self._guarded(team, self._renew(team, proposal)))

    async def _renew(self, team: str, proposal: int) -> None:
        stands = self._team_bases.curation(team).contributions
        for card in self._cards.all(team):
            kept = stands.get(card.proposal)
            if kept is not None and proposal in (0, card.proposal) and card.shown != kept.version:
                # Each in its own lane: one that Slack holds up holds up no other.
                self._work.start(self._guarded(team, self._change(team, card)))
        for open_card in self._sender.views.cards.of(team):
            number, version = open_card.card_of.proposal, open_card.card_of.version
            kept = stands.get(number)
            if kept is not None and proposal in (0, number) and version != kept.version:
                self._work.start(self._guarded(team, self._change_view(team, open_card)))

    async def _send(self, team: str, to: str, said: Answer, thread: str) -> None:
        if to[:1] in "UW" and not await self._sender.aside(
            f"users.info {to}", lambda: self._people.is_member(team, to)
        ):
            _log.warning("a notice was not delivered", extra={"team": team, "error": "no member"})
            return
        message = self._message(team, said)
        if said.card_of is None:
            await self._sender.post(to, message, thread)
            return
        channel, ts = await self._sender.posted(to, message)
        self._note(team, said.card_of, CardPlace(channel, ts, to if to[:1] in "UW" else ""))

    def _note(self, team: str, card_of: CardOf, place: CardPlace) -> None:
        self._cards.note(team, ShownCard(card_of.proposal, place, card_of.version), self._now())
        # What was done while it was on its way found no card to change.
        self.renew(team, card_of.proposal)

    async def _change(self, team: str, card: ShownCard) -> None:
        """Have a card say how its proposal stands when its turn comes, and record what it says."""
        shown = card.shown

        def latest() -> Message | None:
            nonlocal shown
            kept = self._team_bases.curation(team).contributions.get(card.proposal)
            written = next((one.shown for one in self._cards.all(team) if one.place == card.place), None)
            if kept is None or written in (None, kept.version):
                return None
            shown = kept.version
            services = Services(self._team_bases.of(team))
            return self._message(team, describe.card(services, kept, reader=card.place.reader))

        try:
            await self._sender.update(card.place.channel, card.place.ts, latest)
        except SlackApiError as error:
            if kind_of(error_code(error)) == "refused":
                # Deleted, or not to be changed any more: it is tried no more.
                self._cards.forget(team, card)
            raise
        if shown != card.shown:
            self._cards.note(team, replace(card, shown=shown), self._now())

    async def _change_view(self, team: str, card: OpenCard) -> None:
        """Have a card that somebody has open in a modal say how its proposal stands."""
        kept = self._team_bases.curation(team).contributions[card.card_of.proposal]
        services = Services(self._team_bases.of(team))
        message = self._message(team, describe.card(services, kept, reader=card.user), in_view=True)
        await answer_modal.renew(self._sender.views, card, message)

    def _message(self, team: str, said: Answer, *, in_view: bool = False) -> Message:
        # As of now: what is told of was changed a moment ago.
        render_fact = fact_renderer(self._team_bases.of(team), self._rendered)
        return answer_message(said, None, render_fact=render_fact, in_view=in_view)

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
