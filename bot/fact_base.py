"""The fact base at hand: facts.db, built first where it is missing or older than the seeds."""

from __future__ import annotations

import sqlite3

from bot.encoder import E5Encoder, installed
from bot.settings import Settings
from bot.state.disk.files import make_folder
from knowledge import build
from knowledge.base import FactBase
from knowledge.seeds import BadSeedsError


class BadBaseError(Exception):
    """facts.db can neither be built nor read; its text says what to do."""


def open_base(settings: Settings) -> FactBase:
    """Return the fact base, its indexes not built yet; BadBaseError where there is none to be had."""
    try:
        make_folder(settings.data_dir)
        build.ensure(settings.seeds, settings.facts_db, encoder := encoder_at_hand(settings))
        return FactBase.open(settings.facts_db, encoder)
    except BadSeedsError as error:
        raise BadBaseError("\n".join(map(str, error.problems))) from error
    except OSError as error:
        raise BadBaseError(
            f"{error.filename or settings.facts_db} cannot be used: {error.strerror or error}."
        ) from error
    except (sqlite3.Error, ValueError) as error:
        raise BadBaseError(
            f"{settings.facts_db} cannot be used: {error}. Delete it and try again."
        ) from error


def encoder_at_hand(settings: Settings) -> E5Encoder | None:
    """Return the encoder; None where it is not installed, or not wanted."""
    return None if settings.light else installed()
