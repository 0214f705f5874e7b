"""Digests of a team show its own facts, and nothing that it superseded."""

from __future__ import annotations

from datetime import datetime

from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import FactRenderer, fact_renderer
from handlers.ports import FirstSeen, TeamBases
from handlers.subscription import Subscription
from knowledge.base import FactBase


class TeamComposer:
    """A composer that takes the base as the subscription's team sees it when the digest is due."""

    def __init__(self, views: TeamBases, first_seen: FirstSeen | None = None) -> None:
        self._views = views
        self._first_seen = first_seen
        self._set: tuple[FactBase, FactRenderer] | None = None

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest, as `Composer` does."""
        base = self._views.of(subscription.team)
        kept = self._set
        if kept is None or kept[0] is not base:
            kept = self._set = (base, fact_renderer(base))
        return Composer(base, kept[1], self._first_seen)(subscription, posted, now)
