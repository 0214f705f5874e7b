"""What of a question the whole base does not hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.verdict import held, paired
from handlers.verdict.denied import Denied, Lacking
from handlers.verdict.evidence import goes_without_saying
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Place, Topic
from knowledge.search.intent import AnswerType, proper_names
from knowledge.search.query import Concept, Query
from knowledge.search.terms import index_terms
from knowledge.text.normalize import CHINESE, normalize, tokenize

# What is asked in more words than these lacks no one of them in particular.
_MOST_WORDS: Final = 2
_MOST_THINGS: Final = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the `names` that tell of whom, the `words` that tell of what, the `attributes` among these."""

    base: FactBase
    query: Query
    names: tuple[Concept, ...]
    words: tuple[Concept, ...]
    attributes: tuple[Concept, ...]

    @classmethod
    def of(cls, base: FactBase, query: Query) -> Asked:
        """Return what `query` is about, without what goes without saying and what says little."""
        names = tuple(c for c in query.concepts if _is_subject(base, c) and not goes_without_saying(base, c))
        words = tuple(
            c for c in query.concepts if not _is_subject(base, c) and c.weight and _tells(base, query, c)
        )
        return cls(base, query, names, words, tuple(c for c in words if _is_attribute(base, c)))

    def shown(self, concept: Concept) -> str:
        """Return a name as it was read, and a word as it was typed, Chinese in English where there is a word for it, and as the
        base writes it in capitals.
        """
        if _is_subject(self.base, concept) and len(concept.owners) == 1:
            record = self.base.entity(concept.owners[0])
            return record.name if record else concept.surface
        word = _in_english(self.base, concept.surface) if CHINESE.match(concept.surface) else concept.surface
        return _in_capitals(self.base, word or concept.surface) or word or _typed(self.query, concept)


def missing(base: FactBase, query: Query) -> Denied | None:
    """Return what of a question no fact holds, the most telling first; None where nothing in particular is missing."""
    asked = Asked.of(base, query)
    for look in (_name, _pairing, _office, _figure, _year, _word, _together):
        if denied := look(asked):
            return denied
    return None


def _name(asked: Asked) -> Denied | None:
    unheard = [name for name in asked.names if not held.speaking_of(asked.base, name)]
    return _denied("name", asked, names=unheard) if unheard else None


def _pairing(asked: Asked) -> Denied | None:
    """Return the pairing that is wanted of one place, or of two, where none is held as it is wanted."""
    base, places = asked.base, paired.unpaired(asked.base, asked.query)
    if paired.are_tied_otherwise(base, asked.query, places):
        return _no_twinning(base, places)
    return no_pairing(base, places) if places else None


def _no_twinning(base: FactBase, places: Sequence[Place]) -> Denied:
    """Return that places are no twins, with what ties them otherwise: what they are probably not meant by last."""
    slugs = tuple(place.slug for place in places)
    ties = sorted(
        paired.tied_otherwise(base, places), key=lambda tie: not frozenset(slugs).isdisjoint(tie.doubts)
    )
    named = tuple(tie.name for tie in ties[:_MOST_THINGS])
    return Denied("twinning", tuple(place.name for place in places), slugs, tied_by=named)


def no_pairing(base: FactBase, records: Sequence[Named]) -> Denied:
    """Return that no pairing of `records` is held, of one place with what it is part of."""
    names, slugs = (tuple(getattr(record, part) for record in records) for part in ("name", "slug"))
    one = records[0] if len(records) == 1 else None
    joined = paired.joined_by(base, one) if isinstance(one, Place) else ()
    return Denied("pairing", names, slugs, part_of=tuple(pairing.name for pairing in joined))


def _office(asked: Asked) -> Denied | None:
    """Return the office of which no fact says who holds it in the one place asked about, where nothing else is asked."""
    wants = asked.query.answer_type in (AnswerType.PERSON, AnswerType.ANYTHING)
    if not wants or asked.query.years or len(asked.names) != 1:
        return None
    (name,) = asked.names
    if not all(isinstance(asked.base.entity(slug), Place) for slug in name.owners):
        return None
    said, office = _office_in(asked.base, asked.query.text)
    words = {word for concept in asked.words for word in tokenize(normalize(concept.surface))}
    if not office or not all(word in said for word in words):
        return None
    facts = held.speaking_of_word(asked.base, office) & held.stating(asked.base, name)
    shown = asked.shown(name)
    return None if facts else Denied("office", (shown,), name.owners, (office,))


def _office_in(base: FactBase, text: str) -> tuple[str, str]:
    """Return the longest office that a text names, as it stands there and in English; twice "" where it names none."""
    folded = normalize(text)
    words = f" {' '.join(tokenize(folded))} "
    offices = (
        office.split(" ", 1) if CHINESE.match(office) else (office, office) for office in base.lexicon.offices
    )
    named = [
        (said, english) for said, english in offices if said in (folded if CHINESE.match(said) else words)
    ]
    return max(named, key=lambda one: (len(one[0]), one), default=("", ""))


def _figure(asked: Asked) -> Denied | None:
    # With another word beside it, it may be no attribute but what is done: "what does it cost the zone".
    if not asked.names or len(asked.attributes) != 1 or asked.words != asked.attributes:
        return None
    (attribute,) = asked.attributes
    if len(asked.names) > 1:
        lacking = [name for name in asked.names if not held.figures_of(asked.base, name, attribute)]
        return _denied("figure", asked, lacking, [attribute]) if lacking else None
    (name,) = asked.names
    facts = held.figures_of(asked.base, name, attribute)
    if not facts:
        return _denied("figure", asked, [name], [attribute])
    years = sorted({figure.year for fact in facts for figure in fact.figures if figure.year})
    for year in asked.query.years:
        if facts.isdisjoint(held.of_year(asked.base, year)):
            return _denied("figure", asked, [name], [attribute], year, years)
    return None


def _year(asked: Asked) -> Denied | None:
    """Return the first year that nothing speaks of, or nothing on the one name that is asked about."""
    for year in asked.query.years:
        facts = held.of_year(asked.base, year)
        if not facts:
            return _denied("year", asked, year=year)
        if len(asked.names) == 1 and facts.isdisjoint(held.speaking_of(asked.base, asked.names[0])):
            return _denied("year", asked, asked.names, year=year)
    return None


def _word(asked: Asked) -> Denied | None:
    wanted = asked.query.sorts | asked.query.measured
    words = (
        asked.words if len(asked.words) <= _MOST_WORDS else [w for w in asked.words if w.surface in wanted]
    )
    unheard = [word for word in words if not held.speaking_of(asked.base, word)]
    if not unheard:
        return None
    shown = tuple(map(asked.shown, unheard))
    proper = proper_names(asked.query.text)
    is_name = all(word.surface in proper for word in unheard)
    return Denied("name", names=shown) if is_name else Denied("word", words=shown)


def _together(asked: Asked) -> Denied | None:
    """Return two or three things that are each spoken of, and never in one fact."""
    things = (*asked.names, *asked.words)
    if not 1 < len(things) <= _MOST_THINGS:
        return None
    # What a reader asks in is no word of the base.
    if not all(held.stating(asked.base, thing) for thing in things):
        return None
    if held.speaking_of(asked.base, *things):
        return None
    return _denied("together", asked, asked.names, asked.words)


def _denied(
    lacking: Lacking,
    asked: Asked,
    names: Iterable[Concept] = (),
    words: Iterable[Concept] = (),
    year: int | None = None,
    years: Sequence[int] = (),
) -> Denied:
    names = tuple(names)
    return Denied(
        lacking,
        tuple(dict.fromkeys(map(asked.shown, names))),
        tuple(dict.fromkeys(slug for name in names for slug in name.owners)),
        tuple(dict.fromkeys(map(asked.shown, words))),
        year,
        tuple(years),
    )


def _is_subject(base: FactBase, concept: Concept) -> bool:
    """Say whether a concept is the name of somebody or something, and not of a topic or a way of cooperating."""
    records = [base.entity(slug) for slug in concept.owners]
    return bool(records) and not all(isinstance(record, Topic | Mechanism) for record in records)


def _tells(base: FactBase, query: Query, concept: Concept) -> bool:
    """Say whether a word says enough for its absence to be told of."""
    if concept.surface in query.sorts | query.measured:
        return True
    return not base.lexicon.slight.issuperset(tokenize(normalize(concept.surface)))


def _is_attribute(base: FactBase, concept: Concept) -> bool:
    """Say whether a word is an attribute whose value is a number, in Chinese by what it means."""
    if not CHINESE.match(concept.surface):
        return not base.lexicon.attributes.isdisjoint((concept.surface, concept.corrected))
    attributes = {index_terms(word, base.lexicon.stop) for word in base.lexicon.attributes}
    return any(way in attributes for way, _ in concept.alternatives)


def _in_english(base: FactBase, word: str) -> str:
    """Return the first English word that means the same as a Chinese one, an attribute before others; "" where none does."""
    groups = (group.words for group in base.seeds.synonyms if word in group.words)
    english = [other for words in groups for other in words if other.isascii()]
    return next((one for one in english if one in base.lexicon.attributes), next(iter(english), ""))


def _typed(query: Query, concept: Concept) -> str:
    """Return what was typed, in its own capitals."""
    words = r"\W+".join(map(re.escape, concept.surface.split()))
    found = re.search(words, query.text, re.IGNORECASE)
    return found[0] if found else concept.surface


def _in_capitals(base: FactBase, word: str) -> str:
    """Return a word as statements write it where they write it in capitals; "" where they do not, like "GDP"."""
    written = rf"\b{re.escape(word.upper())}\b"
    is_short = word.isascii() and word.isalpha()
    return word.upper() if is_short and any(re.search(written, f.statement) for f in base.facts) else ""
