"""Lists: a question that asks which of a kind there are is shown one fact on each before more on any."""

from __future__ import annotations

from knowledge.search.index import Hit


def one_of_each_first(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with the two best first, then the best on each other first subject, then the others in order."""
    seen = {hit.fact.subjects[0] for hit in hits[:2]}
    first, others = list(hits[:2]), list[Hit]()
    for hit in hits[2:]:
        subject = hit.fact.subjects[0]
        (others if subject in seen else first).append(hit)
        seen.add(subject)
    return (*first, *others)
