"""Of what a question asks something, and of what a statement says it: a zone that was founded in Xuzhou is not Xuzhou."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from handlers.questions.values import printed
from handlers.questions.values.bearing import holds, states
from handlers.questions.values.wanted import Wanted
from knowledge.base import FactBase
from knowledge.model import Fact, Mechanism, Organisation, Pairing, Place, Topic
from knowledge.names.mentions import exact_in_words
from knowledge.search.query import Concept, Query
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import Arrangement, Level

_DOES: Final = r"\b(?:has|have|had|did|do|does|will)"
_IS: Final = r"\b(?:is|are|was|were|been)"
_PASSIVE: Final = r"(?:\b(?:is|are|was|were|be|been|being|newly|jointly|and|or)|,) "
# What is said of a name; behind any other word it only says which something is: "the CIIE opening".
_SAID: Final = r"(?= ?(?:$|[?.,]|(?:a|an|at|born|built|first|held|in|made|put|set|the)\b|\w+(?:ed|en|ly)\b))"
_BEFORE_WHEN: Final = r" (?:\w+ed|born|since|set up|when)\b"
_BEHIND_IN_CHINESE: Final = r"[市省区县]?的?(?:是|于)?(?:什么时候|何时|哪一?年|哪天|几[月号]|在?哪[里儿]|有?多[少大]|有几|面积|人口|gdp|生产总值|成立|设立|建立|建成|开)"
# A name behind one of these is no subject of its sentence, unless it says whose the first thing in it is.
_PREPOSITION: Final = re.compile(
    r"\b(?:in|at|to|near|on|of|for|with|by|from|along|between|under|across|within|into|inside|west|east|than)(?: the)? $",
    re.IGNORECASE,
)
_WHOSE: Final = re.compile(
    r"^(?:(?:At|By|For|From|In|On|Since|Under) [^,]{0,60}, )?(?:(?:The|A|An) )?[\w' -]{0,40} of (?:the )?$"
)
# What is said of such a tie is said of whom it ties; a park, a zone or an alliance is something else than its members.
_OF_MEMBERS: Final = (
    Arrangement.TWINNING, Arrangement.COUNTERPART_COOPERATION, Arrangement.FRIENDSHIP, Arrangement.INTEGRATION,
)  # fmt: skip
_HEAD_IN_CHINESE: Final = 3
_JOINT: Final = re.compile(r",? and(?: the)? |, (?:the )?")


def says_it_of(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> bool:
    """Say whether what a fact states is stated of that of which the question asks it: of each name that is its subject, and,
    of a number, of one name at least.
    """
    if not (asked.number or asked.time or asked.where):
        return True
    names = [
        concept
        for concept in query.concepts
        if _is_asked_of(base, asked, concept) and not holds(base, fact, concept)
    ]
    if not names:
        return True
    done = [verb for concept in names if (verb := _done_to(query.text, concept))]
    if any(not states(base, fact, concept) for concept in query.concepts if concept.surface in done):
        return False
    called = [noun for concept in names if (noun := _called(query.text, concept))]
    is_called = all(re.search(rf"\b{noun}\b", fact.statement) for noun in called)
    if not is_called or any(_is_done_by(verb, fact.statement) for verb in done):
        return False
    owners = frozenset(_owners(base, fact, is_done=bool(done)))
    owned = [
        concept
        for concept in names
        if not owners.isdisjoint(concept.owners) or _is_named_with(base, owners, query.text, concept)
    ]
    if asked.number and not owned:
        return False
    return all(
        concept in owned
        for concept in names
        if _is_subject(query.text, concept, asked, is_wide=_is_wide(base, concept))
    )


def is_of_another_event(base: FactBase, query: Query, asked: Wanted, fact: Fact) -> bool:
    """Say whether a question asks when something was done to a name, or was so called, and a fact tells the time of another event."""
    if not asked.time:
        return False
    names = [concept for concept in query.concepts if _is_asked_of(base, asked, concept)]
    is_told_so = any(_done_to(query.text, concept) or _called(query.text, concept) for concept in names)
    return is_told_so and not says_it_of(base, query, asked, fact)


def _is_named_with(base: FactBase, owners: Iterable[str], text: str, concept: Concept) -> bool:
    """Say whether a question names something by a name within its name, and by what it is: Jiashan and park, of a Jiashan park."""
    folded = normalize(text)
    records = (record for slug in owners if (record := base.entity(slug)))
    spellings = (normalize(one) for record in records for one in record.spellings())
    return any(
        concept.surface in one
        and not one.endswith(concept.surface)
        and (one[-_HEAD_IN_CHINESE:] if CHINESE.search(one) else one.rsplit(" ", 1)[-1]) in folded
        for one in spellings
    )


def _is_asked_of(base: FactBase, asked: Wanted, concept: Concept) -> bool:
    """Say whether a concept names what may have a date or a number: no topic; a number may be a share of all that is spoken of."""
    records = [record for slug in concept.owners if (record := base.entity(slug))]
    return (
        bool(records)
        and not any(isinstance(record, Topic | Mechanism) for record in records)
        and not (asked.number and _is_wide(base, concept))
    )


def _is_wide(base: FactBase, concept: Concept) -> bool:
    """Say whether a concept names the delta or a country."""
    records = [record for slug in concept.owners if (record := base.entity(slug))]
    return any(
        record.slug in base.going_without_saying
        or (isinstance(record, Place) and record.level is Level.COUNTRY)
        for record in records
    )


def _is_subject(text: str, concept: Concept, asked: Wanted, *, is_wide: bool) -> bool:
    """Say whether a name is the subject of a question: "was Xuzhou", "Xuzhou's", 徐州什么时候; and "of Xuzhou" where a number is.

    The delta and a country are named beside nearly everything: they are only where nothing else can be.
    """
    folded = text.lower().replace("’", "'")
    for name in filter(None, (concept.corrected.lower(), concept.surface)):
        word = rf"(?<![a-z0-9]){re.escape(name)}(?![a-z0-9])"
        signs: tuple[str, ...] = (
            rf"{_DOES} (?:the )?{word}(?= \w+\W*$)",
            rf"{_IS} (?:the )?{word}{_SAID}",
            rf"^(?:the )?{word}{_BEFORE_WHEN}",
            rf"{re.escape(name)}{_BEHIND_IN_CHINESE}",
        )
        if not is_wide:
            signs += (rf"{_DOES} (?:the )?{word}", rf"{word}'s\b")
        if asked.number:
            signs += (rf"\bof (?:the )?{word}",)
        if any(re.search(sign, folded) for sign in signs):
            return True
    return False


def _done_to(text: str, concept: Concept) -> str:
    """Return what a question asks that was done to a name, "when was Jing'an established"; "" where it asks for nothing done."""
    return _said_of(text, concept, r"(\w+(?:ed|en))\b")


def _called(text: str, concept: Concept) -> str:
    """Return what a question says a name was, "when was Chongqing part of Sichuan"; "" where it says none."""
    return _said_of(text, concept, r"(?:an? |the )?([a-z]+) of\b")


def _said_of(text: str, concept: Concept, sign: str) -> str:
    """Return what stands in the group of `sign` right behind "was" and a name; "" where it does not."""
    for name in filter(None, (concept.corrected.lower(), concept.surface)):
        if found := re.search(rf"{_IS} (?:the )?{re.escape(name)} {sign}", normalize(text)):
            return found[1]
    return ""


def _is_done_by(verb: str, statement: str) -> bool:
    """Say whether a statement says of somebody that they did what was done: "Jing'an established relations"."""
    verb = rf"\b{verb}\b"
    return bool(re.search(verb, statement)) and not re.search(rf"{_PASSIVE}{verb}", statement)


def _owners(base: FactBase, fact: Fact, *, is_done: bool) -> Iterator[str]:
    """Yield the slugs of what a fact says something of: its first subject, the subject of its sentence, what is measured.

    What a body of a place did the place did too; what was done to it was done to the body alone.
    """
    known = (fact.subjects[0], *(one.record.slug for one in _subject(base, fact)))
    for slug in known:
        record = base.entity(slug)
        yield slug
        if isinstance(record, Pairing) and record.arrangement in _OF_MEMBERS:
            yield from record.members
        if isinstance(record, Organisation) and not is_done:
            # "The Jiangsu government approved": Jiangsu did.
            yield from (place.slug for place in base.seeds.places if record.name.startswith(f"{place.name} "))
    for figure in fact.figures:
        for _, _, records in exact_in_words(base.names, tokenize(normalize(figure.of))):
            yield from (record.slug for record in records)


def _subject(base: FactBase, fact: Fact) -> Sequence[printed.Printed]:
    """Return the names that a statement begins with, "In 1986" and such aside."""
    there = [one for one in printed.names(base.names, fact) if not isinstance(one.record, Topic | Mechanism)]
    lists: list[list[printed.Printed]] = []
    for one in there:
        if lists and _JOINT.fullmatch(fact.statement[lists[-1][-1].end : one.start]):
            lists[-1].append(one)
        else:
            lists.append([one])
    before = ((listed, fact.statement[: listed[0].start]) for listed in lists)
    subjects = (listed for listed, text in before if not _PREPOSITION.search(text) or _WHOSE.search(text))
    return next(subjects, ())
