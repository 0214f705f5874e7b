"""The lists of all that the base covers, as buttons: what is offered where nothing nearer is."""

from __future__ import annotations

from typing import Final

from handlers.answer import Choice
from handlers.say import say

PAIRINGS: Final = Choice("list-pairings", say("All pairings"), "/yrd-pair", "", "")
LISTS: Final = (
    Choice("list-places", say("All places"), "/yrd-city", "", ""),
    PAIRINGS,
    Choice("list-mechanisms", say("All mechanisms"), "/yrd-mechanism", "", ""),
    Choice("list-topics", say("All topics"), "/yrd-topic", "", ""),
)
