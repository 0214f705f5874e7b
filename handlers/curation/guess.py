"""What a statement says of itself: what it is about, its topics, kind, stance, date and the words quoted in it.

A guess fills in what nobody said, for its author to look at; nothing here decides.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any, Final

from handlers.curation import projection
from handlers.curation.correction import bare
from handlers.curation.source import QUOTED, date_of
from handlers.draft import ASK_MAX, NAMES_MAX, SPEAKER_MAX, STATEMENT_MAX, WORDS_MAX, Draft
from handlers.say import Said, Value, say
from knowledge.base import FactBase
from knowledge.model import Named, Topic
from knowledge.names.resolver import Ambiguous, Found, Suggestions
from knowledge.periods import periods
from knowledge.text.length import word_count
from knowledge.vocabulary import Kind, Region, Stance

_NEAREST: Final = 6
_MOST_TOPICS: Final = 2
_SPEAKER: Final = re.compile(
    r"^(?P<before>[^,.]{2,60}?),? (?:says?|said|claims?|claimed|argues?|argued|recommends?|recommended|calls? for|urges?) "
    r"|\baccording to (?P<after>[^,.]{2,60})"
)
_RECOMMENDED: Final = re.compile(
    r"\b(?:should|recommends?|recommended|calls? for|urges?|ought to)\b|应当|应该|建议"
)
_PLANNED: Final = re.compile(r"\b(?:will|plans? to|is to|are to|planned|aims? to|intends? to)\b|将|计划|拟")
_CLAIMED: Final = re.compile(r"\b(?:claims?|claimed|argues?|argued|according to|says?|said)\b")
_FIGURE: Final = re.compile(
    r"\d[\d,.]*\s*(?:%|per ?cent|percent|billion|million|thousand|km|hectares?|tonnes?|yuan|亿|万|公里)"
)
_PROJECT: Final = re.compile(
    r"\b(?:bridge|railway|metro|tunnel|airport|port|park|zone)\b.*\b(?:opened|built|under construction|completed)\b"
)


def filled_in(base: FactBase, draft: Draft) -> Draft:
    """Return `draft` with a guess for each field that nobody said anything of; what was said stays."""
    text = draft.statement[:STATEMENT_MAX]
    speaker = draft.speaker or _speaker(text)
    stance = _stance(text, speaker) if draft.stance is Stance.REPORTED else draft.stance
    subjects = draft.subjects or subjects_of(base, text)
    topics = draft.topics or _topics(base, text)
    return draft.model_copy(
        update={
            "subjects": subjects,
            "topics": topics,
            "kind": _kind(text, stance) if draft.kind is Kind.EVENT else draft.kind,
            "stance": stance,
            "speaker": speaker if stance in (Stance.CLAIMED, Stance.RECOMMENDED) else draft.speaker,
            "region": draft.region if draft.subjects else region_of(base, subjects),
            "date": draft.date or date_in(text),
            "words": draft.words or words_of(base, draft),
            "asks": _asks(base, subjects, topics) if draft.asks is None else draft.asks,
        }
    )


def subjects_of(base: FactBase, text: str) -> tuple[str, ...]:
    """Return what a text names without doubt, topics left out."""
    return tuple(slug for slug, is_topic in _named(base, text) if not is_topic)[:NAMES_MAX]


def renewed(base: FactBase, before: Draft, draft: Draft) -> dict[str, Any]:
    """Return the fields of `draft`, as they were `before`, that its changed statement no longer bears out, as it would have them."""
    old, new = before.statement, draft.statement
    if bare(old) == bare(new):
        return {}
    gone, come = (
        _ties(base, _open(base, old) - _open(base, new)),
        _without(_said(base, new), _said(base, old)),
    )
    is_topic = {topic.slug for topic in base.seeds.topics}
    subjects = (*_without(draft.subjects, gone), *(slug for slug in come if slug not in is_topic))
    topics = (*_without(draft.topics, gone), *(slug for slug in come if slug in is_topic))
    if not topics or not _without(draft.subjects, gone):
        topics = _topics(base, new)
    subjects, topics = (tuple(dict.fromkeys(slugs))[:NAMES_MAX] for slugs in (subjects, topics))
    asks = tuple(ask for ask in draft.asks or () if not _open(base, ask) & gone)
    would: dict[str, Any] = {
        "subjects": subjects,
        "topics": topics,
        "date": _date(before, new),
        "asks": draft.asks if asks == (draft.asks or ()) else asks or _asks(base, subjects, topics) or (),
        "words": "" if draft.words and draft.words in old and draft.words not in new else draft.words,
    }
    return {
        name: value
        for name, value in would.items()
        if _alike(getattr(draft, name), getattr(before, name)) and not _alike(getattr(draft, name), value)
    }


def _alike(one: object, other: object) -> bool:
    """Say whether two values of a field are the same; a menu gives its names back in an order of its own."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return sorted(one) == sorted(other)
    return one == other


def _date(before: Draft, text: str) -> str:
    """Return the date of a draft where `text` is its statement now."""
    old, new = date_in(before.statement), date_in(text)
    if old == new:
        return before.date
    if not new:
        return "" if old == before.date else before.date
    return before.date if before.date.startswith(new) else new


def _said(base: FactBase, text: str) -> tuple[str, ...]:
    return tuple(slug for slug, _ in _named(base, text))


def _open(base: FactBase, text: str) -> frozenset[str]:
    """Return all that a text names, with all that an ambiguous name of it may be."""
    read = (mention.resolution for mention in base.parse(text[:STATEMENT_MAX]).mentions)
    several = (record.slug for found in read if isinstance(found, Ambiguous) for record in found.records)
    return frozenset((*_said(base, text), *several))


def _ties(base: FactBase, gone: frozenset[str]) -> frozenset[str]:
    """Return what is no longer named, with the pairings that it is in."""
    return gone | {pairing.slug for pairing in base.seeds.pairings if gone & set(pairing.members)}


def _without(slugs: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug not in gone)


def unread(base: FactBase, draft: Draft) -> Iterator[Said]:
    """Yield a sentence for each name in the statement that may be several, or is misspelt, where it is not chosen what it is."""
    for name, records in unsure(base, draft):
        if len(records) > 1:
            yield say("“{name}” may be {records}: choose it under About.", name=name, records=either(records))
        else:
            yield say("“{name}” is no name of the base. Did you mean {record}?", name=name, record=records[0])


def unsure(base: FactBase, draft: Draft) -> Iterator[tuple[str, tuple[Named, ...]]]:
    """Yield the names in the statement that nothing chosen settles, with what each may be."""
    chosen = {*draft.subjects, *draft.topics}
    seen: set[str] = set()
    for mention in base.parse(draft.statement).mentions:
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


def date_in(text: str) -> str:
    """Return the one date that a statement names, "" where it names none or several."""
    return date_of(text) if len(periods(text)) == 1 else ""


def _named(base: FactBase, text: str) -> list[tuple[str, bool]]:
    found = (
        mention.resolution.record
        for mention in base.parse(text[:STATEMENT_MAX]).mentions
        if isinstance(mention.resolution, Found) and mention.resolution.match != "fuzzy"
    )
    return list(dict.fromkeys((record.slug, isinstance(record, Topic)) for record in found))


def _topics(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the topics that a statement names, else those that most of the facts nearest to it are on."""
    said = [slug for slug, is_topic in _named(base, text) if is_topic]
    if said:
        return tuple(said[:_MOST_TOPICS])
    known = {
        topic.slug for topic in base.seeds.topics if not (topic.about_documents or topic.about_elsewhere)
    }
    counted: Counter[str] = Counter()
    for rank, hit in enumerate(base.search(text)[:_NEAREST]):
        for topic in hit.fact.topics:
            if topic in known:
                counted[topic] += _NEAREST - rank
    return tuple(topic for topic, _ in counted.most_common(1))


def region_of(base: FactBase, subjects: tuple[str, ...]) -> Region:
    """Return the delta unless every place that is named lies elsewhere."""
    places = [place for place in base.seeds.places if place.slug in subjects]
    return Region.ELSEWHERE if places and not any(place.delta for place in places) else Region.DELTA


def _stance(text: str, speaker: str) -> Stance:
    if _RECOMMENDED.search(text) and speaker:
        return Stance.RECOMMENDED
    if _CLAIMED.search(text) and speaker:
        return Stance.CLAIMED
    return Stance.PLANNED if _PLANNED.search(text) else Stance.REPORTED


def _speaker(text: str) -> str:
    found = _SPEAKER.search(text)
    return (found["before"] or found["after"] or "").strip()[:SPEAKER_MAX] if found else ""


def _kind(text: str, stance: Stance) -> Kind:
    by_stance = {
        Stance.RECOMMENDED: Kind.RECOMMENDATION,
        Stance.CLAIMED: Kind.CLAIM,
        Stance.PLANNED: Kind.PLAN,
    }
    if stance in by_stance:
        return by_stance[stance]
    if _FIGURE.search(text):
        return Kind.FIGURE
    return Kind.PROJECT if _PROJECT.search(text) else Kind.EVENT


def words_of(base: FactBase, draft: Draft) -> str:
    """Return words that stand in the source: by which another fact finds the paragraph, else those that the statement quotes."""
    if draft.document and (known := projection.anchor_of(base, draft.document, draft.paragraph)):
        return known
    quoted = (found["words"].strip() for found in QUOTED.finditer(draft.statement))
    return next((words[:WORDS_MAX] for words in quoted if 3 <= word_count(words) <= 8), "")


def _asks(base: FactBase, subjects: tuple[str, ...], topics: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return a question that a reader would find the fact by, None where it names too little."""
    names = [record.name for slug in subjects[:2] if (record := base.entity(slug))]
    on = [record.name for slug in topics[:1] if (record := base.entity(slug))]
    if not names or not on:
        return None
    topic = on[0][:1].lower() + on[0][1:]
    if len(names) == 2:
        ask = say(
            "What do {one} and {other} do together in {topic}?", one=names[0], other=names[1], topic=topic
        )
    else:
        ask = say("What does {one} do in {topic}?", one=names[0], topic=topic)
    return (str(ask),) if len(ask) <= ASK_MAX else None
