"""The lists of all that the base covers, as buttons: what is offered where nothing nearer is."""

from __future__ import annotations

from typing import Final

from handlers.answer import Choice

PAIRINGS: Final = Choice("list-pairings", "All pairings", "/yrd-pair", "", "")
LISTS: Final = (
    Choice("list-places", "All places", "/yrd-city", "", ""),
    PAIRINGS,
    Choice("list-mechanisms", "All mechanisms", "/yrd-mechanism", "", ""),
    Choice("list-topics", "All topics", "/yrd-topic", "", ""),
)
