"""Passages: passages.db, read-only. Any thread may read; a file swapped in is read from then on.

A file that is missing or damaged gives nothing, as if no document were at hand, and one line in the log.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from knowledge.documents.passage import Passage

_log = logging.getLogger(__name__)

_COLUMNS = "p.document, p.number, p.section, p.label, p.text"
_AT = f"select {_COLUMNS} from paragraphs p where p.document = ? and p.number = ? and p.sha256 = ?"  # noqa: S608
_ELSEWHERE = f"select {_COLUMNS} from paragraphs p where p.document = ? and p.sha256 = ? order by p.number"  # noqa: S608
_BESIDE = "select text from paragraphs where document = ? and number = ?"
_MATCHING = (
    f"select {_COLUMNS} from paragraphs_fts join paragraphs p on p.rowid = paragraphs_fts.rowid"  # noqa: S608
    " where paragraphs_fts match ? order by bm25(paragraphs_fts), p.document, p.number limit ?"
)
_ONLY_ADDED = _MATCHING.replace(
    " where ", " join documents d on d.slug = p.document where not d.curated and "
)
# FTS5 reads everything but letters and digits as syntax; a term with any of it is no term.
_TERM = re.compile(r"^[0-9a-z㐀-鿿]{1,60}$")
_MOST_TERMS = 60


class StoredPassages:
    """The paragraphs of the documents at hand, in the file at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def at_hand(self) -> bool:
        """Say whether there is anything to show."""
        return self._path.is_file()

    def find(self, document: str, number: int, sha256: str) -> Passage | None:
        """Return the paragraph with that hash and its neighbours: at `number`, else where it stands now.

        None when the document is not at hand, or no longer prints it: another text is never shown for it.
        """
        rows = self._rows(_AT, (document, number, sha256)) or self._rows(_ELSEWHERE, (document, sha256))
        return self._with_neighbours(_passage(rows[0])) if rows else None

    def holds(self, document: str) -> bool:
        """Say whether `document` is among those at hand."""
        return bool(self._rows("select slug from documents where slug = ?", (document,)))

    def matching(
        self, terms: Iterable[str], *, only_added: bool = False, limit: int = 60
    ) -> tuple[Passage, ...]:
        """Return paragraphs that hold any of `terms` (folded words, pairs of Chinese characters), best first.

        `only_added` leaves out the documents that facts stand on.
        """
        words = list(dict.fromkeys(term for term in terms if _TERM.match(term)))[:_MOST_TERMS]
        if not words:
            return ()
        query = " OR ".join(f'"{word}"' for word in words)
        return tuple(map(_passage, self._rows(_ONLY_ADDED if only_added else _MATCHING, (query, limit))))

    def _with_neighbours(self, passage: Passage) -> Passage:
        before, after = (
            "".join(row["text"] for row in self._rows(_BESIDE, (passage.document, passage.number + step)))
            for step in (-1, 1)
        )
        return Passage(
            passage.document, passage.label, passage.section, passage.number, passage.text, before, after
        )

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[dict[str, Any]]:
        try:
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
        except sqlite3.Error as error:
            return self._nothing(error)
        database = Database(connection)
        try:
            return list(database.query(query, values))
        except sqlite3.Error as error:
            return self._nothing(error)
        finally:
            database.close()

    def _nothing(self, error: sqlite3.Error) -> list[dict[str, Any]]:
        if self._path.is_file():
            _log.warning(
                "%s cannot be read (%s); yrd build makes it anew", self._path.name, type(error).__name__
            )
        return []


def _passage(row: dict[str, Any]) -> Passage:
    return Passage(row["document"], row["label"], row["section"], row["number"], row["text"])
