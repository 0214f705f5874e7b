"""What is said of several digests at once: "make both daily", "pause all my digests", "move 1 and 2 to 9:00", 所有摘要都暂停."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.digests.reading.deeds import named, parts, places, several_in_chinese
from handlers.digests.reading.deeds.named import Several
from handlers.digests.reading.deeds.parts import MARKS
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
_OWN: Final = re.compile(r"\b(?:my|mine|i)\b", re.IGNORECASE)
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
_PARTICLES: Final = re.compile("(?:好|可以|行)?[吗么呢]$")
_LINK: Final = re.compile(r"\s+(?:to|into|in|out\s+of|off|from|of|for|on)\s+", re.IGNORECASE)
_LINK_IN_CHINESE: Final = re.compile("加到|加入到?|添加到|放进")
# "Keep ports, pause the others", 保留港口，其他的都暂停.
_KEPT: Final = re.compile(
    r"(?:please\s+)?(?:keep|leave)\s+(?:only\s+)?(?P<but>.+)(?:\s*[,;]\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+)(?=\S.*\b(?:others?|rest|else)\b)"
    r"|(?:请)?(?:只|仅)?(?:保留|留下|留着|留)(?P<zh>.+?)[,，;；\s]*(?=其他|其它|其余|剩下|剩余|别的)",
    re.IGNORECASE,
)
_AS_IT_IS: Final = re.compile(r"\s+(?:as\s+(?:it|they)\s+(?:is|are)|alone|running|going|on)$", re.IGNORECASE)
_BEFORE_LIST: Final = re.compile(
    rf"(?P<before>(?:(?:please|pls|can\s+you|could\s+you|now|just)\s+)*(?P<verb>[a-z]+)\s+(?:(?:off|up|down|out)\s+)?(?:the\s+|my\s+|our\s+)?(?:both\s+)?"
    rf"(?:{_NOUN}\s+)?(?:(?:numbers?|nos?\.?)\s+)?)?",
    re.IGNORECASE,
)
# Behind these stands nothing else that is counted.
_LOOSE: Final = frozenset(
    {"pause", "mute", "snooze", "resume", "unpause", "unmute", "unskip", "skip", "restart", "stop", "end", "delete", "unfollow", "unsubscribe", "cancel", "kill"}
)  # fmt: skip
_VERB: Final = re.compile(
    r"(?P<before>(?:(?:please|pls|now|just|can\s+you|could\s+you)\s+)*[a-z]+\s+(?:(?:both|the|my|our)\s+)*)(?P<rest>\S.*)",
    re.IGNORECASE,
)


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
    ).strip(MARKS)


def without_exception(text: str) -> str:
    """Return what is said to a digest without what is to be left out, or how many of them are meant."""
    said = without_word(parts.without_exception(text))
    return "" if _SOME.match(f"{said} of") else said


def ways(base: FactBase, text: str) -> Iterator[Several]:
    """Yield how a text may speak of several digests; nothing where it speaks of one or none."""
    said = _PARTICLES.sub("", " ".join(text.replace("’", "'").split()).strip(MARKS))
    if len(said) > _LONGEST:
        return
    if how := _ASKING_HOW.match(said):
        said = said[how.end() :].strip(MARKS)
    for read in (_kept, _listed, _names_into, several_in_chinese.ways, _of_place):
        if found := [*read(base, said)]:
            yield from found
            return
    yield from _of_names(base, said)
    yield from _of_all(base, said)


def _kept(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of all but those that are to be kept as they are: "keep 1, pause the rest"."""
    kept = _KEPT.match(said)
    but = named.ones(base, _AS_IT_IS.sub("", (kept["but"] or kept["zh"]).strip(MARKS))) if kept else ()
    if kept and but:
        yield from _of_place(base, said[kept.end() :], but)


def _listed(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of digests by their numbers behind its verb, and of nothing else: of "monthly 1 and 15" they are days."""
    lead = _BEFORE_LIST.match(said)
    is_loose = lead is not None and (lead["verb"] or "").lower() in _LOOSE
    found = named.listed(said, lead.end() if lead else 0, is_loose=is_loose)
    if found is None or not (said.isascii() or (lead and lead["verb"])):
        return
    these, end = found
    after, but, unread = parts.but(base, said[end:])
    before = (lead["before"] or "") if lead else ""
    change = parts.change(base, "", after)
    for verb, one in parts.of_one(before, after):
        yield Several(one, these, but, unread=unread, change=change, verb=verb)


def _of_all(base: FactBase, said: str) -> Iterator[Several]:
    if found := _WITH_NOUN.search(said):
        before, (after, but, unread) = said[: found.start()], parts.but(base, said[found.end() :])
        yield Several(
            f"{before}the{found['on'] or ''} digest{after}", (), but, _is_own(found[0]), True, _count(found[0]), unread,
            _SOME.search(before) is not None, parts.change(base, before, after),
        )  # fmt: skip
        return
    if found := several_in_chinese.ALL.search(said):
        before, (after, but, unread) = said[: found.start()], parts.but(base, said[found.end() :])
        is_noun = re.search(parts.IN_CHINESE, found[0]) is not None
        is_all = found[0] not in ("都", "全都") or re.fullmatch(parts.POLITE_IN_CHINESE, before) is not None
        change = parts.change(base, before, after)
        for verb, one in parts.of_one(before, after):
            unread_one = unread if is_all else unread or before
            yield Several(
                one, (), but, bool(found["own"]), is_noun, _count(found[0]), unread_one, change=change, verb=verb
            )  # fmt: skip
    elif found := _BARE.search(said):
        before, (after, but, unread) = said[: found.start()], parts.but(base, said[found.end() :])
        yield Several(
            f"{before}it{after}", (), but, _is_own(found[0]), False, _count(found[0]), unread,
            _SOME.search(before) is not None, parts.change(base, before, after),
        )  # fmt: skip


def _of_place(base: FactBase, said: str, kept: tuple[named.One, ...] = ()) -> Iterator[Several]:
    """Yield what is said of digests by their place, but for those that are to be kept as they are."""
    found = places.placed(said)
    if found is None:
        return
    before, (after, others, unread) = said[: found.start], parts.but(base, said[found.end :])
    change, is_own = parts.change(base, before, after), _is_own(said[found.start : found.end])
    ways = (("", f"{before}it{after}"),) if said.isascii() else parts.of_one(before, after)
    for verb, one in ways:
        yield Several(
            one, (), (*kept, *others), is_own, False, unread=unread, change=change, place=found, verb=verb
        )  # fmt: skip


def _names_into(base: FactBase, said: str) -> Iterator[Several]:
    """Yield names that come into several or go from them: "add Ningbo to 1 and 3", 把宁波加到1和2."""
    for link in (*_LINK.finditer(said), *_LINK_IN_CHINESE.finditer(said)):
        ones = named.ones(base, re.sub(rf"^(?:the\s+|my\s+|our\s+|both\s+)*(?:{_NOUN}\s+)?|\s+{_NOUN}$|[里中]面?$", "", said[link.end() :], flags=re.IGNORECASE))  # fmt: skip
        change = parts.change(base, said[: link.end()], "")
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


def _of_names(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of several by their names behind its verb: "pause ports and talent"."""
    found = _VERB.fullmatch(said)
    words = found["rest"].split() if found else []
    for count in range(len(words), 1, -1) if found else ():
        head, rest = " ".join(words[:count]).strip(MARKS), " ".join(words[count:])
        if not named.APART.search(head):
            # What is shorter has nothing that parts names either.
            return
        head = re.sub(rf"\s+{_NOUN}$", "", head, flags=re.IGNORECASE)
        ones = named.ones(base, head)
        if len(ones) > 1:
            yield Several(
                f"{found['before'].split(' the')[0].strip()} it {rest}".strip() if found else "", ones
            )
            return
