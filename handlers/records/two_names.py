"""Two names in one text, with whatever people write between them."""

from __future__ import annotations

import re
from typing import Final

from handlers.services import Services
from handlers.target import MOST
from knowledge.names.resolver import (
    Ambiguous,
    Found,
    Outside,
    Resolution,
    Suggestions,
    Unknown,
    Wanted,
    anything,
)
from knowledge.text.normalize import as_typed, normalize, tokenize

# A button carries all of them.
MOST_NAMES: Final = MOST
"""More names than this are no list to look up: each would cost as much as a whole question."""
# The longest names have sixteen.
_MOST_WORDS_OF_TWO: Final = 32
# Anything people write between two names. A plain hyphen and a lone letter count only between spaces.
_SEPARATOR = re.compile(
    r"\s*(?:<?[-–—=]+>|<[-–—=]+>?|[–—/\\|,;:+&×→←↔⇄~、，；：＋／]|\s-\s"
    r"|\s(?:and|vs\.?|versus|with|to|x|n|plus|or)\s|与|和|跟|及|同|对)\s*",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"^\s*(?:(?:pairing|pair|link|links|ties?|cooperation|twinning)\s+)?(?:between|of)\s+", re.I
)


def names_in(services: Services, text: str, wanted: Wanted = anything) -> tuple[Resolution, ...]:
    """Return what the names in `text` stand for, cut at separators, else where it makes the best two names.

    Only names of `wanted` records are read into slips.

    A filler in front ("pairing between") is left out; no name at all gives an empty tuple. Of more pieces than
    MOST_NAMES only the names that running text would be found to hold are returned.
    """
    named = without_filler(text)
    return written_in(services, named) or _parts(services, named, wanted) if named else ()


def written_in(services: Services, text: str) -> tuple[Resolution, ...]:
    """Return the two or more names that `text` consists of as they are written, or () where a slip is in it, or more than
    MOST_NAMES stand there.
    """
    pieces = [piece for piece in _SEPARATOR.split(text) if piece.strip()]
    if len(pieces) > MOST_NAMES:
        return ()
    cuts = [pieces] if len(pieces) > 1 else _cuts(text)
    for cut in cuts:
        read = tuple(services.base.resolve(piece, slips=False) for piece in cut)
        if not sum(map(_doubt, read)):
            return read
    return ()


def _cuts(text: str) -> list[list[str]]:
    """Return the ways to cut `text` in two at a space; none where it is longer than two names are."""
    words = text.split()
    if len(words) > _MOST_WORDS_OF_TWO:
        return []
    return [[" ".join(words[:i]), " ".join(words[i:])] for i in range(1, len(words))]


def without_filler(text: str) -> str:
    """Return `text` without the filler in front of two names."""
    return _FILLER.sub("", text).strip()


def unknown_in(services: Services, parts: tuple[Resolution, ...]) -> Unknown | None:
    """Return the first of two or more names that is none of the base's, where another is one and it is no word."""
    if not any(isinstance(part, Found | Ambiguous) for part in parts):
        return None
    is_word = services.base.parser.is_word
    unknown = (part for part in parts if isinstance(part, Unknown))
    return next((part for part in unknown if not any(map(is_word, tokenize(normalize(part.typed))))), None)


def _read(services: Services, piece: str, wanted: Wanted) -> Resolution:
    written = services.base.resolve(piece, slips=False)
    return services.base.resolve(piece, wanted) if isinstance(written, Unknown) else written


def _parts(services: Services, text: str, wanted: Wanted) -> tuple[Resolution, ...]:
    """Return the names in `text`, cut at separators, else at the space that makes the best two names."""
    pieces = [piece for piece in _SEPARATOR.split(text) if piece.strip()]
    if len(pieces) == 1:
        return _cut_at_space(services, pieces[0], wanted) if pieces else ()
    if len(pieces) > MOST_NAMES:
        return names_mentioned(services, text)
    parts = tuple(_read(services, piece, wanted) for piece in pieces)
    if any(isinstance(part, Unknown) for part in parts):
        mentioned = names_mentioned(services, text)
        return mentioned if sum(not isinstance(one, Unknown) for one in mentioned) >= 2 else parts
    return parts


def _cut_at_space(services: Services, text: str, wanted: Wanted) -> tuple[Resolution, ...]:
    # A cut with an unknown side is never the best, so its other side need not be looked up.
    read = [
        (first, _read(services, right, wanted))
        for left, right in _cuts(text)
        if not isinstance(first := _read(services, left, wanted), Unknown)
    ]
    best = min(read, key=lambda parts: sum(map(_doubt, parts)), default=None)
    if best and sum(map(_doubt, best)) <= _doubt(Suggestions((), "")) + 1:
        return best
    mentioned = names_mentioned(services, text)
    return mentioned or (_read(services, text, wanted),)


def names_mentioned(services: Services, text: str) -> tuple[Resolution, ...]:
    """Return the names that running text is found to hold, and the words beside them that nobody knows."""
    query = services.base.parse(text)
    named = tuple(mention.resolution for mention in query.mentions)
    typed = {resolution.typed for resolution in named}
    words = (c.surface for c in query.concepts if not c.is_name and (c.corrected or not c.alternatives))
    unknown = tuple(dict.fromkeys(word for word in (*query.strangers, *words) if word not in typed))
    return (*named, *(Unknown(as_typed(word, text)) for word in unknown)) if named else ()


def _doubt(resolution: Resolution) -> int:
    if isinstance(resolution, Found | Ambiguous):
        return 1 if resolution.match == "fuzzy" else 0
    return 1 if isinstance(resolution, Outside) else 3 if isinstance(resolution, Suggestions) else 9
