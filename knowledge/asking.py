"""What a question wants: a quantity, a time, a person, a place; and of what sort of thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from knowledge.stopwords import LIGHT_WORDS, STOPWORDS
from knowledge.wording import fold, tokens


class Asks(Enum):
    """What sort of thing the question wants."""

    QUANTITY = "quantity"
    TIME = "time"
    PERSON = "person"
    PLACE = "place"
    ANYTHING = "anything"


_SIGNS: Mapping[Asks, tuple[str, ...]] = {
    Asks.QUANTITY: (
        "how many", "how much", "how big", "how large", "how long", "how high", "how far", "how old",
        "what share", "what percentage", "what proportion", "what fraction", "what number", "number of",
        "多少", "几个", "几座", "多大", "多长", "比例", "占比",
    ),
    Asks.TIME: (
        "when", "what year", "which year", "what date", "what day", "since when", "which month", "which date",
        "什么时候", "何时", "哪一年", "哪年", "几月",
    ),
    Asks.PERSON: ("who", "whose", "whom", "谁", "哪位"),
    Asks.PLACE: (
        "where", "which city", "which cities", "which district", "which districts", "which county", "which province",
        "which provinces", "which place", "which places", "which town", "what city", "what district", "哪里", "在哪",
        "何处", "哪个城市", "哪座城市", "哪个区", "哪个市", "哪个省", "哪些城市", "哪座",
    ),
}  # fmt: skip

# "What is the area of ...": attributes whose value is a number.
_ATTRIBUTE = re.compile(
    r"\b(?:what|whats)(?: is| are| was| were)?(?: the)?(?: \w+){0,3}? "
    r"(area|size|population|gdp|length|height|budget|cost|price|revenue|rate|distance|capacity|throughput|turnover)\b"
)
_COUNTED_IN_CHINESE = re.compile(r"([㐀-鿿]{2})(?:总数|总量)?(?:一共|共)?(?:有|是|为|达)?多少")
_COUNTED = re.compile(r"\bhow many((?: \w+){1,3})")
_OF_WHAT = re.compile(r"\b(?:how many|which|name|list)((?: \w+){1,4})")
_LISTS = re.compile(r"^(?:please )?(?:list|name|enumerate|which|what are)\b|哪些|哪几|列出|列举")
_ENDS = frozenset(
    {"is", "are", "was", "were", "did", "do", "does", "has", "have", "had", "can", "will", "in", "of", "on"}
)


def asks(words: list[str], text: str) -> Asks:
    """Return what a question wants, by its question words (`words` folded, `text` for Chinese)."""
    joined = f" {' '.join(words)} "
    for kind, signs in _SIGNS.items():
        if any(f" {sign} " in joined if sign.isascii() else sign in text for sign in signs):
            return kind
    return Asks.QUANTITY if "%" in text or _ATTRIBUTE.search(joined) else Asks.ANYTHING


def of_what(words: list[str]) -> frozenset[str]:
    """Return the words naming the sort of thing asked for: "which banks finance ..." -> {"banks"}.

    An answer that does not speak of that sort of thing is none.
    """
    found: set[str] = set()
    for match in _OF_WHAT.finditer(" ".join(words)):
        for word in match[1].split():
            if word in _ENDS:
                break
            if word not in STOPWORDS and not word.isdigit():
                found.update({word} - LIGHT_WORDS)
                break
    return frozenset(found)


_DOES = re.compile(r"\bwho(?: is| are| was| were| has| have| had| did| will| can)*(?: the)? (\w+)")
MONEY = frozenset(
    {
        "money",
        "cost",
        "costs",
        "price",
        "invest",
        "invested",
        "investment",
        "funding",
        "yuan",
        "budget",
        "spend",
        "spent",
        "资金",
        "投资",
    }
)


def of_whom(words: list[str]) -> frozenset[str]:
    """Return what somebody is asked for as doing or being: "who owns ..." -> {"owns"}."""
    return frozenset(match[1] for match in _DOES.finditer(" ".join(words)) if match[1] not in STOPWORDS)


def measured(words: list[str], text: str) -> frozenset[str]:
    """Return the words for what a quantity is wanted of: "how many people ..." -> {"people"}.

    A fact that states a number of something else is no answer.
    """
    joined = f" {' '.join(words)} "
    found = {match[1] for match in _ATTRIBUTE.finditer(joined)}
    found.update(_COUNTED_IN_CHINESE.findall(text))
    for match in _COUNTED.finditer(joined):
        found.update(word for word in match[1].split()[:1] if word not in STOPWORDS)
    return frozenset(found)


COMPARING = frozenset(
    {"compare", "compared", "comparison", "versus", "vs", "differ", "difference", "differences", "contrast"}
)
_COMPARING_IN_CHINESE = ("对比", "比较", "区别", "不同")


def compares(words: list[str], text: str) -> bool:
    """Say whether the question wants things set side by side."""
    return not COMPARING.isdisjoint(words) or any(sign in text for sign in _COMPARING_IN_CHINESE)


def wants_a_list(words: list[str], text: str) -> bool:
    """Say whether the question wants members named, not only counted."""
    return bool(_LISTS.search(" ".join(words)) or _LISTS.search(text))


_SAYING = frozenset(
    """
    say says said think thinks thought believe believes suggest suggests suggested propose proposes proposed argue
    argues argued view opinion call calls called describe described point pointed stress stressed quoted
    """.split()  # noqa: SIM905
)

_OF_DOCUMENTS = frozenset(
    """
    author authors wrote written writer writers paper papers study studies article publish published funding
    funded fund reference references cite cites cited affiliation university journal keywords abstract title
    作者 论文 发表 参考文献 单位 资助 关键词
    """.split()  # noqa: SIM905
)


def is_about_documents(text: str) -> bool:
    """Say whether a question is about a document itself: who wrote it, when, what it cites."""
    return _speaks_of(_OF_DOCUMENTS, text)


def is_about_sayings(text: str) -> bool:
    """Say whether a question is about what somebody said."""
    return _speaks_of(_SAYING, text)


def _speaks_of(signs: frozenset[str], text: str) -> bool:
    return not signs.isdisjoint(tokens(fold(text))) or any(s in text for s in signs if not s.isascii())
