"""What a text that names something of the field asks of it: signs by which a question of the field is told from talk that names the place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.base import FactBase
from knowledge.dates import DAYS, DAYS_IN_FULL, MONTHS, MONTHS_IN_FULL
from knowledge.search.intent import AnswerType
from knowledge.search.query import Query
from knowledge.text.chinese import words
from knowledge.text.normalize import CHINESE, bigrams, normalize, stem, tokenize

_TIMES: Final = frozenset(map(str.lower, (*DAYS, *DAYS_IN_FULL, *MONTHS, *MONTHS_IN_FULL)))
_ENOUGH: Final = 4
"""Things that are asked about: more tell nothing new."""
_CHINESE_RUN: Final = re.compile(r"[㐀-鿿]+")
_WITHOUT_YEAR: Final = re.compile(
    rf"\b(?:in|until|till|by|since) (?:{'|'.join(MONTHS_IN_FULL)})\b(?!,? [0-9])", re.IGNORECASE
)
# Grammar, closed classes of words: who is speaking, and what keywords do without.
_OWN: Final = re.compile(r"\b(?:i|i['’]?m|i['’]?ve|me|my|we|our|us|you|your)\b|[我你您咱]", re.IGNORECASE)
_SENTENCE: Final = re.compile(
    r"[?？]|n['’]t\b|\b(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should|shall|may|i|we|you|he|she|they"
    r"|it|that|this|my|our|your|lets?|please)\b|[我你您他她它咱了吗呢没是]|什么",
    re.IGNORECASE,
)
_NEGATED: Final = re.compile(r"\b\w+n['’]t\b", re.IGNORECASE)
# "What is the rent in Wuhu" wants what a place has; "is the file open" is about one that both know.
_PARTICULAR: Final = re.compile(r"^(?!what(?:['’]?s| is| are| was| were) the\b).*\bthe\b", re.IGNORECASE)
_YES_OR_NO: Final = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|shall|should|may|any)\b|[吗嘛么][?？]?$",
    re.IGNORECASE,
)
# An act that is over or not is asked about among those who know of it.
_DONE: Final = re.compile(r"\b(?:yet|already|again)\b|了(?:没有?|吗|么|嘛)", re.IGNORECASE)
# Parts of speech as jieba names them: pronouns, adverbs, prepositions, conjunctions, particles, numerals and measures, places within.
_GRAMMAR: Final = frozenset("rdpcuymqfeo")


@dataclass(frozen=True, slots=True)
class Signs:
    """How many words say what is asked (`things`), how many of them are terms of the field and how many people's own `affairs`;
    and whether several names stand in it, an amount or a year is asked for, it is made of keywords, speaks of whoever asks, of a moment
    told from today, or of one particular thing that is no term.
    """

    things: int
    terms: int
    affairs: int
    several: bool
    amount: bool
    dated: bool
    keywords: bool
    own: bool
    moment: bool
    particular: bool
    yes_or_no: bool
    done: bool

    @property
    def is_on_a_name(self) -> bool:
        """Say whether nothing but a name is asked about, and of nobody's own."""
        return not (
            self.things or self.affairs or self.own or self.moment or self.particular or self.yes_or_no
        )

    def weight(self, base: FactBase) -> float:
        """Return what they come to, as the tuning of `base` weighs them: nought or more for a question of the field."""
        by = base.tuning
        return (
            by.asked_least
            + by.asked_thing * min(_ENOUGH, self.things)
            + by.asked_term * self.terms
            + by.asked_affair * min(2, self.affairs)
            + by.asked_of_several * self.several
            + by.asked_amount * self.amount
            + by.asked_of_year * self.dated
            + by.asked_in_keywords * self.keywords
            + by.asked_of_own * self.own
            + by.asked_at_a_moment * self.moment
            + by.asked_of_one * self.particular
            + by.asked_yes_or_no * self.yes_or_no
            + by.asked_if_done * self.done
        )


def signs(base: FactBase, query: Query) -> Signs:
    """Return the signs in a question."""
    text = query.text.strip()
    words_said = tuple(dict.fromkeys(_words(base, query)))
    things = tuple(word for word in words_said if _says_something(base, word))
    affairs = base.lexicon.affairs.intersection(words_said)
    terms = sum(_is_term(base, word) for word in things if word not in affairs)
    return Signs(
        things=len(things),
        terms=terms + any(office in text for office in base.lexicon.offices if CHINESE.search(office)),
        affairs=len(affairs),
        several=len(query.mentions) > 1,
        amount=query.answer_type is AnswerType.QUANTITY,
        dated=bool(query.years),
        keywords=not _SENTENCE.search(text),
        own=_OWN.search(text) is not None,
        moment=_at_a_moment(base, text),
        particular=_PARTICULAR.search(text) is not None,
        yes_or_no=_YES_OR_NO.search(text) is not None,
        done=_DONE.search(text) is not None,
    )


def _words(base: FactBase, query: Query) -> Iterator[str]:
    """Yield the words of a question, names and grammar left out; a slip as what it was read as."""
    text = normalize(_NEGATED.sub(" ", query.text))
    for mention in query.mentions:
        text = text.replace(normalize(mention.typed), " , ")
    slips = {concept.surface: concept.corrected for concept in query.concepts if concept.corrected}
    for token in tokenize(text):
        yield from _cut(token) if CHINESE.search(token) else (slips.get(token, token),)


def _cut(token: str) -> Iterator[str]:
    for run in _CHINESE_RUN.findall(token):
        yield from (word.text for word in words(run) if word.part[:1] not in _GRAMMAR)


def _says_something(base: FactBase, word: str) -> bool:
    lexicon = base.lexicon
    is_light = any(word in listed for listed in (lexicon.slight, lexicon.asking, lexicon.moments, _TIMES))
    return not is_light and any(map(str.isalpha, word))


def _is_term(base: FactBase, word: str) -> bool:
    lexicon = base.lexicon
    if any(
        word in wanted for wanted in (lexicon.attributes, lexicon.extents, lexicon.offices, lexicon.posts)
    ):
        return True
    pairs = bigrams(word) if CHINESE.search(word) else ()
    return base.termhood.is_of_field((*pairs, word, stem(word)))


def _at_a_moment(base: FactBase, text: str) -> bool:
    """Say whether a text tells a time from today, or a month of no year."""
    said = " ".join(tokenize(normalize(text)))
    if _WITHOUT_YEAR.search(text):
        return True
    return any(
        moment in said if CHINESE.search(moment) else f" {moment} " in f" {said} "
        for moment in base.lexicon.moments
    )
