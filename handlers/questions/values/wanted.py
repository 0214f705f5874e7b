"""What of a fact a question wants to see: a number, a time, names of some sort, a list, what something is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from handlers.questions.values.titles import titles
from knowledge.lexicon import Lexicon
from knowledge.names.resolver import Ambiguous, Found
from knowledge.search.intent import AnswerType, asks_share
from knowledge.search.query import Query
from knowledge.text.normalize import CHINESE, normalize, stem, tokenize

SORTS: Final = ("cities", "districts", "counties", "provinces", "bodies", "persons")
"""The sorts of names a question may ask for: uses of words in the lexicon."""

LOCALITIES: Final = frozenset(["localities", "locality", "place", "places"])
"""The nouns that ask for places of any sort."""

_WHICH: Final = frozenset(["which", "what", "wich", "whats"])
_WHO: Final = frozenset(["who", "whom", "whose", "whos"])
_WHERE: Final = frozenset(["where", "wheres"])
_WHEN: Final = frozenset(["when"])
_HOW: Final = frozenset(["how", "why"])
_AUXILIARIES: Final = frozenset([
    "is", "are", "was", "were", "has", "have", "had", "did", "do", "does", "will", "can", "could", "may", "should", "would",
    "might", "must",
])  # fmt: skip
# A city group is no city, and what kind of city one is asks for no city.
_NO_NAMES: Final = frozenset([
    "cluster", "clusters", "group", "groups", "kind", "kinds", "sort", "sorts", "type", "types",
])  # fmt: skip
_OTHERS: Final = frozenset(["besides", "else", "except", "other", "others"])
_PLURALS: Final = frozenset(["cities", "counties", "districts", "provinces", "towns", "universities"])
_COUNTS: Final = frozenset(
    [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "all",
        "other",
        "the",
        "of",
    ]
)
# Words between "which" and the sort of thing: "which two of the ... cities".
_BETWEEN: Final = 4
_WHICH_IN_CHINESE: Final = re.compile(r"(?:哪|什么|几)[一两二三四五六七八九十几些]?[个家座位所]?")
_SEVERAL_IN_CHINESE: Final = re.compile(r"哪[些几两二三四五六七八九十]")
_SORT_IN_CHINESE: Final = 4
_WHEN_IN_CHINESE: Final = re.compile(r"哪一?天|哪个月|几号|几月")
_NUMBER: Final = re.compile(r"\b(?:which|what) number\b")
_ASKS_IN_CHINESE: Final = re.compile(r"[几哪谁]|什么|如何|怎|为何|吗")
# "What did they sign?", and not what they did.
_DEED: Final = re.compile(
    r" what (?:did|does) (?:\S+ ){1,10}?(?!do |say )([a-z]{3,}(?<!ing))(?: together| jointly)? $"
)
_LISTING: Final = frozenset(["list", "lists", "name", "names"])
# What asks for a list may stand behind words of politeness, and some of these before the sort of thing.
_BEFORE_LISTING: Final = 3
_ALL: Final = frozenset(["all", "me", "of", "the", "us"])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question wants. `sorts` are the sorts of names asked for, as in `SORTS`; `noun` is the word for what is asked.

    `deed` is the
    stem of the verb of which the object is asked for. `named` are the records that it names itself, `words` the stems of its words, `tie` says whether it is about whom
    somebody is tied to, `partner` whether that is what it wants, `is_compound` whether it asks several things.
    """

    words: frozenset[str]
    named: frozenset[str]
    sorts: tuple[str, ...] = ()
    noun: str = ""
    deed: str = ""
    number: bool = False
    time: bool = False
    tie: bool = False
    partner: bool = False
    speaker: bool = False
    publisher: bool = False
    called: bool = False
    where: bool = False
    who: bool = False
    others: bool = False
    single: bool = False
    several: bool = False
    is_whole: bool = False
    is_compound: bool = False
    titles: frozenset[str] = frozenset()


@lru_cache(maxsize=64)
def wanted(lexicon: Lexicon, query: Query) -> Wanted:
    """Return what of a fact a question wants to see; kept, as it is asked for every fact that is shown."""
    text = normalize(query.text)
    words = tokenize(text)
    joined = f" {' '.join(words)} "
    sorts, noun = _sorts(lexicon, words, text)
    is_who = _is_asked(_WHO, words) or bool(re.search(r"谁|何人|哪位", text))
    is_where = _is_asked(_WHERE, words) or bool(re.search(r"哪里|哪儿|何处|何地|在哪(?![些个家座])", text))
    is_time = (
        query.answer_type is AnswerType.TIME
        or _is_asked(_WHEN, words)
        or _says(lexicon.time - _WHEN, joined, text)
        or bool(_WHEN_IN_CHINESE.search(text))
    )
    is_number = (
        query.answer_type is AnswerType.QUANTITY
        or bool(_NUMBER.search(text))
        or asks_share(text)
        or _is_bare_attribute(lexicon, query, words)
    )
    is_tied = _says(lexicon.ties | lexicon.twins, joined, text)
    asks_place = is_who or is_where or any(sort not in ("bodies", "persons") for sort in sorts)
    return Wanted(
        words=frozenset(stem(word) for word in words),
        named=frozenset(_named(query)) - _named_by_office(query, lexicon),
        sorts=tuple(dict.fromkeys(sorts)),
        noun=noun,
        deed=stem(deed[1]) if (deed := _DEED.search(joined)) else "",
        number=is_number,
        time=is_time,
        tie=is_tied,
        partner=is_tied
        and (asks_place or bool(re.search(r"\bwhat (?:is|are|was|were) .* (?:with|to)$", joined.strip()))),
        speaker=_asks_who(lexicon.saying, words, text),
        publisher=_asks_who(lexicon.publishing, words, text),
        called=_says(lexicon.naming, joined, text),
        where=is_where,
        who=is_who,
        others=not _OTHERS.isdisjoint(words) or "还有" in text or "其他" in text,
        single=bool(noun) and not noun.endswith("s"),
        several=bool(sorts) and (noun in _PLURALS or _SEVERAL_IN_CHINESE.search(text) is not None),
        is_whole=_is_answered_whole(words, text, is_number=is_number),
        is_compound=sum((is_who, is_where, is_time, is_number, *(1 for _ in sorts))) > 1
        or _asks_twice(words),
        titles=titles(lexicon, query),
    )


def _is_asked(signs: frozenset[str], words: list[str]) -> bool:
    """Say whether one of these words asks, and joins nothing: "a boss who works" asks for nobody."""
    return any(
        word in signs
        and (
            at == 0
            or at == len(words) - 1
            or words[at + 1] in _AUXILIARIES
            or words[at - 1] in ("and", "by", "with", "from", "to", "in")
            or _WHICH.union(_HOW, _WHO, _WHERE, _WHEN).isdisjoint(words[:at])
        )
        for at, word in enumerate(words)
    ) and (words[0] not in _HOW or words[0] in signs)


def _is_listing(words: list[str], at: int) -> bool:
    """Say whether a word asks for a list: "please list the core cities", and no "name of"."""
    return (
        words[at] in _LISTING
        and at < _BEFORE_LISTING
        and words[at + 1 : at + 2] != ["of"]
        and _WHICH.union(_HOW, _WHO, _WHERE, _WHEN, _AUXILIARIES).isdisjoint(words[:at])
    )


def _is_bare_attribute(lexicon: Lexicon, query: Query, words: list[str]) -> bool:
    """Say whether a question is no more than a name and what is to be told of it: "GDP Xuzhou", "compare the GDP of ..."."""
    asking = _WHICH.union(_HOW, _WHO, _WHERE, _WHEN, _AUXILIARIES)
    is_asked_otherwise = not asking.isdisjoint(words) or _ASKS_IN_CHINESE.search(normalize(query.text))
    has_name = any(concept.is_name for concept in query.concepts)
    return has_name and not is_asked_otherwise and bool(attributes(lexicon, query))


def attributes(lexicon: Lexicon, query: Query) -> frozenset[str]:
    """Return the attributes that a question speaks of, in whatever words: 面积 is an area."""
    by_stem = {stem(word): word for word in lexicon.attributes}
    return frozenset(
        by_stem[form[0]]
        for concept in query.concepts
        for form, _ in concept.alternatives[: None if CHINESE.search(concept.surface) else 1]
        if len(form) == 1 and form[0] in by_stem and not concept.is_name
    )


def _named_by_office(query: Query, lexicon: Lexicon) -> frozenset[str]:
    """Return the slugs of whom a question names by an office alone: "the director of the institute"."""
    return frozenset(
        slug
        for concept in query.concepts
        if not lexicon.titles.isdisjoint(concept.surface.split())
        for slug in concept.owners
    )


def _asks_twice(words: list[str]) -> bool:
    return any(sum(word in signs for word in words) > 1 for signs in (_WHICH, _WHO, _WHERE, _WHEN))


def _says(signs: frozenset[str], joined: str, text: str) -> bool:
    return any(f" {sign} " in joined if sign.isascii() else sign in text for sign in signs)


def _named(query: Query) -> Iterator[str]:
    """Yield the slugs of all that a question names."""
    for mention in query.mentions:
        match mention.resolution:
            case Found(record=record):
                yield record.slug
            case Ambiguous(records=records):
                yield from (record.slug for record in records)
    for concept in query.concepts:
        yield from concept.owners


def _sorts(lexicon: Lexicon, words: list[str], text: str) -> tuple[list[str], str]:
    """Return the sorts of names that are asked for, and the noun behind "which"."""
    sorts: list[str] = []
    noun = ""
    by_word = _by_word(lexicon)
    for at, word in enumerate(words):
        if word not in _WHICH and not _is_listing(words, at):
            continue
        phrase, following = _phrase(lexicon, words, at + 1)
        if not _NO_NAMES.isdisjoint(phrase):
            continue
        # Which city structure is asked for no city.
        is_of_another = following in _AUXILIARIES and phrase and phrase[-1] not in by_word
        asked = next((one for one in phrase if one in by_word), "")
        if asked and not is_of_another:
            sorts.append(by_word[asked])
            noun = noun or asked
        elif phrase and not noun:
            is_last = following in _AUXILIARIES or following in ("", "of") or len(phrase) == 1
            localities = (one for one in phrase if one in LOCALITIES)
            noun = next(localities, phrase[-1] if is_last else phrase[-2])
    for found in _WHICH_IN_CHINESE.finditer(text):
        behind = text[found.end() : found.end() + _SORT_IN_CHINESE]
        sorts.extend(
            next(
                (
                    [by_word[behind[:length]]]
                    for length in range(len(behind), 0, -1)
                    if behind[:length] in by_word
                ),
                [],
            )
        )
    return sorts, noun


def _phrase(lexicon: Lexicon, words: list[str], start: int) -> tuple[list[str], str]:
    """Return the words from there on that may name a sort of thing, and the word behind them."""
    phrase: list[str] = []
    for word in words[start : start + _BETWEEN + 1]:
        is_before = not phrase and (word in _COUNTS or word in _ALL or word.isdigit())
        if not is_before and (word in _AUXILIARIES or word in lexicon.stop or word in lexicon.ends):
            return phrase, word
        if not is_before:
            phrase.append(word)
    return phrase, "" if start + len(phrase) >= len(words) else "the"


@lru_cache(maxsize=8)
def _by_word(lexicon: Lexicon) -> dict[str, str]:
    return {word: sort for sort in SORTS for word in getattr(lexicon, sort)}


def _asks_who(doing: frozenset[str], words: list[str], text: str) -> bool:
    """Say whether it is asked who did one of these, said something or published it: "who thinks", 谁认为."""
    for at, word in enumerate(words):
        if word in _WHO:
            behind = [one for one in words[at + 1 : at + 3] if one not in _AUXILIARIES]
            return bool(behind) and behind[0] in doing
    return any(f"谁{word}" in text for word in doing if CHINESE.match(word))


def _is_answered_whole(words: list[str], text: str, *, is_number: bool) -> bool:
    """Say whether only a whole statement answers: yes or no, why, how."""
    first = words[0] if words else ""
    is_how = first in _HOW and not is_number
    is_request = first in _AUXILIARIES and words[1:2] == ["you"]
    return (
        (first in _AUXILIARIES and not is_request)
        or is_how
        or bool(re.search(r"吗|是否|是不是|有没有|为什么|为何|怎么|如何", text))
    )
