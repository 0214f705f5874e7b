"""What else a channel may follow once it has seen all there is on something: what shares most facts with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from handlers.digests.reading.subjects import Subjects, is_postable
from handlers.digests.selection import candidates
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Place, Topic
from knowledge.text.normalize import normalize, stem, tokenize

_MOST: Final = 3
# What has fewer facts that were not shown is soon told as well.
_FEWEST_NEW: Final = 4
_FEW_WORDS: Final = 4
_LONGEST: Final = 60
# Said to somebody, and of no topic.
_OF_PEOPLE: Final = frozenset({"me", "my", "i", "you", "your", "us", "we", "it", "this", "that"})
_LONGEST_SMALL_WORD: Final = 3
# Facts that are looked at for what words speak of.
_NEAREST: Final = 6


def related(base: FactBase, names: Subjects, followed: Iterable[str], most: int = _MOST) -> tuple[Named, ...]:
    """Return topics, places and mechanisms that share facts with `names`, most of their own first; none that is `followed`.

    What is as wide as everything, and what has nothing new to tell, is left out.
    """
    pool = set(candidates(base, names))
    left_out = {*names.slugs, *followed, *base.about_documents, *base.going_without_saying}
    shared = Counter(slug for fact in pool for slug in _named_in(fact))
    found = []
    for slug, count in shared.items():
        record = base.entity(slug)
        if record is None or slug in left_out or not _is_offered(record):
            continue
        own = candidates(base, Subjects.sorted([record]))
        if len(set(own) - pool) >= _FEWEST_NEW:
            found.append((count / len(own) ** 0.5, record))
    found.sort(key=lambda pair: (-pair[0], pair[1].slug))
    return tuple(record for _, record in found[:most])


def near_to(base: FactBase, words: str, most: int = _MOST) -> tuple[Named, ...]:
    """Return the topics that a few words speak of which name none: whose names have one of those, whose scope has all,
    and then those that the facts which have all are on.
    """
    said = _stems(
        " ".join(word for word in words.split() if len(word) > _LONGEST_SMALL_WORD or not word.isascii())
    )
    if not _OF_PEOPLE.isdisjoint(words.lower().split()):
        return ()
    if not said or len(said) > _FEW_WORDS or len(words) > _LONGEST:
        return ()
    topics = [topic for topic in base.seeds.topics if _is_offered(topic) and base.facts_of(topic)]
    named = [topic for topic in topics if said & _stems(f"{topic.name} {topic.chinese}")]
    also = [topic for topic in topics if said <= _stems(" ".join((*topic.aliases, topic.scope)))]
    # One word alone is said of much.
    hits = (
        hit for hit in (base.search(words)[:_NEAREST] if len(said) > 1 else ()) if hit.held and not hit.missed
    )
    found = Counter(slug for hit in hits for slug in getattr(hit.entry, "topics", ()))
    told = sorted((topic for topic in topics if found[topic.slug]), key=lambda topic: -found[topic.slug])
    return tuple(dict.fromkeys((*named, *also, *told)))[:most]


def _stems(text: str) -> set[str]:
    return {stem(word) for word in tokenize(normalize(text))}


def most_told(base: FactBase, most: int = _MOST) -> tuple[Named, ...]:
    """Return the topics that the base has most facts on, of those that readers look for."""
    topics = [
        topic for topic in base.seeds.topics if _is_offered(topic) and topic.slug not in base.about_documents
    ]
    topics.sort(key=lambda topic: (-len(candidates(base, Subjects.sorted([topic]))), topic.slug))
    return tuple(topics[:most])


def _named_in(fact: Fact) -> Collection[str]:
    return {*fact.subjects, *fact.topics}


def _is_offered(record: Named) -> bool:
    if isinstance(record, Topic):
        return not record.about_documents and not record.about_elsewhere
    return is_postable(record) and isinstance(record, Place | Mechanism)
