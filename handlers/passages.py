"""The port to the documents at hand. `knowledge.passages` implements it; tests fill in hand-made ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from knowledge.passage import Passage


class Passages(Protocol):
    """The paragraphs of the documents that a team has. Their words are shown, never stored or exported."""

    def at_hand(self) -> bool:
        """Say whether there is anything to show."""
        ...

    def holds(self, document: str) -> bool:
        """Say whether the document of that slug is among those at hand."""
        ...

    def find(self, document: str, number: int, sha256: str) -> Passage | None:
        """Return the paragraph with that hash, with its neighbours, wherever in the document it stands now;
        None when the document does not print it."""
        ...

    def matching(
        self, terms: Iterable[str], *, only_added: bool = False, limit: int = 60
    ) -> tuple[Passage, ...]:
        """Return paragraphs that hold any of `terms`, best first; `only_added` leaves out the documents that
        facts stand on."""
        ...
