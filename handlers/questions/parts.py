"""What a question asks: the questions that a double one consists of, and the ways to part what one joins by "and"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from handlers.questions.refusing import refusal
from handlers.questions.refusing.asked import is_attribute
from handlers.say import say
from handlers.services import Services
from knowledge.base import FactBase
from knowledge.search.index import Hit
from knowledge.search.intent import THAN_IN_CHINESE, AnswerType, asks_share
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
ASKS = re.compile(
    rf"\b{_QUESTION}|^(?:is|are|was|were|do|does|did|has|have|had|can|could|may|will|would|should)\b"
    r"|[几哪谁]|什么|多少|如何|怎|为何|何时|吗",
    re.I,
)
_AND = re.compile(
    r",\s(?=(?:\S+\s){0,3}?\S+,?\s(?:and|or)\s)|,\s(?=[\w-]+(?:,|[?.]?$))|,?\s(?:and|plus|or|versus|vs\.?)\s|\s&\s|[、和与及]",
    re.I,
)
# What a comparison sets side by side may be joined by these too.
_WITH = re.compile(rf"\s(?:with|to|than)\s|{THAN_IN_CHINESE}", re.I)
_WHETHER = re.compile(r"^(?:is|are|was|were|does|do|did|has|have|had)\s", re.I)
# A question of which only what it asks is left: "and by whom?".
_TAIL = re.compile(rf"{_QUESTION}(?:\s(?:many|much|long|then))?\W*", re.I)
_KINDS = {
    "who": AnswerType.PERSON, "whom": AnswerType.PERSON, "where": AnswerType.PLACE, "when": AnswerType.TIME,
    "why": AnswerType.REASON,
}  # fmt: skip
_KIND_OF_TAIL = re.compile(rf"\b(?:{'|'.join(_KINDS)})\b(?=\W*$)", re.I)
_COMMAS = frozenset(",，")
# Of how many parts a question may be: each is ranked by itself.
_MOST_PARTS = 4


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One of the things asked: `text` are its own words, `query` asks it with what it takes over from the others, `hits`
    are the facts that answer it, best first.

    `own` are the surfaces of what an answer has to hold, whatever else it lacks; one that `stands_alone` is worth an
    answer where others have none; one that `is_tail`, "and by whom", is answered by what it wants alone.
    """

    text: str
    query: Query
    own: frozenset[str] = frozenset()
    stands_alone: bool = False
    is_tail: bool = False
    hits: tuple[Hit, ...] = ()

    @property
    def tail_kind(self) -> AnswerType | None:
        """Return what a tail asks for, if it is a time, a place or somebody; None of what is no tail, or asks for more."""
        if not self.is_tail or not (found := _KIND_OF_TAIL.search(self.text)):
            return None
        return _KINDS[found[0].lower()]

    def unanswered(self, services: Services, question: str) -> str:
        """Return in a sentence that this part of `question` has no answer: as it would be said were no more asked."""
        if self.tail_kind is not None:
            return refusal.NOTHING_OF[self.tail_kind]
        said = "" if self.is_tail else refusal.said_of(services, self.query)
        if said:
            return said
        own = services.base.parse(self.text).concepts
        if ASKS.search(self.text) or not all(concept.is_name for concept in own):
            return say("I found no fact that answers “{part}”.", part=as_typed(self.text, question))
        names = dict.fromkeys(mention.shown for mention in self.query.mentions)
        if names:
            return say("Of {names} I found no fact that answers that.", names=" and ".join(names))
        return say("I found no fact that answers that of “{part}”.", part=as_typed(self.text, question))


def clauses(services: Services, query: Query) -> list[Part]:
    """Return the questions that a double question consists of; none of a single one."""
    cuts = [cut for cut in _found(_NEXT, query.text) if _are_clauses(query.text, cut)]
    texts = _cut(query.text, cuts)
    sides = [_plain(services, services.base.parse(text)) for text in texts]
    # What is asked behind may be asked of what stands before: "and where is it?".
    are_told = (
        side.concepts or side.years or (at > 0 and ASKS.search(text))
        for at, (text, side) in enumerate(zip(texts, sides, strict=True))
    )
    if len(sides) < 2 or not all(are_told):
        return []
    # "In which year and in which city was it founded" is one question.
    if not (_has_name(sides[0]) or _tells(services, sides[0])):
        return []
    # Behind no more than a comma stands the main clause of what was begun: "Before that, who ...".
    are_apart = all(cut[0].strip() != "," or CHINESE.match(query.text[cut.end() :]) for cut in cuts)
    are_questions = are_apart and all(map(ASKS.search, texts))
    parts = [Part(texts[0], sides[0], stands_alone=are_questions)]
    for text, side in zip(texts[1:], sides[1:], strict=True):
        taken = _taking_over(services, side, parts[-1].query)
        is_tail = not side.concepts and not side.years
        parts.append(Part(text, taken, stands_alone=are_questions and taken is side, is_tail=is_tail))
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
    if _TAIL.fullmatch(right.strip()) and ASKS.search(left):
        return True
    if cut[0].strip() in _COMMAS and not ASKS.search(left):
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


def _attributes(base: FactBase, concepts: Iterable[Concept]) -> frozenset[str]:
    return frozenset(concept.surface for concept in concepts if is_attribute(base, concept))


def ways_to_part(services: Services, query: Query) -> Iterator[list[Part]]:
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
        if query.compares:
            halves = [_compared(query, half) for half in halves]
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
        if asks_share(query.text) and (shares := _shares(services, query, sides)):
            yield shares


def _compared(query: Query, side: Query) -> Query:
    """Return a side of a comparison: it is not asked whether it is so, and of what is counted or measured each side has a number."""
    is_of_number = query.answer_type is AnswerType.QUANTITY and side.answer_type is AnswerType.ANYTHING
    return replace(
        side,
        text=_WHETHER.sub("", side.text),
        compares=True,
        answer_type=AnswerType.QUANTITY if is_of_number else side.answer_type,
    )


def _plain(services: Services, query: Query) -> Query:
    """Return a question, or a side of a comparison, without the words that compare: no fact says them."""
    lexicon = services.base.lexicon
    comparing = lexicon.comparing | lexicon.degrees if query.compares else lexicon.comparing
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
            replace(
                query,
                text=_without(query.text, every - kept),
                concepts=(*items, *shared),
                years=(),
                measured=(query.measured - (every - kept)) | _attributes(services.base, items),
            ),
            kept,
            stands_alone=query.compares or (is_quantity and not are_names),
        )
        for items, kept in zip(joined, own, strict=True)
    ]


def _shares(services: Services, query: Query, sides: list[Query]) -> list[Part]:
    """Return a question for the share of each of the things that it joins: "population share and GDP share of the delta"."""
    lexicon = services.base.lexicon
    names = tuple(concept for concept in query.concepts if concept.is_name)
    share = tuple(concept for concept in query.concepts if concept.surface in lexicon.shares)
    own = [tuple(c for c in side.concepts if not c.is_name and c not in share) for side in sides]
    if not share or not all(own):
        return []
    spoken = " ".join(concept.surface for concept in names)
    return [
        Part(
            (of := " ".join(concept.surface for concept in concepts)),
            replace(
                query,
                text=" ".join(filter(None, (spoken, of, share[0].surface))),
                concepts=(*names, *concepts, *share),
                answer_type=AnswerType.QUANTITY,
                measured=frozenset(),
            ),
            frozenset(concept.surface for concept in concepts),
            stands_alone=True,
        )
        for concepts in own
    ]


def _without(text: str, surfaces: Iterable[str]) -> str:
    """Return a text, folded, without some of the things that it speaks of."""
    folded = normalize(text)
    for surface in surfaces:
        folded = re.sub(rf"(?<![a-z0-9]){re.escape(surface)}(?![a-z0-9])", " ", folded)
    return folded
