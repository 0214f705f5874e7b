"""What is said in Chinese of several digests at once: 所有摘要都暂停, 除了港口都停掉, 把1到3号都暂停一周."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.digests.reading.deeds import named, parts
from handlers.digests.reading.deeds.named import One, Several
from knowledge.base import FactBase

_NOUN: Final = parts.IN_CHINESE
_POLITE: Final = parts.POLITE_IN_CHINESE
ALL: Final = re.compile(
    rf"(?:把|将|请|麻烦|帮我)*(?:(?P<own>我)的?|我们的?|这里的?|这个频道的?)?(?:(?:所有|全部|全体|每一?个|各个|这?[两二三四五六七八九十0-9]个)(?:的)?(?:{_NOUN})?(?:都|全都|全)?|{_NOUN}(?:都|全都|全部|全)|全都|都)(?:的)?"
)
"""What stands for all that there are."""
_LEFT_OUT: Final = re.compile(
    rf"{_POLITE}(?:除了|除去|除)(?P<but>.+?)(?:的?{_NOUN})?(?:以外|之外|外)?[,，\s]*(?:其他|其它|其余|剩下|别)?的?(?:所有|全部)?的?{_NOUN}?"
    r"(?:全都|都|全部|全|一律)(?P<rest>.+)",
)
_THESE: Final = re.compile(
    rf"{_POLITE}(?P<names>[^都全所每各]+?)(?:号|的?{_NOUN})*(?:这?[两二三四五六七八九十]个)?(?:的?{_NOUN})?(?:全都|都|全部)(?P<rest>.+)"
)
_NO_NAMES: Final = re.compile(
    rf"(?:这?[两二三四五六七八九十0-9]个|我的?|我们的?|这里的?|这个频道的?|{_NOUN}|的)*"
)
_BEFORE_LIST: Final = re.compile(rf"(?P<before>{_POLITE}(?:{parts.VERB_IN_CHINESE})?掉?)(?:的?{_NOUN})?")
_BEHIND_LIST: Final = re.compile(
    rf"(?:这?[两二三四五六七八九十0-9]个)?(?:的?{_NOUN})?(?:全都|都|全部|一律|统统)?"
)


def ways(base: FactBase, said: str) -> Iterator[Several]:
    """Yield what is said of those that stand before it by their numbers and names, or of all but those."""
    if listed := _listed(said):
        yield from _of(base, *listed)
        return
    if found := _LEFT_OUT.fullmatch(said):
        but = named.ones(base, found["but"])
        yield from _of(base, "", (), found["rest"], but, "" if but else found["but"])
        return
    found = _THESE.fullmatch(said)
    these = named.ones(base, found["names"]) if found and not _NO_NAMES.fullmatch(found["names"]) else ()
    if found and these:
        yield from _of(base, "", these, found["rest"])


def _listed(said: str) -> tuple[str, tuple[One, ...], str] | None:
    """Return what stands before a list of numbers, the digests that it names, and what is said of them."""
    lead = _BEFORE_LIST.match(said)
    found = named.listed(said, lead.end()) if lead else None
    if lead is None or found is None or said.isascii():
        return None
    these, end = found
    behind = _BEHIND_LIST.match(said, end)
    return lead["before"], these, said[behind.end() if behind else end :]


def _of(
    base: FactBase,
    before: str,
    these: tuple[One, ...],
    rest: str,
    but: tuple[One, ...] = (),
    unread: str = "",
) -> Iterator[Several]:
    after, others, unread_too = parts.but(base, rest) if these else (rest, (), "")
    change = parts.change(base, before, after)
    for verb, one in parts.of_one(before, after):
        yield Several(
            one, these, (*but, *others), names_digests=False, unread=unread or unread_too, change=change, verb=verb,
        )  # fmt: skip
