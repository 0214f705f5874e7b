"""Since when each statement has been in the fact base, so that digests can tell news."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Protocol


class Arrivals(Protocol):
    """When this team's bot first saw each fact, by the key of `digest_pick.key`."""

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        ...

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen."""
        ...
