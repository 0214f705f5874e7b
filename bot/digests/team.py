"""Digests of a team show its own facts, and nothing that it superseded."""

from __future__ import annotations

from datetime import datetime

from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import Typesetter, typesetter
from handlers.ports import Arrivals, Views
from handlers.subscription import Subscription
from knowledge.base import FactBase


class TeamComposer:
    """A composer that takes the base as the subscription's team sees it when the digest is due."""

    def __init__(self, views: Views, arrivals: Arrivals | None = None) -> None:
        self._views = views
        self._arrivals = arrivals
        self._set: tuple[FactBase, Typesetter] | None = None

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest, as `Composer` does."""
        base = self._views.of(subscription.team)
        kept = self._set
        if kept is None or kept[0] is not base:
            kept = self._set = (base, typesetter(base))
        return Composer(base, kept[1], self._arrivals)(subscription, posted, now)
