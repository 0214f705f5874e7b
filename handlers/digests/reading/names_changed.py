"""Names that are taken out of a digest, put in or exchanged, in any words: "no Hangzhou and no ports", "Ningbo instead of Hangzhou",
去掉杭州, 把杭州换成宁波; each becomes "drop …, add …", as it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from handlers.digests.reading import known, parse, which
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.subjects import Subjects, parse_subjects
from knowledge.base import FactBase

_MARKS: Final = " ,.:;!?，。：；！？、"
_LONGEST: Final = 200
# What a digest is on stands before the first of them, or has few of them in its names.
_MOST_MARKS: Final = 4
_OUT_WORDS: Final = (
    r"(?:no more|no longer|not(?: on| about)?|no|neither|nor|without|minus|excluding|exclude|except(?: for)?|leave out|omit|cut(?: out)?|delete|take out"
    r"|get rid of|drop|remove)\s+(?=\S)"
)
_OUT_IN_CHINESE: Final = "(?:去掉|删去|移除|删掉|删除|去除|不要|不含|不包括|除去|除了|别要)"
_IN_WORDS: Final = r"(?:(?:but|and)\s+)?(?:add|plus|include|put in|with|have)\s+(?=\S)|but\s+(?=\S)"
_IN_IN_CHINESE: Final = "(?:增加|加上|添加|加入)"
_MARK: Final = re.compile(
    rf"(?:^|[\s,;]+)(?:(?:and|but|or)\s+)?(?P<out>{_OUT_WORDS})|(?:^|[\s,;]+)(?P<in>{_IN_WORDS})"
    rf"|[\s,，、;；并且也和同时]*(?:(?P<zhout>{_OUT_IN_CHINESE})|(?P<zhin>{_IN_IN_CHINESE}))",
    re.IGNORECASE,
)
# Of the start of a text these leave out what follows, too; further on they are part of a name.
_DENIED: Final = re.compile(rf"(?:(?:but|and)\s+)?(?:less\s+(?=\S)|{_OUT_WORDS})", re.IGNORECASE)
# "-Hangzhou +Ningbo".
_SIGNED: Final = re.compile(r"(?:^|(?<=\s))([-−–+])\s*(?=[^\W\d])")
# "Talent +Ningbo"; between two names a dash has a space on either side.
_SIGN_BEHIND: Final = re.compile(r"(?<=\s)([-−+])(?=[^\W\d])")
_USED: Final = r"(?:(?:use|have|put|take|post|follow|want|include|with)\s+)?"
_EXCHANGES: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?:replace|swap(?:\s+out)?|exchange|switch|trade|change)\s+(?:from\s+)?(?P<out>.+?)\s+(?:with|for|by|to|into)\s+(?P<into>.+)",
        r"substitute\s+(?P<into>.+?)\s+for\s+(?P<out>.+)",
        r"(?:instead\s+of|rather\s+than)\s+(?P<out>[^,]+?)(?:\s*,\s*|\s+(?=(?:use|have|put|take|post|follow)\b))" + _USED + r"(?P<into>.+)",
        _USED + r"(?P<into>.+?),?\s+(?:instead\s+of|rather\s+than|in\s+(?:place|lieu)\s+of)\s+(?P<out>.+)",
        r"(?:not|no)\s+(?P<out>.+?),?\s+but\s+(?:rather\s+)?(?P<into>.+)",
        "(?:把|将)?(?P<out>.+?)(?:都|全)?(?:替换成|替换为|替换|换成|换为|改成|改为|换)(?P<into>.+)",
        "用?(?P<into>.+?)(?:来)?(?:代替|取代|替代|替换)(?P<out>.+)",
        f"(?:{_OUT_IN_CHINESE}|不是)(?P<out>.+?)[,，\\s]*(?:而是|而要|只要|换成|改成|要)(?P<into>.+)",
        "(?:只?要)?(?P<into>.+?)[,，\\s]*(?:而不是|而非|而不要|不要|不是)(?P<out>.+)",
    )
)  # fmt: skip
# What alone a digest is to be on: "only ports", "drop everything but ports", 只留港口.
_KEPT: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.DOTALL)
    for pattern in (
        r"(?:(?:keep|have|leave|follow|post|show|make\s+it)\s+)?(?:only|just|nothing\s+but|solely)\s+(?:on\s+|about\s+)?(?P<kept>.+)",
        r"(?:keep|have|leave|follow|post|show)\s+(?P<kept>.+?)\s+(?:only|alone)",
        r"(?:drop|remove|delete|cut|omit|leave\s+out|take\s+out)\s+(?:all|everything|anything)(?:\s+(?:the\s+)?(?:names|topics|places|mechanisms|else|others?))?"
        r"\s+(?:but|except(?:\s+for)?|other\s+than|apart\s+from|besides)\s+(?P<kept>.+)",
        "(?:只|仅)(?:留下?|保留|要|关注|看|发)?(?P<kept>.+)",
        f"除了?(?P<kept>.+?)(?:以外|之外|外)?[,，\\s]*(?:其他的?|其它的?|别的)?(?:都|全都|全部|一律){_OUT_IN_CHINESE}",
    )
)
# "Ports no Hangzhou" may be said of a digest on ports as well: only behind its number it is an exchange.
_DENIED_BEHIND: Final = re.compile(
    rf"{_USED}(?P<into>.+?),?\s+(?:(?:and|but)\s+)?(?:not|no)\s+(?P<out>.+)", re.IGNORECASE | re.DOTALL
)
_OUT_BEHIND: Final = re.compile(
    "(?:把|将)?(?P<out>.+?)(?:都|全)?(?:去掉|删去|移除|删掉|删除|去除)", re.DOTALL
)
# "... and make it daily", ...并改成每天: when it comes, said in the same breath.
_AND_MAKE_IT: Final = re.compile(
    r"\s*(?:[,;]\s*)?(?:\b(?:and|then|and then|but)\s+)(?:also\s+)?(?:make|have|change|set|switch|turn|move|send|post)\s+(?:it|that|this)\s+(?:to\s+(?!me\b)|come\s+)?"
    r"|\s*[,，、;；]?\s*(?:并且?|同时|然后|再)\s*(?:把它|将它|把|将)?(?:改成|改为|改到|设为|设成|调到|换到)\s*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"\s+(?:any ?more|any longer|please|now|instead|as well|too)$|(?:吧|了|谢谢)+$", re.IGNORECASE
)
_JOINED: Final = re.compile(r"\s*[,，、;；]?\s*\b(?:or|nor|and)\s+|\s*[和与跟及或]\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Names that go and names that come, as they were typed, with commas between them."""

    out: str = ""
    into: str = ""

    def __str__(self) -> str:
        said = (f"{verb} {names}" for verb, names in (("drop", self.out), ("add", self.into)) if names)
        return ", ".join(said)


def as_change(base: FactBase, text: str) -> str:
    """Return what is said to a digest that is there with "drop" before the names that go and "add" before those that come; as it
    is where it changes no names so.
    """
    if len(text) > _LONGEST:
        return text
    text = in_one_breath(base, text)
    if _SIGNED.match(text):
        return _SIGNED.sub(lambda sign: f"{'add' if sign[1] == '+' else 'drop'} ", text)
    if parse.is_option(text) or isinstance(parse.read(base, text), DigestChanges):
        return text
    head, options = known.apart(base, text)
    said = " ".join(_plain(head).split())
    if alone := kept(base, said):
        return f"{alone} {options}".strip()
    found = _exchange(base, said, (*_EXCHANGES, _DENIED_BEHIND)) or _marked(base, said)
    if found is None and (denied := _DENIED.match(said)):
        # What is wrong with a name is told of it, without the word that leaves it out.
        found = Exchange(said[denied.end() :])
    changed = str(found) if found else said if said != head.strip(_MARKS) else ""
    return f"{changed} {options}".strip() if changed else text


def kept(base: FactBase, said: str) -> str:
    """Return the names that a digest is to be on alone, as they were typed; "" where a text says no such thing."""
    if len(said) > _LONGEST:
        return ""
    ways = (found["kept"] for pattern in _KEPT if (found := pattern.fullmatch(said)))
    return next((names for way in ways if (names := _names(base, way))), "")


def in_one_breath(base: FactBase, text: str) -> str:
    """Return a text that changes names, and behind or before that when a digest comes, with the names first: "add Ningbo daily" of
    "daily and add Ningbo".
    """
    said = _AND_MAKE_IT.sub(" ", text).strip()
    when, names = parse.before_change(said)
    found = parse.read(base, when.strip(_MARKS)) if names and when.strip(_MARKS) else None
    is_when = isinstance(found, DigestChanges) and not (found.names or found.adds or found.drops)
    return f"{names} {when.strip(_MARKS)}" if is_when else said


def exchange(base: FactBase, text: str) -> Exchange | None:
    """Return which names of a text go and which come in their place; None where it says no such thing, or neither are names."""
    return _exchange(base, text, _EXCHANGES) if len(text) <= _LONGEST else None


def _exchange(base: FactBase, text: str, patterns: Sequence[re.Pattern[str]]) -> Exchange | None:
    for pattern in patterns:
        found = pattern.fullmatch(text)
        out, into = (_names(base, found["out"]), _names(base, found["into"])) if found else ("", "")
        if found and (out or into):
            # One that is no name is told of by the reader of names; a word that leaves out is none at all.
            typed = Exchange(out or found["out"], into or found["into"])
            if not _MARK.search(typed.out) and not _MARK.search(typed.into):
                return typed
    return None


def changes(base: FactBase, text: str) -> bool:
    """Say whether a text takes names out of a digest or puts some in, and which is none of a new one."""
    return bool(parse.changes_names(as_change(base, text)))


def named_and_changed(base: FactBase, text: str) -> tuple[tuple[str, ...], str]:
    """Return the slugs of the names that a text begins with, and the change that is said behind them; none where it begins
    with no name.
    """
    text = _SIGN_BEHIND.sub(lambda sign: "add " if sign[1] == "+" else "drop ", text)
    for names, change, is_change in _cuts(base, text):
        slugs = which.slugs_of(base, which.bare(names)) if change and names.strip() else ()
        if slugs and (is_change or changes(base, change)):
            return slugs, change.strip(_MARKS)
    slugs = which.slugs_of(base, which.bare(text))
    return (slugs, "") if slugs else ((), text)


def _cuts(base: FactBase, text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield where what a digest is on may end in a text and what is to change begin, and whether that is known to be a change."""
    yield *parse.before_change(text), True
    # Of "Ningbo instead of Hangzhou" neither is what a digest is on.
    marks = () if exchange(base, text) else islice(_MARK.finditer(text), _MOST_MARKS)
    for mark in marks:
        if mark.start():
            yield text[: mark.start()], text[mark.start() :].strip(_MARKS), False
    yield *known.apart(base, text), True


def _marked(base: FactBase, said: str) -> Exchange | None:
    """Return the names behind each word that leaves out and each that takes in, and those before the first of them, which come."""
    if behind := _OUT_BEHIND.fullmatch(said):
        gone = _names(base, behind["out"])
        return Exchange(gone) if gone else None
    marks = [*_MARK.finditer(said)]
    if not marks:
        return None
    out: list[str] = []
    into = [said[: marks[0].start()]] if marks[0].start() else []
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        part = said[mark.end() : after.start() if after else None]
        (out if mark["out"] or mark["zhout"] else into).append(part)
    # What is said again and again is read once.
    read = {part: _names(base, part) for part in dict.fromkeys((*out, *into))}
    names = [[read[part] for part in dict.fromkeys(parts)] for parts in (out, into)]
    # One that is none is told of by the reader of names.
    return Exchange(*(", ".join(parts) for parts in names)) if all(map(all, names)) else None


def _names(base: FactBase, text: str) -> str:
    """Return the names that a text lists, with commas; "" where it says anything else."""
    plain = _plain(text)
    parts = [part for part in _JOINED.split(plain) if part.strip(_MARKS)]
    if isinstance(parse_subjects(base, plain, ()), Subjects) and plain:
        return plain
    listed = ", ".join(parts)
    return listed if listed and which.slugs_of(base, listed) else ""


def _plain(text: str) -> str:
    """Return a text without the marks and the words that say no more behind it."""
    said = text.strip(_MARKS)
    while (found := _BEHIND.search(said)) and found.start():
        said = said[: found.start()].strip(_MARKS)
    return said
