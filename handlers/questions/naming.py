"""Questions that name something and ask nothing in particular of it: "what is twinning", "tell me about Hefei", 什么是飞地经济."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from handlers.records.document_page import document_named
from handlers.records.told import tells_who
from handlers.verdict import held
from knowledge.base import FactBase
from knowledge.model import Document, Fact, Named, Place
from knowledge.names.resolver import Ambiguous, Found
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import WordUse

_MARKS: Final = " ,.!;:?~，。！；：？、“”\"'"
_ARTICLES: Final = ("a ", "an ", "the ")


@dataclass(frozen=True, slots=True)
class Description:
    """A person told by an `office`, which is one `to` somebody else."""

    person: Named
    to: Named
    office: str


def named_alone(base: FactBase, text: str) -> Found | Ambiguous | None:
    """Return what a question names of which it asks for whatever is known; None where it asks for something in particular."""
    text = text.strip(_MARKS)
    for named in _rests(base, text, WordUse.TELLING, WordUse.TOLD):
        found = base.resolve(named, slips=False)
        if isinstance(found, Found | Ambiguous):
            return found
    for named in _rests(base, text, WordUse.LOCATING, WordUse.LOCATED):
        found = base.resolve(named, slips=False)
        if isinstance(found, Found | Ambiguous) and _are_places(found):
            return found
    return None


def document_alone(base: FactBase, text: str) -> Document | None:
    """Return the document that a text names, or a question of it for whatever is known: "summarise the Cao paper"."""
    rests = _rests(base, text.strip(_MARKS), WordUse.TELLING, WordUse.TOLD)
    return next((found for rest in (text, *rests) if (found := document_named(base, rest))), None)


def who_it_is(base: FactBase, text: str) -> Fact | None:
    """Return the fact that says who the one person is of whom a question wants the post and nothing else; None where it wants
    something else, or no fact says so.
    """
    concepts = base.parse(text).concepts
    people = [base.entity(slug) for concept in concepts for slug in concept.owners]
    words = [concept.surface for concept in concepts if not concept.is_name]
    if len(people) != 1 or not words or not base.lexicon.posts.issuperset(words):
        return None
    (person,) = people
    if person is None or not person.is_person:
        return None
    facts = base.facts_of(person)
    told = (fact for says_so in (tells_who, _calls) for fact in facts if says_so(base, person, fact))
    return next(told, None)


def _calls(base: FactBase, person: Named, fact: Fact) -> bool:
    """Say whether a fact calls a person by a title: "President Xi Jinping"."""
    said = f" {' '.join(tokenize(normalize(fact.statement)))} "
    name = " ".join(tokenize(normalize(person.name)))
    return any(f" {title} {name} " in said for title in base.lexicon.titles)


def described_as(base: FactBase, found: Found | Ambiguous) -> Description | None:
    """Return what was read as a name and is what somebody is to another: "chairman of Ant Financial"; None for any other name."""
    if not isinstance(found, Found) or not found.record.is_person:
        return None
    words = tokenize(normalize(found.typed))
    spans = sorted(combinations(range(len(words) + 1), 2), key=lambda span: span[0] - span[1])
    for start, end in spans[1:]:
        named = base.resolve(" ".join(words[start:end]), slips=False)
        if isinstance(named, Found) and named.record is not found.record:
            return Description(found.record, named.record, " ".join((*words[:start], *words[end:])))
    return None


def stated(base: FactBase, description: Description) -> Fact | None:
    """Return the fact that states what somebody is described as, in these words or others; None where none does."""
    office = base.parse(description.office).concepts
    on_both = (fact for fact in base.facts_of(description.person) if base.is_about(fact, description.to.slug))
    return next(
        (
            fact
            for fact in on_both
            if office and all(held.is_said(fact, word, base.lexicon.stop) for word in office)
        ),
        None,
    )


def _are_places(found: Found | Ambiguous) -> bool:
    records = (found.record,) if isinstance(found, Found) else found.records
    return all(isinstance(record, Place) for record in records)


def _rests(base: FactBase, text: str, leading: WordUse, behind: WordUse) -> Iterator[str]:
    """Yield what of a text may be a name between phrases of these uses, of which one at least stands there, with an article and
    without.
    """
    around = {leading, WordUse.TELLING_AROUND}
    for cut in base.phrases.leading(text, around):
        if leading not in (base.phrases.cover(units(text[:cut]), around) or ()):
            continue
        named = text[cut:].strip(_MARKS)
        for rest in (named, *_before(base, named, behind)):
            yield from _with_and_without_article(rest)
    yield from _before(base, text, behind)


def _before(base: FactBase, text: str, use: WordUse) -> Iterator[str]:
    """Yield what of a text stands before a phrase of `use` that it ends with."""
    for phrase in (phrase for words in base.seeds.words if words.use is use for phrase in words.words):
        is_apart = CHINESE.match(phrase) or text.removesuffix(phrase).endswith(" ")
        if is_apart and text.endswith(phrase) and (named := text.removesuffix(phrase).strip(_MARKS)):
            yield named


def _with_and_without_article(named: str) -> Iterator[str]:
    yield named
    article = next((article for article in _ARTICLES if named.lower().startswith(article)), "")
    if article:
        yield named[len(article) :].strip()
