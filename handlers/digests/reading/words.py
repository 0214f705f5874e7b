"""The words of a wish, taken one by one, and which of them speak of time or of an option."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from handlers.digests.reading import regions
from handlers.digests.reading.when import chinese, dates, left_out, unheard, zones
from handlers.digests.reading.when.numbers import number
from handlers.digests.reading.when.parts import PARTS
from handlers.digests.reading.where import destination
from knowledge.text.normalize import is_number

RHYTHMS: Final = {
    **dict.fromkeys(
        ("daily", "everyday", "日报", "每天", "每日", "每天一次", "每日一次", "一天一次", "一日一次"), "daily"
    ),
    **dict.fromkeys(("weekdays", "weekday", "workdays", "工作日"), "weekdays"),
    **dict.fromkeys(
        (
            "weekly",
            "周报",
            "每周",
            "每个周",
            "每星期",
            "每个星期",
            "每礼拜",
            "每个礼拜",
            "每周一次",
            "每星期一次",
            "每个星期一次",
            "每礼拜一次",
            "一周一次",
            "一星期一次",
            "一礼拜一次",
        ),
        "weekly",
    ),
    **dict.fromkeys(
        ("monthly", "month", "月报", "每月", "每个月", "每月一次", "每个月一次", "一月一次"), "monthly"
    ),
}
"""Rhythms by the words for them."""
AFTER_EVERY: Final = {"day": "daily", "weekday": "weekdays", "workday": "weekdays", "week": "weekly", "month": "monthly", "工作日": "weekdays"}  # fmt: skip
"""Rhythms by what follows "every"."""
EVERY: Final = ("every", "each", "每", "每个")
AND: Final = ("and", "&", "+", "和")
"""Words that join the last of a list to it."""
PAIRS: Final = frozenset(
    {(a, b) for a in ("skip", "no", "except", "keep", "without") for b in ("holidays", "holiday")}
    | {(a, b) for a in ("when", "if") for b in ("empty", "nothing")}
)
"""Two words that only together open an option."""
_LEAVING_OUT: Final = frozenset({"no", "without", "drop", "remove", "cancel", "delete", "end", "stop", "any"})
# Words of grammar between the names and what follows them.
_BEFORE_OPTIONS: Final = frozenset({"on", "the", "at", "from", "in", "up", "to", "for"})
# Which day of that name in a month, where no day of the month may be meant.
_WHICH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1, "最后一个": -1}
_WHICH_OF_A_NUMBER: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)|第([一二三四五])个")
_AROUND: Final = ",;()（）"
_STOPS: Final = ".。"


class Words:
    """The words of a text, taken from the front. Commas and brackets at their ends are no part of them."""

    def __init__(self, words: list[str]) -> None:
        self._words = [part for word in words for part in chinese.apart(word)]
        self.at = 0

    @property
    def count(self) -> int:
        """Return how many words there are, taken or not."""
        return len(self._words)

    def __bool__(self) -> bool:
        return self.at < len(self._words)

    def peek(self, ahead: int = 0) -> str:
        """Return the word that is `ahead` of the next one, in lower case; "" beyond the last. Takes nothing."""
        at = self.at + ahead
        return self._words[at].strip(_AROUND).rstrip(_STOPS).lower() if at < len(self._words) else ""

    def ahead(self, count: int) -> tuple[str, ...]:
        """Return the next `count` words in lower case, fewer where there are no more. Takes nothing."""
        return tuple(self.peek(at) for at in range(min(count, len(self._words) - self.at)))

    def rest(self) -> str:
        """Return all that is left, as it was typed. Takes nothing."""
        return " ".join(self._words[self.at :])

    def typed(self, count: int = 1) -> str:
        """Return the next `count` words as they were typed. Takes nothing."""
        return " ".join(self._words[self.at : self.at + count]).strip(_AROUND + _STOPS)

    def take(self, count: int = 1) -> str:
        """Take `count` words and return them as they were typed."""
        typed = self.typed(count)
        self.at += count
        return typed

    def goes_on(self) -> bool:
        """Say whether what was taken last is part of a list: a comma stands behind it, or "and"."""
        return self._last().endswith((",", ";")) or self.peek() in AND

    def follows_on(self) -> bool:
        """Say whether the next word is one more of a list: a comma stands before it, or "and"."""
        return self._last().endswith((",", ";")) or self._last().lower() in AND

    def _last(self) -> str:
        return self._words[self.at - 1] if self.at else ""

    def until_options(self, is_name: Callable[[str], bool]) -> str:
        """Take and return the words before the first that speaks of time or of an option, and is no part of a name."""
        start = self.at
        while self:
            if opens_options(*self.ahead(MOST_AHEAD)):
                if regions.regions(self.ahead(MOST_AHEAD)):
                    # "Other regions" alone is a topic.
                    break
                # "Sunday engineers" is a mechanism.
                left = len(self._words) - self.at
                length = next(
                    (count for count in (4, 3, 2) if count <= left and is_name(self.typed(count))), 0
                )
                if not length:
                    break
                self.at += length - 1
            self.at += 1
        end = self.at
        while end > start and self._words[end - 1].lower() in _BEFORE_OPTIONS and self:
            end -= 1
        return " ".join(self._words[start:end]).strip(" ,;")


def which(word: str) -> int | None:
    """Return which of the days of a name in a month `word` tells: 2 of "2nd" and "第二个", -1 of "last"; None for no such word."""
    if word in _WHICH:
        return _WHICH[word]
    read = _WHICH_OF_A_NUMBER.fullmatch(word)
    if read is None:
        return None
    return int(read[1]) if read[1] else "一二三四五".index(read[2]) + 1


def weekdays_of_month(word: str) -> tuple[int, ...] | None:
    """Return the days of which one of a month may be meant: those of "monday" or "workday"; None for any other word."""
    return dates.WORKDAYS if AFTER_EVERY.get(word) == "weekdays" else dates.weekdays(word)


def _tells_when(word: str) -> bool:
    return word in ("day", "of") or weekdays_of_month(word) is not None


def no_quiet_hours(words: Sequence[str]) -> bool:
    """Say whether some words begin to say that there are to be no quiet hours: "no quiet hours", "without quiet hours"."""
    at = 2 if tuple(words[1:2]) in (("the",), ("its",)) else 1
    return tuple(words[at : at + 1]) == ("quiet",) and words[0] in _LEAVING_OUT


MOST_AHEAD: Final = 5
"""Words that are looked at to see whether the first of them is no name any more."""


def opens_options(*words: str) -> bool:
    """Say whether the first of some words, with those after it, speaks of time or of an option, in lower case."""
    word, following = words[0], words[1] if len(words) > 1 else ""
    if (word in RHYTHMS and word != "month") or word in EVERY or word in ("quiet", *PARTS):
        return True
    if unheard.opens(word, following) and (unheard.unheard(words) or unheard.once(words)):
        return True
    if destination(words) or left_out.opens(words) or regions.regions(words):
        return True
    if (
        dates.weekdays(word)
        or (dates.looks_like_a_time(word) and not is_number(word))
        or ("/" in word and zones.zone(word))
    ):
        return True
    if _WHICH_OF_A_NUMBER.fullmatch(word) or ((word in _WHICH or word == "end") and _tells_when(following)):
        return True
    if no_quiet_hours(words):
        return True
    if word in ("half", "quarter") and following in ("past", "to", "after"):
        return True
    return (word, following) in PAIRS or (
        (word[:1].isdigit() and following in ("am", "pm"))
        or ((word[:1].isdigit() or number(word) is not None) and following in ("facts", "fact"))
        or (word in ("facts", "at") and (is_number(following) or dates.clock(following) is not None))
        or (word == "facts" and bool(following))
    )
