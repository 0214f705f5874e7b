"""Digests of a team show its own facts, and nothing that it superseded."""

from __future__ import annotations

from datetime import datetime

from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import RenderedFact, fact_renderer
from handlers.digests.reading.subjects import Subjects
from handlers.ports import FirstSeen, Subscriptions, TeamBases
from handlers.subscription import Subscription


class TeamComposer:
    """A composer that takes the base as the subscription's team sees it when the digest is due."""

    def __init__(self, team_bases: TeamBases, first_seen: FirstSeen, subscriptions: Subscriptions) -> None:
        self._team_bases = team_bases
        self._first_seen = first_seen
        self._subscriptions = subscriptions
        self._rendered: dict[str, RenderedFact] = {}

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest, as `Composer` does."""
        base = self._team_bases.of(subscription.team)
        render = fact_renderer(base, self._rendered)
        return Composer(base, render, self._first_seen, self._followed)(subscription, posted, now)

    def _followed(self, subscription: Subscription) -> frozenset[str]:
        """Return the names that the digests of its channel follow."""
        here = self._subscriptions.listed(subscription.team, channel=subscription.channel)
        return frozenset(slug for kept in here for slug in Subjects.of(kept).slugs)
