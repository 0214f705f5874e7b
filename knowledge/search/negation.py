"""Questions that are turned: of what is not so, "which cities are not twinned", or of others than those named, "besides Chuzhou".

Neither is seen by a ranking, to which such words say nothing: what is nearest states the very opposite of what is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.model import Entry
from knowledge.text.normalize import CHINESE, simplified, words_of

_I: Final = re.IGNORECASE
_CLAUSES: Final = re.compile(
    r"[,;:.!?—]\s|[.?!]+$|\b(?:but(?! not\b)|if|unless|because|although|though|while|whereas|so that|since)\b",
    _I,
)
_CLAUSES_IN_CHINESE: Final = re.compile(r"[，,](?![没未不])|[。.；;？?！!：:]")
# What asks why takes for granted that it is not so; what asks whether is answered by what is so.
_WHY: Final = re.compile(
    r"\b(?:why|how come|what if|reasons?)\b|为什么|为何|为啥|怎么|咋|凭什么|原因|何以", _I
)
_AUXILIARIES: Final = (
    "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|need"
)
_KINDS: Final = (
    r"(?:cit(?:y|ies)|towns?|districts?|count(?:y|ies)|provinces?|places?|municipalit(?:y|ies)|members?|regions?|areas?|ports?"
    r"|pairings?|partners?|twins?|firms?|compan(?:y|ies)|universit(?:y|ies)|bodies|organi[sz]ations?|documents?|papers?|sources?)"
)
_VERB: Final = re.compile(rf"\b(?:{_AUXILIARIES}|ca|wo|sha)(?:n['’]?t)?\b|\bcannot\b", _I)
# A list of these is asked for: what the base says of one of them never says it of all.
_OF_KINDS: Final = re.compile(
    rf"\b(?:who|whom|whose|where|any(?:one|body)|(?:which|how many) of|(?:which|what|many|much|list|name|show|give|find|tell|there|any|all)"
    rf"(?: (?!(?:{_AUXILIARIES})\b)[\w'’-]+){{0,4}}? {_KINDS})\b|^\W*(?:all |the )*(?:[\w'’-]+ )?{_KINDS}\b"
    r"|谁|何[地处]|哪[里儿]|(?:[哪几]|多少|列出|列举|有没有|有无)[一些几个座种家的有]{0,3}[^不没未非无]{0,4}?"
    r"(?:[城市县区省]|地方|地区|成员|单位|企业|公司|大学|机构|港口|文献|论文)"
    r"|(?:[城市县区省]|地方|地区|成员|单位|企业|公司|大学|机构)(?:都|一共|共)?[有是]?[哪谁几多]",
    _I,
)
_OPEN: Final = re.compile(
    r"\b(?:who|whom|whose|which|what|where|how many|how much|(?:list|name|show|give|find|tell)(?: me| us)?"
    rf"|(?:is|are) there|any)\b|^\W*(?:all |the )*(?:[\w'’-]+ )?{_KINDS}\b",
    _I,
)
_OPEN_IN_CHINESE: Final = re.compile(r"谁|哪(?!怕)|什么|何地|何处|多少|几[个座种家]|列出|列举|有没有|有无")
_NOT: Final = re.compile(
    rf"\b(?P<short>(?:{_AUXILIARIES}|ca|wo|sha)n['’]?t)\b(?! only| just| merely)|\b(?P<cannot>cannot)\b"
    r"|(?<!\bor )\b(?P<not>not|never|no longer)\b(?! only| just| merely|[?.!]*$)"
    r"|\b(?:have|has|had|having|got|with|in|of|to) (?P<no>no)(?= [a-z])"
    r"|(?<=\bthere )(?P<any>no)(?= [a-z])"
    r"|(?<=[a-z]) (?P<without>without)(?= (?:an?|any|twins?|partners?)\b)"
    r"|\b(?P<un>un(?=twinned|paired|partnered|matched|linked|connected|tied)|non-?(?=members?\b|participa|twinned|paired))"
    r"|\b(?P<out>(?:left|kept|leaving) out of|excluded from|missing from|absent from|outside of)\b"
    r"|\b(?P<lack>lack(?:s|ing)?|fail(?:s|ed)? to)\b",
    _I,
)
LEAVING_OUT: Final = re.compile(
    r"(?<![a-z])(?:besides|(?:apart|aside) from|other than|except(?:ing)?(?: for)?|excluding|not (?:counting|including)|leaving out"
    r"|in addition to|but not)\s+",
    _I,
)
"""Words by which a question leaves out what it names behind them."""
LEAVING_OUT_IN_CHINESE: Final = re.compile(r"除(?:了|去|开|掉)?|不算|不包括|不含|排除|扣除")
LEAVING_OUT_BEHIND: Final = re.compile(r"之外|以外")
"""The same in Chinese, before what is named and behind it."""
_SHORT: Final = re.compile(r"n'?t$")
_LONG: Final = {
    "can't": "can",
    "won't": "will",
    "shan't": "shall",
    "cant": "can",
    "wont": "will",
    "shant": "shall",
}
# "Is it or is it not", and words in which a sign of "not" denies nothing.
_NO_DENIAL: Final = (
    r"(?:(?P<word>[㐀-鿿])[不没](?P=word)|有没有|有无|能不能够|不(?:同|足|少|仅|但|只是|只|光|断|过|久|良|管|论|如|得不|一样|止|限于)|差不多|了不起|不然"
    r"|未来|未必|未免|无锡|无论|无人|无线|无为|非洲|非常|非遗|非物质|没落)"
)
_NOT_IN_CHINESE: Final = re.compile(
    rf"{_NO_DENIAL}|(?:还|仍)?(?P<not>没有|尚未|从未|从不|并不|并未|并非|没|未|不|非|无|缺少|缺乏)"
)
_PUT: Final = {"没有": "有", "并非": "是", "非": "是", "无": "有", "缺少": "有", "缺乏": "有"}
_SAYING: Final = re.compile(
    r"\b(?:says?|said|claims?|argues?|thinks?|believes?|holds|doubts?|denies) (?:that )?\w|说|认为|指出|主张",
    _I,
)
_MOST_WORDS: Final = 5
_MOST_CHARACTERS: Final = 12
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Negated:
    """A question of what is not so: `positive` is the same of what is so, "" where it is not told how to put it; `denied` are the
    words of it that are denied. A list `is_of_kinds` where it is one of places, people or bodies.
    """

    positive: str
    denied: str
    is_of_kinds: bool


def negated(text: str) -> Negated | None:
    """Return what a question wants of what is not so; None for a question of anything else, of why, or whether, it is not so."""
    if len(text) > _LONGEST or _WHY.search(text):
        return None
    return _in_english(text) or (_in_chinese(simplified(text)) if CHINESE.search(text) else None)


def _in_english(text: str) -> Negated | None:
    for start, clause in _asking(text):
        asks = _OPEN.search(clause)
        found = _NOT.search(clause, asks.start()) if asks else None
        if asks is None or found is None or _SAYING.search(clause, asks.end(), found.start()):
            continue
        if not _goes_without_a_thing(clause, asks, found):
            return Negated(
                _positive(text, start + found.start(), found),
                _beginning(clause[found.start() :]).casefold(),
                _OF_KINDS.search(clause) is not None,
            )
    return None


def _asking(text: str) -> Iterator[tuple[int, str]]:
    """Yield the clauses of an English text; what asks without a verb goes on in the next: "which of A, B and C are"."""
    begun, asks = 0, ""
    for start, clause in _clauses(_CLAUSES, text):
        goes_on = bool(asks) and text[:start].rstrip().endswith(",")
        whole = text[begun : start + len(clause)] if goes_on else clause
        at = begun if goes_on else start
        if _OPEN.search(whole) and not _VERB.search(whole):
            begun, asks = at, whole
            continue
        if asks and not goes_on:
            yield begun, asks
        yield at, whole
        asks = ""
    if asks:
        yield begun, asks


def _positive(text: str, at: int, found: re.Match[str]) -> str:
    """Return a question with what denies something in it, from `at` on, put as what is so; "" where that cannot be told."""
    behind = text[at + len(found[0]) :]
    if text[:at].casefold().rstrip().endswith(" but"):
        # "In the delta but not in the corridor" asks of two things.
        return f"{text[:at].rstrip()[: -len(' but')]}?"
    put = _affirmed(found, behind)
    return "" if put is None else re.sub(r"\s+", " ", f"{text[:at]}{put}").strip()


def _beginning(denied: str) -> str:
    """Return the first words of what is denied: what comes behind says where, when or who."""
    return " ".join(denied.split()[:_MOST_WORDS])


def _goes_without_a_thing(clause: str, asks: re.Match[str], found: re.Match[str]) -> bool:
    """Say whether "without" or "no" goes with what is done and not with the things that are asked for: "what can be done without a
    permit".
    """
    if found["without"] is None and found["no"] is None and found["lack"] is None and found["out"] is None:
        return False
    between = clause[asks.start() : found.start()]
    if found["without"] is not None and re.search(
        rf"\b(?:{_AUXILIARIES}|to)\b", between.partition(" are")[0], _I
    ):
        return True
    return _OF_KINDS.search(between) is None


def _affirmed(found: re.Match[str], behind: str) -> str | None:
    """Return the same from the word that denies on, of what is so; None where that cannot be told."""
    typed = found[0]
    if found["short"]:
        word = typed.casefold().replace("’", "'")
        return f"{_LONG.get(word) or _SHORT.sub('', word)}{behind}"
    if found["cannot"]:
        return f"can{behind}"
    if found["no"]:
        return f"{typed[:-2]}a{behind}"
    if found["any"]:
        return f"any{behind}"
    if found["without"]:
        return f" with{behind}"
    if found["out"]:
        return f"in{behind}"
    if found["lack"]:
        return None
    return behind.lstrip() if found["not"] else behind


def _in_chinese(text: str) -> Negated | None:
    for start, clause in _clauses(_CLAUSES_IN_CHINESE, text):
        if not _OPEN_IN_CHINESE.search(clause):
            continue
        found = next((one for one in _NOT_IN_CHINESE.finditer(clause) if one["not"]), None)
        if found is None or _SAYING.search(clause, 0, found.start()):
            continue
        at, end = start + found.start(), start + found.end()
        positive = f"{text[:at]}{_PUT.get(found['not'], '')}{text[end:]}"
        return Negated(
            positive.strip(), clause[found.start() :][:_MOST_CHARACTERS], _OF_KINDS.search(clause) is not None
        )
    return None


def _clauses(marks: re.Pattern[str], text: str) -> Iterator[tuple[int, str]]:
    """Yield the clauses of a text, each with the place where it begins."""
    start = 0
    for mark in marks.finditer(text):
        if mark.start() > start:
            yield start, text[start : mark.start()]
        start = mark.end()
    if start < len(text):
        yield start, text[start:]


def is_turned_alike(text: str, entry: Entry) -> bool:
    """Say whether an entry has an ask that is turned as a question is, in much the same words; True of a question that is not."""
    way = _way(text)
    if not any(way):
        return True
    words = words_of(text, frozenset())
    return any(
        _way(ask) == way and _are_much_the_same(words, words_of(ask, frozenset())) for ask in entry.asks
    )


def _way(text: str) -> tuple[bool, bool]:
    ways = (LEAVING_OUT, LEAVING_OUT_IN_CHINESE, LEAVING_OUT_BEHIND)
    return any(way.search(text) for way in ways), negated(text) is not None


def _are_much_the_same(words: frozenset[str], others: frozenset[str]) -> bool:
    return 2 * len(words & others) >= len(words | others)
