"""What a part of a text names that may be on a map: doubtful ties, kinds of ties, records, or several of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from handlers.lookups.kinds_of_ties import NO_KIND, PHRASE, Kinds, named, without_slips
from handlers.records.kind_of import spelt
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Pairing, Place, Topic
from knowledge.names.resolver import Ambiguous, Found
from knowledge.text.normalize import CHINESE, normalize, tokenize

DRAWN: Final = (Place, Pairing, Mechanism, Topic)
"""The sorts of records that a map shows."""
_LONGEST: Final = 120
_MOST_PARTS: Final = 12
_MOST_JOINED: Final = 4
_TWO: Final = 2
_SHORTEST_SLIP: Final = 4
_LONGEST_SLIP: Final = 24
_JOINED: Final = re.compile(
    r"\s*[,，、&+/;；]\s*(?:(?:and|or|nor)\s+)?|\s+(?:and|or|nor)\s+(?:(?:no|not|without)\s+)?|\s*[和与及跟或]\s*(?:不要|不含)?",
    re.IGNORECASE,
)
# "The ties of Shanghai", "anything with Shanghai", "Shanghai's ones", 和上海有关的.
_AHEAD: Final = re.compile(
    r"(?:(?:the|any|all|every|those|these|that|its|their|some|anything|everything|whatever|ones?|ties?|pairings?|pairs|links?|lines?"
    r"|connections?|partnerships?|partners|facts|topic|places?|cit(?:y|ies))\s+"
    r"(?:(?:of|in|with|to|for|from|on|at|around|about|between|near|within|inside|that touch|touching|involving)\s+)?)+"
    r"|(?:in|within|inside|between|among|around|on|about|near|at)\s+(?:the\s+)?"
    r"|(?:和|与|跟|同|所有|全部|那些|这些|那个|这个|有关|关于|涉及|在|到|对)+",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?:['’]s?)?(?:\s+(?:ties|pairings?|ones?|lines?|links?|connections?|partners|partnerships?|province|city|municipality|facts|topic"
    r"|too|as well|also|again|back in|back|in))+$"
    r"|['’]s$|(?:的|有关|相关|那些|这些|那个|部分|关系|连线|线|省|市|话题|主题|事实|方面|也|都|之间)+$",
    re.IGNORECASE,
)
_DOUBTFUL: Final = re.compile(
    r"(?:(?:the|any|all|those)\s+)*(?:doubtful|doubted|dubious|uncertain|questionable|unsure|grey|gray)(?:\s+(?:ties|pairings|ones?|lines?|links|things|stuff))?(?:\s+(?:too|as well|also))?"
    r"|(?:那些|所有|全部)?(?:存疑|可疑|有疑问|不确定|灰色)(?:的)?(?:那些|部分|关系|结对|连线|线|也)*",
    re.IGNORECASE,
)
_DOUBTFUL_BEFORE: Final = re.compile(r"(?:doubtful|doubted)\s+|存疑的?\s*", re.IGNORECASE)
_KINDS: Final = re.compile(PHRASE, re.IGNORECASE)
_KINDS_BEHIND: Final = re.compile(rf"(?P<names>.+?)(?:['’]s?)?[\s的]*(?P<kinds>{PHRASE})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Things:
    """What is named: records by `names`, `kinds` of ties (no kind: ties of every kind; None: none is named), what is `doubtful`, which
    may be `of_kind`: no more than what of these is.
    """

    names: tuple[str, ...] = ()
    kinds: Kinds | None = None
    doubtful: bool = False
    of_kind: bool = False

    def joined(self, other: Things) -> Things:
        """Return what both name."""
        kinds = [one for one in (self.kinds, other.kinds) if one is not None]
        return Things(
            tuple(dict.fromkeys((*self.names, *other.names))),
            None if not kinds else NO_KIND if NO_KIND in kinds else NO_KIND.union(*kinds),
            self.doubtful or other.doubtful,
            self.of_kind or other.of_kind,
        )


NO_THINGS: Final = Things()


def things(base: FactBase, text: str, read: dict[str, Things | None] | None = None) -> Things | None:
    """Return what a text names and nothing else, None where it says anything beside that. What was `read` is not read again."""
    said, read = text.strip(), {} if read is None else read
    if not said or len(said) > _LONGEST:
        return None
    cuts = [(0, 0), *(found.span() for found in _JOINED.finditer(said)), (len(said), len(said))]
    if len(cuts) > _MOST_PARTS:
        return None
    if whole := _thing(base, said, read):
        return whole
    return _parts(base, said, cuts, read) if len(cuts) > _TWO else None


def _parts(
    base: FactBase, text: str, cuts: Sequence[tuple[int, int]], read: dict[str, Things | None]
) -> Things | None:
    """Return what the parts of a text name between them: of a name that holds a word which joins names, all of it."""
    found, at = NO_THINGS, 0
    while at < len(cuts) - 1:
        ends = range(min(len(cuts) - 1, at + _MOST_JOINED), at, -1)
        each = ((end, _thing(base, text[cuts[at][1] : cuts[end][0]], read)) for end in ends)
        end, thing = next(((end, thing) for end, thing in each if thing), (0, None))
        if thing is None:
            return None
        found, at = found.joined(thing), end
    return found


def _thing(base: FactBase, text: str, read: dict[str, Things | None]) -> Things | None:
    """Return the one thing that a text names."""
    if text not in read:
        each = (_plainly(base, said) for said in _bared(text))
        read[text] = next((one for one in each if one), None)
    return read[text]


def _bared(text: str) -> Iterator[str]:
    """Yield a text as it stands, and without what may stand around a name."""
    said = text.strip(" ,，、.:：")
    ahead = _AHEAD.match(said)
    rest = said[ahead.end() :] if ahead else said
    seen = dict.fromkeys((said, rest, _BEHIND.sub("", said), _BEHIND.sub("", rest)))
    yield from (one.strip() for one in seen if one.strip())


def _plainly(base: FactBase, text: str) -> Things | None:
    if _DOUBTFUL.fullmatch(text):
        return Things(doubtful=True)
    if _KINDS.fullmatch(text):
        return Things(kinds=named(text))
    if name := _name(base, text):
        return Things((name,))
    if (sign := _DOUBTFUL_BEFORE.match(text)) and (of_kind := _plainly(base, text[sign.end() :])):
        return None if of_kind.doubtful else replace(of_kind, doubtful=True, of_kind=True)
    if (both := _KINDS_BEHIND.fullmatch(text)) and (name := _name(base, both["names"])):
        return Things((name,), named(both["kinds"]))
    mended = without_slips(text)
    return Things(kinds=named(mended)) if mended != text and _KINDS.fullmatch(mended) else None


def _name(base: FactBase, text: str) -> str:
    """Return the name of something that a map shows, as it stands or as it was probably meant; "" where a text is none."""
    match base.resolve(text, is_drawn, slips=False):
        case Found() | Ambiguous():
            return text
    if len(text) > _LONGEST_SLIP:
        return ""
    words = tokenize(normalize(text))
    if (len(text) < _SHORTEST_SLIP and not CHINESE.search(text)) or any(map(base.parser.is_word, words)):
        return ""
    read = base.resolve(text, is_drawn)
    return spelt(base, read.record, in_chinese=bool(CHINESE.search(text))) if isinstance(read, Found) else ""


def is_drawn(record: Named) -> bool:
    """Say whether a map may be of a record."""
    return isinstance(record, DRAWN)


def records(base: FactBase, name: str) -> tuple[Named, ...]:
    """Return what a name stands for: one record, several that share it, or none."""
    match base.resolve(name, is_drawn, slips=False):
        case Found(record=record):
            return (record,)
        case Ambiguous(records=several):
            return several
    return ()
