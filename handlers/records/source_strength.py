"""How strong the sources of a fact are: how many independent documents say it, of which sort, how old."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.plural import plural
from handlers.services import Services
from knowledge.model import Document, Fact

# What prints what its author saw, heard or was told; a paper works from what others wrote.
_PRIMARY: Final = frozenset({"news item", "newspaper article", "report", "message"})


def source_strength(services: Services, fact: Fact, now: datetime) -> str:
    """Return "2 independent documents · 1 primary, 1 secondary · the newest from 2018, 8 years old"."""
    said = [fact, *(other for other_id in fact.same_as if (other := services.base.fact(other_id)))]
    documents = {slug: services.base.document(slug) for one in said for slug in one.documents}
    apart = _independent(list(documents.values()))
    primary = sum(document.kind in _PRIMARY for document in apart)
    kinds = [f"{primary} primary"] * bool(primary) + [f"{len(apart) - primary} secondary"] * (
        len(apart) > primary
    )
    count = f"{len(apart)} independent {plural(len(apart), 'document')}"
    return " · ".join((count, ", ".join(kinds), _age(apart, now)))


def _independent(documents: list[Document]) -> list[Document]:
    """Count documents that share an author, or are published in one place on one day, as one."""
    kept: list[Document] = []
    for document in documents:
        if not any(set(document.authors) & set(other.authors) for other in kept):
            kept.append(document)
    return kept


def _age(documents: list[Document], now: datetime) -> str:
    years = [int(document.published[:4]) for document in documents if document.published]
    if not years:
        return "undated"
    old = now.year - max(years)
    return f"the newest from {max(years)}, " + (
        f"{old} {plural(old, 'year')} old" if old > 0 else "of this year"
    )
