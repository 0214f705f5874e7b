"""A document named by who wrote it and when: "Xu and Han 2024", "Jiayi Xu 2024", "Xu & Han"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from handlers.curation.correction import OWN_PAGE
from knowledge.model import Document
from knowledge.text.normalize import normalize, tokenize

_JOINING: Final = frozenset(
    {
        "and",
        "et",
        "al",
        "alii",
        "others",
        "with",
        "by",
        "in",
        "of",
        "from",
        "see",
        "undated",
        "nd",
        "the",
        "和",
        "与",
        "等",
        "等人",
    }
)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")


def document_by(
    documents: Iterable[Document], text: str, *, has_place: bool
) -> Document | tuple[Document, ...] | None:
    """Return the document whose authors, and year, are all that `text` names, all of them where there are several.

    One without a date is meant by another year only where a place in it is named.
    """
    said = [word for word in tokenize(normalize(text)) if word not in _JOINING]
    years = {word for word in said if _YEAR.fullmatch(word)}
    names = {word for word in said if word not in years and len(word) > 1}
    if not names:
        return None
    found = tuple(
        document
        for document in documents
        if not document.slug.startswith(OWN_PAGE)
        and names <= _written_by(document)
        and (not years or (document.published[:4] in years if document.published else has_place))
    )
    return found[0] if len(found) == 1 else found or None


def _written_by(document: Document) -> frozenset[str]:
    return frozenset(word for author in document.authors for word in tokenize(normalize(author)))
