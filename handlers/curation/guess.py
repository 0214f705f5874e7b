"""What a statement says of itself: what it is about and ties, its topics, kind, stance, date and the words quoted in it.

A guess fills in what nobody said, for its author to look at; nothing here decides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final, Literal

from handlers.curation.correction import bare
from handlers.curation.sorts import KINDS, STANCES, pairings
from handlers.curation.sources import citations
from handlers.curation.sources.dating import date_of
from handlers.curation.sources.source import QUOTED
from handlers.curation.statements import asks as asking
from handlers.curation.statements import kind
from handlers.curation.statements import topics as topical
from handlers.curation.statements.manner import manner, speaker_of, stance_of
from handlers.curation.statements.named import named, open_to, said_in, subjects_of
from handlers.draft import NAMES_MAX, STATEMENT_MAX, TIES_MAX, WORDS_MAX, Draft
from handlers.records.enumerated import all_of
from handlers.say import Said, say
from knowledge.base import FactBase
from knowledge.model import Tie
from knowledge.periods import periods
from knowledge.stated_pairings import guessed
from knowledge.text.length import word_count
from knowledge.text.normalize import words_of as words_of_text
from knowledge.vocabulary import Kind, Region, Stance

_MOST_TOPICS: Final = 2
# What the words of a statement tell for certain; an event is what no word makes another kind.
_SURE: Final = frozenset({Kind.FIGURE, Kind.DEFINITION, Kind.PAIRING})


def filled_in(base: FactBase, draft: Draft, year: str = "") -> Draft:
    """Return `draft`, written in `year`, with a guess for each field that nobody said anything of; what was said stays."""
    text = draft.statement[:STATEMENT_MAX]
    speaker = draft.speaker or speaker_of(text)
    stance = stance_of(text, speaker) if draft.stance is Stance.REPORTED else draft.stance
    subjects = draft.subjects or subjects_of(base, text)
    topics = draft.topics or _topics(base, text)
    filled = draft.model_copy(
        update={
            "subjects": subjects,
            "topics": topics,
            "guessed": draft.guessed if draft.topics else _guessed(base, text, topics),
            "kind": kind.of(base, text, stance) if draft.kind is Kind.EVENT else draft.kind,
            "stance": stance,
            "speaker": speaker if stance in (Stance.CLAIMED, Stance.RECOMMENDED) else draft.speaker,
            "region": draft.region if draft.subjects else region_of(base, subjects),
            "date": draft.date or date_in(text),
            "words": draft.words or words_of(base, draft),
            "ties": _tied(base, text, subjects, stance, year) if draft.ties is None else draft.ties,
        }
    )
    return filled if draft.asks is not None else filled.model_copy(update={"asks": asking.of(base, filled)})


def renewed(base: FactBase, before: Draft, draft: Draft, year: str = "") -> dict[str, Any]:
    """Return the fields of `draft`, as they were `before`, that its changed statement no longer bears out in `year`, as it would
    have them.
    """
    old, new = before.statement, draft.statement
    if bare(old) == bare(new):
        return {}
    gone, come = (
        _ties(base, open_to(base, old) - open_to(base, new)),
        _without(said_in(base, new), said_in(base, old)),
    )
    is_topic = {topic.slug for topic in base.seeds.topics}
    subjects = (*_without(draft.subjects, gone), *(slug for slug in come if slug not in is_topic))
    topics = (*_without(draft.topics, gone), *(slug for slug in come if slug in is_topic))
    if not topics or not _without(draft.subjects, gone):
        topics = _topics(base, new)
    subjects, topics = (tuple(dict.fromkeys(slugs))[:NAMES_MAX] for slugs in (subjects, topics))
    asks = tuple(ask for ask in draft.asks or () if not open_to(base, ask) & gone)
    told = _told_anew(base, before, new)
    ties = tuple(before.ties or ())
    if _alike(ties, _tied(base, old, before.subjects, before.stance, year)):
        ties = _tied(base, new, subjects, told["stance"], year)
    now = draft.model_copy(update={**told, "subjects": subjects, "topics": topics})
    would: dict[str, Any] = {
        **told,
        "ties": ties,
        "subjects": subjects,
        "topics": topics,
        "date": _date(before, new),
        "asks": draft.asks if asks == (draft.asks or ()) else asks or asking.of(base, now) or (),
        "words": "" if draft.words and draft.words in old and draft.words not in new else draft.words,
    }
    return {
        name: value
        for name, value in would.items()
        if _alike(getattr(draft, name), getattr(before, name)) and not _alike(getattr(draft, name), value)
    }


def asks_anew(base: FactBase, before: Draft, draft: Draft) -> tuple[str, ...] | None:
    """Return what people would ask of `draft`, where that was guessed `before`, nobody changed it, and something else was changed
    that it is made of; None where it stays.
    """
    if not _alike(draft.asks or (), before.asks or ()) or not _alike(
        before.asks or (), asking.of(base, before) or ()
    ):
        return None
    made_of = ("subjects", "topics", "kind", "stance", "speaker")
    # A menu gives its names back in an order of its own.
    as_before = {
        name: getattr(before, name) for name in made_of if _alike(getattr(before, name), getattr(draft, name))
    }
    # One more name leaves a question as good as it was.
    if as_before.keys() >= {*made_of} - {"subjects"}:
        return None
    now = asking.of(base, draft.model_copy(update=as_before)) or ()
    return None if now == (draft.asks or ()) else now


def _guessed(base: FactBase, text: str, topics: tuple[str, ...]) -> tuple[Literal["topics"], ...]:
    """Return what of a draft is a guess that its statement does not say: its topic, where the statement names none."""
    return ("topics",) if topics and not any(is_topic for _, is_topic in named(base, text)) else ()


def left_behind(base: FactBase, before: Draft, draft: Draft, year: str = "") -> Iterator[Said]:
    """Yield a sentence for each field that somebody set, not as it was `before`, and that the changed statement does not bear out."""
    new = draft.statement
    if bare(before.statement) == bare(new):
        return
    gone, there = open_to(base, before.statement) - open_to(base, new), named(base, new)
    topics = {topic.slug for topic in base.seeds.topics}
    for label, name, are_topics in ((say("About"), "subjects", False), (say("Topics"), "topics", True)):
        chosen: tuple[str, ...] = getattr(draft, name)
        if _alike(chosen, getattr(before, name)):
            continue
        said = [slug for slug, _ in there if (slug in topics) is are_topics]
        # A topic need not be named, and a pairing is where its members are.
        others = [slug for slug in chosen if slug in gone] if are_topics else _beyond(base, chosen, new)
        if others:
            yield say(
                "{field} has {names}, which the statement does not name.",
                field=label,
                names=_all(base, others),
            )
        if lacking := _without(tuple(said), chosen):
            yield say(
                "{field} lacks {names}, which the statement names.", field=label, names=_all(base, lacking)
            )
    stated = date_in(new)
    is_other = stated and not (draft.date.startswith(stated) or stated.startswith(draft.date or "-"))
    if draft.date != before.date and is_other:
        yield say(
            "The date is {date}, and the statement says {stated}.", date=draft.date or "–", stated=stated
        )
    yield from _told_otherwise(base, before, draft)
    read = _tied(base, new, draft.subjects, draft.stance, year)
    if read and not _alike(read, draft.ties) and not _alike(draft.ties, before.ties):
        yield say(
            "It counts as a pairing otherwise than the statement says: {pairings}.",
            pairings=pairings(base, read),
        )
    for ask in draft.asks or ():
        if draft.asks != before.asks and open_to(base, ask) & gone:
            yield say("“{ask}” names what the statement does not.", ask=ask)


def _told_otherwise(base: FactBase, before: Draft, draft: Draft) -> Iterator[Said]:
    """Yield a sentence for the stance, else the kind, and for the speaker that a changed statement tells for certain, and a draft
    has otherwise.
    """
    old, new = manner(base, before.statement), manner(base, draft.statement)
    stance, sort, speaker = new["stance"], new["kind"], new["speaker"]
    if stance not in (Stance.REPORTED, old["stance"], draft.stance):
        yield say(
            "It is told as {stance}, and the statement reads as {stated}.",
            stance=STANCES[draft.stance], stated=STANCES[stance],
        )  # fmt: skip
    elif sort in _SURE and sort not in (old["kind"], draft.kind):
        yield say(
            "Its kind is {kind}, and the statement reads as one of the kind {stated}.",
            kind=KINDS[draft.kind], stated=KINDS[sort],
        )  # fmt: skip
    if draft.speaker and speaker and speaker != old["speaker"] and bare(speaker) != bare(draft.speaker):
        yield say(
            "{speaker} is said to claim or recommend it, and the statement names {stated}.",
            speaker=draft.speaker, stated=speaker,
        )  # fmt: skip


def _tied(base: FactBase, text: str, subjects: Sequence[str], stance: Stance, year: str) -> tuple[Tie, ...]:
    """Return what a statement ties of what it is about; nothing where it is a plan, a claim or advice."""
    found = guessed(text, subjects, base.entity, year) if stance is Stance.REPORTED else ()
    return found if len(found) <= TIES_MAX else ()


def _beyond(base: FactBase, chosen: tuple[str, ...], text: str) -> list[str]:
    """Return what is chosen and not named in a text, nor a pairing of what is."""
    there = open_to(base, text)
    paired = {pairing.slug for pairing in base.seeds.pairings if there.issuperset(pairing.members)}
    return [slug for slug in chosen if slug not in there | paired]


def _all(base: FactBase, slugs: Sequence[str]) -> Said:
    return all_of([base.entity(slug) or slug for slug in slugs])


def _told_anew(base: FactBase, before: Draft, text: str) -> dict[str, Any]:
    """Return how a draft is told where `text` is its statement now: what was no guess from the statement before stays."""
    old, new = manner(base, before.statement), manner(base, text)
    return {name: new[name] if getattr(before, name) == old[name] else getattr(before, name) for name in old}


def _alike(one: object, other: object) -> bool:
    """Say whether two values of a field are the same; a menu gives its names back in an order of its own."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and frozenset(one) == frozenset(other)
    return one == other


def _date(before: Draft, text: str) -> str:
    """Return the date of a draft where `text` is its statement now."""
    old, new = date_in(before.statement), date_in(text)
    if old == new:
        return before.date
    if not new:
        return "" if old == before.date else before.date
    return before.date if before.date.startswith(new) else new


def _ties(base: FactBase, gone: frozenset[str]) -> frozenset[str]:
    """Return what is no longer named, with the pairings that it is in."""
    return gone | {pairing.slug for pairing in base.seeds.pairings if gone & set(pairing.members)}


def _without(slugs: tuple[str, ...], gone: Collection[str]) -> tuple[str, ...]:
    return tuple(slug for slug in slugs if slug not in gone)


def date_in(text: str) -> str:
    """Return the one date that a statement names, "" where it names none or several."""
    return date_of(text) if len(periods(text)) == 1 else ""


def _topics(base: FactBase, text: str) -> tuple[str, ...]:
    """Return the topics that a statement names, else the one whose words it has, else that of the facts nearest to it; none
    where no fact is near.
    """
    said = [slug for slug, is_topic in named(base, text) if is_topic]
    if said:
        return tuple(said[:_MOST_TOPICS])
    found = topical.by_words(base, text) or topical.by_nearest(base, text)
    return (found,) if found else ()


def region_of(base: FactBase, subjects: tuple[str, ...]) -> Region:
    """Return the delta unless every place that is named lies elsewhere."""
    places = [place for place in base.seeds.places if place.slug in subjects]
    return Region.ELSEWHERE if places and not any(place.delta for place in places) else Region.DELTA


def words_of(base: FactBase, draft: Draft) -> str:
    """Return words that stand in the source: those by which other facts find the paragraph, of which the statement has
    most, else what the statement quotes. What shares no word with it is not what it stands on.
    """
    if draft.document:
        said = words_of_text(draft.statement, base.lexicon.stop)
        best = next(iter(citations.anchors_by_likeness(base, draft)), "")
        if said & words_of_text(best, base.lexicon.stop):
            return best
    quoted = (found["words"].strip() for found in QUOTED.finditer(draft.statement))
    return next((words[:WORDS_MAX] for words in quoted if 3 <= word_count(words) <= 8), "")
