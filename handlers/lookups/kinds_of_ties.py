"""The kinds of ties by what people call them: read out of a text, counted, and named at the head of a map or a list."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from handlers.records.enumerated import all_of
from handlers.say import Said, say, say_many
from knowledge.names.near import is_one_edit
from knowledge.text import english
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import AS_TWINS, Arrangement

Kinds = frozenset[Arrangement]

NO_KIND: Final = Kinds()
_EVERY: Final = frozenset(Arrangement)
_AND: Final = "and"
_WITHOUT: Final = "without"
_WITHOUT_IN_CHINESE: Final = "不含"
_SHORTEST_SLIP: Final = 5


@dataclass(frozen=True, slots=True)
class _Kind:
    """Ties that people call by one name: `words` for them, of which the first is as good as any."""

    held: Kinds
    title: Said
    chinese: str
    counted: Callable[[int], Said]
    words: tuple[str, ...]


# What people call ties, by the kind; twins are called so whatever makes them that.
_CALLED: Final[Mapping[Arrangement, tuple[str, ...]]] = {
    Arrangement.TWINNING: ("twinnings", "twinning", "twins", "twin cities", "twin city", "twinned cities", "sister cities", "sister city",
            "结对城市", "结对", "友好城市", "姊妹城市", "姐妹城市"),
    Arrangement.COUNTERPART_COOPERATION: ("counterpart cooperation", "counterpart cooperations", "对口合作"),
    Arrangement.FRIENDSHIP: ("friendly cooperation", "friendly cooperations", "友好合作"),
    Arrangement.PARK: ("joint parks", "joint park", "parks", "park", "industrial parks", "industrial park", "jointly built parks",
            "共建园区", "园区", "产业园区", "产业园"),
    Arrangement.ALLIANCE: ("alliances", "alliance", "industrial alliances", "industry alliances", "联盟", "产业联盟"),
    Arrangement.CORRIDOR: ("corridors", "corridor", "cooperation along corridors", "innovation corridors", "走廊", "走廊合作", "创新走廊"),
    Arrangement.METROPOLITAN_AREA: ("metropolitan areas", "metropolitan area", "metro areas", "metro area", "都市圈"),
    Arrangement.INDUSTRY: ("industrial cooperation", "industrial ties", "产业合作"),
    Arrangement.INTEGRATION: ("integration", "integration ties", "一体化", "一体化关系"),
    Arrangement.PORT_EQUITY: ("port equity cooperation", "port equity", "港口股权合作"),
    Arrangement.REGION: ("regional cooperation", "regional cooperations", "区域合作"),
}  # fmt: skip


def _kind(arrangement: Arrangement, title: Said, chinese: str, counted: Callable[[int], Said]) -> _Kind:
    """Return the kind of one arrangement alone."""
    return _Kind(frozenset({arrangement}), title, chinese, counted, _CALLED[arrangement])


_KINDS: Final = (
    _Kind(
        AS_TWINS,
        say("Twinnings"),
        "城市结对",
        lambda number: say_many("{count} twinning", "{count} twinnings", number) if number else say("no twinnings"),
        _CALLED[Arrangement.TWINNING],
    ),
    _kind(
        Arrangement.COUNTERPART_COOPERATION,
        say("Counterpart cooperation"),
        "对口合作",
        lambda number: (
            say_many("{count} counterpart cooperation", "{count} counterpart cooperations", number)
            if number
            else say("no counterpart cooperation")
        ),
    ),
    _kind(
        Arrangement.FRIENDSHIP,
        say("Friendly cooperation"),
        "友好合作",
        lambda number: (
            say_many("{count} friendly cooperation", "{count} friendly cooperations", number)
            if number
            else say("no friendly cooperation")
        ),
    ),
    _kind(
        Arrangement.PARK,
        say("Joint parks"),
        "共建园区",
        lambda number: say_many("{count} joint park", "{count} joint parks", number) if number else say("no joint parks"),
    ),
    _kind(
        Arrangement.ALLIANCE,
        say("Alliances"),
        "联盟",
        lambda number: say_many("{count} alliance", "{count} alliances", number) if number else say("no alliances"),
    ),
    _kind(
        Arrangement.CORRIDOR,
        say("Cooperation along corridors"),
        "走廊合作",
        lambda number: (
            say_many("{count} cooperation along a corridor", "{count} cooperations along corridors", number)
            if number
            else say("no cooperation along corridors")
        ),
    ),
    _kind(
        Arrangement.METROPOLITAN_AREA,
        say("Metropolitan areas"),
        "都市圈",
        lambda number: (
            say_many("{count} metropolitan area", "{count} metropolitan areas", number)
            if number
            else say("no metropolitan areas")
        ),
    ),
    _kind(
        Arrangement.INDUSTRY,
        say("Industrial cooperation"),
        "产业合作",
        lambda number: (
            say_many("{count} tie of industrial cooperation", "{count} ties of industrial cooperation", number)
            if number
            else say("no ties of industrial cooperation")
        ),
    ),
    _kind(
        Arrangement.INTEGRATION,
        say("Integration"),
        "一体化关系",
        lambda number: (
            say_many("{count} tie of integration", "{count} ties of integration", number)
            if number
            else say("no ties of integration")
        ),
    ),
    _kind(
        Arrangement.PORT_EQUITY,
        say("Port equity cooperation"),
        "港口股权合作",
        lambda number: (
            say_many("{count} port equity cooperation", "{count} port equity cooperations", number)
            if number
            else say("no port equity cooperation")
        ),
    ),
    _kind(
        Arrangement.REGION,
        say("Regional cooperation"),
        "区域合作",
        lambda number: (
            say_many("{count} regional cooperation", "{count} regional cooperations", number)
            if number
            else say("no regional cooperation")
        ),
    ),
)  # fmt: skip
_OF_EVERY_KIND: Final = (
    "pairings", "pairs", "ties", "links", "connections", "partners", "partnerships", "cities", "places", "配对", "结对关系", "关系",
)  # fmt: skip
_WORDS: Final[Mapping[str, Kinds]] = {
    **{word: kind.held for kind in _KINDS for word in kind.words},
    **dict.fromkeys(_OF_EVERY_KIND, NO_KIND),
}
_ANY: Final = "|".join(re.escape(word) for word in sorted(_WORDS, key=len, reverse=True))
# English words end where a word ends; Chinese ones need not.
_ONE: Final = rf"(?:(?:{_ANY})(?![a-z]))"
_BETWEEN: Final = r"(?:\s*[,，、&+]\s*(?:and\s+)?|\s+(?:and|or|plus)\s+|\s*[和与及]\s*)(?:the\s+|only\s+)?"
PHRASE: Final = rf"{_ONE}(?:{_BETWEEN}{_ONE})*"
"""The pattern of words for one kind of ties or several, joined."""
_EACH: Final = re.compile(_ONE, re.IGNORECASE)
_TYPED: Final = re.compile(r"[A-Za-z]+")
_PARTS: Final = frozenset(
    part for word in _WORDS for part in word.split() if part.isascii() and len(part) >= _SHORTEST_SLIP
)


def named(phrase: str) -> Kinds:
    """Return the kinds that words which `PHRASE` matches are for; no kind where one of them is for ties of every kind."""
    each = [_WORDS[found[0].lower()] for found in _EACH.finditer(phrase)]
    return NO_KIND if NO_KIND in each else NO_KIND.union(*each)


def all_but(kinds: Kinds) -> Kinds:
    """Return every kind but these."""
    return _EVERY - kinds


def are_most(kinds: Kinds) -> bool:
    """Say whether these are told by what is left out."""
    return 2 * len(kinds) > len(_EVERY)


def without_slips(text: str) -> str:
    """Return a text with the words in it that are one slip away from one for a kind spelt as that."""
    return _TYPED.sub(lambda found: _spelt(found[0]), text)


def _spelt(word: str) -> str:
    small = word.lower()
    if len(small) < _SHORTEST_SLIP or small in _PARTS or small in english.forms():
        return word
    near = [part for part in sorted(_PARTS) if is_one_edit(small, part)]
    # Letters in another order are a likelier slip than another letter.
    return min(near, key=lambda part: sorted(part) != sorted(small), default=word)


def words_for(kinds: Kinds) -> str:
    """Return the words by which the same kinds are read again; "" for none."""
    if not kinds:
        return ""
    if are_most(kinds):
        return f"{_WITHOUT} {words_for(all_but(kinds))}"
    return f" {_AND} ".join(kind.words[0] for kind in _of(kinds))


def words_in_chinese(kinds: Kinds) -> str:
    """Return the Chinese words by which the same kinds are read again; "" for none."""
    if not kinds:
        return ""
    if are_most(kinds):
        return f"{_WITHOUT_IN_CHINESE}{words_in_chinese(all_but(kinds))}"
    return "和".join(next(filter(CHINESE.match, kind.words)) for kind in _of(kinds))


def every_word_for(kinds: Kinds) -> tuple[str, ...]:
    """Return all that people call ties of the one kind that these are; nothing for several."""
    return next((kind.words for kind in _KINDS if kind.held == kinds), ())


def title(kinds: Kinds) -> Said:
    """Return what ties of these kinds are called at the head of a map."""
    if are_most(kinds):
        return say(
            "All ties but {kinds}", kinds=all_of([_inside(kind.title) for kind in _of(all_but(kinds))])
        )
    first, *others = (kind.title for kind in _of(kinds))
    return all_of([first, *map(_inside, others)]) if others else first


def in_chinese(kinds: Kinds) -> str:
    """Return what ties of these kinds are called in Chinese."""
    return "和".join(kind.chinese for kind in _of(kinds))


def counted(kinds: Kinds, numbers: Mapping[Arrangement, int]) -> Said:
    """Return how many ties of each of these kinds there are."""
    return all_of([kind.counted(sum(numbers.get(one, 0) for one in kind.held)) for kind in _of(kinds)])


def _of(kinds: Kinds) -> tuple[_Kind, ...]:
    """Return the fewest that people have a name for."""
    left, found = set(kinds), []
    for kind in _KINDS:
        if kind.held <= left:
            found.append(kind)
            left -= kind.held
    return tuple(found)


def _inside(said: Said) -> str:
    """Return a title as it stands within a sentence."""
    return f"{said[:1].lower()}{said[1:]}"
