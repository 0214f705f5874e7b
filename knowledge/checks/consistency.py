"""Checks that the seeds hold together without any document: ids, orphans, shared names, wording, relations.

That references resolve is checked when the seeds are read. Reads; changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from knowledge.checks.literals import literals, plain
from knowledge.checks.sources import folded
from knowledge.checks.spellings import Spellings
from knowledge.lexicon import Lexicon
from knowledge.model import Entry, Fact, Named, Place
from knowledge.names.keys import squash
from knowledge.seeds import Problem, Seeds, file_of
from knowledge.vocabulary import Level, Region, Stance

# Two statements with the same names and numbers that share this part of their words say one thing twice:
# on the seeds of November 2026 pairs above it were rewordings, pairs below it different claims of one passage.
ALIKE = 0.6

_OPENS_ON_A_PRONOUN = re.compile(
    r"^[\"“‘(]*(?:it|its|he|him|his|she|her|hers|they|them|their|theirs|we|us|our|this|these|that|those|such|both|"
    r"here|there|one|ones|another|others|the same|the said)\b(?!-)",
    re.IGNORECASE,
)
_LEANS = re.compile(
    r"\b(?:the above|above-?mentioned|mentioned above|as above|the former|the latter|aforementioned|aforesaid|"
    r"the following|as follows|(?:this|these|that|those|the said) (?:region|area|place|city|cit[iy]es|province|zone|"
    r"plan|park|document|paper|article|item|mechanism|model|regions|areas|places|provinces))\b",
    re.IGNORECASE,
)
_SAID = {Stance.CLAIMED: "claims", Stance.RECOMMENDED: "recommends"}
# Places that stand in the base because a reader may ask for them, whether or not a document names them.
_ASKED_FOR = frozenset({Level.MUNICIPALITY, Level.PROVINCE, Level.PREFECTURE_LEVEL_CITY})


def check(seeds: Seeds) -> tuple[Problem, ...]:
    """Return everything in which `seeds` do not hold together."""
    return (
        *_ids(seeds),
        *_orphans(seeds),
        *_shared(seeds),
        *_wording(seeds.entries()),
        *_figures(seeds.facts),
        *_speakers(seeds.facts),
        *_regions(seeds),
        *_relations(seeds.facts),
        *_alike(seeds),
        *_bibliography(seeds),
    )


def check_fact(fact: Fact, seeds: Seeds) -> tuple[Problem, ...]:
    """Return what is wrong with one fact taken by itself; `seeds` are the records it may name."""
    alone = replace(seeds, facts=(fact,))
    return (*_wording((fact,)), *_figures((fact,)), *_speakers((fact,)), *_regions(alone))


def likenesses(one: Fact, others: Iterable[Fact], stop: frozenset[str]) -> Iterator[tuple[float, Fact]]:
    """Yield the likeness of `one` and each other, whatever they name."""
    for other in others:
        yield likeness(one.statement, other.statement, stop), other


def likeness(one: str, other: str, stop: frozenset[str]) -> float:
    """Return how much of their words two statements share, from 0 to 1 (Jaccard), in whatever order they stand.

    The words of `stop` do not count.
    """
    mine, theirs = _words(one, stop), _words(other, stop)
    return len(mine & theirs) / max(1, len(mine | theirs))


def similar(seeds: Seeds, least: float) -> tuple[tuple[float, Fact, Fact], ...]:
    """Return pairs of facts with the same names and numbers whose words overlap by `least` (Jaccard), most first."""
    spellings = Spellings(record for _, named in _files(seeds) for record in named)
    stop = Lexicon.of(seeds.words).stop
    words = {fact: _words(fact.statement, stop) for fact in seeds.facts}
    names = {fact: _names(fact.statement, spellings) for fact in seeds.facts}
    pairs = (
        (len(words[a] & words[b]) / max(1, len(words[a] | words[b])), a, b)
        for a, b in combinations(seeds.facts, 2)
        if names[a] == names[b]
    )
    return tuple(
        sorted((pair for pair in pairs if pair[0] >= least), key=lambda p: (-p[0], p[1].id, p[2].id))
    )


def _ids(seeds: Seeds) -> Iterator[Problem]:
    """Ids never change: they count up in the file of their document, and a number once given stays given."""
    last: dict[str, int] = {}
    for entry in seeds.entries():
        slug, _, number = entry.id.rpartition("-")
        expected = entry.documents[0] + ("" if isinstance(entry, Fact) else "-gap")
        if slug != expected:
            yield _problem(entry, "id", f"begins with {slug}, and {expected} is what it cites first")
        if int(number) != last.get(slug, 0) + 1:
            message = f"follows {last.get(slug, 0):03}: ids count up without a gap, and are never used again"
            yield _problem(entry, "id", message)
        last[slug] = int(number)


def _orphans(seeds: Seeds) -> Iterator[Problem]:
    """A record is wanted if a fact is about it, or a wanted record stands in it, below it or beside it."""
    records = {record.slug: record for record in seeds.named()}
    wanted: set[str] = set()
    waiting = [slug for fact in seeds.facts for slug in (*fact.subjects, *fact.topics)]
    waiting += [place.slug for place in seeds.places if place.delta and place.level in _ASKED_FOR]
    while waiting:
        slug = waiting.pop()
        if slug not in wanted:
            wanted.add(slug)
            waiting.extend(_beside(records[slug]))
    for file, named in _files(seeds):
        for record in named:
            if record.slug not in wanted:
                yield Problem(file, record.slug, "slug", "no fact is about it, and nothing else needs it")


def _beside(record: Named) -> Iterator[str]:
    for field in ("part_of", "members", "broader", "not_to_be_confused_with"):
        yield from getattr(record, field, ())
    if isinstance(record, Place) and record.province:
        yield record.province


def _shared(seeds: Seeds) -> Iterator[Problem]:
    """A spelling two places share is declared in both; other records of one sort share none."""
    for file, named in _files(seeds):
        owners: defaultdict[str, dict[str, Named]] = defaultdict(dict)
        for record in named:
            for spelling in (*record.spellings(), record.name.split(" (")[0]):
                owners[squash(spelling)][record.slug] = record
        for spelling, records in owners.items():
            for a, b in combinations(records.values(), 2):
                if not _declared(a, b):
                    message = (
                        f"“{spelling}” is also {b.slug}: name each in the other's not_to_be_confused_with"
                    )
                    if not isinstance(a, Place):
                        message = f"“{spelling}” is also {b.slug}: keep it at one of them"
                    yield Problem(file, a.slug, "aliases", message)


def _declared(a: Named, b: Named) -> bool:
    return (
        isinstance(a, Place)
        and isinstance(b, Place)
        and b.slug in a.not_to_be_confused_with
        and a.slug in b.not_to_be_confused_with
    )


def _wording(entries: tuple[Entry, ...]) -> Iterator[Problem]:
    for entry in entries:
        for pattern, message in (
            (
                _OPENS_ON_A_PRONOUN,
                "opens with “{}”: a reader who sees only this line cannot know what is meant",
            ),
            (_LEANS, "leans on “{}”: a reader who sees only this line cannot know what is meant"),
        ):
            if found := pattern.search(entry.statement):
                words = found[0].strip('"“‘(')
                yield _problem(entry, "statement", message.format(words), words)


def _figures(facts: tuple[Fact, ...]) -> Iterator[Problem]:
    for fact in facts:
        said = {token.key.rstrip("%") for token in literals(plain(fact.statement)) if token.sort == "number"}
        said |= {part for key in said for part in key.split("/")}
        for figure in fact.figures:
            for value in filter(None, (figure.value, figure.upper)):
                if not ways_of_writing(value, figure.unit) & said:
                    shown = f"{value:g} {figure.unit}"
                    yield _problem(fact, "figures", f"{shown} does not stand in the statement", shown)


def ways_of_writing(value: float, unit: str) -> set[str]:
    """Return the keys a statement may give `value` by: "3" of "billion yuan" also as 3000000000."""
    read = literals(f"{value:.10f}".rstrip("0").rstrip(".") + f" {unit}")
    exact = f"{value:.10f}".rstrip("0").rstrip(".")
    return {exact, *(token.key.rstrip("%") for token in read[:1]), *_as_fraction(value)}


def _as_fraction(value: float) -> set[str]:
    return {f"1/{n}" for n in range(2, 11) if abs(value - 1 / n) < 0.001 or abs(value - 100 / n) < 0.1}


def _speakers(facts: tuple[Fact, ...]) -> Iterator[Problem]:
    for fact in facts:
        if fact.stance in (Stance.CLAIMED, Stance.RECOMMENDED) and not fact.speaker:
            yield _problem(fact, "speaker", f"is missing: who {_SAID[fact.stance]} it?")


def _regions(seeds: Seeds) -> Iterator[Problem]:
    """What is about places outside the delta alone is marked so, and never offered as practice of the delta."""
    places = {place.slug: place for place in seeds.places if place.level is not Level.COUNTRY}
    delta = {place.slug for place in seeds.places if place.delta}
    delta |= {pairing.slug for pairing in seeds.pairings if pairing.delta}
    for fact in seeds.facts:
        about = places.keys() & set(fact.subjects)
        if fact.region is Region.DELTA and about and not delta & set(fact.subjects):
            places_elsewhere = ", ".join(sorted(about))
            yield _problem(fact, "region", f"is delta, but {places_elsewhere} is elsewhere", places_elsewhere)


def _relations(facts: tuple[Fact, ...]) -> Iterator[Problem]:
    known = {fact.id: fact for fact in facts}
    for fact in facts:
        for field in ("same_as", "contradicts"):
            for other in getattr(fact, field):
                if fact.id not in getattr(known[other], field):
                    yield _problem(known[other], field, f"does not point back at {fact.id}")
        for other in fact.more_precise_than:
            if fact.id in known[other].more_precise_than:
                yield _problem(fact, "more_precise_than", f"{other} says the same of this one")
        if both := set(fact.contradicts) & {*fact.same_as, *fact.more_precise_than}:
            yield _problem(
                fact, "contradicts", f"{', '.join(sorted(both))} cannot be both the same and contrary"
            )


def _alike(seeds: Seeds) -> Iterator[Problem]:
    for share, a, b in similar(seeds, ALIKE):
        if not {*a.related, *b.related} & {a.id, b.id}:
            message = f"{share:.0%} like {b.id}: make one of them, or say how they relate (same_as ...)"
            yield _problem(a, "statement", message)


def _bibliography(seeds: Seeds) -> Iterator[Problem]:
    about = [topic.slug for topic in seeds.topics if topic.about_documents]
    described = {slug for fact in seeds.facts if set(about) & set(fact.topics) for slug in fact.documents}
    for document in seeds.documents:
        year = document.published[:4] or "undated"
        if year not in document.label:
            message = f"“{document.label}” does not say “{year}”: readers see the date of every source"
            yield Problem("documents.toml", document.slug, "label", message)
        if not document.dating:
            message = "how the document is dated is not said"
            yield Problem("documents.toml", document.slug, "dating", message)
        if document.slug not in described:
            message = f"no fact says who wrote the document, or when (topic {' or '.join(about) or 'about_documents'})"
            yield Problem("documents.toml", document.slug, "slug", message)


def _files(seeds: Seeds) -> tuple[tuple[str, Iterable[Named]], ...]:
    return (
        ("places.toml", seeds.places),
        ("pairings.toml", seeds.pairings),
        ("mechanisms.toml", seeds.mechanisms),
        ("topics.toml", seeds.topics),
        ("organisations.toml", seeds.organisations),
        ("plans.toml", seeds.plans),
        ("projects.toml", seeds.projects),
    )


def _words(statement: str, stop: frozenset[str]) -> frozenset[str]:
    return frozenset(folded(t) for t in literals(plain(statement)) if t.key not in stop)


def _names(statement: str, spellings: Spellings) -> frozenset[str]:
    """Return what tells a statement from one worded alike: its numbers, and all that it names."""
    read = literals(plain(statement))
    mentions = spellings.mentions(read)
    spelled = {position for mention in mentions for position in range(mention.first, mention.last)}
    rest = (
        folded(token)
        for position, token in enumerate(read)
        if position not in spelled and (token.sort != "word" or (token.capital and not token.opens))
    )
    return frozenset((*rest, *(slug for mention in mentions for slug in mention.slugs)))


def _problem(entry: Entry, field: str, message: str, found: str = "") -> Problem:
    return Problem(file_of(entry), entry.id, field, message, found)
