"""Days of a month as the form offers them: the 15th, the last day, the first Monday, the last weekday."""

from __future__ import annotations

import re
from typing import Any, Final, get_args

from bot.slack import forms
from handlers.digests.reading.when.dates import DAYS_IN_FULL, WORKDAYS
from handlers.say import Said, say
from handlers.subscription import MonthWeek, Subscription
from knowledge.text.normalize import is_number

_LAST: Final = 31
_WORKED: Final = "w"
_CODE: Final = re.compile(r"(-1|[1-4]) ([0-6w])")
_COUNTS: Final[tuple[MonthWeek, ...]] = get_args(MonthWeek)


def options() -> list[tuple[str, list[forms.Option]]]:
    """Return what can be chosen, in groups; each has a code."""
    dates: list[forms.Option] = [(str(day), say("Day {day}", day=day)) for day in range(1, _LAST)]
    dates.append((str(_LAST), say("Last day")))
    names = [
        *((str(at), name) for at, name in enumerate(DAYS_IN_FULL)),
        (_WORKED, say("weekday (Monday to Friday)")),
    ]
    weekdays: list[forms.Option] = [
        (f"{count} {day}", _label(count, name)) for day, name in names for count in _COUNTS
    ]
    return [(say("By date"), dates), (say("By day of the week"), weekdays)]


def code(shown: Subscription) -> str:
    """Return the code of the day of a digest that comes once a month, of the first for any other."""
    if shown.monthweek is None:
        return str(shown.monthday or 1)
    day = _WORKED if shown.weekdays == WORKDAYS else str(shown.weekdays[0])
    return f"{shown.monthweek} {day}"


def chosen(said: str, days: tuple[int, ...]) -> dict[str, Any]:
    """Return the days of a subscription by what was chosen of a month: `days` of the week where nothing was."""
    if not said:
        return {"weekdays": days, "monthday": None, "monthweek": None}
    if read := _CODE.fullmatch(said):
        of_week = WORKDAYS if read[2] == _WORKED else (int(read[2]),)
        return {"weekdays": of_week, "monthday": None, "monthweek": int(read[1])}
    day = int(said) if is_number(said) and 1 <= int(said) <= _LAST else 1
    return {"weekdays": (), "monthday": day, "monthweek": None}


def _label(count: MonthWeek, day: str) -> Said:
    match count:
        case 1:
            return say("First {day}", day=day)
        case 2:
            return say("Second {day}", day=day)
        case 3:
            return say("Third {day}", day=day)
        case 4:
            return say("Fourth {day}", day=day)
        case _:
            return say("Last {day}", day=day)
