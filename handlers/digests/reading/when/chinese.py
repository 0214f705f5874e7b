"""Days and times as Chinese writes them, without spaces: 每周一到周五上午九点半 is three words.

Nothing here knows what a digest is; each function reads one word and gives nothing where it cannot.
"""

from __future__ import annotations

import re
from datetime import time
from typing import Final

_DIGITS: Final = "零一二三四五六七八九"
_TENS: Final = ("", "十", *(f"{sign}十" for sign in _DIGITS[2:6]))
# Numbers up to the minutes of an hour.
_NUMBERS: Final = {
    **{ten: 10 * tens for tens, ten in enumerate(_TENS) if ten},
    **{f"{ten}{one}": 10 * tens + ones for tens, ten in enumerate(_TENS) for ones, one in enumerate(_DIGITS)},
    **{f"零{one}": ones for ones, one in enumerate(_DIGITS)},
    "〇": 0,
    "两": 2,
}


def _as_said(first: int, last: int) -> dict[int, int]:
    return {hour: hour for hour in range(first, last + 1)}


def _after_noon(first: int, last: int) -> dict[int, int]:
    """Return the hours of a part of the day behind noon, by what is said of them with twelve hours or twenty-four."""
    return {**{hour: hour + 12 for hour in range(first, last + 1)}, **_as_said(first + 12, last + 12)}


# The hour by the number that is said with a part of the day. What nobody says of it is not guessed, and neither is what
# may be the night before or after: 晚上12点, 晚上1点.
_HOURS: Final = {
    "凌晨": {**_as_said(0, 6), 12: 0},
    **dict.fromkeys(("清晨", "早上", "早晨", "早"), _as_said(4, 11)),
    "上午": _as_said(5, 12),
    "中午": {**_as_said(11, 12), **_after_noon(1, 2)},
    "下午": {12: 12, **_after_noon(1, 11)},
    "傍晚": _after_noon(4, 8),
    **dict.fromkeys(("晚上", "晚"), _after_noon(5, 11)),
}
_MINUTES: Final = {"整": 0, "钟": 0, "半": 30, "一刻": 15, "三刻": 45}

# Each is as long as it can be, or is not there at all: nothing is tried a second time, so reading takes linear time.
_NUMBER: Final = "(?>[0-9]{1,2}|[〇零一二两三四五六七八九十]{1,3})"
_PART_OF_DAY: Final = "|".join(_HOURS)
_TIME: Final = rf"({_PART_OF_DAY})?({_NUMBER})(?:[点时](?:(半|[一三]刻|整|钟|{_NUMBER}(?![点时号日]))分?)?|:([0-9]{{2}}))"
_MONTH_DAY: Final = f"{_NUMBER}[号日]"
_WEEK: Final = "(?:周|星期|礼拜)"
SIGNS: Final = "一二三四五六日"
"""The days of the week from Monday on, as they stand behind 周."""
_SIGN: Final = f"[{SIGNS}天]"
# 三 of 周一三点 is an hour.
_NEXT_SIGN: Final = f"{_SIGN}(?![点时号日十])"
_TO: Final = "[到至~～–-]"
_DAYS: Final = f"{_WEEK}{_SIGN}(?:{_TO}{_WEEK}?{_NEXT_SIGN}|(?:{_NEXT_SIGN})*)"
# 每周一 is every Monday, 每一周 no more than every week.
_SEVERAL: Final = "(?>[2-9]|[0-9]{2}|[两二三四五六七八九十]{1,3}|半)"
_EACH: Final = "(?:每个?|一个?)"
_UNHEARD: Final = (
    rf"每隔?{_SEVERAL}个?(?:周|星期|礼拜|天|日|小时|钟头|分钟|月|年|季度)|每隔?个?(?:小时|分钟|季度|季|年|半年)|(?:每隔一|隔)个?(?:周|星期|礼拜)的?(?:{_WEEK}?{_SIGN})?"
    rf"|(?:每隔一|隔)个?[天日月]|双周|{_SEVERAL}个?(?:周|星期|礼拜|天|日|月|年)一次|一年一次|{_EACH}(?:周|星期|礼拜|天|日|月)(?>{_SEVERAL}|[0-9]{{1,2}})次|{_EACH}(?:年|季度|季)(?:{_NUMBER}次)?"
)
UNHEARD: Final = re.compile(_UNHEARD)
"""Rhythms that no digest has: 每两周, 隔周一, 每周两次, 每季度."""
_OPENS: Final = rf"每|[日周月]报|隔[个周星礼天日]|双周|{_SEVERAL}个?(?:周|星期|礼拜|天|日|月|年)一次|一个?(?:周|星期|礼拜|天|日|月|年).{{1,3}}次|工作日|周末|{_WEEK}{_SIGN}"
_PIECE: Final = re.compile(
    rf"{_UNHEARD}|[日周月]报|除外|以外|之外|除[了去开]?|不含|不包括|不发|不要|休息|(?:每个?|一)(?:周|星期|礼拜|月)一次|[每一][天日]一次|每个?(?={_WEEK}{_SIGN}|周末|工作日)|每个?(?:周|星期|礼拜|月)|每[天日]|工作日|周末|月底|最后一[个天]|第[一二三四五]个"
    rf"|{_DAYS}|{_MONTH_DAY}|{_TIME}|{_PART_OF_DAY}|[的到至]|[一-龥]{{2,3}}时间"
)
_ONE_TIME: Final = re.compile(_TIME)
_ONE_OR_MORE_DAYS: Final = re.compile(_DAYS)
_OPENING: Final = re.compile(_OPENS)
_ENDS: Final = "。.！!"


def apart(word: str) -> list[str]:
    """Return the words that a word of days and times is made of, a name before them being one; else the word alone."""
    bare = word.rstrip(f",;{_ENDS}")
    behind = word[len(bare) :].strip(_ENDS)
    dead: set[int] = set()
    starts = [0, *(found.start() for found in _OPENING.finditer(bare) if found.start())]
    for start in starts:
        # What ends in a sign is no name: it is part of what is written behind it.
        if start and not bare[start - 1].isalnum():
            continue
        if pieces := _walk(bare, start, dead):
            pieces[-1] += behind
            return [bare[:start], *pieces] if start else pieces
    return [word]


def _walk(text: str, at: int, dead: set[int]) -> list[str]:
    """Return the pieces from `at` to the end, none where something else is among them; `dead` are places that lead there."""
    pieces, seen = [], []
    while at < len(text):
        seen.append(at)
        found = None if at in dead else _PIECE.match(text, at)
        if found is None:
            dead.update(seen)
            return []
        pieces.append(found[0])
        at = found.end()
    return pieces


def weekdays(word: str) -> tuple[int, ...]:
    """Return the days of "周一", "周六日", "周一至五", from 0 for Monday on; none of what is no such word."""
    if not _ONE_OR_MORE_DAYS.fullmatch(word):
        return ()
    days = [SIGNS.index(sign) for sign in word.replace("天", "日") if sign in SIGNS]
    return from_to(*days) if re.search(_TO, word) else tuple(sorted(set(days)))


def from_to(first: int, last: int) -> tuple[int, ...]:
    """Return the days of the week from one to another, around the weekend too."""
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def month_day(word: str) -> int | None:
    """Return the number of "十五号", whatever it is; None for what is no such word."""
    return _NUMBERS.get(word[:-1]) if word.endswith(("号", "日")) else None


def clock(word: str) -> time | None:
    """Return the time of "9点半", "下午三点", "上午9:00"; None where there is none: 上午 has no 15."""
    found = _ONE_TIME.fullmatch(word)
    if found is None:
        return None
    part, said, minutes = found[1], number(found[2]), found[3] or found[4] or "0"
    hour = _HOURS[part].get(said) if part and said is not None else said
    minute = _MINUTES.get(minutes, number(minutes))
    if hour is None or minute is None or hour > 23 or minute > 59:
        return None
    return time(hour, minute)


def looks_like_a_time(word: str) -> bool:
    """Say whether `word` is written like a time, be there such a time or not."""
    return _ONE_TIME.fullmatch(word) is not None


def is_part_of_day(word: str) -> bool:
    """Say whether `word` is one that a time may stand behind: "上午", "晚上"."""
    return word in _HOURS


def number(word: str) -> int | None:
    """Return the number up to 59 that is written in digits or in Chinese; None for what is none."""
    return int(word) if word.isdecimal() else _NUMBERS.get(word)
