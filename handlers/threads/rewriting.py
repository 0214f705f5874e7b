"""A follow-up put into whole words: the question before it with another name or year, or another question on its names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from handlers.threads.following import ENDS, FollowUp, joined
from handlers.threads.leaving_out import without
from handlers.threads.named import NamedAt
from handlers.threads.pointing import AUXILIARIES, named, named_in_chinese, points_back
from knowledge.model import Organisation, Place, Topic
from knowledge.phrases import units
from knowledge.search.intent import AnswerType
from knowledge.text.normalize import CHINESE, normalize, tokenize
from knowledge.vocabulary import Level

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TAIL: Final = re.compile(r"(?:, and |，)([^,，?？]{1,40})[?？]$")
_ASKING: Final = frozenset({"how", "what", "which"})
_AROUND: Final = frozenset(
    {"at", "by", "else", "exactly", "far", "for", "from", "in", "is", "many", "much", "since", "that", "this", "to", "until", "was", "with"}
)  # fmt: skip
_JOINING: Final = frozenset(
    {"and", "as", "at", "between", "city", "for", "from", "in", "of", "or", "s", "the", "to", "too", "well", "with", "和", "与", "跟", "及", "市", "在"}
)  # fmt: skip
# What stands for a name that several share.
_ONE: Final = frozenset(
    {"a", "i", "in", "it", "mean", "meant", "one", "place", "province", "s", "that", "那", "个", "座", "的", "市", "一", "我", "说", "是", "省", "城"}
)  # fmt: skip
_SPEAKERS: Final = frozenset({"i", "me", "my", "you", "your", "we", "us", "our"})
_ARTICLES: Final = frozenset({"a", "an", "the"})
_TWO: Final = 2
# What other places lie in.
_WIDE: Final = frozenset(
    {Level.PROVINCE, Level.REGION, Level.MUNICIPALITY, Level.COUNTRY, Level.BELT, Level.CORRIDOR, Level.ZONE}
)
_PLACES: Final = frozenset({"place", "places", "ports", "parks", "zones", "地方"})
_WHICH_IN_CHINESE: Final = ("哪些", "哪个", "哪几个", "哪几座", "哪", "什么")
_WHICH_ARE: Final = re.compile(r"(?:which|what)\s+(?:\w+\s+){1,3}?(are|is|were|was)\s+(.+)", re.IGNORECASE)
_OF_ONE: Final = {"are": "is", "were": "was"}
# Part of a question that is read as if somebody had typed it.
_BESIDE: Final = "compared with"
_MOST_ASKED: Final = 2
_MOST_SLIGHT: Final = 4
_MOST_WORDS_OF_A_THING: Final = 2
_MOST_WORDS_OF_A_NAME: Final = 3


def whole_question(follow_up: FollowUp) -> str:
    """Return the question that a text is where it follows on another; "" where it is one by itself."""
    if not follow_up.bare:
        return ""
    return next((made for way in _WAYS if (made := way(follow_up))), "")


def asks_why(said: FollowUp) -> bool:
    """Say whether a text asks for the reason of what was asked before it, and for nothing else."""
    return _is_all_asking(said) and said.query.answer_type is AnswerType.REASON


def _another_name(said: FollowUp) -> str:
    """ "What is Nanjing twinned with?", "and Chuzhou?": the same question on what is named now."""
    if not said.is_marked or not said.earlier or not said.names or not _is_all(said.bare, said.names):
        return ""
    sort = said.names[0]
    before = [name for name in said.names_before if name.sorts & sort.sorts]
    if before and {name.key for name in said.names} <= {name.key for name in before}:
        # Of two of which one gives something, the other is asked about now; else of two one is wanted alone.
        return _turned(said, before) or said.bare
    is_chinese = CHINESE.search(said.earlier) is not None
    new = [name.spelt(said.services, is_chinese) for name in said.names]
    if not before:
        return _without_swap(said, new) if sort.is_of(Place) else ""
    if len(new) == len(before):
        return _put(said.earlier, dict(zip(before, new, strict=True)))
    alike = [name for name in before if name.level == sort.level] or before
    return _put(said.earlier, {alike[-1]: joined(new, is_chinese)})


def _one_of_several(said: FollowUp) -> str:
    """ "Suzhou", "the Anhui one": of what shares the name, what lies there."""
    shared = [name for name in said.names_before if name.is_of(Place) and len(name.records) > 1]
    is_meant = said.is_marked or any(name.typed != said.bare for name in said.names)
    if len(shared) != 1 or not is_meant or not said.names or not _is_all(said.bare, said.names, _ONE):
        return ""
    there = {slug for name in said.names for slug in name.key}
    places = [record for record in shared[0].records if isinstance(record, Place)]
    meant = [place.name for place in places if not there.isdisjoint((place.province, *place.part_of))]
    return _put(said.earlier, {shared[0]: meant[0]}) if len(meant) == 1 else ""


def _turned(said: FollowUp, before: Sequence[NamedAt]) -> str:
    """ "What does Minhang give to Huainan?", "and Huainan?": what Huainan gives to Minhang; "" where neither gives anything."""
    is_given = not {*said.lexicon.giving, *said.lexicon.gaining}.isdisjoint(tokenize(normalize(said.earlier)))
    if len(before) != _TWO or not is_given or [name.key for name in said.names] != [before[1].key]:
        return ""
    one, other = before
    return _put(said.earlier, {one: other.typed, other: one.typed})


def _set_beside(said: FollowUp) -> str:
    """ "What is the GDP of Xuzhou?", "is that more than Jining?": the same question, with what it is set beside."""
    lexicon, names = said.lexicon, said.names
    if not said.is_marked or not names or any(name.is_of(Topic) for name in names):
        return ""
    own = {word for name in names for word in tokenize(normalize(name.typed))}
    if said.is_in_chinese:
        is_set = any(word in said.bare for word in lexicon.compared if CHINESE.match(word))
        is_all = not {*said.content} - lexicon.degrees
    else:
        text = f" {' '.join(said.words)} "
        is_set = any(f" {word} " in text for word in lexicon.compared)
        is_all = {*said.words} <= own | lexicon.slight | lexicon.degrees | lexicon.compared | {"s"}
    if not is_set or not is_all or {name.key for name in names} & {name.key for name in said.names_before}:
        return ""
    is_chinese = CHINESE.search(said.earlier or said.bare) is not None
    spelt = joined([name.spelt(said.services, is_chinese) for name in names], is_chinese)
    stem = said.earlier.rstrip(ENDS) if said.earlier else joined(said.kept(), is_chinese)
    return "" if not stem else f"{stem}，与{spelt}相比？" if is_chinese else f"{stem}, {_BESIDE} {spelt}?"


def _another_stranger(said: FollowUp) -> str:
    """The same with a name that nobody knows here, which is told of what is asked."""
    before = [name for name in said.names_before if name.is_of(Place)]
    is_word = any(map(said.services.base.parser.is_word, said.words)) and not said.bare.istitle()
    is_known = bool(said.names) or is_word or _asks(said)
    is_name = len(said.words) <= _MOST_WORDS_OF_A_NAME and not is_known and not said.query.years
    return _put(said.earlier, {before[-1]: said.bare}) if said.is_led and is_name and before else ""


def _another_year(said: FollowUp) -> str:
    """ "What did Hangzhou do in 2018?", "and in 2019?": the same question of another year."""
    years = said.query.years
    if not said.is_marked or not said.earlier or not years or said.names or said.content:
        return ""
    before = [*_YEAR.finditer(said.earlier)]
    if before:
        start, end = before[-1].span()
        return f"{said.earlier[:start]}{years[0]}{said.earlier[end:]}"
    if CHINESE.search(said.earlier):
        return f"{years[0]}年{said.earlier}"
    return f"{said.earlier.rstrip(ENDS)} in {years[0]}?"


def _another_asking(said: FollowUp) -> str:
    """ "since when?", "why is that?": more is asked of the same."""
    if not _is_all_asking(said) or (not said.is_marked and len(said.words) > _MOST_ASKED):
        return ""
    if not said.earlier or _is_name(said) or said.earlier.endswith((")", "）")):
        return _asked_of(said)
    tail = _TAIL.search(said.earlier)
    is_asking = tail is not None and _is_all_asking(FollowUp(said.services, "", tail[1]))
    stem = said.earlier[: tail.start()] if tail and is_asking else said.earlier.rstrip(ENDS)
    return f"{stem}，{said.bare}？" if said.is_in_chinese else f"{stem}, and {_lower(said.bare)}?"


def _pointing(said: FollowUp) -> str:
    """ "When did it start?": what it points to, named."""
    asked = _upper(said.text.strip())
    if said.is_led:
        asked = f"{said.bare}？" if said.is_in_chinese else f"{_upper(said.bare)}?"
    made = named_in_chinese(said, asked) if said.is_in_chinese else named(said, asked)
    if made != asked:
        return made
    # What it points to is what was said of a name, or of several.
    is_short = len(said.content) <= _MOST_ASKED and _SPEAKERS.isdisjoint(said.words)
    is_bare = all(name.is_of(Topic) for name in said.names)
    is_asked = is_short and is_bare and said.is_marked and not said.is_in_chinese
    return _asked_of(said) if is_asked and points_back(said) else ""


def _fragment(said: FollowUp) -> str:
    """ "the GDP?", "who signed?": too little to be asked by itself, so it is asked of what was named."""
    names = [name for name in said.names if not name.is_of(Topic)]
    is_sentence = not {*AUXILIARIES, *_SPEAKERS}.isdisjoint(said.words) or said.query.on_documents
    if names or is_sentence or not 1 <= len(said.content) <= _MOST_ASKED:
        return ""
    if _asks(said):
        is_short = len(said.content) == 1 and not {"what", "which"} & {*said.words[:1]}
        return _asked_of(said) if said.is_led or is_short else ""
    is_attribute = not said.lexicon.attributes.isdisjoint(said.words)
    is_meant = said.is_led or (not said.names and (said.is_marked or is_attribute))
    kept = said.named_before
    if not is_meant or not kept:
        return ""
    if said.is_in_chinese:
        return f"{joined(kept, is_chinese=True)}的{said.bare}？"
    is_one_thing = len([word for word in said.words if word not in _ARTICLES]) <= _MOST_WORDS_OF_A_THING
    return f"{_upper(said.bare)} of {joined(kept)}?" if is_one_thing else _asked_of(said)


_WAYS: Final[tuple[Callable[[FollowUp], str], ...]] = (
    without, _one_of_several, _set_beside, _another_name, _another_stranger, _another_year, _another_asking, _pointing, _fragment,
)  # fmt: skip
"""The ways in which a text may follow on a question, each tried in turn."""


def _is_all(text: str, names: Iterable[NamedAt], beside: frozenset[str] = frozenset()) -> bool:
    """Say whether the names are all that `text` says, but for words that join them, and those `beside` them."""
    rest = list(text)
    for name in names:
        rest[name.start : name.end] = " " * (name.end - name.start)
    left = " ".join("".join(rest).split())
    said = units(left)
    # What is too long to have units says more than names.
    is_nothing_else = bool(said) or not any(map(str.isalnum, left))
    return is_nothing_else and (_JOINING | beside).issuperset(said)


def _is_all_asking(said: FollowUp) -> bool:
    """Say whether a text is no more than a question word, with what may stand around it."""
    lexicon = said.lexicon
    signs = lexicon.quantity | lexicon.time | lexicon.place | lexicon.person | lexicon.reason
    if said.is_in_chinese:
        return said.bare.removeprefix("是").removesuffix("的") in signs
    text = f" {' '.join(said.words)} "
    for sign in sorted(signs, key=len, reverse=True):
        text = text.replace(f" {sign} ", "  ")
    asking = _ASKING | {word for sign in signs for word in sign.split() if word not in lexicon.light}
    is_all = asking | _AROUND >= {*text.split()} or _is_slight(said)
    return bool(said.words) and is_all and _asks(said)


def _is_slight(said: FollowUp) -> bool:
    """Say whether a text is but a few words that say little: "under which plan"."""
    is_sentence = not {*AUXILIARIES, *_SPEAKERS, *said.lexicon.pointers}.isdisjoint(said.words)
    return len(said.words) <= _MOST_SLIGHT and not (said.content or said.names or is_sentence)


def _is_name(said: FollowUp) -> bool:
    """Say whether the question before is a name and nothing else."""
    names = said.names_before
    return len(names) == 1 and names[0].typed == said.earlier.strip(ENDS)


def _asks(said: FollowUp) -> bool:
    lexicon = said.lexicon
    signs = lexicon.quantity | lexicon.time | lexicon.place | lexicon.person | lexicon.reason
    if said.is_in_chinese:
        return any(CHINESE.match(sign) and sign in said.bare for sign in signs)
    joined = f" {' '.join(said.words)} "
    return not _ASKING.isdisjoint(said.words) or any(f" {sign} " in joined for sign in signs)


def _asked_of(said: FollowUp) -> str:
    kept = said.named_before
    if not kept:
        return ""
    if said.is_in_chinese:
        return f"{said.bare}？（{joined(kept, is_chinese=True)}）"
    return f"{_upper(said.bare)}? ({joined(kept)})"


def _put(text: str, instead: dict[NamedAt, str]) -> str:
    """Return `text` with other words in the place of names."""
    for name in sorted(instead, key=lambda name: name.start, reverse=True):
        text = f"{text[: name.start]}{instead[name]}{text[name.end :]}"
    return text


def _without_swap(said: FollowUp, places: Sequence[str]) -> str:
    """Return a question that names no place, asked of `places`: within them, where it may be asked so, else whether they are what
    it asks for, else what is held on both.
    """
    lies_around = said.names[0].level in _WIDE
    is_of_body = any(name.is_of(Organisation) for name in said.names_before)
    if lies_around or not (is_of_body or _asks_which_place(said)):
        return _at(said.earlier, places)
    is_chinese = CHINESE.search(said.earlier) is not None
    if (found := _WHICH_ARE.fullmatch(said.earlier.strip(ENDS))) and not is_chinese:
        verb = found[1] if len(places) > 1 else _OF_ONE.get(found[1].lower(), found[1])
        return f"{_upper(verb)} {joined(places)} {found[2]}?"
    return joined((*places, *said.kept()[:1]), is_chinese)


def _asks_which_place(said: FollowUp) -> bool:
    """Say whether the question before wants places: "which cities are in it", 有哪些城市."""
    lexicon, asked = said.lexicon, normalize(said.earlier)
    sorts = lexicon.cities | lexicon.districts | lexicon.counties | lexicon.provinces | _PLACES
    if CHINESE.search(asked):
        return any(f"{which}{sort}" in asked for which in _WHICH_IN_CHINESE for sort in sorts)
    words = tokenize(asked)
    return bool(words) and words[0] in _ASKING and not sorts.isdisjoint(words[1:4])


def _at(text: str, names: Sequence[str]) -> str:
    """Return a question that names no place, asked of some."""
    if CHINESE.search(text):
        return f"{joined(names, is_chinese=True)}：{text}"
    return f"{text.rstrip(ENDS)} in {joined(names)}?"


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    """Return `text` as it stands within a sentence: without the capital that began one."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
