"""A change of a digest, said in a sentence: "make the ports digest daily", "move digest 2 to 10:00", 把港口改成每天."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import known, names_changed, parse, regions, sending, which, wishes
from handlers.digests.reading.deeds import exchanging
from handlers.subscription import Subscription
from handlers.target import Target
from knowledge.base import FactBase

_LONGEST: Final = 160
_POLITE: Final = re.compile(
    r"(?:(?:please|pls|ok|okay|hey|now|just|also|let'?s|can you|could you|would you|will you|can we|could we"
    r"|(?:i|we)(?:'d| would)? (?:like|want|need) (?:you )?to)\s+)+",
    re.IGNORECASE,
)
_VERBS: Final = r"(?:change|edit|make|move|switch|set|turn|shift|reschedule|adjust|modify|alter|convert)"
# What asks for a new digest as well, and for a change only of one that is spoken of as there.
_WEAK_VERBS: Final = (
    r"(?:(?:get|have|let|put|send|post|give|update|bring|push|postpone|run|show)(?: (?:me|us))?"
    r"|(?:i|we)(?:'d| would)? (?:rather )?(?:want|like|prefer|need|have)(?: to (?:have|get|see))?)"
)
_MUST: Final = (
    r"(?:should|must|ought to|needs? to|has to|have to|shall|is to|can|could|may|might|would better)"
)
_COMES: Final = r"(?:be|come|run|go|arrive|appear|post|move|change|switch)(?: (?:out|posted|sent|moved|changed|switched))?"
_CHANGED: Final = re.compile(rf"{_VERBS}\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_WANTED: Final = re.compile(rf"{_WEAK_VERBS}\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_SHOULD: Final = re.compile(
    rf"(?P<which>.+?)\s+{_MUST}\s+(?:now\s+)?{_COMES}\s+(?P<change>.+)", re.IGNORECASE | re.DOTALL
)
_MAY: Final = re.compile(rf"{_MUST}\s+(?P<which>.+?)\s+{_COMES}\s+(?P<change>.+)", re.IGNORECASE | re.DOTALL)
# "The ports digest: make it weekly", "ports: weekly instead".
_COLON: Final = re.compile(
    rf"(?P<which>[^:,]+?)\s*[:,]\s*(?:please\s+)?{_VERBS}\s+(?:it|this|that)\s+(?P<change>.+)",
    re.IGNORECASE | re.DOTALL,
)
# "Take other regions out of the ports digest", "add Ningbo to digest 2".
_INTO: Final = re.compile(
    r"(?P<verb>add|put|include|take|leave|keep|drop|remove|delete|cut)\s+(?P<what>.+?)\s+(?P<way>to|into|in|out of|off|from)\s+(?P<which>.+)",
    re.IGNORECASE | re.DOTALL,
)
_ADDS: Final = frozenset({"to", "into", "in"})
_DIGEST: Final = re.compile(r"(?:the\s+|my\s+|our\s+)?(?:digest\b.*|.+\bdigest)", re.IGNORECASE)
_INSTEAD: Final = re.compile(r"\s+(?:instead(?: of\b.*)?|rather than\b.*)$", re.IGNORECASE | re.DOTALL)
_FROM_NOW_ON: Final = re.compile(r",?\s*\b(?:from now on|in future|going forward)$", re.IGNORECASE)
_TO_HOUR: Final = re.compile(r"\bto\s+(?=[0-9]{1,2}(?:$|\s*[ap]\.?m\b))", re.IGNORECASE)
_NOUNS: Final = frozenset(
    {"digest", "digests", "digest's", "one", "subscription", "newsletter", "it", "this", "that"}
)
_AROUND: Final = _NOUNS | frozenset(
    {
        "the", "my", "our", "to", "into", "be", "come", "comes", "on", "for", "about", "of", "at", "post", "posts", "posted", "sent",
        "time", "day", "days", "schedule", "rhythm", "frequency", "run", "runs", "go", "out", "so", "that's", "from",
    }
)  # fmt: skip
# Of these speaks who wants a new one, or none.
_NO_CHANGE: Final = frozenset(
    {"a", "an", "me", "us", "new", "another", "up", "not", "don't", "never", "no", "what", "which", "how", "why", "when", "who", "where"}
)  # fmt: skip
# "1 facts 2" is said to digest 1, "3 facts" to the one there is.
_NUMBERED: Final = re.compile(
    r"(?P<which>(?:(?:the\s+)?digest\s+)?#?[0-9]{1,6})\s+(?!(?:[ap]\.?m|facts?$|facts? (?![0-9])))(?P<change>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER: Final = re.compile(r"(?:no\.?\s*)?#?([0-9]{1,6})", re.IGNORECASE)

_CHANGED_IN_CHINESE: Final = re.compile(
    r"(?:请|麻烦|帮我|把|将)*(?P<which>.+?)(?:号|的?(?:摘要|简报|推送|日报|周报|月报)|的?(?:时间|频率))*"
    r"(?:改成|改为|换成|换为|调整为|调整到|改到|调成|调到|设为|设成|推迟到|提前到)(?P<change>.+)",
    re.DOTALL,
)
_IT_IN_CHINESE: Final = frozenset({"它", "这个", "这", "摘要", "简报"})
_ORDINAL: Final = re.compile(r"第?#?([0-9]{1,6})(?:号|个)?")


@dataclass(frozen=True, slots=True)
class _Said:
    """Words for a digest and for what becomes of it, and whether a change is what they ask for, be there such a digest or not."""

    which: str
    change: str
    is_change: bool


def read(base: FactBase, text: str, among: Callable[[], Sequence[Subscription]]) -> Reading | None:
    """Return the change that a text says of a digest, by its number, its names or, where it says "it", of the one there is;
    None where it says none.

    What may as well ask for a new one ("send me the ports digest daily") is a change where one `among` these is meant.
    """
    if len(text) > _LONGEST:
        return None
    if found_of_names := of_names(base, text) or exchanging.read(base, text):
        return found_of_names
    if found := _CHANGED_IN_CHINESE.fullmatch(text.strip(wishes.MARKS)):
        return _in_chinese(base, found["which"].strip(), found["change"].strip())
    said = _said(base, " ".join(sending.without_thanks(base, text).replace("’", "'").split()))
    found_in_english = _of(base, said) if said else None
    if said is None or found_in_english is None or said.is_change:
        return found_in_english
    target = found_in_english.target
    is_there = target is None or target.id.isdecimal() or which.fitting(base, among(), target.ids)
    return found_in_english if is_there else None


def of_names(base: FactBase, text: str) -> Reading | None:
    """Return the change of what a digest is on that a text says of it with the word for a digest; None where it says none."""
    plain = " ".join(sending.without_thanks(base, text).split())
    found = _INTO.fullmatch(_POLITE.sub("", plain, count=1) if _POLITE.match(plain) else plain)
    if found is None or not _DIGEST.fullmatch(found["which"]):
        return None
    is_added = found["way"].lower() in _ADDS
    if is_added != (found["verb"].lower() in ("add", "put", "include")):
        return None
    what = found["what"].strip(wishes.MARKS)
    if regions.is_named(what):
        change = regions.TAKEN_IN if is_added else regions.LEFT_OUT
    else:
        change = f"{'add' if is_added else 'drop'} {what}"
        if not which.slugs_of(base, what):
            return None
    words = (word for word in found["which"].split() if word.strip(wishes.MARKS).lower() not in _AROUND)
    bare = " ".join(words).strip(wishes.MARKS)
    if number := _NUMBER.fullmatch(bare):
        return Reading("edit", change, Target(id=number[1]))
    if not bare:
        return Reading("edit", change)
    slugs = which.slugs_of(base, bare)
    return Reading("edit", change, Target.of(slugs)) if slugs else None


def _said(base: FactBase, text: str) -> _Said | None:
    said = (
        _POLITE.sub("", _FROM_NOW_ON.sub("", text), count=1)
        if _POLITE.match(text)
        else _FROM_NOW_ON.sub("", text)
    )
    bare = _INSTEAD.sub("", said)
    is_instead = bare != said
    for pattern in (_COLON, _SHOULD, _MAY):
        if (found := pattern.fullmatch(bare)) and wishes.is_when_alone(base, _to_hour(found["change"])):
            return _Said(found["which"], _to_hour(found["change"]), pattern is not _MAY)
    changed, wanted = _CHANGED.fullmatch(bare), _WANTED.fullmatch(bare)
    rest = _to_hour(changed["rest"] if changed else wanted["rest"] if wanted else bare if is_instead else "")
    if numbered := _NUMBERED.fullmatch(rest):
        head, change = (
            numbered["which"],
            re.sub(r"^(?:to|on)\s+", "", numbered["change"], flags=re.IGNORECASE),
        )
    else:
        head, change = known.apart(base, rest) if rest else ("", "")
    return _Said(head, change, bool(changed) or is_instead) if change else None


def _to_hour(text: str) -> str:
    """Return "at 10" of "to 10": where something moves to."""
    return _TO_HOUR.sub("at ", text)


def _is_change(base: FactBase, text: str) -> bool:
    """Say whether a text tells when a digest comes, or that and which names come or go."""
    if wishes.is_when_alone(base, text):
        return True
    said = names_changed.in_one_breath(base, text)
    return said != text and bool(parse.changes_names(said))


def _of(base: FactBase, said: _Said) -> Reading | None:
    words = [word.strip(wishes.MARKS).lower() for word in said.which.split()]
    if not _NO_CHANGE.isdisjoint(words):
        return None
    bare = " ".join(word for word in said.which.split() if word.strip(wishes.MARKS).lower() not in _AROUND)
    bare = bare.strip(wishes.MARKS)
    number = _NUMBER.fullmatch(bare)
    is_there = bool(number) or not _NOUNS.isdisjoint(words)
    if not (said.is_change or is_there) or not _is_change(base, said.change):
        return None
    if number:
        return Reading("edit", said.change, Target(id=number[1]))
    if not bare:
        return Reading("edit", said.change)
    slugs = which.slugs_of(base, bare)
    return Reading("edit", said.change, Target.of(slugs)) if slugs else None


def _in_chinese(base: FactBase, names: str, change: str) -> Reading | None:
    if numbered := _ORDINAL.fullmatch(names):
        return Reading("edit", change, Target(id=numbered[1]))
    if not wishes.is_when_alone(base, change):
        return None
    if names in _IT_IN_CHINESE:
        return Reading("edit", change)
    slugs = which.slugs_of(base, names)
    return Reading("edit", change, Target.of(slugs)) if slugs else None
