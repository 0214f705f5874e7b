"""What follows the names in a wish: days, time, zone and options, word by word and in any order."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from handlers.digests import dates as say
from handlers.digests.changes import DigestChanges, read_quiet
from handlers.digests.holidays import COUNTRIES
from handlers.digests.subjects import ParseError, Subjects, parse_subjects
from handlers.subscription import MOST_FACTS, WhenEmpty
from knowledge.base import FactBase
from knowledge.text.normalize import is_number

_RHYTHMS: Final = {
    "daily": say.EVERY_DAY, "everyday": say.EVERY_DAY, "每天": say.EVERY_DAY, "每日": say.EVERY_DAY,
    "weekdays": say.WORKDAYS, "weekday": say.WORKDAYS, "workdays": say.WORKDAYS, "工作日": say.WORKDAYS,
    "weekly": (), "每周": (),
}  # fmt: skip
_MONTHLY: Final = ("monthly", "每月")
_UNHEARD_OF: Final = ("hourly", "fortnightly", "biweekly", "bi-weekly", "quarterly", "yearly", "annually")
_AFTER_EVERY: Final = {"day": "daily", "weekday": "weekdays", "workday": "weekdays", "week": "weekly", "month": "monthly"}  # fmt: skip
_FILLERS: Final = frozenset(
    {"on", "and", "the", "with", "time", "zone", "tz", "of", "day", "in", "&", "please"}
)
_EMPTY: Final[dict[str, WhenEmpty]] = {"skip": "skip", "say": "say", "post": "say"}
KEYWORDS: Final = (
    "daily", "weekdays", "weekly", "monthly", "every", "facts", "when", "empty", "skip", "holidays", "quiet",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_RHYTHMS_SAID: Final = "daily, weekdays, weekly mon, monthly 1"
ELSEWHERE: Final = "A digest goes to the channel that you type the command in"
EXPECTED: Final = f"{_RHYTHMS_SAID}, a time such as 09:00, a zone such as Asia/Shanghai"


class Words:
    """The words of a text, taken from the front. Commas at their ends are no part of them."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.at = 0

    def __bool__(self) -> bool:
        return self.at < len(self._words)

    def peek(self, ahead: int = 0) -> str:
        """Return the word that is `ahead` of the next one, in lower case; "" beyond the last. Takes nothing."""
        at = self.at + ahead
        return self._words[at].strip(",;").lower() if at < len(self._words) else ""

    def typed(self, count: int = 1) -> str:
        """Return the next `count` words as they were typed. Takes nothing."""
        return " ".join(self._words[self.at : self.at + count]).strip(",;.")

    def take(self, count: int = 1) -> str:
        """Take `count` words and return the first of them, in lower case."""
        word = self.peek()
        self.at += count
        return word

    def until_options(self, is_name: Callable[[str], bool]) -> str:
        """Take and return the words before the first that speaks of time or of an option, and is no part of a name."""
        start = self.at
        while self:
            if _opens_options(self.peek(), self.peek(1)):
                # "Sunday engineers" is a mechanism.
                length = next((count for count in (4, 3, 2) if is_name(self.typed(count))), 0)
                if not length:
                    break
                self.at += length - 1
            self.at += 1
        return " ".join(self._words[start : self.at]).strip(" ,;")


def _opens_options(word: str, following: str) -> bool:
    if word in _RHYTHMS or word in _MONTHLY or word in _UNHEARD_OF or word in ("every", "each", "quiet"):
        return True
    if say.weekdays(word) or (say.clock(word) and not is_number(word)) or ("/" in word and say.zone(word)):
        return True
    return (word, following) in _PAIRS or (
        (word[:1].isdigit() and following in ("facts", "fact", "am", "pm"))
        or (word in ("facts", "at") and (is_number(following) or say.clock(following) is not None))
        or (word == "facts" and bool(following))
    )


_PAIRS: Final = frozenset(
    {(a, b) for a in ("skip", "no", "except", "keep", "without") for b in ("holidays", "holiday")}
    | {(a, b) for a in ("when", "if") for b in ("empty", "nothing")}
)


@dataclass
class OptionsParser:
    """Reads the options word by word; `read` says what is wrong, `wish` is what was understood."""

    base: FactBase
    words: Words
    wish: DigestChanges
    days: set[int] = field(default_factory=set)
    is_weekly: bool = False

    def read(self) -> ParseError | None:
        """Read all words there are; return the first that is wrong, None when each was understood."""
        while self.words:
            if wrong := self._next():
                return wrong
        if self.days or self.is_weekly:
            self.wish = replace(self.wish, weekdays=tuple(sorted(self.days)))
        return None

    def _next(self) -> ParseError | None:
        for rule in (self._rhythm, self._option, self._day, self._time, self._zone):
            done = rule()
            if isinstance(done, ParseError):
                return done
            if done:
                return None
        if self.words.peek() in _FILLERS or self.words.peek() in ("", "at", "from"):
            self.words.take()
            return None
        return self._unknown()

    def _rhythm(self) -> bool | ParseError:
        word = self.words.peek()
        if word in ("every", "each"):
            following = self.words.peek(1)
            if following in _AFTER_EVERY:
                self.words.take()
                word = _AFTER_EVERY[following]
            elif say.weekdays(following):
                self.words.take()
                self.is_weekly = True
                return True
            else:
                return ParseError(f"{word} {following}".strip(), f"A digest comes {_RHYTHMS_SAID}.")
        if word in _UNHEARD_OF:
            return ParseError(
                word,
                "A digest comes daily, on weekdays, weekly on chosen days, or monthly.",
                ("weekly", "monthly"),
            )
        if word in _RHYTHMS:
            self.words.take()
            self.days.update(_RHYTHMS[word])
            self.is_weekly = True
            return True
        return self._monthly() if word in _MONTHLY or word == "month" else False

    def _monthly(self) -> bool | ParseError:
        self.words.take()
        while self.words.peek() in ("on", "the", "day"):
            self.words.take()
        day = say.month_day(self.words.peek())
        following = self.words.peek(1)
        if day is None or (is_number(self.words.peek()) and following in ("am", "pm", "facts")):
            if is_number(self.words.peek()):
                return ParseError(
                    self.words.typed(), "The day of a month is 1 to 31, or last.", ("1", "15", "last")
                )
            day = 1
        else:
            self.words.take()
        self.wish = replace(self.wish, monthday=day or 31)
        return True

    def _day(self) -> bool:
        found = say.weekdays(self.words.peek())
        if not found:
            return False
        self.words.take()
        self.days.update(found)
        return True

    def _option(self) -> bool | ParseError:
        first, second = self.words.peek(), self.words.peek(1)
        comes_first = is_number(first) and second in ("facts", "fact") and not is_number(self.words.peek(2))
        if first == "facts" or comes_first:
            return self._facts(first if comes_first else second)
        if (first, second) in _PAIRS or first in ("holidays", "holiday"):
            return self._holidays() if "oliday" in first + second else self._when_empty()
        if first == "quiet":
            return self._quiet()
        if first.startswith("#") or (first in ("in", "to") and second.startswith("#")):
            channel = first if first.startswith("#") else second
            return ParseError(channel, f"{ELSEWHERE}; type it there.")
        return False

    def _facts(self, number: str) -> bool | ParseError:
        if not is_number(number) or not 1 <= int(number) <= MOST_FACTS:
            return ParseError(number, f"A digest has 1 to {MOST_FACTS} facts.", ("3", "5"))
        self.words.take(2)
        self.wish = replace(self.wish, facts=int(number))
        return True

    def _when_empty(self) -> bool | ParseError:
        self.words.take()
        while self.words.peek() in ("empty", "nothing", "is", "new", "then", "it", ","):
            self.words.take()
        word = self.words.peek()
        if word not in _EMPTY:
            return ParseError(
                word or "when empty",
                "When nothing is new a digest can say so, or be skipped.",
                ("say", "skip"),
            )
        self.words.take()
        self.wish = replace(self.wish, when_empty=_EMPTY[word])
        return True

    def _holidays(self) -> bool | ParseError:
        keep = self.words.peek() == "keep"
        if self.words.peek() not in ("holidays", "holiday"):
            self.words.take()
        self.words.take()
        while self.words.peek() in ("in", "of", "public"):
            self.words.take()
        word = self.words.peek()
        country = {"china": "CN", "chinese": "CN", "中国": "CN"}.get(word, word.upper())
        if country in COUNTRIES:
            self.words.take()
        elif re.fullmatch(r"[A-Z]{2}", country) and country not in ("AT", "IN", "ON"):
            return ParseError(
                self.words.typed(),
                f"I know the public holidays of {', '.join(sorted(COUNTRIES))} alone.",
                ("CN",),
            )
        else:
            country = "CN"
        self.wish = replace(self.wish, skip_holidays="" if keep else country)
        return True

    def _quiet(self) -> bool | ParseError:
        self.words.take()
        while self.words.peek() in ("hours", "from", "between"):
            self.words.take()
        if self.words.peek() in ("off", "none", "no"):
            self.words.take()
            self.wish = replace(self.wish, quiet=None, no_quiet=True)
            return True
        for count in (1, 2, 3):
            hours = read_quiet(" ".join(self.words.peek(ahead) for ahead in range(count)))
            if hours is not None:
                self.words.take(count)
                self.wish = replace(self.wish, quiet=hours, no_quiet=False)
                return True
        return ParseError(
            self.words.typed() or "quiet",
            "Quiet hours are written quiet 22:00-07:00, or quiet off.",
            ("22:00-07:00",),
        )

    def _time(self) -> bool | ParseError:
        word = self.words.peek(1) if self.words.peek() == "at" else self.words.peek()
        lead = 1 if self.words.peek() == "at" else 0
        after = self.words.peek(lead + 1)
        if word[:1].isdigit() and say.clock(word) and after in ("am", "pm", "a.m", "p.m"):
            word, lead = f"{word}{after}", lead + 1
        found = say.clock(word)
        if found is None:
            if lead or re.fullmatch(r"\d[\d:.]*(?:am|pm)?", word):
                return ParseError(word or "at", "A time is written 9, 9am, 09:00 or 21:30.", ("09:00",))
            return False
        if self.wish.at is not None:
            return ParseError(word, f"The time is given twice: {self.wish.at:%H:%M} came first.")
        self.words.take(lead + 1)
        self.wish = replace(self.wish, at=found)
        return True

    def _zone(self) -> bool | ParseError:
        for count in (3, 2, 1):
            words = " ".join(filter(None, (self.words.peek(ahead) for ahead in range(count))))
            if len(words.split()) == count and (found := say.zone(words)):
                self.words.take(count)
                self.wish = replace(self.wish, zone=found)
                return True
        typed = self.words.typed()
        if "/" in typed:
            return ParseError(
                typed,
                "is no time zone I know; zones are named like Asia/Shanghai.",
                say.near_zones(typed, self.base.tuning.near_zone),
            )
        if self.wish.at is not None and self._is_in_the_delta(typed):
            self.words.take()
            self.wish = replace(self.wish, zone="Asia/Shanghai")
            return True
        return False

    def _is_in_the_delta(self, typed: str) -> bool:
        found = parse_subjects(self.base, typed, ())
        return isinstance(found, Subjects) and any(
            getattr(self.base.entity(slug), "delta", False) for slug in found.places
        )

    def _unknown(self) -> ParseError:
        typed = self.words.typed()
        tuning = self.base.tuning
        near = say.near_words(typed, KEYWORDS, tuning.near_keyword)
        if not near and len(typed) > 3:
            near = say.near_zones(typed, tuning.near_zone)
        return ParseError(typed, f"is no word I know here. After the names come {EXPECTED}.", near)
