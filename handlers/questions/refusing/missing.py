"""What of a question the whole base does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.questions.refusing import figures
from handlers.questions.refusing.asked import Asked
from handlers.verdict import held, paired
from handlers.verdict.articles import name_in_a_sentence
from handlers.verdict.denied import Denied
from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.search.intent import AnswerType, proper_names
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE, normalize, tokenize

# What is asked in more words than these lacks no one of them in particular.
_MOST_WORDS: Final = 2
_MOST_THINGS: Final = 3


def missing(base: FactBase, query: Query) -> Denied | None:
    """Return what of a question no fact holds, the most telling first; None where nothing in particular is missing."""
    asked = Asked.of(base, query)
    for look in (_name, _pairing, _office, figures.figure, _year, _word, figures.count, _together):
        if denied := look(asked):
            return denied
    return None


def _name(asked: Asked) -> Denied | None:
    unheard = [name for name in asked.names if not held.speaking_of(asked.base, name)]
    return asked.denied("name", unheard) if unheard else None


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
    named = tuple(name_in_a_sentence(base, tie) for tie in ties[:_MOST_THINGS])
    return Denied(
        "twinning", tuple(name_in_a_sentence(base, place) for place in places), slugs, tied_by=named
    )


def no_pairing(base: FactBase, records: Sequence[Named]) -> Denied:
    """Return that no pairing of `records` is held, of one place with what it is part of."""
    names = tuple(name_in_a_sentence(base, record) for record in records)
    slugs = tuple(record.slug for record in records)
    one = records[0] if len(records) == 1 else None
    joined = paired.joined_by(base, one) if isinstance(one, Place) else ()
    return Denied(
        "pairing", names, slugs, part_of=tuple(name_in_a_sentence(base, pairing) for pairing in joined)
    )


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


def _year(asked: Asked) -> Denied | None:
    """Return the first year that nothing speaks of, or nothing on the one name that is asked about."""
    for year in asked.query.years:
        facts = held.of_year(asked.base, year)
        if not facts:
            return asked.denied("year", year=year)
        if len(asked.names) == 1 and facts.isdisjoint(held.speaking_of(asked.base, asked.names[0])):
            return asked.denied("year", asked.names, year=year)
    return None


def _word(asked: Asked) -> Denied | None:
    wanted = asked.query.sorts | asked.query.measured
    words = (
        asked.words if len(asked.words) <= _MOST_WORDS else [w for w in asked.words if w.surface in wanted]
    )
    unheard = [word for word in words if not held.speaking_of(asked.base, word)]
    if not unheard:
        return None
    shown = tuple(map(asked.with_neighbours, unheard))
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
    return asked.denied("together", asked.names, map(asked.shown, asked.words))
