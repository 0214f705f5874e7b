"""What a question wants: a quantity, a time, a place; and of what sort of thing.

Told by the words of a lexicon. In every function `words` are those of the folded question, and `text` is the question
as it was typed, for Chinese, whose words do not stand apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum
from functools import lru_cache

from knowledge.lexicon import Lexicon
from knowledge.names.mentions import Mention
from knowledge.text.normalize import normalize, tokenize


class AnswerType(Enum):
    """What sort of thing the question wants."""

    QUANTITY = "quantity"
    TIME = "time"
    PLACE = "place"
    PERSON = "person"
    REASON = "reason"
    ANYTHING = "anything"


_COUNTED_IN_CHINESE = re.compile(r"([㐀-鿿]{2})(?:总数|总量)?(?:一共|共)?(?:有|是|为|达)?多少")
# "How much bigger is Xuzhou than Jining", and not 比例.
THAN_IN_CHINESE = r"(?<![对相占可分同环])比(?![例较重如率])"
_BY_DEGREE_IN_CHINESE = re.compile(rf"{THAN_IN_CHINESE}.+?[大小高低长短快慢早晚多少强]")
_COUNTED = re.compile(r"\bhow many((?: \w+){1,3})")
_OF_WHAT = re.compile(r"\b(?:how many|which|name|list)((?: \w+){1,4})")
_ASKING = r"(?:.*\b)?(?:how|what|which|who|whom|whose|when|where|why|do|does|did|is|are|was|were|has|have|had|can|could|may|must|should|would|will)\b"
_SHARES = "share|percentage|proportion|fraction"
# "What share of", "what is the GDP share of", "population share and trade share of the delta"; not "what do they share".
_SHARE = re.compile(
    rf"\b(?:which|what|how (?:big|large|much of) an?) (?:{_SHARES})\b"
    rf"|\bwhat(?:s|'s| is| are| was| were) (?:the )?(?:[\w&'-]+ ){{0,4}}?(?:{_SHARES})s?\b"
    rf"|^(?:the )?(?:{_SHARES})s? of\b|^(?!{_ASKING})(?:[\w&',-]+ ){{0,6}}(?:{_SHARES})s?(?: of\b|\W*$|,| and\b)"
    r"|占比|比例|比重|份额|占(?![用地]).{0,8}?多少(?![地亩])"
)
_DOES = re.compile(r"\bwho(?: is| are| was| were| has| have| had| did| will| can)*(?: the)? (\w+)")
# A word with a capital that begins no sentence, or that a list of names begins with.
_CAPITAL = re.compile(r"(?<![.!?:])(?<=\s)[A-Z][a-z]+|^\W*[A-Z][a-z]+(?=\s*(?:[,/&]|and\b))")


# "Which alliances ...", "list the 15 plans of ...", not "which company runs" and not "what does".
_MEMBERS = re.compile(
    r"\b(?:(?:which|what)(?: (?:all|of|the|those|these|other|\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|\w+"
    r"(?:al|ic|ed|ive|ary)))*|(?:list|name|give|tell)(?: (?:me|us|all|of|the|those|these|other))*(?: \w+){0,2}?)"
    r" (?!(?:i|wa|doe|ha|it|thi)s\b)\w{3,}(?<![isu])s\b"
)
# What "when" asks stands before one of these; else it joins: "what may go wrong when two towns team up".
_AUXILIARIES = frozenset(
    [
        "am",
        "are",
        "can",
        "could",
        "did",
        "do",
        "does",
        "had",
        "has",
        "have",
        "is",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "was",
        "were",
        "will",
        "would",
    ]
)
_QUESTION_WORDS = frozenset(["how", "what", "where", "which", "who", "whom", "whose", "why"])
_WHEN = "when"
_BESIDE = frozenset(
    ["near", "around", "beside", "next", "beyond", "surrounding", "neighbouring", "neighboring", "bordering"]
)
_EDGES = frozenset(["border", "hinterland", "neighbourhood"])


@lru_cache(maxsize=8)
def _attribute(words: frozenset[str]) -> re.Pattern[str]:
    """ "What is the area of ...", "area of ...": attributes whose value is a number."""
    any_of = _any_of(words)
    return re.compile(
        rf"\b(?:what|whats)(?: is| are| was| were)?(?: the)?(?: \w+){{0,3}}? ({any_of})\b|^ (?:the )?({any_of}) of "
    )


@lru_cache(maxsize=8)
def _attribute_in_chinese(attributes: frozenset[str]) -> re.Pattern[str]:
    """ "徐州的GDP", with nothing behind it, wants a number as "the GDP of Xuzhou" does."""
    return re.compile(rf"(?<=[㐀-鿿])({_any_of(attributes)})\W*$")


@lru_cache(maxsize=8)
def _attribution(words: frozenset[str]) -> re.Pattern[str]:
    """ "According to the Huaihai paper" says where to look, not what for."""
    return re.compile(
        rf"\b(?:according to|as per|says) (?:the )?(?:[\w'’-]+ ){{0,4}}?(?:{_any_of(words)})\b", re.IGNORECASE
    )


def _any_of(words: Iterable[str]) -> str:
    """Return a pattern that any of `words` meets, and nothing where there are none."""
    return "|".join(map(re.escape, sorted(words))) or "(?!)"


def without_attribution(lexicon: Lexicon, text: str) -> str:
    """Return a question without the words that say in which document to look."""
    return _attribution(lexicon.attributions).sub(" ", text)


def answer_type(lexicon: Lexicon, words: list[str], text: str) -> AnswerType:
    """Return what a question wants, by its question words."""
    words = [word for at, word in enumerate(words) if not (word == _WHEN and _joins(words, at))]
    for kind, signs in (
        (AnswerType.QUANTITY, lexicon.quantity),
        (AnswerType.TIME, lexicon.time),
        (AnswerType.PLACE, lexicon.place),
        (AnswerType.PERSON, lexicon.person),
        (AnswerType.REASON, lexicon.reason),
    ):
        if _says_one(signs, words, text):
            return kind
    is_number = "%" in text or _attribute(lexicon.attributes).search(f" {' '.join(words)} ")
    if is_number or _attribute_in_chinese(lexicon.attributes).search(normalize(text)):
        return AnswerType.QUANTITY
    return AnswerType.ANYTHING


def _joins(words: list[str], at: int) -> bool:
    """Say whether the word there joins what it might ask: no auxiliary is behind it, and the question has a word that asks."""
    following = words[at + 1 : at + 2]
    return (
        bool(following)
        and _AUXILIARIES.isdisjoint(following)
        and not _QUESTION_WORDS.isdisjoint(words)
        and words[at - 1 : at] != ["and"]
        and following != ["and"]
    )


def locates(words: list[str], name: Mention) -> bool:
    """Say whether a name only says where something is, which is not there: "near Lishui", "the Shanghai border"."""
    before, after = words[max(0, name.start - 2) : name.start], words[name.end : name.end + 1]
    return not _BESIDE.isdisjoint(before) or not _EDGES.isdisjoint(after)


def wants_members(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether a question wants several of a kind by name."""
    return _says_one(lexicon.members, words, text) or _MEMBERS.search(" ".join(words)) is not None


def of_what(lexicon: Lexicon, words: list[str]) -> frozenset[str]:
    """Return the words naming the sort of thing asked for: "which banks finance ..." -> {"banks"}.

    An answer that does not speak of that sort of thing is none.
    """
    found: set[str] = set()
    for match in _OF_WHAT.finditer(" ".join(words)):
        for word in match[1].split():
            if word in lexicon.ends:
                break
            if word not in lexicon.stop and not word.isdigit():
                found.update({word} - lexicon.light)
                break
    return frozenset(found)


def of_whom(lexicon: Lexicon, words: list[str]) -> frozenset[str]:
    """Return what somebody is asked for as doing or being: "who owns ..." -> {"owns"}."""
    return frozenset(match[1] for match in _DOES.finditer(" ".join(words)) if match[1] not in lexicon.stop)


def measured(lexicon: Lexicon, words: list[str], text: str) -> frozenset[str]:
    """Return the words for what a quantity is wanted of: "how many people ..." -> {"people"}.

    A fact that states a number of something else is no answer.
    """
    joined = f" {' '.join(words)} "
    found = {match[1] or match[2] for match in _attribute(lexicon.attributes).finditer(joined)}
    if not _BY_DEGREE_IN_CHINESE.search(text):
        found.update(_COUNTED_IN_CHINESE.findall(text))
    found.update(_attribute_in_chinese(lexicon.attributes).findall(normalize(text)))
    for match in _COUNTED.finditer(joined):
        found.update(word for word in match[1].split()[:1] if word not in lexicon.stop)
    return frozenset(found)


def is_about_money(lexicon: Lexicon, words: list[str]) -> bool:
    """Say whether the quantity that a question wants is a sum of money."""
    return not lexicon.money.isdisjoint(words)


def asks_share(text: str) -> bool:
    """Say whether the quantity that a question wants is a share of something."""
    return _SHARE.search(normalize(text)) is not None


def is_about_documents(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether a question is about a document itself: who wrote it, when, what it cites."""
    return _says_one(lexicon.documents, words, text)


def compares(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether the question wants things set side by side."""
    return _says_one(lexicon.comparing, words, text)


def compares_by_degree(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether a question wants to know which of two has more of something, or how much: "bigger than", 比…高."""
    degrees = [at for at, word in enumerate(words) if word in lexicon.degrees]
    return _BY_DEGREE_IN_CHINESE.search(text) is not None or any(
        word in lexicon.compared
        and degrees
        and degrees[0] < at
        and not _is_number(lexicon, words[at + 1 : at + 2])
        for at, word in enumerate(words)
    )


def _is_number(lexicon: Lexicon, words: list[str]) -> bool:
    return any(word.isdigit() or word in lexicon.numbers for word in words)


def speaks_of_partners(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether a question speaks of being paired, with whomever."""
    return _says_one(lexicon.of_ties, words, text)


def speaks_of_twins(lexicon: Lexicon, words: list[str], text: str) -> bool:
    """Say whether a question speaks of being paired as twins are, and by no other tie."""
    return _says_one(lexicon.twins, words, text)


def _says_one(signs: frozenset[str], words: list[str], text: str) -> bool:
    """Say whether a question says one of `signs`, which may be phrases."""
    if not signs.isdisjoint(words):
        return True
    phrases, chinese = _apart(signs)
    joined = f" {' '.join(words)} "
    return any(map(joined.__contains__, phrases)) or (
        not text.isascii() and any(map(text.__contains__, chinese))
    )


@lru_cache(maxsize=64)
def _apart(signs: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return those of `signs` that are phrases, with a space at either end, and those in Chinese."""
    phrases = tuple(f" {sign} " for sign in sorted(signs) if " " in sign)
    return phrases, tuple(sign for sign in sorted(signs) if not sign.isascii())


def proper_names(text: str) -> frozenset[str]:
    """Return the folded words that `text` writes as names: with a capital, where other words have none."""
    if not any(word[0].islower() for word in text.split() if word[0].isalpha() and word.lower() != "and"):
        # Headings, and texts of a single word, tell nothing by it; lists of names do.
        text = text if re.search(r"[,/&]|\band\b", text) else ""
    return frozenset(word for found in _CAPITAL.findall(text) for word in tokenize(normalize(found)))
