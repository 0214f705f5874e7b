"""The port to what a team sees: its view of the base, and what stands of its contributions."""

from __future__ import annotations

from typing import Protocol

from handlers.curation import Curation
from knowledge.base import FactBase


class Views(Protocol):
    """As of now in every process; what was approved a moment ago is in."""

    def of(self, team: str) -> FactBase:
        """Return the base as the team sees it."""
        ...

    def curation(self, team: str) -> Curation:
        """Return what stands of the team's contributions."""
        ...
