"""What a person typed about a digest -> what is wished, or the word that is wrong and what would be right.

Names come first, separated by commas; from the first word that speaks of time or of an option on, the order
is free. Nothing here decides who may wish it, nor fills in what was not said.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final, Literal
from weakref import ref

from handlers.digests.reading import regions
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.days import COMES, KEYWORDS
from handlers.digests.reading.options import ELSEWHERE, FOR_NOBODY, OptionsParser
from handlers.digests.reading.subjects import ParseError, Subjects, is_name, is_postable, parse_subjects
from handlers.digests.reading.when import left_out, unheard
from handlers.digests.reading.words import PAIRS, Words, no_quiet_hours
from handlers.records.enumerated import one_of
from handlers.request import Request
from handlers.say import say, say_many
from handlers.subscription import MOST_NAMES
from knowledge.base import FactBase
from knowledge.names.resolver import Found

_ADDING: Final = ("add", "plus", "增加", "加上", "添加")
_DROPPING: Final = ("drop", "remove", "without", "minus", "去掉", "删去", "移除")
# "drop ports, add talent" is two changes.
_CHANGE: Final = re.compile(
    rf"[\s,]*(?:\band\s+)?(?=(?:{'|'.join((*_ADDING, *_DROPPING))})\b)", re.IGNORECASE
)
# "Every day (except Sunday)": any other brackets are part of a name.
_BRACKETED: Final = re.compile(
    r"[（(]((?:[^（）()]*[除不]|\s*(?:except|but|not|without|no|excluding)\b)[^（）()]*)[）)]", re.IGNORECASE
)

# Far more than a digest takes: each of its names may have several.
_MOST_WORDS: Final = 100
# One text is read again and again, for what it may wish and for what is said of it.
_REMEMBERED: Final = 256


def read(base: FactBase, text: str) -> DigestChanges | ParseError:
    """Return what `text` wishes of a digest, or the first word of it that is wrong."""
    return _read(ref(base), text)


@lru_cache(maxsize=_REMEMBERED)
def _read(reference: ref[FactBase], text: str) -> DigestChanges | ParseError:
    base = reference()
    if base is None:
        raise ReferenceError("the base went while it was read")
    words = Words(re.sub(r"[,;，；、]+\s*", ", ", _BRACKETED.sub(r" \1", text)).split())
    if words.count > _MOST_WORDS:
        said = say("That is more than I can read of a digest at once; name what it is on and when it comes.")
        return ParseError("", said)
    head = words.until_options(lambda phrase: is_name(base, phrase))
    heads = _heads(base, head)
    if isinstance(heads, ParseError):
        return heads
    tail = OptionsParser(base, words, heads)
    wrong = tail.read()
    return wrong if wrong else tail.wish


def without_slips(base: FactBase, text: str) -> tuple[str, tuple[Found, ...]]:
    """Return `text` with each name that is one slip from a single one put right, and how those were read: for what only looks."""
    slips: list[Found] = []
    while isinstance(wrong := read(base, text), ParseError) and wrong.word and len(slips) < MOST_NAMES:
        meant = base.resolve(wrong.word, is_postable)
        if not isinstance(meant, Found) or meant.match != "fuzzy" or wrong.word not in text:
            break
        text = text.replace(wrong.word, meant.record.slug, 1)
        slips.append(meant)
    return text, tuple(slips)


def wrong_address(request: Request) -> str:
    """Return why a digest cannot go where the text wants it to; "" where it wants it in the channel it was typed in."""
    kinds = {one.kind for one in request.references}
    if kinds & {"person", "group", "broadcast"}:
        return FOR_NOBODY
    channels = [one for one in request.references if one.kind == "channel"]
    is_here = all(one.id and one.id == request.channel for one in channels)
    return "" if is_here else ELSEWHERE


def changes_names(text: str) -> Literal["add", "drop", ""]:
    """Return whether a text begins by adding names or by leaving some out; "" for one that does neither."""
    first = text.split(maxsplit=1)[0].strip(" ,:").lower() if text.strip() else ""
    if is_option(text):
        return ""
    return "add" if first in _ADDING else "drop" if first in _DROPPING else ""


def is_option(text: str) -> bool:
    """Say whether a text goes on with what is no name: "without weekends", "without other regions"."""
    words = _lower(text)
    is_pair = tuple(words[:2]) in PAIRS
    return is_pair or no_quiet_hours(words) or left_out.opens(words) or regions.regions(words) is not None


def _lower(text: str) -> list[str]:
    return [word.strip(" ,.:;").lower() for word in text.split()[: left_out.MOST_WORDS]]


def before_change(text: str) -> tuple[str, str]:
    """Return what stands before the first word of a text that adds names or leaves some out, and the rest."""
    changes = (one for one in _CHANGE.finditer(text) if one.start())
    # "Daily without weekends" drops no name.
    found = next((one for one in changes if not is_option(text[one.end() :])), None)
    return (text[: found.start()], text[found.end() :]) if found else (text, "")


def _heads(base: FactBase, head: str) -> DigestChanges | ParseError:
    if not changes_names(head):
        found = _names(base, head)
        return found if isinstance(found, ParseError) else DigestChanges(names=found)
    changes = DigestChanges()
    for part in filter(None, _CHANGE.split(head)):
        word, _, rest = part.partition(" ")
        found = _names(base, rest.strip(" ,"))
        if isinstance(found, ParseError):
            return found
        changes = (
            replace(changes, adds=changes.adds.plus(found))
            if changes_names(word) == "add"
            else replace(changes, drops=changes.drops.plus(found))
        )
    return changes


def _names(base: FactBase, text: str) -> Subjects | ParseError:
    found = parse_subjects(base, text, (*KEYWORDS, *unheard.ALONE))
    if isinstance(found, ParseError) and found.instead and found.instead[0] in unheard.ALONE:
        nearest = unheard.unheard(found.instead[:1])
        return ParseError.at(found.word, COMES, nearest[1] if nearest else ())
    if isinstance(found, ParseError) and not set(found.instead).isdisjoint(KEYWORDS):
        # A rhythm that there is comes before those that there are not.
        near = tuple(word for word in found.instead if word not in unheard.ALONE)
        said = say("“{word}” is no word I know. Did you mean {near}?", word=found.word, near=one_of(near))
        return ParseError(found.word, said, near)
    if isinstance(found, ParseError) or found.count <= MOST_NAMES:
        return found
    said = say_many(
        "That is {count} name; a digest takes {most} at most.",
        "That is {count} names; a digest takes {most} at most.",
        found.count,
        most=MOST_NAMES,
    )
    return ParseError("", said)
