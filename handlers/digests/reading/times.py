"""The time of day of a wish: "at 9", "half past eight", "in the evening", 下午三点."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time
from typing import Final

from handlers.digests.reading.subjects import ParseError
from handlers.digests.reading.taken import Taken
from handlers.digests.reading.when import chinese, dates
from handlers.digests.reading.when.parts import PARTS
from handlers.say import say

_PAST: Final = {"half": 30, "quarter": 15}


@dataclass
class TimesParser(Taken):
    """Takes the words that speak of a time of day."""

    def _time(self) -> bool | ParseError:
        word = self.words.peek(1) if self.words.peek() == "at" else self.words.peek()
        lead = 1 if self.words.peek() == "at" else 0
        after = self.words.peek(lead + 1)
        halves = word[:1].isdigit() and dates.clock(word) and after in ("am", "pm", "a.m", "p.m")
        if halves or (chinese.is_part_of_day(word) and chinese.looks_like_a_time(f"{word}{after}")):
            word, lead = f"{word}{after}", lead + 1
        if said := self._in_words(lead):
            count, at = said
            self.wish = replace(self.wish, at=at)
            return self._take(count, "time", at) or True
        found = dates.clock(word)
        if found is None:
            if lead or chinese.looks_like_a_time(word) or re.fullmatch(r"\d[\d:.]*(?:am|pm)?", word):
                why = say("A time is written 9, 9am, 09:00 or 21:30.")
                return ParseError.at(word or "at", why, ("09:00",))
            return False
        self.words.take(lead)
        self.wish = replace(self.wish, at=found)
        return self._take(1, "time", found) or True

    def _in_words(self, lead: int) -> tuple[int, time] | None:
        """Return how many words say "half past eight", "quarter to nine" or "at eight", and that time; None where none do."""
        first, second = self.words.peek(lead), self.words.peek(lead + 1)
        if first in _PAST and second in ("past", "after", "to"):
            hour, count = dates.hour(self.words.peek(lead + 2)), lead + 3
            minutes = -_PAST[first] if second == "to" else _PAST[first]
        else:
            hour, count, minutes = dates.hour(first) if lead and first.isalpha() else None, lead + 1, 0
        if hour is None:
            return None
        half = self.words.peek(count).replace(".", "")
        if half in ("am", "pm"):
            hour, count = hour % 12 + 12 * (half == "pm"), count + 1
        at = (hour * 60 + minutes) % (24 * 60)
        return count, time(at // 60, at % 60)

    def _part(self) -> bool | ParseError:
        """Take "evening", unless it is a Chinese one with its time behind it."""
        word = self.words.peek()
        if word not in PARTS or chinese.looks_like_a_time(f"{word}{self.words.peek(1)}"):
            return False
        return self._take(1, "part", PARTS[word]) or True

    def _time_of_part(self) -> ParseError | None:
        """Wish for the time that is said of a part of the day, or for that which goes with it."""
        part, word = self.given.get("part", (None, ""))
        if part is None:
            return None
        said, typed = self.given.get("time", (None, ""))
        at = part.at if said is None else said if typed.endswith("m") else part.meant(said)
        if at is None or at.hour not in part.hours:
            why = say("That is another part of the day than {part}. Type one of them.", part=word)
            return ParseError.at(typed, why)
        self.wish = replace(self.wish, at=at)
        return None
