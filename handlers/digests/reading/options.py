"""What follows the names in a wish: days, time, zone and options, word by word and in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from handlers.digests.holidays import COUNTRIES, country_called
from handlers.digests.reading import regions
from handlers.digests.reading.changes import read_quiet
from handlers.digests.reading.days import COMES, KEYWORDS, DaysParser
from handlers.digests.reading.subjects import ParseError, Subjects, parse_subjects
from handlers.digests.reading.times import TimesParser
from handlers.digests.reading.when import dates, unheard, zones
from handlers.digests.reading.when.numbers import number
from handlers.digests.reading.where import destination
from handlers.digests.reading.words import (
    PAIRS,
    no_quiet_hours,
)
from handlers.digests.reading.wrong import no_zone
from handlers.records.enumerated import in_a_row
from handlers.say import say
from handlers.subscription import MOST_FACTS, WhenEmpty
from knowledge.text.normalize import is_number

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
        "o'clock",
        "o’clock",
        "oclock",
        "sharp",
        "thanks",
        "thank",
        "you",
        "的",
    }
)
# How many facts each time: "up to 3 facts a time".
_AT_MOST: Final = (("up", "to"), ("at", "most"))
_EACH_TIME: Final = re.compile(r"(?:(?:at|in) )?(?:an?|each|every|per) (?:time|post|digest|run)")
_EMPTY: Final[dict[str, WhenEmpty]] = {
    **dict.fromkeys(("quiet", "silent", "silence", "skip", "stop", "nothing"), "quiet"),
    **dict.fromkeys(("say", "tell", "post"), "tell"),
    **dict.fromkeys(("again", "repeat", "restart", "start", "begin"), "again"),
}
_BEGINNING_AGAIN: Final = frozenset(
    {("start", "over"), ("start", "again"), ("begin", "again"), ("say", "so")}
)
ELSEWHERE: Final = say("A digest goes to the channel that you type the command in; type it there.")
FOR_NOBODY: Final = say(
    "A digest goes to the channel that you type the command in, and mentions nobody; leave people and groups out."
)
_OF_THE_DELTA: Final = "Asia/Shanghai"


@dataclass
class OptionsParser(DaysParser, TimesParser):
    """Reads the options word by word; `read` says what is wrong, `wish` is what was understood."""

    def read(self) -> ParseError | None:
        """Read all words there are; return the first that is wrong, None when each was understood."""
        while self.words:
            if wrong := self._next():
                return wrong
        return self._days_together() or self._time_of_part()

    def _next(self) -> ParseError | None:
        rules = (
            self._regions, self._days_left_out, self._which_weekday, self._unheard, self._rhythm, self._where, self._option, self._month_day, self._day, self._part,
            self._time, self._zone,
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

    def _regions(self) -> bool | ParseError:
        """Take "with other regions"."""
        found = regions.regions(self.words.ahead(regions.MOST_WORDS))
        if found is None:
            return False
        count, is_wide = found
        self.wish = replace(self.wish, is_wide=is_wide)
        return self._take(count, "regions", is_wide) or True

    def _where(self) -> bool | ParseError:
        """Take "to me", "by direct message", or "here", which goes without saying."""
        found = destination(self.words.ahead(unheard.MOST_WORDS))
        if found is None:
            return False
        count, where = found
        self.wish = replace(self.wish, is_direct=where == "direct")
        return self._take(count, "where", where) or True

    def _option(self) -> bool | ParseError:
        first, second = self.words.peek(), self.words.peek(1)
        if (first, second) in _AT_MOST and number(self.words.peek(2)) is not None:
            self.words.take(2)
            return True
        comes_first = (
            number(first) is not None and second in ("facts", "fact") and not is_number(self.words.peek(2))
        )
        if first == "facts" or comes_first:
            return self._facts(first if comes_first else second)
        if (first, second) in PAIRS or first in ("holidays", "holiday"):
            return self._holidays() if "oliday" in first + second else self._when_empty()
        if first == "quiet":
            return self._quiet()
        if no_quiet_hours(self.words.ahead(3)):
            return self._no_quiet()
        if first.startswith("#") or (first in ("in", "to") and second.startswith("#")):
            channel = first if first.startswith("#") else second
            return ParseError.at(channel, ELSEWHERE)
        return False

    def _facts(self, said: str) -> bool | ParseError:
        count = number(said)
        if count is None and not any(map(str.isnumeric, said)):
            # "facts weekly" says no number.
            self.words.take()
            return True
        if count is None or not 1 <= count <= MOST_FACTS:
            why = say("A digest has 1 to {most} facts.", most=MOST_FACTS)
            return ParseError.at(said or "facts", why, ("3", "5"))
        self.wish = replace(self.wish, facts=count)
        return self._take(2, "facts", count) or self._each_time()

    def _each_time(self) -> bool:
        """Take "a time" behind a number of facts: a number is always that."""
        for words in (3, 2):
            if _EACH_TIME.fullmatch(" ".join(self.words.ahead(words))):
                self.words.take(words)
        return True

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
        while self.words.peek() in ("hours", "from", "between", "time"):
            self.words.take()
        if self.words.peek() in ("off", "none", "no", "out", "away"):
            self.wish = replace(self.wish, quiet=None, no_quiet=True)
            return self._take(1, "quiet", None) or True
        for count in (1, 2, 3):
            hours = read_quiet(" ".join(self.words.peek(ahead) for ahead in range(count)))
            if hours is not None:
                self.wish = replace(self.wish, quiet=hours, no_quiet=False)
                return self._take(count, "quiet", hours) or True
        why = say("Quiet hours are written quiet 22:00-07:00, or quiet off.")
        return ParseError.at(self.words.typed() or "quiet", why, ("22:00-07:00",))

    def _no_quiet(self) -> bool | ParseError:
        """Take "no quiet hours"."""
        self.wish = replace(self.wish, quiet=None, no_quiet=True)
        count = 1 + self.words.ahead(3).index("quiet")
        is_of_hours = self.words.peek(count) in ("hours", "time", "times", "hour")
        return self._take(count + is_of_hours, "quiet", None) or True

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
        if wrong := no_zone(typed, self.base.tuning.near_zone):
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
        if not near and (meant := dates.near_words(typed, unheard.ALONE, tuning.near_keyword)):
            return ParseError.at(typed, COMES, (unheard.unheard(meant[:1]) or (1, ()))[1])
        if not near and len(typed) > 3:
            near = zones.near_zones(typed, tuning.near_zone)
        said = say(
            "“{word}” is no word I know here. After the names come daily, weekdays, weekly mon, monthly 1, a time such as"
            " 09:00, a zone such as Asia/Shanghai.",
            word=typed,
        )
        return ParseError(typed, said, near)
