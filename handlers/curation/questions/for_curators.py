"""Whether what nobody could answer is for curators: it asks something, and of the field, where people also just talk.

What a text says is weighed by the base alone. Of one that names something of the field it is weighed what it asks of that, by
`signs` and, where there is an encoder, by its meaning (`odds_of_talk`); else names and terms of the field speak for it, and against it everyday words that no fact needs. A sentence that asks
nothing must be made of the first and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.curation.questions.signs import Signs, signs
from knowledge.base import FactBase
from knowledge.dates import DAYS, DAYS_IN_FULL, MONTHS, MONTHS_IN_FULL
from knowledge.model import Place, Topic
from knowledge.names.mentions import Mention
from knowledge.names.resolver import Found, Outside
from knowledge.search.intent import AnswerType
from knowledge.search.negation import is_rest
from knowledge.search.query import Concept, Query
from knowledge.search.vectors.talk import odds_of_talk
from knowledge.text.chinese import syllables, words
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import Level

# What counts are told in: names and what is against weigh as much as the tuning of the base says.
_TERM: Final = 1.0
_EVERYDAY: Final = -1.0
_LEAST: Final = 1.0
_SHORTEST_WORD: Final = 4
"""Letters of a word: fewer may be short for something."""
_TIMES: Final = frozenset(map(str.lower, (*DAYS, *DAYS_IN_FULL, *MONTHS, *MONTHS_IN_FULL)))
# Parts of speech as jieba names them: people, places, bodies.
_NAMES: Final = frozenset({"nr", "ns", "nt"})
# The grammar of questions and of what is asked for, closed classes of words.
_ASKING: Final = re.compile(
    r"[?？]|\b(?:what|whats|which|who|whos|whom|whose|when|where|wheres|why|how)\b"
    r"|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|any)\b"
    r"|^(?:please )?(?:tell|list|name|show|give|describe|explain|compare)\b"
    r"|[吗呢谁哪几]|什么|多少|怎么|怎样|如何|为何|是否|有没有|是不是",
    re.IGNORECASE,
)
# What is wanted done and not told, and by the clock: neither is ever in a base of facts.
_DOING: Final = re.compile(
    r"^(?:(?:hi|hello|hey|ok|so|and|please|pls|kindly|now)[\s,]+)*(?:(?:can|could|would|will) you (?:please )?|(?:i )?(?:need|want) you to )?"
    r"(?:draft|write|compose|type|translate|proofread|rewrite|summari[sz]e|send(?! me| us)|forward|post|e-?mail|call|ring|book|order|buy|schedule"
    r"|reschedule|arrange|cancel|remind|invite|make|create|prepare|upload|print)\s+"
    r"(?:an?|the|me|us|him|her|them|this|that|these|those|my|our|your|up|to|it|all|something|some)\b"
    r"|\bat (?:[01]?[0-9]|2[0-3])(?=\s*(?:$|[,.?!](?![0-9])|(?:about|with|for|on|today|sharp)\b))"
    r"|\b(?:[01]?[0-9]|2[0-3])(?::[0-5][0-9]| ?(?:am|pm|o['’]?clock))\b|\b(?:tomorrow|tonight|this (?:morning|afternoon|evening))\b"
    r"|^(?:请|麻烦|帮我|帮忙)?(?:帮我)?(?:写一?[封篇份个首]|起草|翻译|发一?[封个]|预订|安排|提醒)|明天|今晚",
    re.IGNORECASE,
)
# That of sentences, which keywords do without.
_TELLING: Final = re.compile(
    r"\b(?:i|im|ive|me|my|we|our|us|you|your|he|she|they|them|it|its|is|are|am|was|were|be|been|has|have|had|will|would|lets?)\b"
    r"|[我你您他她它咱了]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What of a text is for it, and what against it: names of the field, its terms, everyday words, and words that are none."""

    names: float
    terms: float
    everyday: float
    none: float = 0

    @property
    def weight(self) -> float:
        """Return what it comes to."""
        return self.names + self.terms + self.everyday + self.none

    @property
    def is_of_field(self) -> bool:
        """Say whether a name, or more than one lone term, is of the field."""
        return self.names > 0 or self.terms > _TERM


def are_told(base: FactBase, text: str, said: str, *, is_looked_up: bool) -> bool:
    """Say whether curators are told of `text`, a question; `said` are the words that it was made of in a thread.

    What `is_looked_up` by a command asks by that: it is told where it is not all everyday words.
    """
    if is_rest(said):
        return False
    query = base.parse(text)
    found = evidence(base, query)
    if is_looked_up:
        # A word that nobody knows is what was looked up.
        return found.weight - found.none >= 0
    if _DOING.search(text.strip()):
        return False
    if text == said:
        return _is_worth(base, query, found)
    own = base.parse(said)
    of_own = evidence(base, own)
    # What was borrowed of the question before it makes no question of what was talk.
    is_own = of_own.weight >= (0 if _asks(own) else _LEAST)
    return is_own and _asks_of_field(base, query, found)


def evidence(base: FactBase, query: Query) -> Evidence:
    """Return what speaks for and against a text being of the field."""
    named = {mention.typed: _of_name(base, mention) for mention in query.mentions}
    others = [
        _of_word(base, concept)
        for concept in query.concepts
        if not concept.is_name and concept.surface not in (*named, *query.strangers)
    ]
    of_name = base.tuning.name_of_field
    strangers = sum(of_name * _likeness_to_a_name(base, stranger) for stranger in query.strangers)
    return Evidence(
        sum(weight for weight in named.values() if weight > _TERM) + strangers,
        sum(weight for weight in (*named.values(), *others) if 0 < weight <= _TERM),
        sum(weight for weight in others if weight < 0),
        sum(_EVERYDAY for concept in query.concepts if _is_no_word(base, query, concept)),
    )


def _is_worth(base: FactBase, query: Query, found: Evidence) -> bool:
    if not _asks(query) and _TELLING.search(query.text):
        return bool(found.names) and not found.everyday and found.weight >= base.tuning.telling
    return _asks_of_field(base, query, found)


def _asks_of_field(base: FactBase, query: Query, found: Evidence) -> bool:
    """Say whether a question is of the field: where it names something of that, by what it asks of it."""
    asked = signs(base, query)
    if found.names > 0 and not asked.is_on_a_name:
        return _weight(base, query, asked) + found.none >= 0
    is_asked = asked.terms > 1 and asked.weight(base) >= 0
    return is_asked or (found.is_of_field and found.weight >= _LEAST)


def _weight(base: FactBase, query: Query, asked: Signs) -> float:
    """Return what speaks for a question that names something of the field: its signs, with its meaning where there is an
    encoder.
    """
    signs_of_it = asked.weight(base)
    odds = odds_of_talk(query.text, signs_of_it, base.encoder, base.seeds.talk)
    return signs_of_it if odds is None else -odds


def _asks(query: Query) -> bool:
    return query.answer_type is not AnswerType.ANYTHING or _ASKING.search(query.text.strip()) is not None


def _of_name(base: FactBase, mention: Mention) -> float:
    match mention.resolution:
        case Outside(place=place):
            # A place abroad is nobody's here; one of the same country may be.
            return base.tuning.name_of_field if _is_at_home(base, place.within) else 0.0
        case Found(record=Topic()):
            return _TERM
        case _:
            return base.tuning.name_of_field


def _is_at_home(base: FactBase, within: str) -> bool:
    match base.resolve(within, slips=False):
        case Outside(place=wider):
            return _is_at_home(base, wider.within)
        case Found(record=Place(level=level, slug=slug)):
            return level is not Level.COUNTRY or slug in base.going_without_saying
        case _:
            return False


def _of_word(base: FactBase, concept: Concept) -> float:
    word = concept.surface
    if word in base.lexicon.slight or word in _TIMES or not any(map(str.isalpha, word)):
        return 0.0
    if base.termhood.is_of_field(concept.terms):
        return _TERM
    if CHINESE.search(word):
        # Of a word that is not known each pair of characters is one.
        return -base.tuning.pair_of_none
    return _EVERYDAY if base.termhood.is_everyday(word) and not concept.corrected else 0.0


def _is_no_word(base: FactBase, query: Query, concept: Concept) -> bool:
    """Say whether a word is neither English, nor pinyin, nor said by any entry, nor a slip of such a one."""
    word = concept.surface
    if concept.is_name or concept.corrected or word in query.strangers or len(word) < _SHORTEST_WORD:
        return False
    is_known = word in base.english or len(syllables(word)) > 1 or bool(base.holding.of_all(concept.terms))
    return word.isascii() and word.isalpha() and not is_known


def _likeness_to_a_name(base: FactBase, stranger: str) -> int:
    """Return 1 of what nobody here has heard of and may be Chinese, a name of the dictionary or pinyin; -1 of what has a name
    that English knows, Bob or Atlantis: who asks about that asks about nothing of the field; else 0.
    """
    if CHINESE.search(stranger):
        return int(any(word.part[:2] in _NAMES for word in words(stranger)))
    if stranger in base.english:
        return -1
    return int(len(syllables(stranger)) > 1)
