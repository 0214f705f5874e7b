"""Questions that ask for several things: double questions, comparisons, what "and" joins. Each part is asked by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from handlers.questions.refusing import refusal
from handlers.questions.side import side_asked_first
from handlers.say import say
from handlers.services import Services
from handlers.verdict.answerability import answering
from handlers.verdict.paired import surely_unpaired
from knowledge.names.resolver import Outside
from knowledge.search.features import speaks_of_year
from knowledge.search.index import Hit
from knowledge.search.intent import AnswerType
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import CHINESE, as_typed, normalize, tokenize

_QUESTION = (
    r"(?:(?:at|by|for|from|in|of|on|since|to|with)\s)?(?:how|what|which|who|whom|whose|when|where|why)\b"
)
# Where the next question of several begins; after a comma alone it may be the main clause of one: "Before that, who ...".
_NEXT = re.compile(
    rf"[,;?]?\s*\b(?:and|but)\s+(?={_QUESTION})|[,;]\s+(?={_QUESTION})|[;?]\s*(?=\w)|[,，；？](?={CHINESE.pattern})",
    re.I,
)
_ASKS = re.compile(
    rf"\b{_QUESTION}|^(?:is|are|was|were|do|does|did|has|have|had|can|could|may|will|would|should)\b"
    r"|[几哪谁]|什么|多少|如何|怎|为何|何时|吗",
    re.I,
)
_AND = re.compile(
    r",\s(?=(?:\S+\s){0,3}?\S+,?\s(?:and|or)\s)|,\s(?=[\w-]+(?:,|[?.]?$))|,?\s(?:and|plus|or|versus|vs\.?)\s|\s&\s|[、和与及]",
    re.I,
)
# What a comparison sets side by side may be joined by "with" too.
_WITH = re.compile(r"\s(?:with|to)\s", re.I)
_COMMAS = frozenset(",，")
# Of how many parts a question may be: each is ranked by itself.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the things asked: `text` are its own words, `query` asks it with what it takes over from the others, `hits`
    are the facts that answer it, best first.

    `own` are the surfaces of what an answer has to hold, whatever else it lacks; one that `stands_alone` is worth an
    answer where others have none.
    """

    text: str
    query: Query
    own: frozenset[str] = frozenset()
    stands_alone: bool = False
    hits: tuple[Hit, ...] = ()

    def unanswered(self, services: Services, question: str) -> str:
        """Return in a sentence that this part of `question` has no answer: as it would be said were no more asked."""
        if said := refusal.said_of(services, self.query):
            return said
        if _ASKS.search(self.text):
            return say("I found no fact that answers “{part}”.", part=self.text)
        names = dict.fromkeys(mention.shown for mention in self.query.mentions)
        if names:
            return say("Of {names} I found no fact that answers that.", names=" and ".join(names))
        return say("I found no fact that answers that of “{part}”.", part=as_typed(self.text, question))


def parts_of(services: Services, query: Query) -> tuple[Part, ...]:
    """Return the parts of a question, each with an answer, or one at least that stands alone; none unless it has parts."""
    # By itself a part does not name the one place whose pairing is wanted, or both of which it is asked whether they are paired.
    is_of_pairing = bool(surely_unpaired(services.base, query))
    if is_of_pairing or len(query.concepts) > services.base.tuning.most_concepts_of_parts:
        return ()
    clauses = _clauses(services, query)
    if not clauses:
        return _joined(services, query)
    parts = [part for clause in clauses for part in _joined(services, clause.query) or (clause,)]
    if found := _answered(services, parts):
        return found
    # What answers the whole may leave one of its questions out.
    is_answered = bool(answering(services.base, query, services.base.rank(query), services.rules))
    asked = tuple(_ask(services, part) for part in parts) if is_answered else ()
    are_questions = all(_ASKS.search(part.text) for part in parts)
    return asked if are_questions and any(part.hits for part in asked) else ()


def in_turn(parts: Sequence[Part]) -> tuple[Hit, ...]:
    """Return the two best hits of each part, first the best of each."""
    inturn = [part.hits[place] for place in range(2) for part in parts if place < len(part.hits)]
    return tuple({hit.fact.id: hit for hit in inturn}.values())


def unanswered(services: Services, parts: tuple[Part, ...], question: str) -> tuple[str, ...]:
    """Return a sentence for each part of `question` without an answer, where others have one."""
    said = (part.unanswered(services, question) for part in parts if not part.hits)
    return tuple(dict.fromkeys(said))


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
    return replace(part, hits=_about(services, query, hits))


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


def _clauses(services: Services, query: Query) -> list[Part]:
    """Return the questions that a double question consists of; none of a single one."""
    cuts = [cut for cut in _found(_NEXT, query.text) if _are_clauses(query.text, cut)]
    texts = _cut(query.text, cuts)
    sides = [_plain(services, services.base.parse(text)) for text in texts]
    if len(sides) < 2 or not all(side.concepts or side.years for side in sides):
        return []
    # "In which year and in which city was it founded" is one question.
    if not (_has_name(sides[0]) or _tells(services, sides[0])):
        return []
    # Behind no more than a comma stands the main clause of what was begun: "Before that, who ...".
    are_apart = all(cut[0].strip() != "," or CHINESE.match(query.text[cut.end() :]) for cut in cuts)
    are_questions = are_apart and all(map(_ASKS.search, texts))
    parts = [Part(texts[0], sides[0], stands_alone=are_questions)]
    for text, side in zip(texts[1:], sides[1:], strict=True):
        taken = _taking_over(services, side, parts[-1].query)
        parts.append(Part(text, taken, stands_alone=are_questions and taken is side))
    return parts


def _taking_over(services: Services, piece: Query, before: Query) -> Query:
    """Return a question with the names of the one before it where it has none, and its words where it tells little."""
    taken = () if _has_name(piece) else tuple(c for c in before.concepts if c.is_name)
    if not _tells(services, piece):
        taken += tuple(c for c in before.concepts if not c.is_name)
    if not taken:
        return piece
    text = " ".join((*(concept.surface for concept in taken), piece.text))
    return replace(piece, text=text, concepts=tuple(dict.fromkeys((*taken, *piece.concepts))))


def _tells(services: Services, query: Query) -> bool:
    """Say whether a question tells something beside a name: a tie of two does, and that a partner is wanted."""
    words = sum(concept.weight for concept in query.concepts if not concept.is_name)
    names = sum(concept.is_name for concept in query.concepts)
    return words >= services.base.tuning.tells or names > 1 or (query.partners and names > 0)


def _are_clauses(text: str, cut: re.Match[str]) -> bool:
    """Say whether both sides of a cut are long enough to ask something by themselves, and it joins two that do.

    Behind a comma stands the main clause of what was begun and asks nothing: "According to the paper, who ...".
    """
    left, right = text[: cut.start()], text[cut.end() :]
    if cut[0].strip() in _COMMAS and not _ASKS.search(left):
        return False
    return all(len(side.split()) >= 3 or len(CHINESE.findall(side)) >= 4 for side in (left, right))


def _found(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return where a text may be cut; nowhere if it were of more parts than a question has."""
    cuts = list(islice(pattern.finditer(text), _MOST_PARTS))
    return cuts if len(cuts) < _MOST_PARTS else []


def _cut(text: str, cuts: Sequence[re.Match[str]]) -> list[str]:
    """Return what stands before, between and after `cuts`."""
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(text)]
    return [text[start:end].strip(" ,;?.，；？。") for start, end in zip(starts, ends, strict=True)]


def _joined(services: Services, query: Query) -> tuple[Part, ...]:
    """Return the parts that a question joins by "and"; none where it joins none, or one fact holds all of it."""
    whole = answering(services.base, query, services.base.rank(query), services.rules)
    if whole and not query.compares and _holds_all(query, whole[0]):
        return ()
    readings = [_answered(services, parts) for parts in _ways_to_part(services, query)]
    return max((parts for parts in readings if parts and _differ(query, parts)), key=_likely, default=())


def _holds_all(query: Query, hit: Hit) -> bool:
    """Say whether a fact leaves out nothing, and is about every place and body that is named."""
    places = [concept for concept in query.concepts if concept.binds]
    return not hit.missed and not any(set(place.owners).isdisjoint(hit.entry.subjects) for place in places)


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


def _ways_to_part(services: Services, query: Query) -> Iterator[list[Part]]:
    """Yield the ways to take a question apart where it joins things."""
    joints = [_found(_AND, query.text)]
    if query.compares:
        joints.extend([cut] for cut in _found(_WITH, query.text))
    for cuts in filter(None, joints):
        texts = _cut(query.text, cuts)
        sides = [services.base.parse(text) for text in texts]
        held = {concept.surface for side in sides for concept in side.concepts}
        # What goes through a name or a phrase is no joint.
        if not all(side.concepts or side.years for side in sides) or held != {
            c.surface for c in query.concepts
        }:
            continue
        halves = _halves(services, sides)
        # Of years that are joined each is asked by itself, as of sides of a comparison, and what has a name and words of its own.
        are_whole = not _joins_places(sides) and all(_has_name(s) and _tells(services, s) for s in sides)
        are_alone = query.compares or are_whole or not all(side.concepts for side in sides)
        if are_alone or (all(map(_has_name, halves)) and not _joins_places(sides)):
            yield [
                Part(text, _plain(services, side), stands_alone=are_alone)
                for text, side in zip(texts, halves, strict=True)
            ]
        if shared := _sharing(services, query, sides):
            yield shared


def _plain(services: Services, query: Query) -> Query:
    """Return a question, or a side of a comparison, without the words that compare: no fact says them."""
    comparing = services.base.lexicon.comparing
    return replace(query, concepts=tuple(c for c in query.concepts if c.surface not in comparing))


def _has_name(query: Query) -> bool:
    return any(concept.is_name for concept in query.concepts)


def _joins_places(sides: list[Query]) -> bool:
    """Say whether what is joined are places: one ends the first side, one begins the second."""
    left, right = sides[0], sides[1]
    words = len(tokenize(normalize(left.text)))
    ends = [m for m in left.mentions if m.end == words] + [m for m in right.mentions if m.start == 0]
    return len(ends) > 1 and all(mention.place for mention in ends)


def _halves(services: Services, sides: list[Query]) -> list[Query]:
    """Return the sides of a question, each with the names or words of its neighbour where it has none."""
    halves = [_taking_over(services, sides[0], sides[1])]
    for side in sides[1:]:
        halves.append(_taking_over(services, side, halves[-1]))
    return halves


def _sharing(services: Services, query: Query, sides: list[Query]) -> list[Part]:
    """Return a question once for each of the names, or else words, that it joins, without the others; none where it joins
    none, or what they share tells nothing.
    """
    are_names = all(map(_has_name, sides))
    kinds = [[c for c in side.concepts if c.is_name is are_names] for side in sides]
    if not all(kinds):
        return []
    joined: list[list[Concept]] = [kinds[0][-1:], *kinds[1:-1], kinds[-1][:1]]
    own = [frozenset(concept.surface for concept in items) for items in joined]
    every = frozenset[str]().union(*own)
    shared = [concept for concept in _plain(services, query).concepts if concept.surface not in every]
    if not are_names and sum(concept.weight for concept in shared) < services.base.tuning.tells:
        return []
    is_quantity = query.answer_type is AnswerType.QUANTITY and any(concept.is_name for concept in shared)
    return [
        Part(
            " ".join(concept.surface for concept in items),
            # A year may be printed with one side of a comparison only.
            replace(query, text=_without(query.text, every - kept), concepts=(*items, *shared), years=()),
            kept,
            stands_alone=query.compares or (is_quantity and not are_names),
        )
        for items, kept in zip(joined, own, strict=True)
    ]


def _without(text: str, surfaces: Iterable[str]) -> str:
    """Return a text, folded, without some of the things that it speaks of."""
    folded = normalize(text)
    for surface in surfaces:
        folded = re.sub(rf"(?<![a-z0-9]){re.escape(surface)}(?![a-z0-9])", " ", folded)
    return folded
