"""What is said of the names of a digest in a sentence: "replace Hangzhou with Ningbo in digest 2", 把港口摘要里的杭州换成宁波."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import known, names_changed, parse, sending, which, wishes
from handlers.target import Target
from knowledge.base import FactBase

_MARKS: Final = " ,.:!?，。：！？、"
_LONGEST: Final = 160
_POLITE: Final = re.compile(
    r"(?:(?:please|pls|ok|okay|hey|now|just|also|let'?s|can you|could you|would you|will you|can we|could we"
    r"|(?:i|we)(?:'d| would)? (?:like|want|need|prefer)(?: you)?(?: to)?)\s+)+",
    re.IGNORECASE,
)
_NOUN: Final = r"(?:digests?|subscriptions?|newsletters?)"
_ONE: Final = rf"(?:(?:the|my|our|this)\s+)?(?:{_NOUN}\s+(?:no\.?\s*)?#?[0-9]{{1,6}}|(?:[\w'&,-]+\s+){{0,6}}?{_NOUN}(?:\s+(?:on|about)\s+[^:]+?)?)|#?[0-9]{{1,6}}"
_BEFORE: Final = re.compile(
    rf"(?:(?:in|on|for|make|change|edit)\s+)?(?P<which>{_ONE})\s*(?:[:,]\s*|\s+)(?:should be (?:on|about) )?(?P<change>.+)",
    re.IGNORECASE | re.DOTALL,
)
_LINK: Final = re.compile(r",?\s+(?:in|on|of|for|from|to|within)\s+", re.IGNORECASE)
_BEHIND: Final = re.compile(_ONE, re.IGNORECASE)
_BEHIND_AND: Final = re.compile(
    rf"(?P<which>{_ONE})(?:\s*[,;]\s*|\s+)(?:and\s+)?(?P<more>\S.*)", re.IGNORECASE | re.DOTALL
)
_IN_CHINESE: Final = "(?:摘要|简报|推送|订阅|日报|周报|月报)"
_ONE_IN_CHINESE: Final = rf"(?:(?:{_IN_CHINESE})?(?:第|#)*(?P<number>[0-9]{{1,6}})(?:号|个)?{_IN_CHINESE}?|(?P<names>.*?){_IN_CHINESE})"
_WAY_IN_CHINESE: Final = re.compile(
    rf"(?:请|麻烦|帮我|把|将|从|在)*{_ONE_IN_CHINESE}(?:里面|里头|里|中|上)?(?:的)?[,，\s]*(?P<change>(?![0-9]).+)",
    re.DOTALL,
)
_OUT_OF_IN_CHINESE: Final = re.compile(
    rf"(?:请|麻烦|帮我)*(?P<verb>去掉|删去|移除|删掉|删除|去除){_ONE_IN_CHINESE}(?:里面|里头|里|中|上)?的(?P<change>.+)",
    re.DOTALL,
)
_INTO_IN_CHINESE: Final = re.compile(
    rf"(?:请|麻烦|帮我|把|将)*(?P<change>.+?)(?:加到|加入到?|添加到|放进){_ONE_IN_CHINESE}(?:里面|里头|里|中|上)?",
    re.DOTALL,
)
_NUMBER: Final = re.compile(rf"(?:(?:the|my|our|this)\s+)?(?:{_NOUN}\s+)?(?:no\.?\s*)?#?([0-9]{{1,6}})", re.IGNORECASE)  # fmt: skip
_AROUND: Final = frozenset({"the", "my", "our", "this", "on", "about"})


@dataclass(frozen=True, slots=True)
class _Said:
    which: str
    change: str


def read(base: FactBase, text: str) -> Reading | None:
    """Return the change of names that a text says of a digest by its number, its names or as the digest; None where it says
    none.
    """
    plain = _plain(base, text)
    if in_chinese := next((one for said in _in_chinese(plain) if (one := _of(base, said))), None):
        return in_chinese
    return next((one for said in _ways(base, _without_asking(plain)) if (one := _of(base, said))), None)


def unaddressed(base: FactBase, text: str) -> Reading | None:
    """Return the change of a text that exchanges names and says of no digest: of that which is on what goes."""
    found = names_changed.exchange(base, _without_asking(_plain(base, text)))
    slugs = which.slugs_of(base, found.out) if found else ()
    return Reading("edit", str(found), Target.of(slugs)) if slugs else None


def _plain(base: FactBase, text: str) -> str:
    """Return a text without its thanks, with single spaces and straight quotes; "" for one too long to be such a sentence."""
    plain = " ".join(sending.without_thanks(base, text).replace("’", "'").split())
    return names_changed.in_one_breath(base, plain) if len(plain) <= _LONGEST else ""


def _without_asking(plain: str) -> str:
    asking = _POLITE.match(plain)
    return plain[asking.end() :] if asking else plain


def _in_chinese(text: str) -> Iterator[_Said]:
    if found := _INTO_IN_CHINESE.fullmatch(text):
        yield _Said(found["number"] or (found["names"] or "").removeprefix("我的"), f"加上{found['change']}")
    for pattern in (_OUT_OF_IN_CHINESE, _WAY_IN_CHINESE):
        if found := pattern.fullmatch(text):
            change = found["change"] if pattern is _WAY_IN_CHINESE else f"{found['verb']}{found['change']}"
            yield _Said(found["number"] or (found["names"] or "").removeprefix("我的"), change)


def _ways(base: FactBase, text: str) -> Iterator[_Said]:
    """Yield how a text may speak of a digest and of what changes in it."""
    for link in _LINK.finditer(text):
        if _BEHIND.fullmatch(text[link.end() :]):
            yield _Said(text[link.end() :], text[: link.start()])
        elif (found := _BEHIND_AND.fullmatch(text[link.end() :])) and wishes.is_when_alone(
            base, found["more"]
        ):
            yield _Said(found["which"], f"{text[: link.start()]} {found['more']}")
    if found := _BEFORE.fullmatch(text):
        yield _Said(found["which"], found["change"])


def _of(base: FactBase, said: _Said) -> Reading | None:
    change = names_changed.as_change(base, said.change)
    if not parse.changes_names(change) or not which.slugs_of(base, _first_names(base, change)):
        return None
    if number := _NUMBER.fullmatch(said.which):
        return Reading("edit", change, Target(id=number[1]))
    words = (word for word in said.which.split() if word.strip(_MARKS).lower() not in _AROUND)
    bare = re.sub(rf"\b{_NOUN}\b", "", " ".join(words), flags=re.IGNORECASE).strip(_MARKS)
    if not bare:
        return Reading("edit", change)
    slugs = which.slugs_of(base, bare)
    return Reading("edit", change, Target.of(slugs)) if slugs else None


def _first_names(base: FactBase, change: str) -> str:
    """Return the names that a change begins with."""
    _, _, rest = known.apart(base, change)[0].partition(" ")
    return parse.before_change(rest)[0].strip(_MARKS)
