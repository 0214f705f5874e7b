"""What is to be left out for some days and not for good: "don't post ports next week", "no ports on Mondays", 下周不要发港口."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handlers.command import Reading
from handlers.digests.reading import which
from handlers.digests.reading.deeds import stopping
from handlers.digests.reading.when import left_out
from handlers.digests.reading.when.until import tells_each, tells_until
from handlers.target import Target
from knowledge.base import FactBase

_SPAN: Final = frozenset({"for", "until", "till", "til", "through", "to"})
_ONCE: Final = re.compile(r"下|本|这|明天|后天")
_WHEN_IN_CHINESE: Final = re.compile(
    r"(?:在|每逢|逢)?(?P<when>(?:下下?个?|本|这个?|每个?)?(?:周|星期|礼拜)[一二三四五六日天末]|(?:下个?|本|这个?)(?:周|星期|礼拜|月)|明天|后天)(?:都|就|的)?"
)
_NUMBER: Final = re.compile(r"第?#?([0-9]{1,6})[号个]?")
_EACH_IN_CHINESE: Final = re.compile(r"(?:在|逢)?每")
_MARKS: Final = " ,.:!?，。：！？都的"
# "Stop ports on Friday" may leave out a run; these say that nothing comes after.
_ENDING: Final = re.compile(
    r"\W*(?:(?:please|pls|can you|could you)\W+)*(?:end|terminate|discontinue|delete|remove|unsubscribe|unfollow)\b|.*(?:结束|终止|退订|删除|删掉|移除)",
    re.IGNORECASE | re.DOTALL,
)
ENDED_LATER: Final = ("several asked", "end later?")
"""The verb and what is said to it that ask what is meant by an end on a day to come."""


def read(base: FactBase, text: str) -> Reading | None:
    """Return the days that a text has left out of a digest, the pause or the skip that it asks for; None where it speaks of no
    days. What is to end on a day to come is asked about.
    """
    found = _left_out(base, text)
    is_once = found is not None and (found.verb == "skip" or (found.verb == "edit" and not tells_each(text)))
    return Reading(*ENDED_LATER, found.target) if found and is_once and _ENDING.match(text) else found


def _left_out(base: FactBase, text: str) -> Reading | None:
    if in_chinese := _WHEN_IN_CHINESE.search(text):
        when = in_chinese["when"]
        rest = text[: in_chinese.start()] + text[in_chinese.end() :]
        return next((found for _, what in stopping.ways(rest) if (found := _of(base, what, when))), None)
    return next(
        (
            found
            for _, what in stopping.ways(text)
            for head, tail in _cuts(what)
            if (found := _of(base, head, tail))
        ),
        None,
    )


def of_each_week(base: FactBase, rest: str) -> Reading | None:
    """Return the days of each week that are to be left out of a digest by what stands behind a verb that holds, skips or ends it:
    "2 on fridays", 2每周五; None where it speaks of none.
    """
    if not tells_each(rest):
        return None
    cuts = [(rest[: found.start()], rest[found.end() :]) for found in _EACH_IN_CHINESE.finditer(rest)]
    found = (_of(base, head, tail.strip(_MARKS)) for head, tail in (*_cuts(rest), *cuts))
    return next((one for one in found if one and one.verb == "edit"), None)


def _cuts(what: str) -> Iterator[tuple[str, str]]:
    words = what.split()
    return ((" ".join(words[:at]), " ".join(words[at:])) for at in range(len(words)))


def _of(base: FactBase, head: str, when: str) -> Reading | None:
    done = _deed(when)
    if done is None:
        return None
    verb, said = done
    bare = which.bare(head)
    if not bare:
        return Reading(verb, said)
    if numbered := _NUMBER.fullmatch(bare):
        return Reading(verb, said, Target(id=numbered[1]))
    slugs = which.slugs_of(base, bare)
    return Reading(verb, said, Target.of(slugs)) if slugs else None


def _deed(when: str) -> tuple[str, str] | None:
    """Return what is done to a digest that is not to come then, and what is said to it: days of each week are left out of it."""
    words = when.lower().split()
    found = left_out.left_out(("except", *words))
    if found and found[0] == len(words) + 1 and not _ONCE.match(when):
        return "edit", f"except {when}"
    if not tells_until(when):
        return None
    return ("pause" if words[0] in _SPAN else "skip"), when
