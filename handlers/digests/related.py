"""What else a channel may follow once it has seen all there is on something: what shares most facts with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Final

from handlers.digests.reading.subjects import Subjects, is_postable
from handlers.digests.selection import candidates
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Named, Place, Topic

_MOST: Final = 3
# What has fewer facts that were not shown is soon told as well.
_FEWEST_NEW: Final = 4


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


def _named_in(fact: Fact) -> Collection[str]:
    return {*fact.subjects, *fact.topics}


def _is_offered(record: Named) -> bool:
    if isinstance(record, Topic):
        return not record.about_documents and not record.about_elsewhere
    return is_postable(record) and isinstance(record, Place | Mechanism)
