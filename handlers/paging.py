"""Cutting what was found into pages of a message, and which page of what was shown last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

T = TypeVar("T")

ENTRIES_PER_PAGE = 30
"""Names in a listing; a screen of Slack holds about that many."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The items of page `number` of `pages`, out of `total`."""

    items: tuple[T, ...]
    number: int
    pages: int
    total: int


def page(items: Sequence[T], number: int, size: int) -> Page[T]:
    """Return page `number` (counted from 1) of `items`; a number out of range gives the nearest page."""
    pages = max(1, -(-len(items) // size))
    number = min(max(1, number), pages)
    return Page(tuple(items[(number - 1) * size : number * size]), number, pages, len(items))


def page_of_parts(parts: Sequence[Sequence[T]], number: int, size: int) -> Page[T]:
    """Return page `number` of the items of all `parts`, each of which begins a page; else as `page`."""
    pages = [part[at : at + size] for part in parts for at in range(0, len(part), size)] or [()]
    number = min(max(1, number), len(pages))
    return Page(tuple(pages[number - 1]), number, len(pages), sum(map(len, parts)))


LONGEST_EARLIER: Final = 256
"""Characters of a question that is remembered; a longer one is followed by none."""


_AND_MAP: Final = "\n"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question as it was read, and the page of its answer that was shown last, counted from 1. Behind a line break stands what is
    typed for the map that was drawn of the answer, where that was shown last.
    """

    text: str
    page: int = 1

    @property
    def question(self) -> str:
        """Return the question alone."""
        return self.text.partition(_AND_MAP)[0]

    @property
    def map(self) -> str:
        """Return what is typed for the map that was shown last, "" where none was, or the question itself is for one."""
        return self.text.partition(_AND_MAP)[2]

    def with_map(self, typed: str) -> Earlier:
        """Return the same where the map was shown that is so typed; of what is too long to be remembered the map alone."""
        both = f"{self.question}{_AND_MAP}{typed}"
        return Earlier(both, self.page) if len(both) <= LONGEST_EARLIER else Earlier(typed)
