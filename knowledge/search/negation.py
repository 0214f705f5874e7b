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
WHY: Final = re.compile(
    r"\b(?:why|how come|what if|reasons?)\b|为什么|为何|为啥|怎么|咋|凭什么|原因|何以", _I
)
"""Words that ask for the reason of something."""
_AUXILIARIES: Final = (
    "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|need"
)
_KINDS: Final = (
    r"(?:cit(?:y|ies)|towns?|districts?|count(?:y|ies)|provinces?|places?|municipalit(?:y|ies)|members?|regions?|areas?|ports?"
    r"|pairings?|partners?|twins?|firms?|compan(?:y|ies)|universit(?:y|ies)|bodies|organi[sz]ations?|documents?|papers?|sources?"
    r"|cit(?:ys|es|is)|twinnings?|mechanisms?|topics?|plans?|projects?|authors?)"
)
_IN_CHINESE: Final = (
    r"(?:城市|[市区县省]|省份|地方|地区|成员|单位|企业|公司|大学|机构|港口|结对|伙伴|文献|论文)"
)
# A phrase that is all of a text, and begins with what denies: "not twinned", 没有结对的城市.
_BEGINS: Final = r"^\W*(?:not|never|neither|without|w/o|non-|un(?=twinned|paired|partnered))(?![a-z]*n['’]t)"
_BEGINS_IN_CHINESE: Final = rf"^(?:还|仍)?(?:没有?|尚未|从未|并未|并非|不[在是属]|未(?!来)|非(?![洲常遗物])|无(?![锡论人线为]))[^吗么，,]*{_IN_CHINESE}$"
_VERB: Final = re.compile(rf"\b(?:{_AUXILIARIES}|ca|wo|sha)(?:n['’]?t)?\b|\bcannot\b", _I)
# A list of these is asked for: what the base says of one of them never says it of all.
_OF_KINDS: Final = re.compile(
    rf"\b(?:who|whom|whose|where|any(?:one|body)|(?:which|how many) of|(?:which|what|many|much|list|name|show|give|find|tell|there|any|all)"
    rf"(?: (?!(?:{_AUXILIARIES})(?:n['’]?t)?\b)[\w'’-]+){{0,4}}? {_KINDS})\b|^\W*(?:all |the )*(?:[\w'’-]+ )?{_KINDS}\b"
    r"|谁|何[地处]|哪[里儿]|(?:[哪几]|多少|列出|列举|有没有|有无)[一些几个座种家的有]{0,3}[^不没未非无]{0,4}?"
    r"(?:[城市县区省]|地方|地区|成员|单位|企业|公司|大学|机构|港口|文献|论文)"
    r"|(?:[城市县区省]|地方|地区|成员|单位|企业|公司|大学|机构)(?:都|一共|共)?[有是]?[哪谁几多]"
    rf"|{_BEGINS_IN_CHINESE}|{_BEGINS}",
    _I,
)
_OPEN: Final = re.compile(
    r"\b(?:who|whom|whose|wh?ich|whcih|what|where|how many|how much|(?:list|name|show|give|find|tell)(?: me| us)?"
    rf"|(?:is|are) there|any)\b|^\W*(?:all |the )*(?:[\w'’-]+ )?{_KINDS}\b|{_BEGINS}",
    _I,
)
_OPEN_IN_CHINESE: Final = re.compile(
    rf"谁|哪(?!怕)|什么|何地|何处|多少|几[个座种家]|列出|列举|有没有|有无|{_BEGINS_IN_CHINESE}"
)
_NOT: Final = re.compile(
    rf"\b(?P<short>(?:{_AUXILIARIES}|ca|wo|sha)n['’]?t)\b(?! only| just| merely)|\b(?P<cannot>cannot)\b"
    r"|(?<!\bor )(?<!\bif )\b(?P<not>not|never|no longer)\b(?! only| just| merely)"
    r"|\b(?:have|has|had|having|got|with|in|of|to) (?P<no>no)(?= [a-z])"
    r"|(?<=\bthere )(?P<any>no)(?= [a-z])"
    r"|(?:(?<=[a-z]) |^)(?P<without>without|w/o)(?= (?:an?|any|twins?|partners?)\b)"
    r"|\b(?P<un>un(?=twinned|paired|partnered|matched|linked|connected|tied)"
    r"|non-?(?=members?\b|participa|twinned|paired|partner|delta\b|core\b|capital))"
    r"|\b(?P<out>(?:(?:left|kept|leaving|leaves?|keeps?)(?: [\w'’-]+){0,4}? out of|excluded from|missing from|absent from)\b)"
    r"|\b(?P<outside>outside(?: of)?)\b|\b(?P<neither>neither|(?<=[a-z] )yet to(?= [a-z]))\b"
    r"|\b(?P<lack>lack(?:s|ing)?|fail(?:s|ed)? to)\b",
    _I,
)
LEAVING_OUT: Final = re.compile(
    r"(?<![a-z])(?:besides|(?:apart|aside) from|others? than|except(?:ing)?(?: for)?|excluding|not (?:counting|including)"
    r"|leaving (?:out|aside)|in addition to|but not(?: with| about)?|minus)\s+"
    r"|(?:(?<=\bwho)|(?<=\bwhom)|(?<=one)|(?<=body)|(?<=thing)|(?<=\ball)|(?<=cities)|(?<=towns)|(?<=districts)|(?<=places)"
    r"|(?<=counties)|(?<=provinces)|(?<=members)|(?<=partners)|(?<=twins)|(?<=pairings)|(?<=twinnings)) (?:but|bar|save)\s+"
    r"(?!not\b|also\b|only\b)"
    r"|(?:(?<=[a-z]) |^)(?:without|w/o)\s+(?!an?\b|any\b)|[.?(]\s*not(?: with)?\s+",
    _I,
)
"""Words by which a question leaves out what it names behind them."""
LEAVING_OUT_IN_CHINESE: Final = re.compile(
    # 除 alone only before 外 or a comma: 除州 is a slip for 滁州; 消除 and 解除 are other words.
    r"(?<![解消清免拆删废扫开破根])除(?:了|去|开|掉|却|(?=[^，,]+?外|[^，,]{1,12}[，,]))|[撇抛]开|不算|不计|不考虑|不包括|不含|排除|扣除|剔除|^(?:没有|不要|不带)(?!任何|结对|伙伴|港口)(?=[^，,]+的)"
)
LEAVING_OUT_BEHIND: Final = re.compile(r"之外|以外")
"""The same in Chinese, before what is named and behind it."""
# "Is it or is it not", and words in which a sign of "not" denies nothing.
_NO_DENIAL: Final = (
    r"(?:(?P<word>[㐀-鿿])[不没](?P=word)|有没有|有无|能不能够|不(?:同|足|少|仅|但|只是|只|光|断|过|久|良|管|论|如|得不|一样|止|限于)|差不多|了不起|不然"
    r"|未来|未必|未免|无锡|无论|无人|无线|无为|非洲|非常|非遗|非物质|没落)"
)
_NOT_IN_CHINESE: Final = re.compile(
    rf"{_NO_DENIAL}|(?:还|仍)?(?P<not>没有|尚未|从未|从不|并不|并未|并非|没|未|不|非|无|缺少|缺乏|缺(?=[什哪谁]))"
)
_AND_SO: Final = re.compile(r"(?:and|but|so|ok|那么?)[\s,，]*", _I)
_NOT_THEM: Final = re.compile(
    r"(?:and |but |so )?(?:which|what|who)(?: ones?| of (?:them|these|those))?(?: (?:are|is|do|does|have|has|was|were))?(?: not|n['’]?t)[?.!]*"
    r"|(?:and )?(?:any |which |the |what )?others?(?: (?:besides|than|except|apart from) (?:these|those|this|that|them|it))?[?.!]*"
    r"|(?:那)?(?:哪些|哪个|什么|谁)(?:没有?|不是|不)呢?[？?]?",
    _I,
)
_ENDS_OUT: Final = re.compile(r"(?:之外|以外)呢?[？?]?$")
_GOES_ON: Final = re.compile(r"[,，的吗]")
_LONGEST_REST: Final = 60
_MOST_WORDS: Final = 5
_MOST_CHARACTERS: Final = 12
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Negated:
    """A question of what is not so: what denies something in its `text`, in that `way`, stands from `start` to `end`; `denied` are
    the words behind it. A list `is_of_kinds` where it is one of places, people or bodies.
    """

    text: str
    start: int
    end: int
    way: str
    denied: str
    is_of_kinds: bool


def negated(text: str) -> Negated | None:
    """Return what a question wants of what is not so; None for a question of anything else, of why, or whether, it is not so."""
    if len(text) > _LONGEST or WHY.search(text):
        return None
    return _in_english(text) or (_in_chinese(simplified(text)) if CHINESE.search(text) else None)


def asks_for_something(text: str) -> bool:
    """Say whether a text asks for something, by a question word or the name of a kind of things."""
    return (_OPEN_IN_CHINESE if CHINESE.search(text) else _OPEN).search(text) is not None


def denies_something(text: str) -> bool:
    """Say whether a text has a word that denies something, whatever it asks."""
    said = simplified(text) if CHINESE.search(text) else ""
    return _NOT.search(text) is not None or any(one["not"] for one in _NOT_IN_CHINESE.finditer(said))


def is_rest(text: str) -> bool:
    """Say whether a text is the rest of a question and none by itself: "besides Chuzhou?", "which are not?", 除了滁州呢."""
    said = simplified(text).strip()
    if _NOT_THEM.fullmatch(said):
        return True
    begun = _AND_SO.match(said)
    bare = said[begun.end() :] if begun else said
    found = LEAVING_OUT.match(bare) or LEAVING_OUT_IN_CHINESE.match(bare) or _ENDS_OUT.search(bare)
    named = bare[found.end() :] if found and not found.start() else bare
    asks = any(sign.search(named) for sign in (_OPEN_IN_CHINESE, _OPEN, _VERB))
    return bool(found) and len(bare) <= _LONGEST_REST and not (asks or _GOES_ON.search(bare))


def _in_english(text: str) -> Negated | None:
    for start, clause in _asking(text):
        asks = _OPEN.search(clause)
        found = _NOT.search(clause, asks.start()) if asks else None
        if start and re.match(_BEGINS, clause, _I):
            # "If not": what begins so is a question only where it is all of a text.
            continue
        if asks is None or found is None or _goes_without_a_thing(clause, asks, found):
            continue
        way = next(name for name, said in found.groupdict().items() if said is not None)
        return Negated(
            text,
            start + found.start(),
            start + found.end(),
            way,
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


def _beginning(denied: str) -> str:
    """Return the first words of what is denied: what comes behind says where, when or who."""
    return " ".join(denied.split()[:_MOST_WORDS])


def _goes_without_a_thing(clause: str, asks: re.Match[str], found: re.Match[str]) -> bool:
    """Say whether "without" or "no" goes with what is done and not with the things that are asked for: "what can be done without a
    permit".
    """
    between = clause[asks.start() : found.start()]
    if found["outside"] is not None:
        # "Where has it its bases outside Shanghai" asks of what lies there.
        return not re.search(rf"\b{_KINDS}\b", between, _I)
    if all(found[way] is None for way in ("without", "no", "lack", "out")) or not between.strip():
        return False
    if found["without"] is not None and re.search(
        rf"\b(?:{_AUXILIARIES}|to)\b", between.partition(" are")[0], _I
    ):
        return True
    return _OF_KINDS.search(between) is None


def _in_chinese(text: str) -> Negated | None:
    for start, clause in _clauses(_CLAUSES_IN_CHINESE, text):
        if not _OPEN_IN_CHINESE.search(clause):
            continue
        found = next((one for one in _NOT_IN_CHINESE.finditer(clause) if one["not"]), None)
        if found is None:
            continue
        at, end = start + found.start(), start + found.end()
        denied = clause[found.start() :][:_MOST_CHARACTERS]
        return Negated(text, at, end, found["not"], denied, _OF_KINDS.search(clause) is not None)
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
