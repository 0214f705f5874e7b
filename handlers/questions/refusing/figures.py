"""Figures that a question wants and no fact holds: of an attribute of what it names, or of how many there are of something."""

from __future__ import annotations

import re
from typing import Final

from handlers.questions.refusing.asked import Asked, is_attribute, is_subject
from handlers.verdict import held
from handlers.verdict.denied import Denied
from knowledge.lexicon import Lexicon
from knowledge.model import Pairing, Place
from knowledge.search.query import Concept
from knowledge.text.normalize import CHINESE, normalize, tokenize

# What may stand between the words that name one attribute: "share of GDP", "income per head".
_BETWEEN: Final = re.compile(r"(?:\W+(?:a|an|its|of|per|the|their))*\W*", re.IGNORECASE)

# What a number is told in, and not of.
_UNITS: Final = frozenset([
    "billion", "dollars", "hectares", "kilometers", "kilometres", "km", "meters", "metres", "million", "mu", "percent", "square",
    "tonnes", "tons", "trillion", "yuan",
])  # fmt: skip
_PLURALS: Final = frozenset(["children", "men", "people", "women"])
_DONE: Final = re.compile(r"\s+(?:at|in|on|to|with)\b", re.IGNORECASE)
_HOW_MUCH: Final = re.compile(r"\W*how much\b", re.IGNORECASE)


def figure(asked: Asked) -> Denied | None:
    """Return the figure of an attribute that no fact holds of what a question names, or not for the year it asks for."""
    if not asked.names:
        return None
    if len(asked.attributes) == 1 and asked.words == asked.attributes:
        return _of_attribute(asked, asked.attributes[0], asked.shown(asked.attributes[0]))
    return _of_several_words(asked) or _of_extent(asked)


def count(asked: Asked) -> Denied | None:
    """Return what no fact counts, where a question asks how many there are of it: of what is named, or at all."""
    counted = [concept for concept in _counted(asked) if concept in asked.words]
    ways = [concept for concept in asked.words if concept.is_name and concept not in counted]
    of = (*asked.names, *ways)
    if len(counted) != 1 or held.counts_of(asked.base, of, counted[0]):
        return None
    things = _things(asked, counted[0])
    others = (concept for concept in of if concept.is_name and concept.surface not in things.lower())
    return asked.denied("count", others, [things]) if things else None


def _things(asked: Asked, counted: Concept) -> str:
    """Return what is counted in whole words, "electric cars"; "" where that is a unit, or no more than the word before it."""
    is_whole = CHINESE.match(counted.surface) or counted.surface.endswith("s") or counted.surface in _PLURALS
    shown = asked.shown(counted) if is_whole else asked.with_neighbours(counted)
    if not _UNITS.isdisjoint(tokenize(normalize(shown))):
        return ""
    return shown if is_whole or " " in shown else ""


def _counted(asked: Asked) -> list[Concept]:
    """Return what a question wants counted: "how many students", "the number of students"."""
    text = normalize(asked.query.text)
    counting = [f"{sign} " for sign in asked.base.lexicon.quantity if sign.endswith((" many", " of"))]
    return [
        concept
        for concept in asked.query.concepts
        if not is_attribute(asked.base, concept)
        and (
            any(f"{sign}{concept.surface}" in text for sign in counting)
            or (CHINESE.match(concept.surface) and concept.surface in asked.query.measured)
        )
    ]


def _of_attribute(asked: Asked, attribute: Concept, shown: str) -> Denied | None:
    if len(asked.names) > 1:
        lacking = [name for name in asked.names if not held.figures_of(asked.base, name, attribute)]
        return asked.denied("figure", lacking, [shown]) if lacking else None
    (name,) = asked.names
    facts = held.figures_of(asked.base, name, attribute)
    if not facts:
        return asked.denied("figure", [name], [shown])
    years = sorted({figure.year for fact in facts for figure in fact.figures if figure.year})
    for year in asked.query.years:
        if facts.isdisjoint(held.of_year(asked.base, year)):
            return asked.denied("figure", [name], [shown], year, years)
    return None


def _of_several_words(asked: Asked) -> Denied | None:
    """Return the attribute that is named in several words beside each other, like "growth rate" or "share of GDP"."""
    words = [
        concept
        for concept in asked.query.concepts
        if not is_subject(asked.base, concept)
        and (concept in asked.words or is_attribute(asked.base, concept))
    ]
    is_measured = any(_is_measure(asked, concept) for concept in words)
    # With another word beside it, it may be no attribute but what is done: "what does it cost the zone".
    is_done = asked.query.money and _HOW_MUCH.match(asked.query.text)
    if not is_measured or len(asked.names) != 1 or is_done:
        return None
    (name,) = asked.names
    # "Higher GDP", "GDP 2018 nian" are no other attribute than the one that is held.
    lexicon = asked.base.lexicon
    is_same = any(
        one.surface in lexicon.degrees or not asked.base.parser.is_word(one.surface)
        for one in words
        if not _is_measure(asked, one) and " " not in one.surface
    )
    are_held = any(held.figures_of(asked.base, name, one) for one in words if is_attribute(asked.base, one))
    phrase = "" if is_same and are_held else _phrase(asked, words)
    if not phrase or held.speaking_of(asked.base, name, *words):
        return None
    return asked.denied("figure", asked.names, [phrase])


def _is_measure(asked: Asked, concept: Concept) -> bool:
    return is_attribute(asked.base, concept) or concept.surface in asked.base.lexicon.shares


def _phrase(asked: Asked, words: list[Concept]) -> str:
    """Return words as they stand in a question, if they stand together; "" where they do not. What is done "in" or "with" something
    is no part of them: "population lives in".
    """
    text = asked.query.text
    at = {concept: text.lower().find(concept.surface) for concept in words}
    ordered = sorted(words, key=lambda concept: at[concept])
    if ordered and _DONE.match(text, at[ordered[-1]] + len(ordered[-1].surface)):
        last = max(place for place, concept in enumerate(ordered) if _is_measure(asked, concept))
        ordered = ordered[: last + 1]
    if not ordered or min(at.values()) < 0:
        return ""
    ends = [at[concept] + len(concept.surface) for concept in ordered]
    gaps = (text[end : at[behind]] for end, behind in zip(ends, ordered[1:], strict=False))
    if not all(map(_BETWEEN.fullmatch, gaps)):
        return ""
    phrase = text[at[ordered[0]] : ends[-1]]
    return " ".join(map(asked.shown, ordered)) if CHINESE.search(phrase) else _in_capitals(asked, phrase)


def _in_capitals(asked: Asked, phrase: str) -> str:
    """Return words with the capitals that the base has: "GDP growth"."""
    for concept in asked.query.concepts:
        shown = asked.shown(concept) if not is_subject(asked.base, concept) else ""
        if shown.isupper():
            phrase = re.sub(rf"\b{re.escape(concept.surface)}\b", shown, phrase, flags=re.IGNORECASE)
    return phrase


def _of_extent(asked: Asked) -> Denied | None:
    """Return the attribute that is asked for by what it is like: "how tall" wants a height."""
    if asked.words or len(asked.names) != 1:
        return None
    (name,) = asked.names
    attribute = _extent(asked.base.lexicon, asked.query.text)
    records = (asked.base.entity(slug) for slug in name.owners)
    if not attribute or not all(isinstance(record, Place | Pairing) for record in records):
        return None
    concepts = asked.base.parse(attribute).concepts
    return _of_attribute(asked, concepts[0], attribute) if concepts else None


def _extent(lexicon: Lexicon, text: str) -> str:
    folded = normalize(text)
    words = f" {' '.join(tokenize(folded))} "
    for sign, attribute in (entry.rsplit(" ", 1) for entry in sorted(lexicon.extents)):
        if sign in folded if CHINESE.match(sign) else f" {sign} " in words:
            return attribute
    return ""
