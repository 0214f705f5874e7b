"""The documents at hand: passages.db, built when YRD_DOCUMENTS is set and the folder or the seeds changed."""

from __future__ import annotations

import logging

from bot.settings import Settings
from handlers.ports import Passages
from handlers.without_state import NoPassages
from knowledge.seeds import Seeds

_log = logging.getLogger(__name__)


def at_hand(settings: Settings, seeds: Seeds, version: str) -> Passages:
    """Return the passages, built anew where that is due; without YRD_DOCUMENTS there are none.

    What moved and what cannot be read goes to the log. A folder that cannot be read leaves what was built before.
    """
    if settings.documents is None:
        return NoPassages()
    # Without documents nothing of this is loaded: it takes a tenth of `yrd ask`.
    from knowledge.documents import build_passages
    from knowledge.documents.passages import StoredPassages

    try:
        gathered = build_passages.ensure(settings.documents, seeds, version, settings.passages_db)
    except OSError as error:
        _log.warning("YRD_DOCUMENTS: %s: %s", error.filename or settings.documents, error.strerror)
    else:
        for line in (*gathered.moved, *gathered.problems) if gathered else ():
            _log.warning("YRD_DOCUMENTS: %s", line)
    return StoredPassages(settings.passages_db)
