"""Joins what a team curates to the desk."""

from __future__ import annotations

from dataclasses import replace

from bot.state.contributions import StoredContributions
from bot.state.exposures import StoredShown
from bot.state.store import Store
from handlers.curation.team_base import TeamViews
from handlers.services import Desk


def joined(desk: Desk, store: Store, review_channel: str = "") -> Desk:
    """Return `desk` with the stores of curation, and with each team's view of the base."""
    contributions = StoredContributions(store)
    return replace(
        desk,
        contributions=contributions,
        views=TeamViews(desk.base, contributions),
        shown=StoredShown(store),
        review_channel=review_channel,
    )
