"""Digests of a team show its own facts, and nothing that it superseded."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import Final
from weakref import WeakKeyDictionary

from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import RenderedFact, fact_renderer
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import themes_on
from handlers.digests.themes import Theme
from handlers.ports import FirstSeen, Subscriptions, TeamBases
from handlers.subscription import Subscription
from knowledge.base import FactBase

# Of one base; a workspace has far fewer digests, and those that see the same facts mostly follow the same.
_THEMES: Final = 512


class KeptThemes:
    """Finds the themes on something once for each base, as long as that is used: workspaces that added nothing share one, and
    in each digest the same themes go on. Safe for many threads.
    """

    def __init__(self, room: int = _THEMES) -> None:
        self._room = room
        self._kept: WeakKeyDictionary[FactBase, dict[Subjects, tuple[Theme, ...]]] = WeakKeyDictionary()
        self._lock = threading.Lock()

    def __call__(self, base: FactBase, names: Subjects) -> tuple[Theme, ...]:
        """Return the themes, as `themes_on` does."""
        with self._lock:
            of_base = self._kept.setdefault(base, {})
            found = of_base.get(names)
        if found is None:
            found = themes_on(base, names)
            with self._lock:
                if len(of_base) >= self._room:
                    of_base.clear()
                of_base[names] = found
        return found


class TeamComposer:
    """A composer that takes the base as the subscription's team sees it when the digest is due."""

    def __init__(self, team_bases: TeamBases, first_seen: FirstSeen, subscriptions: Subscriptions) -> None:
        self._team_bases = team_bases
        self._first_seen = first_seen
        self._subscriptions = subscriptions
        self._rendered: dict[str, RenderedFact] = {}
        self._themes_on = KeptThemes()

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest, as `Composer` does."""
        base = self._team_bases.of(subscription.team)
        render = fact_renderer(base, self._rendered)
        compose = Composer(base, render, self._first_seen, self._followed, themes_on=self._themes_on)
        return compose(subscription, posted, now)

    def _followed(self, subscription: Subscription) -> frozenset[str]:
        """Return the names that the digests of its channel follow."""
        here = self._subscriptions.listed(subscription.team, channel=subscription.channel)
        return frozenset(slug for kept in here for slug in Subjects.of(kept).slugs)
