"""Days of the week that a digest leaves out: "daily except weekends", "every day but Sunday", 每天除周末, 周日除外."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from handlers.digests.reading.when import chinese, dates

MOST_WORDS: Final = 12
"""Words that are looked at for days that are left out."""
_EXCEPT: Final = frozenset(
    {
        "except", "excepting", "but", "excluding", "exclude", "without", "minus", "not", "no", "never", "skip", "skipping", "save",
        "leaving", "omit", "omitting", "除", "除了", "除去", "除开", "不含", "不包括",
    }
)  # fmt: skip
_OTHER_THAN: Final = frozenset(
    {("other", "than"), ("apart", "from"), ("aside", "from"), ("with", "no"), ("leave", "out")}
)
# Between the word that leaves out and the days, and between those.
_LINKS: Final = frozenset(
    {"for", "on", "not", "at", "the", "of", "in", "out", "over", "during", "any", "every", "and", "or", "nor", "&", "+", "和", "或", "及", "", "post", "posts", "runs"}
)  # fmt: skip
_BEHIND: Final = frozenset(
    {"excluded", "excepted", "off", "aside", "omitted", "除外", "以外", "之外", "外", "不发", "不要", "休息"}
)
_WORKDAYS: Final = frozenset({"weekdays", "weekday", "workdays", "工作日"})
_THROUGH: Final = frozenset({"to", "through", "thru", "till", "until", "-", "–", "到", "至"})


def left_out(words: Sequence[str]) -> tuple[int, tuple[int, ...]] | None:
    """Return how many of `words`, the first of what is left of a text in lower case, leave days of the week out, and which;
    None where they leave none out.
    """
    lead = 2 if tuple(words[:2]) in _OTHER_THAN else 1 if words[:1] and words[0] in _EXCEPT else 0
    at, days = _days(words, lead)
    if not days:
        return None
    is_behind = at < len(words) and words[at] in _BEHIND
    if not lead and not is_behind:
        return None
    return at + is_behind, tuple(sorted(set(days)))


def opens(words: Sequence[str]) -> bool:
    """Say whether the first of some words begins to leave days out: no part of a name."""
    is_lead = tuple(words[:2]) in _OTHER_THAN or (bool(words) and words[0] in _EXCEPT)
    return is_lead and left_out(words) is not None


def _days(words: Sequence[str], at: int) -> tuple[int, list[int]]:
    """Return where the days end that stand from `at` on, and which they are."""
    days: list[int] = []
    end = at
    while at < len(words):
        if words[at] in _LINKS or (words[at] in _EXCEPT and not days):
            at += 1
            continue
        found = dates.WORKDAYS if words[at] in _WORKDAYS else dates.weekdays(words[at])
        if not found:
            break
        last = dates.weekdays(words[at + 2]) if at + 2 < len(words) and words[at + 1] in _THROUGH else ()
        if len(found) == 1 and last and len(last) == 1:
            found, at = chinese.from_to(found[0], last[0]), at + 2
        days += found
        at += 1
        end = at
    return end, days
