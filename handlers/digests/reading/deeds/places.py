"""Digests that are spoken of by their place among those there are: "the first two", "the last one", "the rest", 前两个, 其余的."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SMALL: Final = r"(?:two|three|four|five|six|[2-9])"
_NOUN: Final = r"(?:digests?|subscriptions?|newsletters?|ones?)"
_IN_CHINESE: Final = r"(?:摘要|简报|推送|订阅|日报|周报|月报)"
_VERB_IN_CHINESE: Final = r"(?=$|[都全把暂恢跳停退取改换设调加去删推提移结终关])"
# What is counted of a digest: its runs, days and facts.
_OF_ONE: Final = (
    r"(?! (?:\w*days?|weeks?|weekends?|months?|years?|holidays?|facts?|runs?|posts?|times?|regions)\b)"
)
_NOT_TOLD: Final = (
    r"(?: (?:of (?:them|these|those|mine|ours|(?:my|the|our|these) digests)|here|in this channel))?"
)
_COUNTS: Final = (
    {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    | {sign: count for count, sign in enumerate("一二三四五六七八九", 1)}
    | {"两": 2}
)
_NTH: Final = {
    **{word: at for at, word in enumerate(("first", "second", "third", "fourth", "fifth"))},
    **{word: at for at, word in enumerate(("1st", "2nd", "3rd", "4th", "5th"))},
}
_SOME: Final = re.compile(
    rf"\b(?:(?:the|my|our|these|those) )(?P<end>first|last) (?P<count>{_SMALL})(?: {_NOUN})?{_NOT_TOLD}{_OF_ONE}(?!\w)",
    re.IGNORECASE,
)
_ONE: Final = re.compile(
    rf"\b(?:(?:the|my|our) )(?:very )?(?P<nth>last|{'|'.join(_NTH)}) {_NOUN}{_NOT_TOLD}(?!\w)", re.IGNORECASE
)
_PLACE_IN_CHINESE: Final = re.compile(
    rf"(?:前(?:面)?(?P<first>[两二三四五六2-6])个|(?:最后|后面?)(?P<last>[一两二三四五六1-6])个|第(?P<nth>[一二三四五六])个)(?:{_IN_CHINESE})?(?:全都|都)?{_VERB_IN_CHINESE}"
)
_REST: Final = re.compile(
    rf"\b(?:(?:all )?(?:(?:the|my|our) )?(?:other (?:{_NOUN}|{_SMALL})|others|remaining {_NOUN})|(?:all )?the rest|everything else|all else){_NOT_TOLD}{_OF_ONE}(?!\w)",
    re.IGNORECASE,
)
_REST_IN_CHINESE: Final = re.compile(
    rf"(?:其他|其它|其余|剩下|剩余|别(?=的|几个))(?:的|几个)*(?:{_IN_CHINESE})?(?:全都|都|全部)?{_VERB_IN_CHINESE}"
)
_WHOLE: Final = re.compile(
    rf"(?:(?:the|my|our) )?(?:very )?(?:(?P<end>first|last) (?P<count>{_SMALL})|(?P<nth>last|{'|'.join(_NTH)}))(?: {_NOUN})?{_NOT_TOLD}"
    rf"|(?:前(?:面)?(?P<front>[两二三四五六2-6])|(?:最后|后面?)(?P<back>[一两二三四五六1-6])|第(?P<at>[一二三四五六]))个?(?:{_IN_CHINESE})?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a text speaks of digests by their place, and of which: those from one place on up to another, or the `rest`."""

    start: int
    end: int
    part: tuple[int | None, int | None] = (None, None)
    count: int = 0
    is_rest: bool = False


def placed(text: str) -> Placed | None:
    """Return which digests a text speaks of by their place; None where it speaks of none so."""
    if found := _SOME.search(text) or _PLACE_IN_CHINESE.search(text):
        return _counted(found)
    if found := _ONE.search(text):
        at = _NTH.get(found["nth"].lower(), -1)
        return Placed(found.start(), found.end(), (at, at + 1 or None), 1)
    if found := _REST.search(text) or _REST_IN_CHINESE.search(text):
        return Placed(found.start(), found.end(), is_rest=True)
    return None


def _counted(found: re.Match[str]) -> Placed:
    said = found.groupdict()
    if said.get("nth"):
        at = _COUNTS[said["nth"]] - 1
        return Placed(found.start(), found.end(), (at, at + 1), 1)
    number = said.get("count") or said.get("first") or said["last"]
    count = _COUNTS.get(number.lower()) or int(number)
    is_last = (said.get("end") or "").lower() == "last" or bool(said.get("last"))
    return Placed(found.start(), found.end(), (-count, None) if is_last else (None, count), count)


def whole(text: str) -> Placed | None:
    """Return which digests a text is that says their place and nothing else: "the first", "the last two", 前两个."""
    found = _WHOLE.fullmatch(text)
    if found is None:
        return None
    if found["nth"] or found["at"]:
        at = _NTH.get(found["nth"].lower(), -1) if found["nth"] else _COUNTS[found["at"]] - 1
        return Placed(0, len(text), (at, at + 1 or None), 1)
    number = found["count"] or found["front"] or found["back"]
    count = _COUNTS.get(number.lower()) or int(number)
    is_last = found["back"] or (found["end"] or "").lower() == "last"
    return Placed(0, len(text), (-count, None) if is_last else (None, count), count)
