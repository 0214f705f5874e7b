"""Free text: the facts that answer, or an honest "the base does not say that".

Ranking finds what is nearest; it cannot tell whether that answers. What decides is what the best fact leaves
uncovered: a place it is not about, a year it does not speak of, a name or a word it does not hold.
"""

from __future__ import annotations

import re
from dataclasses import replace

from handlers import found
from handlers.answer import FACTS_PER_PAGE, NEAR_FACTS, Answer, Choice, Line, Match
from handlers.desk import Desk
from handlers.paging import page
from handlers.request import QUESTION, Request
from knowledge.model import Fact, Named, Place, Region, Topic
from knowledge.names import Ambiguous, Found, Mention, Near, Outside
from knowledge.search import Asks, Concept, Hit, Query, speaks_of_year
from knowledge.wording import CHINESE, fold, stem, tokens

# Chosen on the development questions in tests/questions: the point past which more answers were wrong than
# right. Coverage is the share of the question's weight that the best fact matches.
ENOUGH = 0.60
ENOUGH_OF_WORDS = 0.50
RELATED = 0.30
BESIDE_THE_BEST = 0.80
MOST_SHOWN = FACTS_PER_PAGE

_COMPARES = frozenset(
    {
        "compare",
        "compared",
        "comparison",
        "versus",
        "vs",
        "differ",
        "difference",
        "differences",
        "contrast",
        "both",
    }
)
_COMPARES_IN_CHINESE = ("对比", "比较", "区别", "不同", "分别")
_POINTS_BACK = frozenset(
    {"it", "its", "they", "them", "their", "there", "that", "this", "those", "these", "he", "she"}
)
_QUANTITY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|several|half|quarter|third|sixth|doubled?|twice)\b"
)


def answer(desk: Desk, request: Request) -> Answer:
    """Answer free text by facts that cover it, or say what of it the base does not hold."""
    query = _with_context(desk, request, desk.base.index.parse(request.text))
    if not query.concepts:
        return _nothing_asked(request)
    namesakes = _namesakes(desk, query)
    if namesakes:
        return _side_by_side(desk, request, query, namesakes)
    if outside := _outside(query):
        return _about_outside(desk, query, outside)
    hits = desk.base.index.rank(query)
    answering = _answering(desk, query, hits)
    if answering:
        return _answered(desk, request, query, answering)
    if near := _unsure_name(query):
        return found.did_you_mean(near, lambda record: _instead(request, near, record))
    return _declined(desk, query, hits)


def _nothing_asked(request: Request) -> Answer:
    return Answer(
        headline="That holds no word to look for. Type a city, two places, a mechanism, a topic or a question; "
        "help shows examples.",
        outcome="unknown",
    )


# -- deciding -------------------------------------------------------------------------------------------


def _answering(desk: Desk, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the hits that answer, the best first; none when nothing covers enough of the question."""
    good = [hit for hit in hits if _covers(query, hit)]
    if not good and _compares(query):
        return _each_side(desk, query, hits)
    if not good:
        return ()
    best = good[0].score
    return tuple(hit for hit in good if hit.score >= best * BESIDE_THE_BEST)


def _covers(query: Query, hit: Hit) -> bool:
    if hit.coverage < ENOUGH or any(_is_required(concept) for concept in hit.missed):
        return False
    if any(not speaks_of_year(hit.fact, year) for year in query.years):
        return False
    if query.asks is Asks.QUANTITY and not _QUANTITY.search(hit.fact.statement):
        return False
    return _words_covered(query, hit) >= ENOUGH_OF_WORDS


def _words_covered(query: Query, hit: Hit) -> float:
    words = [concept for concept in query.concepts if not concept.is_name]
    total = sum(concept.weight for concept in words)
    missed = sum(concept.weight for concept in hit.missed if not concept.is_name)
    return 1 - missed / total if total else 1.0


def _is_required(concept: Concept) -> bool:
    """Say whether a fact that misses this name cannot answer: what is named, and not merely a way or topic."""
    return concept.is_name and not concept.ways


def _compares(query: Query) -> bool:
    words = set(tokens(fold(query.text)))
    return bool(words & _COMPARES) or any(sign in query.text for sign in _COMPARES_IN_CHINESE)


def _each_side(desk: Desk, query: Query, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the best hit for each name compared; none unless every side has one."""
    names = [concept for concept in query.concepts if concept.is_name]
    if len(names) < 2:
        return ()
    sides: list[Hit] = []
    for name in names:
        others = [concept for concept in names if concept is not name]
        alone = replace(query, concepts=tuple(c for c in query.concepts if c not in others))
        good = [hit for hit in desk.base.index.rank(alone) if _covers(alone, hit)]
        if not good:
            return ()
        sides.extend(good[:2])
    return tuple({hit.fact.id: hit for hit in sides}.values())


# -- saying ---------------------------------------------------------------------------------------------


def _answered(desk: Desk, request: Request, query: Query, hits: tuple[Hit, ...]) -> Answer:
    facts = _with_contradictions(desk, tuple(hit.fact for hit in hits))
    shown = page(facts, request.page, FACTS_PER_PAGE)
    return Answer(
        headline=_how_understood(query),
        outcome="answer",
        match=_match(query),
        lines=tuple(Line(fact, bold=bold(query, fact)) for fact in shown.items),
        notes=_notes(query, hits[0]),
        page=shown.number,
        pages=shown.pages,
        total=shown.total,
        context=_subjects(query) or hits[0].fact.subjects[:2],
    )


def _with_contradictions(desk: Desk, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Put what the best fact is contradicted by right behind it: an answer shows both positions."""
    against = tuple(fact for slug in facts[0].contradicts if (fact := desk.base.fact(slug)))
    return tuple(dict.fromkeys((facts[0], *against, *facts[1:])))


def _how_understood(query: Query) -> str:
    names = dict.fromkeys(_shown(mention) for mention in query.mentions)
    words = [c.respelt or c.shown for c in query.concepts if not c.is_name and not CHINESE.match(c.shown)]
    parts = [", ".join(names), " ".join(words)]
    return f"Read as a question about {' · '.join(part for part in parts if part) or 'this'}."


def _shown(mention: Mention) -> str:
    resolution = mention.resolution
    return resolution.record.name if isinstance(resolution, Found) else resolution.typed


def _notes(query: Query, best: Hit) -> tuple[str, ...]:
    read = [f"“{c.shown}” read as {c.respelt}." for c in query.concepts if c.respelt]
    if best.fact.region is Region.ELSEWHERE and not _names_elsewhere(query):
        read.append("The fact base holds this for another region, not for the Yangtze River Delta.")
    return tuple(read)


def _names_elsewhere(query: Query) -> bool:
    return any(
        isinstance(m.resolution, Found)
        and isinstance(m.resolution.record, Place)
        and not m.resolution.record.delta
        for m in query.mentions
    )


def _match(query: Query) -> Match:
    if any(c.respelt for c in query.concepts):
        return "fuzzy"
    return "search"


def _declined(desk: Desk, query: Query, hits: tuple[Hit, ...]) -> Answer:
    """Say what of the question the base does not hold, with the nearest facts where any is near."""
    if not hits or (hits[0].coverage < RELATED and not any(concept.is_name for concept in query.concepts)):
        return Answer(
            headline="That is not in the fact base, which covers cooperation in the Yangtze River Delta: cities, "
            "pairings, mechanisms and topics from five documents.",
            outcome="unknown",
            notes=("help shows what can be asked.",),
        )
    return Answer(
        headline=f"The fact base does not say that. {_what_is_missing(query, hits[0])}".strip(),
        outcome="unknown",
        match=_match(query),
        near=tuple(hit.fact for hit in hits[:NEAR_FACTS]),
        context=_subjects(query),
    )


def _what_is_missing(query: Query, best: Hit) -> str:
    for year in query.years:
        if not speaks_of_year(best.fact, year):
            return f"It holds nothing on this for {year}."
    names = [c.shown for c in best.missed if c.is_name]
    if names:
        return f"It holds nothing on this for {' and '.join(names)}."
    words = [c.shown for c in best.missed]
    return f"It holds nothing here on {', '.join(words[:3])}." if words else ""


def _subjects(query: Query) -> tuple[str, ...]:
    return tuple(dict.fromkeys(owner for concept in query.concepts for owner in concept.owners[:1]))


def bold(query: Query, fact: Fact) -> tuple[str, ...]:
    """Return the words of the statement that answer: those asked about, and the numbers where one is asked."""
    wanted = {term for concept in query.concepts for way, _ in concept.ways for term in way}
    words = re.findall(r"[\w’'.,%-]*\w%?", fact.statement)
    hits = [w for w in words if any(stem(token) in wanted for token in tokens(fold(w)))]
    if query.asks is Asks.QUANTITY:
        hits += [word for word in words if any(c.isdigit() for c in word)]
    return tuple(dict.fromkeys(hits))


# -- names that need somebody's choice ------------------------------------------------------------------


def _namesakes(desk: Desk, query: Query) -> Mention | None:
    """Return the first name that places share, unless another name in the question tells which is meant."""
    for mention in query.mentions:
        if isinstance(mention.resolution, Ambiguous) and any(
            isinstance(record, Place) for record in mention.resolution.records
        ):
            return mention
    return None


def _side_by_side(desk: Desk, request: Request, query: Query, mention: Mention) -> Answer:
    """Ask which namesake is meant, with what answers for each under its name."""
    resolution = mention.resolution
    assert isinstance(resolution, Ambiguous)
    shared = {record.slug for record in resolution.records}
    pinned = _pinned(desk, query, resolution.records)
    if pinned:
        return _for_namesake(desk, request, query, shared, pinned)
    lines: list[Line] = []
    choices: list[Choice] = []
    for record in resolution.records:
        narrowed = _narrowed(query, shared, record.slug)
        hits = [hit for hit in desk.base.index.rank(narrowed) if _covers(narrowed, hit)]
        lines.extend(Line(hit.fact, group=record.name, bold=bold(narrowed, hit.fact)) for hit in hits[:2])
        text = (
            request.text.replace(resolution.typed, record.name)
            if not CHINESE.search(request.text)
            else record.name
        )
        choices.append(Choice(record.slug, found.describe(desk, record), QUESTION, text))
    return Answer(
        headline=f"“{resolution.typed}” is written for {len(resolution.records)} places. Which one?",
        outcome="ambiguous",
        match="alias",
        lines=tuple(lines[:FACTS_PER_PAGE]),
        choices=tuple(choices),
        context=tuple(shared),
    )


def _pinned(desk: Desk, query: Query, records: tuple[Named, ...]) -> Named | None:
    """Return the only namesake whose province the question names too."""
    named = {owner for concept in query.concepts for owner in concept.owners}
    fitting = [r for r in records if isinstance(r, Place) and r.province in named]
    return fitting[0] if len(fitting) == 1 else None


def _for_namesake(desk: Desk, request: Request, query: Query, shared: set[str], record: Named) -> Answer:
    narrowed = _narrowed(query, shared, record.slug)
    assert isinstance(record, Place)
    # The province was there to tell the namesakes apart; facts on the city need not repeat it.
    concepts = tuple(c for c in narrowed.concepts if c.owners != (record.province,))
    narrowed = replace(narrowed, concepts=concepts)
    hits = desk.base.index.rank(narrowed)
    answering = _answering(desk, narrowed, hits)
    return _answered(desk, request, narrowed, answering) if answering else _declined(desk, narrowed, hits)


def _narrowed(query: Query, shared: set[str], slug: str) -> Query:
    concepts = tuple(replace(c, owners=(slug,)) if set(c.owners) == shared else c for c in query.concepts)
    return replace(query, concepts=concepts)


def _unsure_name(query: Query) -> Near | None:
    return next((m.resolution for m in query.mentions if isinstance(m.resolution, Near)), None)


def _instead(request: Request, near: Near, record: Named) -> Choice:
    text = re.sub(re.escape(near.typed), record.name, request.text, flags=re.IGNORECASE)
    return Choice(record.slug, record.name, QUESTION, text)


def _outside(query: Query) -> Outside | None:
    return next((m.resolution for m in query.mentions if isinstance(m.resolution, Outside)), None)


def _about_outside(desk: Desk, query: Query, outside: Outside) -> Answer:
    place = outside.place
    others = any(concept.is_name for concept in query.concepts)
    hits = desk.base.index.rank(query) if others else ()
    return Answer(
        headline=f"{place.name} is in {place.within}: outside this fact base, which holds nothing about it.",
        outcome="unknown",
        near=tuple(hit.fact for hit in hits[:NEAR_FACTS]),
    )


def _with_context(desk: Desk, request: Request, query: Query) -> Query:
    """Add the thread's last subjects to a follow-up that names nothing itself."""
    records = tuple(r for slug in request.context if (r := desk.base.entity(slug)))
    names_something = any(c.is_name and not _is_topic(desk, c) for c in query.concepts)
    points_back = bool(_POINTS_BACK & set(tokens(fold(request.text)))) or len(query.concepts) <= 3
    if not records or names_something or not points_back:
        return query
    mentions = tuple(Mention(0, 0, Found(record, "exact", record.name)) for record in records[:2])
    concepts = tuple(
        Concept(record.name, desk.base.index.rarity(record.slug), owners=(record.slug,))
        for record in records[:2]
    )
    return replace(query, concepts=(*concepts, *query.concepts), mentions=(*mentions, *query.mentions))


def _is_topic(desk: Desk, concept: Concept) -> bool:
    return all(isinstance(desk.base.entity(owner), Topic) for owner in concept.owners)
