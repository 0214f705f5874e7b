"""How strong the sources of a fact are: how many independent documents say it, of which sort, how old."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from handlers.records.document_kind import kind_in_words
from handlers.say import say, say_many
from handlers.services import Services
from knowledge.model import Document, Fact

# What prints what its author saw, heard or was told, as news does; a paper works from what others wrote.
_PRIMARY: Final = frozenset({"report", "message"})


def source_strength(services: Services, fact: Fact, now: datetime) -> tuple[str, str]:
    """Return how many independent documents say `fact`, which of them at first hand, and how old the newest is."""
    said = [fact, *(other for other_id in fact.same_as if (other := services.base.fact(other_id)))]
    documents = {slug: services.base.document(slug) for one in said for slug in one.documents}
    apart = _independent(list(documents.values()))
    return _count(apart), _age(apart, now)


def _count(apart: list[Document]) -> str:
    primary, count = sum(document.is_news or document.kind in _PRIMARY for document in apart), len(apart)
    if not primary:
        return say_many(
            "One document says so, a {kind}: worked out from what others wrote.",
            "{count} independent documents say so, worked out from what others wrote.",
            count,
            kind=kind_in_words(apart[0]),
        )
    if primary == count:
        return say_many(
            "One document says so, a {kind}: told at first hand.",
            "{count} independent documents say so, all at first hand.",
            count,
            kind=kind_in_words(apart[0]),
        )
    return say(
        "{count} independent documents say so, {primary} of them at first hand.", count=count, primary=primary
    )


def _independent(documents: list[Document]) -> list[Document]:
    """Count documents that share an author, or are published in one place on one day, as one."""
    kept: list[Document] = []
    for document in documents:
        if not any(set(document.authors) & set(other.authors) for other in kept):
            kept.append(document)
    return kept


def _age(documents: list[Document], now: datetime) -> str:
    years = [int(document.published[:4]) for document in documents if document.published]
    count = len(documents)
    if not years:
        return say_many("It is undated.", "They are undated.", count)
    newest, old = max(years), now.year - max(years)
    if old <= 0:
        return say_many("It is of this year.", "The newest is of this year.", count)
    if count == 1:
        return say_many(
            "It is of {year}, a year ago.", "It is of {year}, {count} years ago.", old, year=newest
        )
    return say_many(
        "The newest is of {year}, a year ago.",
        "The newest is of {year}, {count} years ago.",
        old,
        year=newest,
    )
