"""What is said of several digests at once: "make both daily", "pause all my digests", "move 1 and 2 to 9:00", 所有摘要都暂停."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handlers.digests.reading import names_changed, parse, which
from handlers.digests.reading.deeds import places
from knowledge.base import FactBase

_LONGEST: Final = 160
_SMALL: Final = r"(?:two|three|four|five|six|[2-9]|[1-9][0-9])"
_OUR: Final = r"(?:the|my|our|these|those|this\s+channel's)"
_NOUNS: Final = r"(?:digests|subscriptions|newsletters)"
_NOUN: Final = r"(?:digests?|subscriptions?|newsletters?)"
_HERE: Final = r"(?: (?:here|in\s+here|in\s+this\s+channel|of (?:mine|ours|this\s+channel)|(?:that )?(?:i|we) (?:have|get|follow)|there\s+are))?"
# "All my digests", "every one of the ports digests", "both digests", "my two digests", "the digests".
_WITH_NOUN: Final = re.compile(
    rf"\b(?:(?:both|all|every|each)(?: (?:single|one))*(?: of)?(?: {_OUR})*(?: {_SMALL})?(?P<on>(?: (?!day|week|month)[\w'-]+){{0,4}}?) {_NOUN}"
    rf"|{_OUR}(?: {_SMALL})? {_NOUNS}){_HERE}(?!\w)",
    re.IGNORECASE,
)
_DAYS: Final = r"(?! (?:\w*days?|weeks?|weekends?|months?|years?|holidays?|facts?|(?:other )?regions|the\s+time|at\s+once)\b)"
# "Both of them", "them all", "everything": of digests where nothing else is spoken of.
_BARE: Final = re.compile(
    rf"(?<!at )(?<!\w)(?:(?:both|all|each|every\s+one|each\s+one)(?: (?:the )?(?:two|three|four|five|six))?(?: of (?:them|these|those|it|mine|ours))?|(?:them|these|those)(?: both| all)?|everything|the\s+(?:lot|two|three|four|five|six)){_DAYS}(?!\w)",
    re.IGNORECASE,
)
_NUMBERS: Final = r"#?[0-9]{1,6}(?:(?:\s*(?:,|、|，|&|\+|和|与|跟|及)\s*|\s+and\s+|,\s*and\s+)#?[0-9]{1,6})+"
# Numbers stand behind a verb and nothing else: of "monthly 1 and 15" they are days.
_NUMBERED: Final = re.compile(
    rf"(?P<before>(?:(?:please|pls|can\s+you|could\s+you|now|just|请|麻烦|帮我|把|将|摘要|第|[a-z]+(?: (?:off|up))?|暂停|恢复|跳过|停止|停掉|退订|取消)\s*(?:the )?(?:both )?{_NOUN}?\s*(?:numbers?|nos?\.?)?\s*)?)"
    rf"(?P<numbers>{_NUMBERS})(?![\w:.]|\s*(?:[ap]\.?m\b|facts?\b|runs?\b|posts?\b|times?\b|[天周月日次期]))",
    re.IGNORECASE,
)
_IN_CHINESE: Final = r"(?:摘要|简报|推送|订阅|日报|周报|月报)"
_ALL_IN_CHINESE: Final = re.compile(
    rf"(?:把|将|请|麻烦|帮我)*(?:(?P<own>我)的?|我们的?|这里的?|这个频道的?)?(?:(?:所有|全部|全体|每一?个|各个|这?[两二三四五六七八九十0-9]个)(?:的)?(?:{_IN_CHINESE})?(?:都|全都|全)?|{_IN_CHINESE}(?:都|全都|全部|全)|全都|都)(?:的)?"
)
_CHANGE_IN_CHINESE: Final = re.compile(r"改|换|调|设|推迟|提前|移")
_BUT: Final = re.compile(
    r"[\s,，]*(?:\b(?:except(?: for)?|but(?: not)?|besides|other\s+than|apart\s+from|excluding|without|not)\b|除了|除|不含)\s*(?P<rest>.+)",
    re.IGNORECASE | re.DOTALL,
)
_OWN: Final = re.compile(r"\b(?:my|mine|i)\b", re.IGNORECASE)
_MARKS: Final = " ,.:!?，。：！？"


_COUNTS: Final = (
    {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    | {sign: count for count, sign in enumerate("二三四五六七八九十", 2)}
    | {"两": 2}
)
_COUNT: Final = re.compile(rf"\b(?:both|{_SMALL})\b|[两二三四五六七八九十]|[0-9]+(?=个)", re.IGNORECASE)
_SOME: Final = re.compile(
    r"\b(?:half|some|most|many|few|none|any|one|either|neither|part)\s+of\s*$", re.IGNORECASE
)
_ASKING_HOW: Final = re.compile(
    r"(?:how\s+(?:do|can|could|would|should|may)\s+(?:i|we|you|one)|how\s+to)\b|我?(?:怎么|怎样|如何)(?:才能|能|可以)?",
    re.IGNORECASE,
)
# "Drop Hangzhou from both", "add Ningbo to all of them".
_OF_NAMES: Final = re.compile(
    r"(?:.*\s)?(?:(?P<adds>add|put|include)|take|drop|remove|delete|cut)\s+(?P<what>\S.*?)\s+(?:(?(adds)(?:to|into|in)|(?:out\s+of|off|from)))\s*",
    re.IGNORECASE,
)
_POLITE: Final = re.compile(r"^(?:(?:please|pls|now|just|can\s+you|could\s+you)\s+)+", re.IGNORECASE)
_LINK: Final = re.compile(r"\s+(?:to|into|in|out\s+of|off|from|of|for|on)\s+", re.IGNORECASE)
_LAST_LINK: Final = re.compile(r"\s+(?:to|into|in|from|of|for|on)\s*$", re.IGNORECASE)
_LINK_IN_CHINESE: Final = re.compile("加到|加入到?|添加到|放进")
_INTO_IN_CHINESE: Final = re.compile(r"(?:请|麻烦|帮我|把|将)*(?P<what>.+?)(?:加到|加入到?|添加到|放进)")
# "Keep ports, pause the others", 保留港口，其他的都暂停.
_KEPT: Final = re.compile(
    r"(?:keep|leave)\s+(?P<but>.+?)(?:\s+(?:as (?:it is|they are)|alone|running))?(?:\s*[,;]\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+)(?=\S.*\b(?:others?|rest|else)\b)"
    r"|(?:只)?保留(?P<zh>.+?)[,，\s]*(?=其他|其它|其余|剩下|别的)",
    re.IGNORECASE,
)
_POLITE_IN_CHINESE: Final = r"(?:请|麻烦|帮我|把|将)*"
_LEFT_OUT_IN_CHINESE: Final = re.compile(
    rf"{_POLITE_IN_CHINESE}(?:除了|除去|除)(?P<but>.+?)(?:的?{_IN_CHINESE})?(?:以外|之外|外)?[,，\s]*(?:其他|其它|其余|剩下|别)?的?(?:所有|全部)?的?{_IN_CHINESE}?"
    r"(?:全都|都|全部|全|一律)(?P<rest>.+)",
)
_THESE_IN_CHINESE: Final = re.compile(
    rf"{_POLITE_IN_CHINESE}(?P<names>[^都全所每各]+?)(?:号|的?{_IN_CHINESE})*(?:这?[两二三四五六七八九十]个)?(?:的?{_IN_CHINESE})?(?:全都|都|全部)(?P<rest>.+)"
)
_NO_NAMES: Final = re.compile(
    rf"(?:这?[两二三四五六七八九十0-9]个|我的?|我们的?|这里的?|这个频道的?|{_IN_CHINESE}|的)*"
)
_APART: Final = re.compile(r"\s*(?:,\s*and\s|[,;，、；&+])\s*|\s+and\s+|[和与跟及]", re.IGNORECASE)
_VERB: Final = re.compile(
    r"(?P<before>(?:(?:please|pls|now|just|can\s+you|could\s+you)\s+)*[a-z]+\s+(?:(?:both|the|my|our)\s+)*)(?P<rest>\S.*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class One:
    """How a digest is spoken of: by its number, or by a name with the slugs of what has it."""

    said: str
    slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Several:
    """The same text as it is said of one digest, and which are meant: those of these numbers or names, or all there are but
    those that are left out. What has no word for digests may speak of anything else.

    With `count` it is said how many there are, with a `place` which of them; `unread` is what stands for digests and names none; of `some` nobody says which.
    """

    said: str
    these: tuple[One, ...] = ()
    but: tuple[One, ...] = ()
    is_own: bool = False
    names_digests: bool = True
    count: int = 0
    unread: str = ""
    is_some: bool = False
    change: str = ""
    place: places.Placed | None = None


def asks_how(text: str) -> bool:
    """Say whether a text asks how something is done, and wants nothing done yet."""
    return _ASKING_HOW.match(text.strip()) is not None


def without_word(text: str) -> str:
    """Return what is said to a digest without the word that stands for it."""
    return re.sub(
        r"^(?:it|the digest)(?:\s+|$)|\s*\b(?:from|of|on|to|in)?\s*\b(?:it|the digest)$",
        "",
        text,
        flags=re.IGNORECASE,
    ).strip(_MARKS)


def without_exception(text: str) -> str:
    """Return what is said to a digest without what is to be left out, or how many of them are meant."""
    said = without_word(_BUT.sub("", text))
    return "" if _SOME.match(f"{said} of") else said


def ways(base: FactBase, text: str) -> Iterator[Several]:
    """Yield how a text may speak of several digests; nothing where it speaks of one or none."""
    said = " ".join(text.replace("’", "'").split()).strip(_MARKS)
    if len(said) > _LONGEST:
        return
    if how := _ASKING_HOW.match(said):
        said = said[how.end() :].strip(_MARKS)
    each = places.without_ranges(said)
    if found := _NUMBERED.match(each):
        numbers = tuple(One(one) for one in dict.fromkeys(re.findall(r"[0-9]+", found["numbers"])))
        change = _change(base, "", each[found.end() :])
        for one in _of_one(found["before"], each[found.end() :]):
            yield Several(one, numbers, change=change)
        return
    if listed := [*_names_into(base, each)]:
        yield from listed
        return
    if by_place := [*_of_place(base, said)]:
        yield from by_place
        return
    if in_chinese := [*_in_chinese(base, said)]:
        yield from in_chinese
        return
    yield from _of_names(base, said)
    yield from _of_all(base, said)


def _of_all(base: FactBase, said: str) -> Iterator[Several]:
    if found := _WITH_NOUN.search(said):
        before, (after, but, unread) = said[: found.start()], _but(base, said[found.end() :])
        yield Several(
            f"{before}the{found['on'] or ''} digest{after}", (), but, _is_own(found[0]), True, _count(found[0]), unread,
            _SOME.search(before) is not None, _change(base, before, after),
        )  # fmt: skip
        return
    if found := _ALL_IN_CHINESE.search(said):
        before, (after, but, unread) = said[: found.start()], _but(base, said[found.end() :])
        named = re.search(_IN_CHINESE, found[0]) is not None
        is_all = found[0] not in ("都", "全都") or re.fullmatch(_POLITE_IN_CHINESE, before) is not None
        change = _change(base, before, after)
        for one in _of_one(before, after):
            unread_one = unread if is_all else unread or before
            yield Several(
                one, (), but, bool(found["own"]), named, _count(found[0]), unread_one, change=change
            )
    elif found := _BARE.search(said):
        before, (after, but, unread) = said[: found.start()], _but(base, said[found.end() :])
        yield Several(
            f"{before}it{after}", (), but, _is_own(found[0]), False, _count(found[0]), unread,
            _SOME.search(before) is not None, _change(base, before, after),
        )  # fmt: skip


def _of_place(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of digests by their place, or of all but those that are to be kept as they are: "keep 1, pause the rest"."""
    kept = _KEPT.match(said)
    but = _ones(base, kept["but"] or kept["zh"]) if kept else ()
    rest = said[kept.end() :] if kept and but else said
    found = places.placed(rest)
    if found is None:
        return
    before, (after, others, unread) = rest[: found.start], _but(base, rest[found.end :])
    change, is_own = _change(base, before, after), _is_own(rest[found.start : found.end])
    ways = (f"{before}it{after}",) if rest.isascii() else _of_one(before, after)
    for one in ways:
        yield Several(one, (), (*but, *others), is_own, False, unread=unread, change=change, place=found)


def _names_into(base: FactBase, said: str) -> Iterator[Several]:
    """Yield names that come into several or go from them: "add Ningbo to 1 and 3", 把宁波加到1和2."""
    for link in (*_LINK.finditer(said), *_LINK_IN_CHINESE.finditer(said)):
        ones = _ones(base, re.sub(rf"^(?:the\s+|my\s+|our\s+|both\s+)*(?:{_NOUN}\s+)?|\s+{_NOUN}$|[里中]面?$", "", said[link.end() :], flags=re.IGNORECASE))  # fmt: skip
        change = _change(base, said[: link.end()], "")
        if len(ones) > 1 and change:
            yield Several("it", ones, change=change)
            return


def _is_own(text: str) -> bool:
    return _OWN.search(text) is not None


def _count(text: str) -> int:
    """Return how many are spoken of; 0 where it is not said."""
    found = _COUNT.search(text)
    if found is None:
        return 0
    return _COUNTS.get(found[0].lower()) or (int(found[0]) if found[0].isdecimal() else 0)


def _change(base: FactBase, before: str, after: str) -> str:
    """Return the change of names that is said of them, before the word for them or behind it; "" where none is."""
    head, tail = before.strip(_MARKS), re.sub("^[里中]?面?的?[都全]*", "", after.strip(_MARKS))
    if tail and (not head or re.fullmatch(f"{_POLITE_IN_CHINESE}[从在]?|(?:please )?(?:in|from|for)", head)):
        change = names_changed.as_change(base, tail)
        return change if parse.changes_names(change) else ""
    if tail:
        return ""
    if found := _OF_NAMES.fullmatch(before):
        return f"{'add' if found['adds'] else 'drop'} {found['what']}"
    if found := _INTO_IN_CHINESE.fullmatch(head):
        return f"add {found['what']}"
    link = _LAST_LINK.search(before)
    said = _POLITE.sub("", before[: link.start()]) if link else ""
    change = names_changed.as_change(base, said) if said else ""
    return change if parse.changes_names(change) else ""


def _in_chinese(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of those that stand before it by their numbers and names, or of all but those."""
    if found := _LEFT_OUT_IN_CHINESE.fullmatch(said):
        but = _ones(base, found["but"])
        change, unread = _change(base, "", found["rest"]), "" if but else found["but"]
        for one in _of_one("", found["rest"]):
            yield Several(one, (), but, names_digests=False, unread=unread, change=change)
        return
    found = _THESE_IN_CHINESE.fullmatch(said)
    these = _ones(base, found["names"]) if found and not _NO_NAMES.fullmatch(found["names"]) else ()
    if found and these:
        change = _change(base, "", found["rest"])
        for one in _of_one("", found["rest"]):
            yield Several(one, these, names_digests=False, change=change)


def _of_names(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of several by their names behind its verb: "pause ports and talent"."""
    found = _VERB.fullmatch(said)
    words = found["rest"].split() if found else []
    for count in range(len(words), 1, -1) if found else ():
        head, rest = " ".join(words[:count]).strip(_MARKS), " ".join(words[count:])
        if not _APART.search(head):
            # What is shorter has nothing that parts names either.
            return
        head = re.sub(rf"\s+{_NOUN}$", "", head, flags=re.IGNORECASE)
        ones = _ones(base, head)
        if len(ones) > 1:
            yield Several(
                f"{found['before'].split(' the')[0].strip()} it {rest}".strip() if found else "", ones
            )
            return


def _ones(base: FactBase, text: str) -> tuple[One, ...]:
    """Return the digests that a text speaks of by numbers and names; none where one of them is neither."""
    ones: list[One] = []
    for part in _APART.split(text):
        said = re.sub(
            r"^(?:(?:digests?|numbers?|第)\s*)?#?|(?:号|个)$", "", part.strip(_MARKS), flags=re.IGNORECASE
        )
        if said.isdecimal() and said.isascii():
            ones.append(One(said))
        elif slugs := which.slugs_of(base, which.bare(said)) if said else ():
            ones.append(One(said, slugs))
        else:
            return ()
    return tuple(ones)


def _of_one(before: str, after: str) -> Iterator[str]:
    """Yield how the same is said of one digest, where Chinese may have it before or behind the verb."""
    rest = f"{before.rstrip()} {after.strip()}".strip()
    if before.isascii() and before:
        yield f"{before.rstrip()} it {after.strip()}".strip()
        return
    bare = re.sub(r"^(?:请|麻烦|帮我|把|将|摘要|第)+|^[都全部]+", "", rest).strip()
    if _CHANGE_IN_CHINESE.match(bare):
        yield f"摘要{bare}"
    yield f"{bare}摘要"
    yield bare


def _but(base: FactBase, text: str) -> tuple[str, tuple[One, ...], str]:
    """Return what follows the word for all without the digests that it leaves out, those, and what names none of them."""
    found = _BUT.search(text)
    if found is None:
        return text, (), ""
    words = found["rest"].split()
    for count in range(len(words), 0, -1):
        head, rest = " ".join(words[:count]).strip(_MARKS), " ".join(words[count:])
        if ones := _ones(base, head) or _ones(base, which.bare(head)):
            return f"{text[: found.start()]} {rest}".rstrip(), ones, ""
    return text, (), found["rest"]
