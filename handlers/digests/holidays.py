"""Public holidays, and the days at weekends that are worked in their place. The only importer of `holidays`.

China announces each year's calendar late in the year before; until the package has it, the days known from
law and moon are taken, and days moved to or from a weekend are not known. The package is loaded (a hundredth of a
second) when it is first asked, which no question about facts does.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final

from handlers.say import say

COUNTRIES: Final[dict[str, str]] = {"CN": say("China")}
"""Countries whose holidays can be skipped, by ISO 3166-1 code."""


def holiday(country: str, day: date) -> str:
    """Return the English name of the public holiday on `day`, "" where it is none or `country` is ""."""
    return _of_year(country, day.year).get(day, "") if country else ""


def is_made_up(country: str, day: date) -> bool:
    """Say whether `day`, at a weekend, is worked in place of a day off (in China 调休); never where `country` is ""."""
    return bool(country) and day in _made_up_in(country, day.year)


@lru_cache(maxsize=64)
def _made_up_in(country: str, year: int) -> frozenset[date]:
    if country not in COUNTRIES:
        return frozenset()
    import holidays

    # The calendar of the year after may have a day of this one worked for its first days off.
    calendar = holidays.country_holidays(country, years=(year, year + 1))
    return frozenset(day for day in calendar.weekend_workdays if day.year == year)


def country_called(word: str) -> str:
    """Return the code of the country that people call `word`, of those that keep public holidays at all, or ""."""
    low = word.lower()
    # Words of a sentence that are codes too: Austria, India, Italy, Norway and the like.
    return (
        "" if low in ("at", "in", "is", "it", "no", "so", "to", "me", "my", "be") else _called().get(low, "")
    )


@lru_cache(maxsize=1)
def _called() -> dict[str, str]:
    from holidays import registry

    called = {"chinese": "CN", "中国": "CN"}
    for name, (_, code, *_rest) in registry.COUNTRIES.items():
        called |= {name.replace("_", " "): code, code.lower(): code}
    return called


@lru_cache(maxsize=64)
def _of_year(country: str, year: int) -> dict[date, str]:
    if country not in COUNTRIES:
        return {}
    import holidays

    named = holidays.country_holidays(country, years=year, language="en_US")
    return {day: name for day, name in named.items() if day.year == year}
