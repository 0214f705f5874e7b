"""Which digest is meant behind a verb of one: its number, what it follows, or the one there is."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from handlers.command import Reading
from handlers.digests.reading.days import KEYWORDS
from handlers.digests.reading.subjects import Subjects, is_postable, parse_subjects
from handlers.digests.reading.when.counts import counted
from handlers.digests.reading.wishes import MARKS
from handlers.subscription import Subscription
from handlers.target import MOST, Target
from knowledge.base import FactBase
from knowledge.model import Named
from knowledge.names.resolver import Ambiguous, Found
from knowledge.text.normalize import normalize

_NUMBER: Final = re.compile(
    r"^#?([0-9]{1,80})[,.:]*(?:(?:\s+|(?=[一-鿿]))(?![天周月次期个])(.*))?$", re.DOTALL
)
_UNTIL: Final = re.compile(
    r"\b(?:until|till|til|for (?=\d|an? |one |two |three |four |five |six |the |next |this )|(?:the |this |next )+(?:week|month|year)\b|today\b)"
    r"|[一两二三四五六七八九十\d]+个?(?:天|周|星期|礼拜|月)|[直到至](?=[\d下明后])|下[个周星礼]",
    re.IGNORECASE,
)
_DAY: Final = re.compile(
    r"(?<=\S\s)(?:on|next|this|coming)\s+(?:[a-z]+day|(?:mon|tue|wed|thu|fri|sat|sun)\b|[0-9]|[a-z]{3,9}\s+[0-9]).*",
    re.IGNORECASE | re.DOTALL,
)
# What people say around it, and what says nothing of which one.
_AROUND: Final = frozenset(
    {
        "about", "all", "everything", "them", "digest", "digests", "for", "from", "it", "me", "my", "next", "of", "on", "one", "our", "please",
        "sending", "posting", "following", "posts",
        "run", "subscription", "that", "the", "this", "us", "now", "today",
    }
)  # fmt: skip
_DIGESTS: Final = frozenset({"digest", "digests", "subscription", "subscriptions"})
_IN_CHINESE: Final = ("摘要", "简报", "订阅")
_BY_NAME: Final = frozenset(
    {"show", "next", "pause", "resume", "skip", "unskip", "restart", "mine", "unsubscribe", "history"}
)
_JOINED: Final = re.compile(r"\s*[,;，、；和与跟及]\s*|\s+(?:and|&|\+)\s+", re.IGNORECASE)


def read(base: FactBase, verb: str, rest: str) -> Reading:
    """Return what is wanted by `verb` of one digest and the text behind it: of which one, and what is said to it."""
    if verb == "skip" and (several := _several(base, rest)):
        return several
    numbered = _NUMBER.match(rest)
    if numbered:
        return Reading(verb, numbered[2] or "", Target(id=numbered[1]))
    if verb not in _BY_NAME or not rest:
        return Reading(verb, rest)
    until = _UNTIL.search(rest) if verb in ("pause", "skip") else None
    until = until or (_DAY.search(rest) if verb == "skip" else None)
    head, tail = (rest[: until.start()], rest[until.start() :]) if until else (rest, "")
    said = bare(head)
    if not said:
        return Reading(verb, tail)
    numbered = _NUMBER.match(said)
    if numbered and not numbered[2]:
        return Reading(verb, tail, Target(id=numbered[1]))
    slugs = slugs_of(base, said)
    return Reading(verb, tail, Target.of(slugs)) if slugs else Reading(verb, rest)


def slugs_of(base: FactBase, said: str) -> tuple[str, ...]:
    """Return the slugs of what a text names, where it says nothing else: of a name that several have those of all, whichever of
    them is followed.
    """
    found = parse_subjects(base, said, KEYWORDS)
    if isinstance(found, Subjects):
        return found.slugs[:MOST]
    slugs: list[str] = []
    for part in _JOINED.split(said):
        match base.resolve(part, is_postable):
            case Found(record=record, match="exact" | "alias"):
                slugs.append(record.slug)
            case Ambiguous(records=records, match="exact" | "alias"):
                slugs += [record.slug for record in records]
            case _:
                return ()
    return tuple(dict.fromkeys(slugs))[:MOST]


def groups(base: FactBase, slugs: Sequence[str]) -> tuple[tuple[Named, ...], ...]:
    """Return what has these slugs, those together that share a name."""
    found: list[list[Named]] = []
    for record in filter(None, map(base.entity, slugs)):
        alike = next((group for group in found if any(_share_name(record, one) for one in group)), None)
        if alike is None:
            found.append([record])
        else:
            alike.append(record)
    return tuple(map(tuple, found))


def shared_name(records: Sequence[Named]) -> str:
    """Return how some records that share a name are all called; the slug of one that stands alone."""
    if len(records) == 1:
        return records[0].slug
    others = [{*map(normalize, one.spellings())} for one in records[1:]]
    alike = (name for name in records[0].spellings() if all(normalize(name) in other for other in others))
    return next(alike, records[0].slug)


def _share_name(one: Named, other: Named) -> bool:
    return not {*map(normalize, one.spellings())}.isdisjoint(map(normalize, other.spellings()))


def fitting(
    base: FactBase, digests: Sequence[Subscription], slugs: Sequence[str]
) -> tuple[Subscription, ...]:
    """Return the digests that are on each of some names: of those who share a name on any, as nobody said which."""
    wanted = [{record.slug for record in group} for group in groups(base, slugs)]
    return on_each(digests, wanted) if wanted else ()


def on_each(digests: Sequence[Subscription], wanted: Sequence[Collection[str]]) -> tuple[Subscription, ...]:
    """Return the digests that are on something of each of some groups of slugs: all, where there is no group."""
    return tuple(
        one for one in digests if not any(set(Subjects.of(one).slugs).isdisjoint(group) for group in wanted)
    )


def _several(base: FactBase, rest: str) -> Reading | None:
    """Return of which digest several runs are left out: of the one that is named beside their number."""
    count, others = counted(rest)
    if not count:
        return None
    found = read(base, "skip", others)
    return replace(found, argument=f"next {count} {found.argument}".strip())


def bare(text: str) -> str:
    """Return a text without the words that people put around which digest they mean."""
    return " ".join(word for word in text.split() if word.strip(MARKS).lower() not in _AROUND).strip(MARKS)


def says_until(text: str) -> bool:
    """Say whether a text says how long something is to be so."""
    return _UNTIL.search(text) is not None


def names_digest(text: str) -> bool:
    """Say whether a text has the word for a digest in it."""
    words = {word.strip(MARKS).lower() for word in text.split()}
    return not words.isdisjoint(_DIGESTS) or any(word in text for word in _IN_CHINESE)
