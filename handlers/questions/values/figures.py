"""The figure of a fact that a question asks for, as the statement prints it: "675.523 billion yuan"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import dropwhile, takewhile
from typing import Final

from handlers.questions.values.wanted import Wanted, attributes
from handlers.say import say
from knowledge.base import FactBase
from knowledge.model import Fact, Figure, Place
from knowledge.names.mentions import exact_in_words
from knowledge.names.resolver import NameResolver
from knowledge.search.intent import asks_share
from knowledge.search.query import Query
from knowledge.text.normalize import normalize, stem, tokenize

_NUMERALS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "twice": 2, "a quarter": 1 / 4, "one quarter": 1 / 4, "half": 1 / 2, "a third": 1 / 3, "one third": 1 / 3,
}  # fmt: skip
_BEFORE: Final = r"(?:(?:(?:no )?(?:more|less|fewer) than|nearly|almost|about|around|some|over|up to|at (?:least|most)|roughly) )?"
_NUMBER: Final = re.compile(
    rf"(?<![\w.]){_BEFORE}(\d[\d,]*/\d+|\d[\d,]*(?:\.\d+)?(?:-\d+)?|{'|'.join(sorted(_NUMERALS, key=len, reverse=True))})(?![\w-])%?",
    re.IGNORECASE,
)
_BEYOND: Final = re.compile(r"\b(?:exceed|exceeds|exceeded|passed|surpass\w*) $")
_SCALE: Final = re.compile(
    r" (?:(?:thousand|million|billion|trillion)(?: (?:US )?(?:yuan|dollars|RMB))?|(?:US )?(?:yuan|dollars|RMB)"
    r"|(?:square |cubic )?(?:kilo|centi)?met(?:er|re)s|hectares|tonnes|tons)\b"
)
# Of what a share is one, or as many times what: "1/6 of the country's", "twice that of Suzhou (Jiangsu)".
_WHOLE: Final = re.compile(
    r"(?: times)? (?:of (?!the (?:next|previous))|that of )[^,.;]+?(?=[,.;]| (?:according|and|as|by|for|in|is|on|or|to|was|were|while|with) |$)"
)
# What is counted goes on with another count: "three provinces and one city".
_AND_COUNTED: Final = re.compile(
    rf",? and (?:\d[\d,]*|{'|'.join(one for one in _NUMERALS if ' ' not in one)}) [\w'’-]+"
)
# "R&D expenditures of", "Effective invention patents held in": what a share is of, as the sentence begins.
_BEGINS: Final = re.compile(
    r"(?:The )?([\w&'’-]+(?: [\w&'’-]+){0,4}?)(?: (?:held|made|filed))?(?: (?:of|in|from|by)\b|['’]s\b)"
)
_MOST_BEHIND: Final = 3
# What asks for an amount, and no count; and the units of such.
_HOW_MUCH: Final = re.compile(
    r"how (?:much|big|large|wide)|(?:what|which) (?:share|percentage|proportion|fraction)|多大|比例|占比|比重|份额|面积"
)
_HOW_BIG: Final = re.compile(r"how (?:big|large|wide)|多大|面积")
_AMOUNTS: Final = frozenset(["share", "times", "km2", "hectares", "tonnes", "kilometres"])
_HOW_MANY: Final = re.compile(r"\b(?:how many|number of)((?: [\w-]+){1,3})")
# What is counted is no share.
_COUNTS: Final = re.compile(r"\b(?:how many|number of)\b|几[个座家人名位]|多少[个座家人名位]")
# What is shared out among heads is no sum, and a sum is not shared out.
_EACH: Final = re.compile(r"\bper (?:capita|head|person|inhabitant)\b|\bp ?\.?c\b|人均")
_UNITS: Final = {"km2": "square kilometres"}
_SEVERAL: Final = 2
# Shares are printed as fractions.
_DIGITS: Final = 2
_TIMES: Final = frozenset(["year", "years"])


def figure(base: FactBase, query: Query, wanted: Wanted, fact: Fact) -> str:
    """Return the figure that is asked for, as the statement prints it; "" where none is, or several are."""
    fitting = [
        one
        for one in fact.figures
        if one.unit not in _TIMES
        and _is_of_year(query, fact, one)
        and _is_of_what_is_named(base, wanted, one)
    ]
    measured = _counted(base.lexicon.stop, query) or attributes(base.lexicon, query)
    if len(fitting) > 1 or measured:
        fitting = [one for one in fitting if _measures(query, wanted, measured, one)]
    text = normalize(query.text)
    fitting = [
        one for one in fitting if bool(_EACH.search(text)) == bool(_EACH.search(f"{one.of} {one.unit}"))
    ]
    if _HOW_MUCH.search(text):
        fitting = [one for one in fitting if _is_amount(base, one)]
    if _COUNTS.search(text):
        fitting = [one for one in fitting if not _is_share(one)]
    if _HOW_BIG.search(text) and not measured:
        fitting = [one for one in fitting if base.lexicon.currencies.isdisjoint(one.unit.split())]
    is_of_sum = query.money and not asks_share(query.text)
    if is_of_sum and not any(word in fact.statement for word in base.lexicon.currencies):
        return ""
    asked_for = [one for one in fact.figures if not _stems(one.unit).isdisjoint(wanted.words)]
    if len(fitting) != 1 or len(asked_for) >= _SEVERAL:
        return ""
    (one,) = fitting
    printed = _printed(fact.statement, one)
    return _with_year(base, fact, one, printed) if printed else ""


def _is_of_year(query: Query, fact: Fact, one: Figure) -> bool:
    if not query.years:
        return True
    return one.year in query.years or any(str(year) in fact.statement for year in query.years)


def _is_of_what_is_named(base: FactBase, wanted: Wanted, one: Figure) -> bool:
    """Say whether a figure is of what the question names, where both name something: the GDP of Jining is not Xuzhou's."""
    named = _named_in(base.names, one.of)
    places = [record for slug in wanted.named if isinstance(record := base.entity(slug), Place)]
    if not named or not places or any(named[0] == place.slug for place in places):
        return True
    # Cities around Wuhan in its metropolitan area are those of the Wuhan metropolitan area.
    return any(" " in place.name and _stems(place.name) <= _stems(one.of) for place in places)


@lru_cache(2048)
def _named_in(known: NameResolver, text: str) -> tuple[str, ...]:
    found = exact_in_words(known, tokenize(normalize(text)))
    return tuple(
        records[0].slug for _, _, records in found if len(records) == 1 and isinstance(records[0], Place)
    )


def _counted(stop: frozenset[str], query: Query) -> frozenset[str]:
    """Return the words for what a question wants counted or measured: "how many textile associations" are associations too."""
    words = {word for word in query.measured if word.isascii()}
    for found in _HOW_MANY.finditer(normalize(query.text)):
        # Up to the verb: "how many cities does Shanghai have".
        counted = dropwhile(stop.__contains__, found[1].split())
        words.update(takewhile(lambda word: word not in stop, counted))
    return frozenset(words)


def _is_share(one: Figure) -> bool:
    return "%" in one.unit or "share" in tokenize(normalize(one.unit))


def _is_amount(base: FactBase, one: Figure) -> bool:
    """Say whether a figure is no count: a sum, a share, an area."""
    words = tokenize(normalize(one.unit))
    return "%" in one.unit or not _AMOUNTS.union(base.lexicon.currencies).isdisjoint(words)


def _measures(query: Query, wanted: Wanted, measures: frozenset[str], one: Figure) -> bool:
    """Say whether a figure is of what the question wants measured, in whatever words."""
    words = _stems(f"{one.of} {one.unit} {_UNITS.get(one.unit, '')}")
    if not words.isdisjoint(frozenset(part for word in measures for part in _stems(word)) or wanted.words):
        return True
    said = [
        concept
        for concept in query.concepts
        if not concept.is_name
        and (
            any(word in normalize(concept.surface) or normalize(concept.surface) in word for word in measures)
            or any(form == (stem(word),) for word in measures for form, _ in concept.alternatives)
        )
    ]
    return any(words.issuperset(form) for concept in said for form, _ in concept.alternatives)


@lru_cache(2048)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, tokenize(normalize(text))))


def _printed(statement: str, one: Figure) -> str:
    """Return a figure with what stands before and behind it: "more than 10 robot-related projects"."""
    for found in _NUMBER.finditer(statement):
        if not any(round(value, _DIGITS) == round(one.value, _DIGITS) for value in _values(found[1])):
            continue
        printed = found[0] + _behind(statement[found.end() :], one)
        if printed.endswith("'s"):
            # "1/6 of the country's" is of its population, as the sentence began.
            printed = f"{printed} {_shared(statement, one)}"
        is_beyond = _BEYOND.search(statement[: found.start()]) and "than" not in printed
        return say("more than {figure}", figure=printed) if is_beyond else printed
    return ""


def _shared(statement: str, one: Figure) -> str:
    """Return what a share is of: the words that the statement begins with, where these are what the figure is of."""
    begun = _BEGINS.match(statement)
    if not begun or not _stems(begun[1]) <= _stems(one.of):
        return one.of.split(" of ")[0]
    first, *others = begun[1].split(" ")
    return " ".join((first if first.isupper() or "&" in first else first.lower(), *others))


def _with_year(base: FactBase, fact: Fact, one: Figure, printed: str) -> str:
    """Return a sum with the year that it is of, if that is known."""
    if not one.year or base.lexicon.currencies.isdisjoint(one.unit.split()):
        return printed
    if f"{one.year}, inferred" in fact.statement:
        return say("{value} ({year}, inferred)", value=printed, year=str(one.year))
    return say("{value} ({year})", value=printed, year=str(one.year))


def _values(printed: str) -> Iterator[float]:
    number = printed.lower().replace(",", "")
    if number in _NUMERALS:
        yield _NUMERALS[number]
    elif "/" in number:
        above, below = number.split("/")
        yield float(above) / float(below)
    else:
        yield float(number.split("-")[0])


def _behind(rest: str, one: Figure) -> str:
    """Return the words behind a number that belong to it: its unit, up to the noun that is counted."""
    if whole := _WHOLE.match(rest):
        return whole[0]
    if scale := _SCALE.match(rest):
        return scale[0]
    noun = _stems(one.unit.split("(")[0].strip().rsplit(" ", 1)[-1] or one.unit)
    end = 0
    for found in list(re.finditer(r" [\w'’-]+", rest))[:_MOST_BEHIND]:
        if found.start() != end:
            break
        end = found.end()
        if not noun.isdisjoint(_stems(found[0])) or not noun.isdisjoint(tokenize(found[0].lower())[-1:]):
            more = _AND_COUNTED.match(rest, end)
            return rest[: more.end() if more else end]
    return ""
