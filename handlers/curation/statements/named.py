"""What a statement names: places, topics and all else of the base, and the names that may be several or are misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from handlers.curation.statements.places import told_apart
from handlers.draft import NAMES_MAX, STATEMENT_MAX, Draft
from handlers.say import Said, Value, say
from knowledge.base import FactBase
from knowledge.model import Named, Topic
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Ambiguous, Found, Suggestions


def subjects_of(base: FactBase, text: str) -> tuple[str, ...]:
    """Return what a text names without doubt, topics left out."""
    return tuple(slug for slug, is_topic in named(base, text) if not is_topic)[:NAMES_MAX]


def _mentions(base: FactBase, text: str) -> tuple[Mention, ...]:
    return base.parse(told_apart(base, text[:STATEMENT_MAX])).mentions


def named(base: FactBase, text: str) -> list[tuple[str, bool]]:
    """Return the slugs of what a text names without doubt, each with whether it is a topic."""
    found = (
        mention.resolution.record
        for mention in _mentions(base, text)
        if isinstance(mention.resolution, Found) and mention.resolution.match != "fuzzy"
    )
    return list(dict.fromkeys((record.slug, isinstance(record, Topic)) for record in found))


def said_in(base: FactBase, text: str) -> tuple[str, ...]:
    """Return what a text names without doubt, topics among it."""
    return tuple(slug for slug, _ in named(base, text))


def open_to(base: FactBase, text: str) -> frozenset[str]:
    """Return all that a text names, with all that an ambiguous name of it may be."""
    read = (mention.resolution for mention in _mentions(base, text))
    several = (record.slug for found in read if isinstance(found, Ambiguous) for record in found.records)
    return frozenset((*said_in(base, text), *several))


def unread(base: FactBase, draft: Draft) -> Iterator[Said]:
    """Yield a sentence for each name in the statement that may be several, or is misspelt, where it is not chosen what it is."""
    for name, records in unsure(base, draft):
        if len(records) > 1:
            yield say("“{name}” may be {records}: choose it under About.", name=name, records=either(records))
        else:
            yield say("The base does not know “{name}”. Did you mean {record}?", name=name, record=records[0])


def unsure(base: FactBase, draft: Draft) -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Yield the names in the statement that nothing chosen settles, with what each may be."""
    chosen = {*draft.subjects, *draft.topics}
    seen: set[str] = set()
    for mention in _mentions(base, draft.statement):
        match mention.resolution:
            case Found(record=record, match="fuzzy"):
                records: tuple[Named, ...] = (record,)
            case Ambiguous(records=several) | Suggestions(records=several):
                records = several
            case _:
                continue
        if mention.typed in seen or chosen & {record.slug for record in records}:
            continue
        seen.add(mention.typed)
        # A mention is known by its folded form: it is told as it was written.
        written = re.search(re.escape(mention.typed), draft.statement, re.IGNORECASE)
        yield written[0] if written else mention.typed, records


def either(records: tuple[Named, ...]) -> Value:
    """Return "one or another or a third"."""
    first, *others = records[:3]
    said: Value = first
    for other in others:
        said = say("{one} or {other}", one=said, other=other)
    return said
