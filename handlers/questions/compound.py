"""Questions that ask for several things: double questions, comparisons, what "and" joins. Each part is asked by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from handlers.questions.lacking import says
from handlers.questions.parts import ASKS, Part, clauses, ways_to_part
from handlers.questions.refusing import refusal
from handlers.questions.refusing.asked import is_attribute
from handlers.questions.side import side_asked_first
from handlers.questions.values import value_of
from handlers.services import Services
from handlers.verdict import held
from handlers.verdict.answerability import answering
from handlers.verdict.evidence import missing_names
from handlers.verdict.paired import surely_unpaired
from knowledge.base import FactBase
from knowledge.model import Fact
from knowledge.names.resolver import Outside
from knowledge.search.features import speaks_of_year
from knowledge.search.index import Hit
from knowledge.search.query import Concept, Query


def parts_of(services: Services, query: Query) -> tuple[Part, ...]:
    """Return the parts of a question, each with an answer, or one at least that stands alone; none unless it has parts."""
    # By itself a part does not name the one place whose pairing is wanted, or both of which it is asked whether they are paired.
    is_of_pairing = bool(surely_unpaired(services.base, query))
    if is_of_pairing or len(query.concepts) > services.base.tuning.most_concepts_of_parts:
        return ()
    questions = clauses(services, query)
    if not questions:
        return _joined(services, query)
    parts = [part for clause in questions for part in _joined(services, clause.query) or (clause,)]
    if found := _answered(services, parts):
        return _told_beside(services, found)
    if not all(ASKS.search(part.text) for part in parts):
        return ()
    asked = tuple(_ask(services, part) for part in parts)
    # What answers the whole may leave one of its questions out; and what has just what one of them wants answers that.
    is_answered = bool(answering(services.base, query, services.base.rank(query), services.rules))
    is_told = any(part.hits and value_of(services, part.query, part.hits[0].fact) for part in asked)
    are_some = is_told or (is_answered and any(part.hits for part in asked))
    return _told_beside(services, asked) if are_some else ()


def refused(services: Services, query: Query) -> tuple[str, ...]:
    """Return a sentence for each question of a double question of which none has an answer, if it is known of one at least what
    is lacking; else none.
    """
    questions = [part for part in clauses(services, query) if ASKS.search(part.text)]
    if len(questions) < 2 or not any(refusal.said_of(services, part.query) for part in questions):
        return ()
    return tuple(dict.fromkeys(part.unanswered(services, query.text) for part in questions))


def _told_beside(services: Services, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return `parts`, those without an answer with the fact that has what they want: one that answers another, or, of a sum, the
    nearest on the same.
    """
    leads = [part.hits[0] for part in parts if part.hits]
    return tuple(part if part.hits else _beside(services, part, leads) for part in parts)


def _beside(services: Services, part: Part, leads: list[Hit]) -> Part:
    base = services.base
    query = part.query
    near: list[Hit] = []
    if query.money and any(concept.is_name for concept in query.concepts):
        # Words for money say that a sum is wanted, and no more.
        kept = tuple(c for c in query.concepts if c.surface not in base.lexicon.money)
        query = replace(query, concepts=kept, measured=query.measured - base.lexicon.money)
        near = [hit for hit in base.rank(query) if isinstance(hit.entry, Fact)][: base.tuning.most_facts]
        near = [hit for hit in near if not missing_names(base, hit)]
    told = [hit for hit in (*leads, *near) if value_of(services, query, hit.fact)]
    return replace(part, query=query, hits=tuple(told[:1]))


def in_turn(parts: Sequence[Part]) -> tuple[Hit, ...]:
    """Return the two best hits of each part, first the best of each."""
    inturn = [part.hits[place] for place in range(2) for part in parts if place < len(part.hits)]
    return tuple({hit.fact.id: hit for hit in inturn}.values())


def told_apart(parts: Sequence[Part]) -> dict[Part, str]:
    """Return the slug of the name by which each part differs from the others; none unless each has one of its own."""
    names = [
        {concept.owners[0] for concept in part.query.concepts if len(concept.owners) == 1} for part in parts
    ]
    shared = set[str]().union(*names).intersection(*names)
    own = [found - shared for found in names]
    is_each = len(parts) > 1 and all(len(found) == 1 for found in own)
    slugs = [slug for found in own for slug in found]
    return dict(zip(parts, slugs, strict=True)) if is_each and len({*slugs}) == len(slugs) else {}


def unanswered(services: Services, parts: tuple[Part, ...], question: str) -> tuple[str, ...]:
    """Return a sentence for each part of `question` without an answer, where others have one."""
    leads = [part.hits[0].fact for part in parts if part.hits]
    said = (
        part.unanswered(services, question)
        for part in parts
        if not part.hits and not _is_printed(services.base, part, leads)
    )
    return tuple(dict.fromkeys(said))


def _is_printed(base: FactBase, part: Part, facts: Iterable[Fact]) -> bool:
    """Say whether what only a question word asks for, "and when?", stands in a fact that answers the question before it."""
    kind = part.tail_kind
    return kind is not None and any(says(base, part.query, kind, fact) for fact in facts)


def _answered(services: Services, parts: Iterable[Part]) -> tuple[Part, ...]:
    """Return `parts` with what answers them, if all have an answer, or one that stands alone."""
    found = [_ask(services, part) for part in parts]
    if all(part.hits for part in found):
        return tuple(found)
    # Sides that all have an answer bear each other out, be each by itself less likely than a question has to be.
    beside = tuple(part if part.hits else _ask(services, part, beside_another=True) for part in found)
    are_sides = all(part.stands_alone and part.hits for part in beside)
    return beside if are_sides or any(part.hits and part.stands_alone for part in found) else ()


def _ask(services: Services, part: Part, *, beside_another: bool = False) -> Part:
    """Return a part with what answers it. Beside another that has an answer it is more likely to have one too."""
    query = part.query
    if query.strangers or any(isinstance(mention.resolution, Outside) for mention in query.mentions):
        return part
    # How likely is then less than what is demanded of a question.
    rules = tuple(rule for rule in services.rules if not (beside_another and rule.name == "near"))
    hits = answering(services.base, query, services.base.rank(query), rules)
    is_likely = bool(hits) and hits[0].likely >= services.base.tuning.likely_beside
    if not is_likely or not part.own.isdisjoint(concept.surface for concept in hits[0].missed):
        return part
    lead, *others = _telling_first(services, query, _about(services, query, hits))
    is_lacking = part.is_tail and not value_of(services, query, lead.fact)
    if is_lacking or not _measures_all(services.base, query, lead.fact):
        return part
    return replace(part, hits=(lead, *others))


def _telling_first(services: Services, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return `hits` with the first of those near the best that has in it what is asked for, if any has."""
    least = hits[0].score - services.base.tuning.near_the_best
    near = (hit for hit in hits if hit.is_asked or hit.score >= least)
    told = next((hit for hit in near if value_of(services, query, hit.fact)), hits[0])
    return (told, *(hit for hit in hits if hit is not told))


def _about(services: Services, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the nearest of `hits`, those first that are about the name asked about: others mention it beside another."""
    names = [concept for concept in query.concepts if concept.is_name]
    if not hits or not names:
        return hits
    if len(names) > 1:
        return side_asked_first(services, query, hits)
    near = [hit for hit in hits if hit.score >= hits[0].score - services.base.tuning.near_the_best]
    return tuple(sorted(near, key=lambda hit: _place_among(hit.entry.subjects, names[0])))


def _place_among(subjects: tuple[str, ...], name: Concept) -> int:
    """Return 0 where the first subject is what `name` stands for, 1 where another is, 2 where none is."""
    if subjects[0] in name.owners:
        return 0
    return 2 if name.owners and set(name.owners).isdisjoint(subjects) else 1


def _joined(services: Services, query: Query) -> tuple[Part, ...]:
    """Return the parts that a question joins by "and"; none where it joins none, or one fact holds all of it."""
    whole = answering(services.base, query, services.base.rank(query), services.rules)
    if whole and not query.compares and _holds_all(services.base, query, whole[0]):
        return ()
    readings = [_answered(services, parts) for parts in ways_to_part(services, query)]
    return max((parts for parts in readings if parts and _differ(query, parts)), key=_likely, default=())


def _holds_all(base: FactBase, query: Query, hit: Hit) -> bool:
    """Say whether a fact leaves out nothing, and is about every place and body that is named, in every measure of it.

    Of one figure it holds that of one place only, whatever others it names beside.
    """
    places = [concept for concept in query.concepts if concept.binds]
    attributes = [concept for concept in query.concepts if is_attribute(base, concept)]
    if attributes and len(places) > len(hit.fact.figures) > 0:
        return False
    is_measured = all(held.measures(base, hit.fact, attribute) for attribute in attributes)
    is_whole = not hit.missed and is_measured
    return is_whole and not any(set(place.owners).isdisjoint(hit.entry.subjects) for place in places)


def _measures_all(base: FactBase, query: Query, fact: Fact) -> bool:
    """Say whether a fact speaks, or is asked, of every attribute that a question names as what a number may be of."""
    attributes = [concept for concept in query.concepts if is_attribute(base, concept)]
    return all(fact in held.measuring(base, attribute) for attribute in attributes)


def _likely(parts: tuple[Part, ...]) -> tuple[bool, float]:
    """Return whether all parts have an answer, and how likely the least likely of those is right."""
    return all(part.hits for part in parts), min(part.hits[0].likely for part in parts if part.hits)


def _differ(query: Query, parts: tuple[Part, ...]) -> bool:
    """Say whether the parts have answers that differ, of which one at least speaks of the years that are asked for."""
    bests = [part.hits[0].entry for part in parts if part.hits]
    missing = {year for part in parts if not part.hits for year in part.query.years}
    is_of_years = all(
        any(speaks_of_year(entry, year) for entry in bests) for year in query.years if year not in missing
    )
    return is_of_years and (len({entry.id for entry in bests}) > 1 or len(bests) < len(parts))
