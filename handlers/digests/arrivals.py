"""When facts came into a team's base: those of the seeds when the bot saw them first, the team's own when they were approved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from handlers.digests.selection import fact_key
from handlers.ports import FirstSeen, TeamBases, UnreadableError


class TeamFirstSeen:
    """FirstSeen with the team's own facts, as its ledger tells them: the same in every process, and nothing to write down."""

    def __init__(self, noted: FirstSeen, team_bases: TeamBases) -> None:
        self._noted = noted
        self._team_bases = team_bases

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        self._noted.note(team, keys, now)

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen, nothing before the bot looked at all."""
        noted = self._noted.first_seen(team)
        if not noted:
            return noted
        # What was approved before the bot first looked was there then: it makes nothing else later.
        began = min(noted.values())
        return {key: max(at, began) for key, at in self._approved(team).items()} | dict(noted)

    def _approved(self, team: str) -> Mapping[str, datetime]:
        try:
            made = {kept.id: kept for kept in self._team_bases.curation(team).contributions.values()}
        except UnreadableError:
            return {}
        own = (fact for fact in self._team_bases.of(team).facts if fact.contributed is not None)
        return {fact_key(fact): made[fact.id].decided.at for fact in own if fact.id in made}
