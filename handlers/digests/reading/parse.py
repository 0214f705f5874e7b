"""What a person typed about a digest -> what is wished, or the word that is wrong and what would be right.

Names come first, separated by commas; from the first word that speaks of time or of an option on, the order
is free. Nothing here decides who may wish it, nor fills in what was not said.
"""

from __future__ import annotations

import re

from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.options import ELSEWHERE, FOR_NOBODY, KEYWORDS, OptionsParser
from handlers.digests.reading.subjects import ParseError, is_name, is_postable, parse_subjects
from handlers.digests.reading.words import Words
from handlers.request import Request
from handlers.say import say_many
from handlers.subscription import MOST_NAMES
from knowledge.base import FactBase
from knowledge.names.resolver import Found


def read(base: FactBase, text: str) -> DigestChanges | ParseError:
    """Return what `text` wishes of a digest, or the first word of it that is wrong."""
    words = Words(re.sub(r"[,;，；、]+\s*", ", ", text).split())
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


def _heads(base: FactBase, head: str) -> DigestChanges | ParseError:
    first, _, rest = head.partition(" ")
    adds, drops = first.lower() == "add", first.lower() in ("drop", "remove", "without")
    found = parse_subjects(base, rest if adds or drops else head, KEYWORDS)
    if isinstance(found, ParseError):
        return found
    if found.count > MOST_NAMES:
        said = say_many(
            "That is {count} name; a digest takes {most} at most.",
            "That is {count} names; a digest takes {most} at most.",
            found.count,
            most=MOST_NAMES,
        )
        return ParseError("", said)
    if adds or drops:
        return DigestChanges(adds=found) if adds else DigestChanges(drops=found)
    return DigestChanges(names=found)
