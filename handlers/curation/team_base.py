"""A team's view of the base: the seeds with what the team approved, as of now.

Kept in the process and asked of the ledger each time by the number of its newest event, so that every process
answers from what any of them approved.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock

from handlers.contribution import CurationState
from handlers.curation import projection
from handlers.ports import Contributions, UnreadableError
from knowledge.base import FactBase
from knowledge.overlay import Overlay


@dataclass(frozen=True, slots=True)
class _View:
    """What stands of a team's contributions, and the base with what they come to `laid` over it."""

    curation: CurationState
    base: FactBase
    laid: Overlay


class CachedTeamBases:
    """The views of the teams, each built again only after an event."""

    def __init__(self, base: FactBase, contributions: Contributions) -> None:
        self._base = base
        self._contributions = contributions
        self._kept: dict[str, _View] = {}
        self._without: set[str] = set()
        self._lock = Lock()

    def curation(self, team: str) -> CurationState:
        """Return what stands of the team's contributions; UnreadableError while that cannot be read."""
        return self._of(team).curation

    def of(self, team: str) -> FactBase:
        """Return the base as the team sees it; while that cannot be read as it saw it last, or as all see it."""
        try:
            view = self._of(team).base
        except UnreadableError:
            if (kept := self._kept.get(team)) is not None:
                return kept.base
            self._without.add(team)
            return self._base
        self._without.discard(team)
        return view

    def is_whole(self, team: str) -> bool:
        """Say whether the base that the team was given last has what it added."""
        return team not in self._without

    def _of(self, team: str) -> _View:
        kept = self._kept.get(team)
        revision = self._contributions.revision(team)
        if kept is not None and kept.curation.revision == revision:
            return kept
        # One builds, the others wait for it: it takes less than a second.
        with self._lock:
            kept = self._kept.get(team)
            if kept is None or kept.curation.revision != revision:
                kept = self._kept[team] = self._build(team, revision, kept)
            return kept

    def _build(self, team: str, revision: int, before: _View | None) -> _View:
        # As of the newest event, read or not: else it would be looked for again and again.
        found = replace(projection.replay(self._contributions.events(team)), revision=revision)
        laid = projection.overlay(self._base, found)
        if not (laid.facts or laid.superseded or laid.retired or laid.asks or laid.preferred):
            return _View(found, self._base, laid)
        if before is not None and replace(before.laid, revision=0, retired=()) == replace(
            laid, revision=0, retired=()
        ):
            # A proposal or a role changes no answer.
            return _View(found, before.base, before.laid)
        view = self._base.with_overlay(laid, before.base.own_embeddings if before else None)
        view.warm()
        return _View(found, view, laid)
