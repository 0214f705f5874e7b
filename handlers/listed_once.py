"""The digests there are, as what a text wants is told by them: read once for a text, and not waited for."""

from __future__ import annotations

from handlers.ports import ListedDigests, UnreadableError
from handlers.subscription import Subscription


class ListedOnce:
    """Remembers what was listed. While that cannot be read there is none: what a text wants can be told without."""

    def __init__(self, digests: ListedDigests) -> None:
        self._digests = digests
        self._seen: dict[tuple[str, str, str], tuple[Subscription, ...]] = {}
        self._is_unreadable = False

    def listed(
        self, team: str, *, channel: str = "", owner: str = "", promptly: bool = True
    ) -> tuple[Subscription, ...]:
        """Return the digests as `ListedDigests` does, as they were when they were listed first; promptly, or none."""
        asked = (team, channel, owner)
        if asked not in self._seen and not self._is_unreadable:
            try:
                self._seen[asked] = self._digests.listed(
                    team, channel=channel, owner=owner, promptly=promptly
                )
            except UnreadableError:
                self._is_unreadable = True
        return self._seen.get(asked, ())
