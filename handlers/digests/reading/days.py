"""The days of a wish: its rhythm, days of the week and of the month, and days that are left out."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, get_args

from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.taken import Taken
from handlers.digests.reading.when import chinese, dates, left_out, unheard
from handlers.digests.reading.when.parts import PARTS
from handlers.digests.reading.words import (
    AFTER_EVERY,
    AND,
    EVERY,
    RHYTHMS,
    weekdays_of_month,
    which,
)
from handlers.digests.reading.wrong import no_weekday_of_a_month, short, twice
from handlers.records.enumerated import one_of
from handlers.say import say
from handlers.subscription import MonthWeek
from knowledge.text.normalize import is_number

KEYWORDS: Final = (
    "daily", "weekdays", "weekly", "monthly", "every", "facts", "when", "empty", "skip", "holidays", "quiet",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
COMES: Final = say("A digest comes daily, on weekdays, weekly on chosen days, or monthly.")
"""Which rhythms there are."""
_DAYS_OF: Final = {"daily": dates.EVERY_DAY, "weekdays": dates.WORKDAYS}
_DAYS_IN_ENGLISH: Final = (*KEYWORDS[-7:], *(word for word in AFTER_EVERY if word.isascii()))
_THROUGH: Final = frozenset({"to", "through", "thru", "till", "until", "-", "–", "—", "~", "到", "至"})
_OF_UNHEARD: Final = ("fortnight", "hour", "quarter", "year")


@dataclass
class DaysParser(Taken):
    """Takes the words that speak of days. `days` are the days of the week that were named, with the word for each; `left_out`
    those that it does not come on, likewise.
    """

    days: dict[int, str] = field(default_factory=dict)
    left_out: dict[int, str] = field(default_factory=dict)
    rhythm: str = ""

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
            if following in PARTS:
                self.rhythm = self.rhythm or "daily"
                self.words.take()
                return True
            if following not in AFTER_EVERY and not dates.weekdays(following):
                return self._no_such_day(word, following)
            count = 2 if following in AFTER_EVERY else 1
            word = AFTER_EVERY.get(following, "weekly")
        if word not in RHYTHMS:
            return False
        return self._has_rhythm(RHYTHMS[word], count) or (
            self._after_monthly() if RHYTHMS[word] == "monthly" and word != "month" else True
        )

    def _unheard(self) -> bool | ParseError:
        """Take "once a week"; name a rhythm that there is not, with the nearest there are."""
        if not unheard.opens(self.words.peek(), self.words.peek(1)):
            return False
        ahead = self.words.ahead(unheard.MOST_WORDS)
        if found := unheard.once(ahead):
            return self._has_rhythm(found[1], found[0]) or True
        if not (nearest := unheard.unheard(ahead)):
            return False
        count, instead = nearest
        return ParseError.at(self.words.typed(count), COMES, instead)

    def _has_rhythm(self, said: str, count: int) -> ParseError | None:
        """Take `count` words that say a rhythm; name them where another was said."""
        if self.rhythm not in ("", said):
            why = say(
                "A digest has one rhythm, and {rhythm} came first. Type one of “daily”, “weekdays”, “weekly mon” and “monthly 1”.",
                rhythm=self.rhythm,
            )
            return ParseError.at(self.words.typed(count), why)
        self.rhythm = said
        self.words.take(count)
        return None

    def _no_such_day(self, word: str, following: str) -> ParseError:
        """Return what is said of "every mondy", "every fortnite" and "every nonsense"."""
        near = dates.near_words(following, (*_DAYS_IN_ENGLISH, *_OF_UNHEARD), self.base.tuning.near_keyword)
        typed = self.words.typed(2)
        meant = tuple(f"{word} {one}" for one in near)
        if meant and (nearest := unheard.unheard(tuple(meant[0].split()))):
            return ParseError.at(typed, COMES, nearest[1])
        if not meant:
            return ParseError.at(typed, COMES)
        said = say("“{word}” is no word I know. Did you mean {near}?", word=typed, near=one_of(meant))
        return ParseError(typed, said, meant)

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
        found, count = dates.weekdays(self.words.peek()), 1
        if not found:
            return False
        last = dates.weekdays(self.words.peek(2)) if self.words.peek(1) in _THROUGH else None
        if last and len(last) == len(found) == 1:
            found, count = chinese.from_to(found[0], last[0]), 3
        typed = self.words.take(count)
        for day in found:
            self.days.setdefault(day, typed)
        return True

    def _days_left_out(self) -> bool:
        """Take "except weekends", "but not on Friday", "Sundays excluded"."""
        found = left_out.left_out(self.words.ahead(left_out.MOST_WORDS))
        if found is None:
            return False
        typed = self.words.take(found[0])
        for day in found[1]:
            self.left_out.setdefault(day, typed)
        return True

    def _days_together(self) -> ParseError | None:
        """Wish for the days that were said; return the word that does not go with the rhythm."""
        days, rhythm = tuple(self.days), self.rhythm
        monthday, of_month = self.given.get("monthday", (None, ""))
        if self.left_out:
            return self._days_but()
        if "monthweek" in self.given:
            return self._one_weekday_of_a_month()
        if isinstance(monthday, int) or rhythm == "monthly":
            if days:
                return no_weekday_of_a_month(self.days[days[0]], days[0])
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
                    day=short(day),
                )
                return ParseError.at(self.days[day], why)
        if days or rhythm:
            self.wish = replace(self.wish, weekdays=tuple(sorted({*days, *fixed})))
        return None

    def _days_but(self) -> ParseError | None:
        """Wish for the days that are left; return what leaves days out of a rhythm that has none to leave out."""
        typed = next(iter(self.left_out.values()))
        if self.rhythm == "monthly" or not {"monthday", "monthweek"}.isdisjoint(self.given):
            return ParseError.at(
                typed, say("A monthly digest comes on one day. Say which, and leave this out.")
            )
        if self.rhythm == "weekly" and not self.days:
            others = tuple(short(day) for day in dates.WORKDAYS if day not in self.left_out)
            why = say("A weekly digest comes on the days that are named. On which?")
            return ParseError.at(typed, why, others[:4])
        named = tuple(sorted({*self.days, *_DAYS_OF.get(self.rhythm, ())}))
        left = tuple(day for day in named or dates.EVERY_DAY if day not in self.left_out)
        if not left:
            return ParseError.at(typed, say("That leaves no day on which it comes."))
        out = tuple(sorted(self.left_out))
        self.wish = replace(self.wish, weekdays=left) if named else replace(self.wish, left_out=out)
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
            return ParseError.at(self.given["monthday"][1], twice("monthday", typed))
        if self.rhythm not in ("", "monthly"):
            why = say("That is a day of a month. Type “monthly {day}”, or leave one of them out.", day=typed)
            return ParseError.at(typed, why, (f"monthly {typed}",))
        self.wish = replace(self.wish, weekdays=days, monthweek=count)
        return None
