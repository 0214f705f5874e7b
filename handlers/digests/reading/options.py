"""What follows the names in a wish: days, time, zone and options, word by word and in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, get_args

from handlers.digests.holidays import COUNTRIES, country_called
from handlers.digests.reading import chinese, dates, zones
from handlers.digests.reading.changes import DigestChanges, read_quiet
from handlers.digests.reading.subjects import ParseError, Subjects, parse_subjects
from handlers.digests.reading.words import (
    AFTER_EVERY,
    AND,
    EVERY,
    PAIRS,
    RHYTHMS,
    UNHEARD_OF,
    Words,
    weekdays_of_month,
    which,
)
from handlers.records.enumerated import in_a_row
from handlers.say import Said, say
from handlers.subscription import MOST_FACTS, MonthWeek, WhenEmpty
from knowledge.base import FactBase
from knowledge.dates import DAYS_IN_FULL
from knowledge.text.normalize import is_number

_Thing = Literal["monthday", "monthweek", "time", "zone", "facts", "empty", "holidays", "quiet"]
# Words of grammar: what they tell stands in their neighbours.
_FILLERS: Final = frozenset(
    {
        "",
        "on",
        "and",
        "the",
        "with",
        "time",
        "zone",
        "tz",
        "of",
        "day",
        "in",
        "&",
        "please",
        "at",
        "from",
        "的",
    }
)
_EMPTY: Final[dict[str, WhenEmpty]] = {
    **dict.fromkeys(("quiet", "silent", "silence", "skip", "stop", "nothing"), "quiet"),
    **dict.fromkeys(("say", "tell", "post"), "tell"),
    **dict.fromkeys(("again", "repeat", "restart", "start", "begin"), "again"),
}
_BEGINNING_AGAIN: Final = frozenset(
    {("start", "over"), ("start", "again"), ("begin", "again"), ("say", "so")}
)
KEYWORDS: Final = (
    "daily", "weekdays", "weekly", "monthly", "every", "facts", "when", "empty", "skip", "holidays", "quiet",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
ELSEWHERE: Final = say("A digest goes to the channel that you type the command in; type it there.")
FOR_NOBODY: Final = say(
    "A digest goes to the channel that you type the command in, and mentions nobody; leave people and groups out."
)
_DAYS_OF: Final = {"daily": dates.EVERY_DAY, "weekdays": dates.WORKDAYS}
_OF_THE_DELTA: Final = "Asia/Shanghai"


@dataclass
class OptionsParser:
    """Reads the options word by word; `read` says what is wrong, `wish` is what was understood.

    `given` holds what was said of each thing, and the words that said it: what contradicts them is named, so that no
    word is dropped. `days` are the days of the week that were named, with the word for each.
    """

    base: FactBase
    words: Words
    wish: DigestChanges
    given: dict[str, tuple[Any, str]] = field(default_factory=dict)
    days: dict[int, str] = field(default_factory=dict)
    rhythm: str = ""

    def read(self) -> ParseError | None:
        """Read all words there are; return the first that is wrong, None when each was understood."""
        while self.words:
            if wrong := self._next():
                return wrong
        return self._days_together()

    def _next(self) -> ParseError | None:
        rules = (
            self._which_weekday, self._rhythm, self._option, self._month_day, self._day, self._time, self._zone
        )  # fmt: skip
        for rule in rules:
            done = rule()
            if isinstance(done, ParseError):
                return done
            if done:
                return None
        if self.words.peek() in _FILLERS:
            self.words.take()
            return None
        return self._unknown()

    def _take(self, count: int, what: _Thing, value: object) -> ParseError | None:
        """Take `count` words that say `value` of `what`; name them where others have said something else of it."""
        typed = self.words.take(count)
        held, first = self.given.setdefault(what, (value, typed))
        return None if held == value else ParseError.at(typed, _twice(what, first))

    def _days_together(self) -> ParseError | None:
        """Wish for the days that were said; return the word that does not go with the rhythm."""
        days, rhythm = tuple(self.days), self.rhythm
        monthday, of_month = self.given.get("monthday", (None, ""))
        if "monthweek" in self.given:
            return self._one_weekday_of_a_month()
        if isinstance(monthday, int) or rhythm == "monthly":
            if days:
                return _no_weekday_of_a_month(self.days[days[0]], days[0])
            if rhythm in ("", "monthly"):
                self.wish = replace(self.wish, monthday=monthday if isinstance(monthday, int) else 1)
                return None
            why = say(
                "A digest that comes {rhythm} has no day of the month. Type “monthly {day}”, or leave it out.",
                rhythm=rhythm,
                day=of_month,
            )
            return ParseError.at(of_month, why)
        fixed = _DAYS_OF.get(rhythm, ())
        for day in days:
            if day in fixed:
                why = say(
                    "A digest that comes {rhythm} comes on that day already. Type “weekly {day}” for that day alone.",
                    rhythm=rhythm,
                    day=_short(day),
                )
                return ParseError.at(self.days[day], why)
        if days or rhythm:
            self.wish = replace(self.wish, weekdays=tuple(sorted({*days, *fixed})))
        return None

    def _one_weekday_of_a_month(self) -> ParseError | None:
        """Wish for the weekday of a month that was said; return the word that does not go with it."""
        (count, days), typed = self.given["monthweek"]
        for day, word in self.days.items():
            if day not in days:
                why = say(
                    "The day of the month is given already: {first} came first. Type one of them.",
                    first=typed,
                )
                return ParseError.at(word, why)
        if "monthday" in self.given:
            return ParseError.at(self.given["monthday"][1], _twice("monthday", typed))
        if self.rhythm not in ("", "monthly"):
            why = say("That is a day of a month. Type “monthly {day}”, or leave one of them out.", day=typed)
            return ParseError.at(typed, why, (f"monthly {typed}",))
        self.wish = replace(self.wish, weekdays=days, monthweek=count)
        return None

    def _which_weekday(self) -> bool | ParseError:
        """Take "first monday", "last workday", "every 2nd friday": one day of a month."""
        lead = 1 if self.words.peek() in EVERY else 0
        count, days = which(self.words.peek(lead)), weekdays_of_month(self.words.peek(lead + 1))
        if count is None or days is None:
            return False
        self.words.take(lead)
        typed = self.words.typed(2)
        if len(days) > 1 and days != dates.WORKDAYS:
            why = say("A monthly digest comes on one day: first monday, last friday, last workday.")
            return ParseError.at(typed, why)
        if count not in get_args(MonthWeek):
            why = say(
                "Of the weekdays of a month a digest takes the first to the fourth, or the last: not every month has a fifth."
            )
            return ParseError.at(typed, why, (f"last {self.words.typed(2).split()[-1]}",))
        return self._take(2, "monthweek", (count, days)) or True

    def _rhythm(self) -> bool | ParseError:
        word, count = self.words.peek(), 1
        if word in EVERY:
            following = self.words.peek(1)
            if following not in AFTER_EVERY and not dates.weekdays(following):
                return ParseError.at(
                    f"{word} {following}".strip(),
                    say("A digest comes daily, weekdays, weekly mon, monthly 1."),
                )
            count = 2 if following in AFTER_EVERY else 1
            word = AFTER_EVERY.get(following, "weekly")
        if word in UNHEARD_OF:
            why = say("A digest comes daily, on weekdays, weekly on chosen days, or monthly.")
            return ParseError.at(word, why, ("weekly", "monthly"))
        if word not in RHYTHMS:
            return False
        said = RHYTHMS[word]
        if self.rhythm not in ("", said):
            why = say(
                "A digest has one rhythm, and {rhythm} came first. Type one of “daily”, “weekdays”, “weekly mon” and “monthly 1”.",
                rhythm=self.rhythm,
            )
            return ParseError.at(self.words.typed(count), why)
        self.rhythm = said
        self.words.take(count)
        # "the 15th of the month 9": what follows is a time.
        return self._after_monthly() if said == "monthly" and word != "month" else True

    def _after_monthly(self) -> bool | ParseError:
        """Take the number of a day where one follows; anywhere else a plain number is a time."""
        while self.words.peek() in ("on", "the", "day"):
            self.words.take()
        if not is_number(self.words.peek()):
            return True
        day = dates.month_day(self.words.peek())
        # "facts 2" behind it is an option of its own.
        is_other = self.words.peek(1) in ("am", "pm") or (
            self.words.peek(1) == "facts" and not is_number(self.words.peek(2))
        )
        if day is None or is_other:
            why = say("The day of a month is 1 to 31, or last.")
            return ParseError.at(self.words.typed(), why, ("1", "15", "last"))
        return self._take(1, "monthday", day) or self._another_month_day() or True

    def _another_month_day(self) -> ParseError | None:
        """Name a second day of the month: as a plain number in a list it would be a time."""
        ahead = 1 if self.words.peek() in AND else 0
        word = self.words.peek(ahead)
        is_day = is_number(word) and self.words.peek(ahead + 1) not in ("am", "pm", "fact", "facts")
        if not (self.words.goes_on() and is_day):
            return None
        return ParseError.at(
            word, say("A monthly digest comes on one day of the month. Type one; a time is written 9:00.")
        )

    def _month_day(self) -> bool | ParseError:
        word = self.words.peek()
        day = None if is_number(word) else 1 if word == "first" else dates.month_day(word)
        if day is None:
            return False
        return self._take(1, "monthday", day or 31) or self._another_month_day() or True

    def _day(self) -> bool:
        found = dates.weekdays(self.words.peek())
        if not found:
            return False
        typed = self.words.take()
        for day in found:
            self.days.setdefault(day, typed)
        return True

    def _option(self) -> bool | ParseError:
        first, second = self.words.peek(), self.words.peek(1)
        comes_first = is_number(first) and second in ("facts", "fact") and not is_number(self.words.peek(2))
        if first == "facts" or comes_first:
            return self._facts(first if comes_first else second)
        if (first, second) in PAIRS or first in ("holidays", "holiday"):
            return self._holidays() if "oliday" in first + second else self._when_empty()
        if first == "quiet":
            return self._quiet()
        if first.startswith("#") or (first in ("in", "to") and second.startswith("#")):
            channel = first if first.startswith("#") else second
            return ParseError.at(channel, ELSEWHERE)
        return False

    def _facts(self, number: str) -> bool | ParseError:
        if not is_number(number) or not 1 <= int(number) <= MOST_FACTS:
            why = say("A digest has 1 to {most} facts.", most=MOST_FACTS)
            return ParseError.at(number or "facts", why, ("3", "5"))
        self.wish = replace(self.wish, facts=int(number))
        return self._take(2, "facts", int(number)) or True

    def _when_empty(self) -> bool | ParseError:
        opened = self.words.typed(2)
        self.words.take()
        while self.words.peek() in ("empty", "nothing", "is", "new", "then", "it", ","):
            self.words.take()
        word = self.words.peek()
        if word not in _EMPTY:
            why = say(
                "Once all facts are posted a digest can be quiet, say that nothing is new, or begin again."
            )
            return ParseError.at(word or opened, why, ("quiet", "say", "again"))
        self.wish = replace(self.wish, when_empty=_EMPTY[word])
        count = 2 if (word, self.words.peek(1)) in _BEGINNING_AGAIN else 1
        return self._take(count, "empty", _EMPTY[word]) or True

    def _holidays(self) -> bool | ParseError:
        keep = self.words.peek() == "keep"
        count = 1 if self.words.peek() in ("holidays", "holiday") else 2
        ahead = count
        while self.words.peek(ahead) in ("in", "of", "public", "the"):
            ahead += 1
        country = country_called(self.words.peek(ahead))
        if country and country not in COUNTRIES:
            self.words.take(ahead)
            why = say(
                "I know the public holidays of {countries} alone.", countries=in_a_row(sorted(COUNTRIES))
            )
            return ParseError.at(self.words.typed(), why, ("CN",))
        if country:
            count = ahead + 1
        skipped = "" if keep else country or "CN"
        self.wish = replace(self.wish, skip_holidays=skipped)
        return self._take(count, "holidays", skipped) or True

    def _quiet(self) -> bool | ParseError:
        self.words.take()
        while self.words.peek() in ("hours", "from", "between"):
            self.words.take()
        if self.words.peek() in ("off", "none", "no"):
            self.wish = replace(self.wish, quiet=None, no_quiet=True)
            return self._take(1, "quiet", None) or True
        for count in (1, 2, 3):
            hours = read_quiet(" ".join(self.words.peek(ahead) for ahead in range(count)))
            if hours is not None:
                self.wish = replace(self.wish, quiet=hours, no_quiet=False)
                return self._take(count, "quiet", hours) or True
        why = say("Quiet hours are written quiet 22:00-07:00, or quiet off.")
        return ParseError.at(self.words.typed() or "quiet", why, ("22:00-07:00",))

    def _time(self) -> bool | ParseError:
        word = self.words.peek(1) if self.words.peek() == "at" else self.words.peek()
        lead = 1 if self.words.peek() == "at" else 0
        after = self.words.peek(lead + 1)
        halves = word[:1].isdigit() and dates.clock(word) and after in ("am", "pm", "a.m", "p.m")
        if halves or (chinese.is_part_of_day(word) and chinese.looks_like_a_time(f"{word}{after}")):
            word, lead = f"{word}{after}", lead + 1
        found = dates.clock(word)
        if found is None:
            if lead or chinese.looks_like_a_time(word) or re.fullmatch(r"\d[\d:.]*(?:am|pm)?", word):
                why = say("A time is written 9, 9am, 09:00 or 21:30.")
                return ParseError.at(word or "at", why, ("09:00",))
            return False
        self.words.take(lead)
        self.wish = replace(self.wish, at=found)
        return self._take(1, "time", found) or True

    def _zone(self) -> bool | ParseError:
        typed = self.words.typed()
        if self.words.follows_on() and self._is_in_the_delta(typed):
            why = say(
                "Names come first, before days and times; as a time zone it is {zone}.", zone=_OF_THE_DELTA
            )
            return ParseError.at(typed, why, (_OF_THE_DELTA,))
        for count in (3, 2, 1):
            words = " ".join(filter(None, (self.words.peek(ahead) for ahead in range(count))))
            if len(words.split()) == count and (found := zones.zone(words)):
                self.wish = replace(self.wish, zone=found)
                return self._take(count, "zone", found) or True
        if wrong := _no_zone(typed, self.base.tuning.near_zone):
            return wrong
        if self.wish.at is not None and self.wish.zone is None and self._is_in_the_delta(typed):
            self.wish = replace(self.wish, zone=_OF_THE_DELTA)
            return self._take(1, "zone", _OF_THE_DELTA) or True
        return False

    def _is_in_the_delta(self, typed: str) -> bool:
        found = parse_subjects(self.base, typed, ())
        return isinstance(found, Subjects) and any(
            getattr(self.base.entity(slug), "delta", False) for slug in found.places
        )

    def _unknown(self) -> ParseError:
        typed = self.words.typed()
        tuning = self.base.tuning
        near = tuple(
            word for word in dates.near_words(typed, KEYWORDS, tuning.near_keyword) if word != typed.lower()
        )
        if not near and len(typed) > 3:
            near = zones.near_zones(typed, tuning.near_zone)
        said = say(
            "“{word}” is no word I know here. After the names come daily, weekdays, weekly mon, monthly 1, a time such as"
            " 09:00, a zone such as Asia/Shanghai.",
            word=typed,
        )
        return ParseError(typed, said, near)


def _twice(what: _Thing, first: str) -> Said:
    """Return that `what` is said a second time, and otherwise."""
    match what:
        case "monthday":
            return say(
                "The day of the month is given twice: {first} came first. Type one of them.", first=first
            )
        case "monthweek":
            return say(
                "The weekday of the month is given twice: {first} came first. Type one of them.", first=first
            )
        case "time":
            return say("The time is given twice: {first} came first. Type one of them.", first=first)
        case "zone":
            return say("The time zone is given twice: {first} came first. Type one of them.", first=first)
        case "facts":
            return say(
                "The number of facts is given twice: {first} came first. Type one of them.", first=first
            )
        case "empty":
            return say(
                "What is done when nothing is new is given twice: {first} came first. Type one of them.",
                first=first,
            )
        case "holidays":
            return say(
                "What is done on public holidays is given twice: {first} came first. Type one of them.",
                first=first,
            )
        case "quiet":
            return say("Quiet hours are given twice: {first} came first. Type one of them.", first=first)


def _no_zone(typed: str, near: float) -> ParseError | None:
    """Return what is said of a word that is meant for a zone and names none."""
    if places := zones.places_of_clock(typed):
        said = say("“{word}” is the time of several places. Name one.", word=typed)
        return ParseError(typed, said, places)
    if (there := zones.places_of_offset(typed)) is not None:
        said = say("“{word}” is an offset. Name a place: its clocks may change in summer.", word=typed)
        return ParseError(typed, said, there)
    if "/" not in typed:
        return None
    said = say("“{word}” is no time zone I know; zones are named like Asia/Shanghai.", word=typed)
    return ParseError(typed, said, zones.near_zones(typed, near))


def _no_weekday_of_a_month(typed: str, day: int) -> ParseError:
    name = DAYS_IN_FULL[day].lower()
    why = say(
        "Which one of the month? A monthly digest comes on the first {name} or the last {name}, say, or on a day:"
        " monthly 15, monthly last; weekly {day} comes every week.",
        name=name,
        day=_short(day),
    )
    return ParseError.at(typed, why, (f"first {name}", f"last {name}"))


def _short(day: int) -> str:
    return DAYS_IN_FULL[day][:3].lower()
