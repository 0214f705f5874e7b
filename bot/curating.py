"""Joins what a team curates to the services."""

from __future__ import annotations

from dataclasses import replace

from bot.state.contributions import StoredContributions
from bot.state.exposures import StoredExposures
from bot.state.store import Store
from handlers.curation.team_base import StoredTeamBases
from handlers.services import Services


def joined(services: Services, store: Store, review_channel: str = "") -> Services:
    """Return `services` with the stores of curation, and with each team's view of the base."""
    contributions = StoredContributions(store)
    return replace(
        services,
        contributions=contributions,
        views=StoredTeamBases(services.base, contributions),
        exposures=StoredExposures(store),
        review_channel=review_channel,
    )
