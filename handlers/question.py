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
from knowledge.asking import MONEY, Asks, compares
from knowledge.model import Fact, Named, Organisation, Place, Region, Topic
from knowledge.names import Ambiguous, Found, Mention, Near, Outside
from knowledge.search import Concept, Hit, Query, speaks_of_year
from knowledge.wording import CHINESE, fold, stem, tokens

# Chosen on the development questions in tests/questions: the point past which more answers were wrong than
# right. Coverage is the share of the question's weight that the best fact matches.
ENOUGH = 0.55
ENOUGH_OF_WORDS = 0.50
RELATED = 0.55
PLENTY = 0.75
BESIDE_THE_BEST = 0.40
TELLS = 2.0

_GO_WITHOUT_SAYING = frozenset({"yangtze-river-delta", "china"})
_POINTS_BACK = frozenset(
    {"it", "its", "they", "them", "their", "there", "that", "this", "those", "these", "he", "she"}
)
_QUANTITY = re.compile(
    r"(?<![\w.])(?!(?:19|20)\d\d(?!\d))\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|quarter|third|sixth|doubled?|twice)\b"
)
_CURRENCY = re.compile(r"\b(?:yuan|dollars?|RMB|USD)\b|[¥$]")
_TIME = re.compile(
    r"\d{4}|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|year|years"
    r"|decades?|early|end of|century|before|after|since)\b"
)
# A curator's warning that a document announces members without naming them.
_NOT_LISTED = re.compile(
    r"\b(?:not|none|without|never|only one|only)\b[^.]*\b(?:list|listed|named?|lists|naming|names|given|said)\b",
    re.I,
)
_CLAUSE = re.compile(
    r"(?:,|;|\?)\s*(?:and\s+)?(?=(?:how|what|which|who|when|where|why)\b)|\band\s+(?=(?:how|what|which|who|when|where|why)\b)|[，；？](?=.)",
    re.I,
)
_AND = re.compile(r"\s(?:and|plus|or)\s|&|[和与及]", re.I)
# "Compare how A helps B with how C helps D" sets two ties side by side.
_TIES = re.compile(r"\s(?:with|and|to) how\s", re.I)


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
    """Return the hits that answer, the best first, then its context; none when nothing covers enough."""
    several = _each_side(desk, query) or _each_clause(desk, query) or _each_name(desk, query)
    good = [hit for hit in hits if _covers(desk, query, hit)]
    if several or not good:
        # Facts on all that is asked come first, unless things are to be set side by side.
        first = () if compares(tokens(fold(query.text)), query.text) else tuple(good[:2])
        return tuple({hit.fact.id: hit for hit in (*first, *several, *(good if several else ()))}.values())
    if query.lists and _NOT_LISTED.search(good[0].fact.caveat):
        return ()
    least = good[0].score * BESIDE_THE_BEST
    beside = [h for h in hits if not any(_is_required(desk, c, h.fact) for c in h.missed)]
    return tuple({hit.fact.id: hit for hit in (*good, *beside) if hit.score >= least}.values())


def _covers(desk: Desk, query: Query, hit: Hit) -> bool:
    if hit.coverage < ENOUGH or any(_is_required(desk, concept, hit.fact) for concept in hit.missed):
        return False
    if any(not speaks_of_year(hit.fact, year) for year in query.years):
        return False
    if not all(_says(desk, hit.fact, concept) for concept in query.concepts if concept.shown in query.sorts):
        return False
    enough = ENOUGH_OF_WORDS if hit.coverage < PLENTY else ENOUGH_OF_WORDS / 2
    return _words_covered(query, hit) >= enough and _is_of_the_sort(desk, query, hit.fact)


def _is_of_the_sort(desk: Desk, query: Query, fact: Fact) -> bool:
    """Say whether the fact holds a quantity, a time or somebody where the question wants one."""
    match query.asks:
        case Asks.QUANTITY:
            return _measures(query, fact)
        case Asks.TIME:
            return bool(fact.date) or bool(_TIME.search(fact.statement))
        case Asks.PERSON:
            return bool(fact.speaker) or any(_acts(desk, slug) for slug in fact.subjects)
    return True


def _measures(query: Query, fact: Fact) -> bool:
    """Say whether the fact states a number of what a quantity is wanted of."""
    if not fact.figures and not _QUANTITY.search(fact.statement):
        return False
    if not MONEY.isdisjoint(tokens(fold(query.text))) and not _CURRENCY.search(fact.statement):
        return False
    said = " ".join((fact.statement, *(f"{figure.of} {figure.unit}" for figure in fact.figures)))
    wanted = [concept for concept in query.concepts if concept.shown in query.measured]
    return all(_holds(said, concept) for concept in wanted)


def _says(desk: Desk, fact: Fact, concept: Concept) -> bool:
    """Say whether the words of a fact and its subjects' names speak of `concept`.

    What only its index terms speak of may lead to a fact, but "which bank" wants a fact that names one.
    """
    names = (record.name for slug in fact.subjects if (record := desk.base.entity(slug)))
    return _holds(" ".join((fact.statement, fact.speaker, *names)), concept)


def _holds(said: str, concept: Concept) -> bool:
    terms = {stem(word) for word in tokens(fold(said))}
    return any(set(way) <= terms for way, _ in concept.ways)


def _acts(desk: Desk, slug: str) -> bool:
    record = desk.base.entity(slug)
    return isinstance(record, Organisation | Place)


def _words_covered(query: Query, hit: Hit) -> float:
    words = [concept for concept in query.concepts if not concept.is_name]
    total = sum(concept.weight for concept in words)
    missed = sum(concept.weight for concept in hit.missed if not concept.is_name)
    return 1 - missed / total if total >= TELLS else 1.0


def _is_required(desk: Desk, concept: Concept, fact: Fact) -> bool:
    """Say whether a fact that misses this name cannot answer: what is named, and not merely a way or topic.

    The delta and China go without saying, except of a fact on another region.
    """
    if not concept.is_name or concept.ways:
        return False
    return fact.region is Region.ELSEWHERE or not _goes_without_saying(concept)


def _goes_without_saying(concept: Concept) -> bool:
    return set(concept.owners) <= _GO_WITHOUT_SAYING


def _each_side(desk: Desk, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each name compared; none unless every side has one."""
    if not compares(tokens(fold(query.text)), query.text):
        return ()
    ties = _TIES.search(query.text)
    if ties:
        return _together(desk, [desk.base.index.parse(side) for side in _TIES.split(query.text, maxsplit=1)])
    return _each_name(desk, query)


def _each_name(desk: Desk, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each name that a question joins by "and"; none unless every name has one."""
    names = [concept for concept in query.concepts if concept.is_name and not _goes_without_saying(concept)]
    if not 2 <= len(names) <= 4 or not (_AND.search(query.text) or compares([], query.text)):
        return ()
    sides = [tuple(c for c in query.concepts if c is name or not c.is_name) for name in names]
    # A year may be printed with one side of a comparison only.
    return _together(desk, [replace(query, concepts=side, years=()) for side in sides])


def _each_clause(desk: Desk, query: Query) -> tuple[Hit, ...]:
    """Return the best hits for each half of a double question; none unless both have one."""
    cut = next((found for found in _CLAUSE.finditer(query.text) if _are_clauses(query.text, found)), None)
    if cut is None:
        return ()
    clauses = query.text[: cut.start()], query.text[cut.end() :]
    first, second = (desk.base.index.parse(clause) for clause in clauses)
    if not first.concepts or not second.concepts:
        return ()
    if not any(concept.is_name for concept in second.concepts):
        names = tuple(concept for concept in first.concepts if concept.is_name)
        second = replace(second, concepts=(*names, *second.concepts))
    elif sum(concept.weight for concept in second.concepts if not concept.is_name) < TELLS:
        words = tuple(concept for concept in first.concepts if not concept.is_name)
        second = replace(second, concepts=(*second.concepts, *words))
    return _together(desk, [first, second])


def _are_clauses(text: str, cut: re.Match[str]) -> bool:
    """Say whether both sides of a cut are long enough to ask something by themselves."""
    left, right = text[: cut.start()], text[cut.end() :]
    return all(len(side.split()) >= 3 or len(CHINESE.findall(side)) >= 4 for side in (left, right))


def _together(desk: Desk, queries: list[Query]) -> tuple[Hit, ...]:
    """Return the two best hits of each query in turn; none unless every query has one."""
    answering = [
        [hit for hit in desk.base.index.rank(query) if _covers(desk, query, hit)][:2] for query in queries
    ]
    if not all(answering):
        return ()
    inturn = [hits[i] for i in range(2) for hits in answering if i < len(hits)]
    return tuple({hit.fact.id: hit for hit in inturn}.values())


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
    names = any(concept.is_name for concept in query.concepts)
    if not hits or (hits[0].coverage < RELATED and not names):
        return Answer(
            headline="That is not in the fact base, which covers cooperation in the Yangtze River Delta: cities, "
            "pairings, mechanisms and topics from five documents.",
            outcome="unknown",
            notes=("help shows what can be asked.",),
        )
    named = [hit for hit in hits if not any(_is_required(desk, c, hit.fact) for c in hit.missed)]
    near = (*named, *(hit for hit in hits if hit not in named))[:NEAR_FACTS]
    return Answer(
        headline=f"The fact base does not say that. {_what_is_missing(query, near[0])}".strip(),
        outcome="unknown",
        match=_match(query),
        near=tuple(hit.fact for hit in near),
        context=_subjects(query),
    )


def _what_is_missing(query: Query, best: Hit) -> str:
    for year in query.years:
        if not speaks_of_year(best.fact, year):
            return f"It holds nothing on this for {year}."
    names = [c.shown for c in best.missed if c.is_name]
    if names:
        return f"It holds nothing on this for {' and '.join(names)}."
    words = [c.shown for c in sorted(best.missed, key=lambda concept: -concept.weight) if c.weight]
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
        hits = [hit for hit in desk.base.index.rank(narrowed) if _covers(desk, narrowed, hit)]
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
