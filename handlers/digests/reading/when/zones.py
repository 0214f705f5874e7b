"""What people call time zones: a place, a country, a clock.

Nothing here knows what a digest is; each function reads some words and says None where it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

# The areas of the IANA list whose zones are named after a place in them; what else has a "/" is an old name of one.
_AREAS: Final = frozenset(
    {"Africa", "America", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
)
# Names of places in the list that are words first, or states and directions: they are read with their area alone.
_WORDS: Final = frozenset(
    {
        "act", "canary", "center", "christmas", "easter", "jersey", "lhi", "midway", "north", "nsw", "oral", "queensland",
        "resolute", "reunion", "south", "tasmania", "victoria", "virgin", "wake", "west", "yap",
    }
)  # fmt: skip
# Cities that people name and the IANA list does not (data.iana.org/time-zones: one city stands for a zone), countries
# with one clock, and what is said of a clock that means one zone: "CST" is China's, Chicago's and Cuba's.
_CITIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("beijing", "peking", "shenzhen", "guangzhou", "wuhan", "chengdu", "tianjin", "xian", "china", "cst china",
             "北京", "上海", "中国", "深圳", "广州"), "Asia/Shanghai"),
        **dict.fromkeys(
            ("san francisco", "seattle", "silicon valley", "pacific time", "pst", "pdt"), "America/Los_Angeles"),
        **dict.fromkeys(
            ("boston", "washington", "washington dc", "miami", "atlanta", "eastern time", "est", "edt"), "America/New_York"),
        **dict.fromkeys(("houston", "dallas", "austin", "central time", "cdt"), "America/Chicago"),
        **dict.fromkeys(("mountain time", "mdt"), "America/Denver"),
        **dict.fromkeys(("frankfurt", "munich", "hamburg", "cologne", "germany", "cet", "cest"), "Europe/Berlin"),
        **dict.fromkeys(("eet", "eest"), "Europe/Athens"), **dict.fromkeys(("aest", "aedt"), "Australia/Sydney"),
        "msk": "Europe/Moscow", "sgt": "Asia/Singapore",
        **dict.fromkeys(("geneva", "basel", "bern", "switzerland"), "Europe/Zurich"),
        **dict.fromkeys(("milan", "turin", "italy"), "Europe/Rome"),
        **dict.fromkeys(("barcelona", "spain"), "Europe/Madrid"),
        **dict.fromkeys(("edinburgh", "manchester", "oxford", "cambridge", "uk"), "Europe/London"),
        **dict.fromkeys(("osaka", "kyoto", "japan", "jst"), "Asia/Tokyo"),
        **dict.fromkeys(("delhi", "new delhi", "mumbai", "bangalore", "bengaluru", "chennai", "india"), "Asia/Kolkata"),
        "canberra": "Australia/Sydney", "hanoi": "Asia/Bangkok", "abu dhabi": "Asia/Dubai", "hongkong": "Asia/Hong_Kong",
        "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台北": "Asia/Taipei", "东京": "Asia/Tokyo", "新加坡": "Asia/Singapore",
        "france": "Europe/Paris", "ireland": "Europe/Dublin", "netherlands": "Europe/Amsterdam", "poland": "Europe/Warsaw",
        "sweden": "Europe/Stockholm", "thailand": "Asia/Bangkok", "vietnam": "Asia/Ho_Chi_Minh", "taiwan": "Asia/Taipei",
        **dict.fromkeys(("korea", "south korea", "kst"), "Asia/Seoul"), "hkt": "Asia/Hong_Kong",
        "gmt": "UTC", "z": "UTC", "utc": "UTC",
    }
)  # fmt: skip
# What is said of more clocks than one.
_UNCLEAR: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "mst": ("America/Denver", "America/Phoenix"),
        "cst": ("Asia/Shanghai", "America/Chicago"),
        "ist": ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin"),
        "bst": ("Europe/London", "Asia/Dhaka"),
    }
)
_OFFSET: Final = re.compile(r"(?:utc|gmt)?([+-])(1[0-4]|0?[0-9])(?::?(00|15|30|45))?")
# Places by hours east of Greenwich, those first that have no summer time.
_EAST: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "-11": ("Pacific/Pago_Pago",), "-10": ("Pacific/Honolulu",), "-9": ("America/Anchorage",), "-8": ("America/Los_Angeles",),
        "-7": ("America/Phoenix", "America/Denver"), "-6": ("America/Mexico_City", "America/Chicago"),
        "-5": ("America/Bogota", "America/New_York"), "-4": ("America/Puerto_Rico", "America/Halifax"),
        "-3": ("America/Sao_Paulo",), "+0": ("UTC", "Europe/London"), "+1": ("Africa/Lagos", "Europe/Berlin"),
        "+2": ("Africa/Johannesburg", "Europe/Athens"), "+3": ("Europe/Moscow", "Africa/Nairobi"), "+4": ("Asia/Dubai",),
        "+5": ("Asia/Karachi",), "+5:30": ("Asia/Kolkata",), "+6": ("Asia/Dhaka",), "+7": ("Asia/Bangkok",),
        "+8": ("Asia/Shanghai", "Asia/Singapore"), "+9": ("Asia/Tokyo", "Asia/Seoul"), "+9:30": ("Australia/Darwin", "Australia/Adelaide"),
        "+10": ("Australia/Brisbane", "Australia/Sydney"), "+11": ("Pacific/Noumea",), "+12": ("Pacific/Fiji", "Pacific/Auckland"),
        "+13": ("Pacific/Tongatapu",), "+14": ("Pacific/Kiritimati",),
    }
)  # fmt: skip


def zone(words: str) -> str | None:
    """Return the IANA name of a zone named by that name, a city, a country, its clock or "UTC" ("new york", "北京时间")."""
    low = _folded(words)
    place = low.removesuffix(" time").removesuffix("时间")
    return _zones().get(low) or _CITIES.get(low) or _CITIES.get(place) or _zones().get(place)


def places_of_clock(words: str) -> tuple[str, ...]:
    """Return the zones that an abbreviation of several may mean ("CST"), none for anything else."""
    return _UNCLEAR.get(_folded(words), ())


def places_of_offset(words: str) -> tuple[str, ...] | None:
    """Return zones that have an offset ("UTC+8") all year or in winter, if any is known; None for what is no offset."""
    offset = _OFFSET.fullmatch(_folded(words))
    if offset is None:
        return None
    hours, minutes = int(offset[2]), int(offset[3] or 0)
    return _EAST.get(f"{offset[1] if hours else '+'}{hours}{f':{minutes}' if minutes else ''}", ())


# What a place is called in other languages, which is not spelt like its English name.
_ELSEWHERE: Final = {
    "tokio": "tokyo", "pekin": "shanghai", "peking": "shanghai", "singapur": "singapore", "londres": "london", "londra": "london",
    "moskau": "moscow", "moskva": "moscow", "wien": "vienna", "roma": "rome", "rom": "rome", "praha": "prague", "prag": "prague",
    "warschau": "warsaw", "warszawa": "warsaw", "kopenhagen": "copenhagen", "lisboa": "lisbon", "lissabon": "lisbon", "bruxelles": "brussels",
    "zuerich": "zurich", "athen": "athens", "seul": "seoul", "kairo": "cairo",
}  # fmt: skip


def _folded(words: str) -> str:
    return " ".join(words.lower().replace("_", " ").split())


def near_zones(words: str, cutoff: float) -> tuple[str, ...]:
    """Return up to three zones whose names or cities are spelt like `words`."""
    low = _ELSEWHERE.get(_folded(words), _folded(words))
    known = {**_CITIES, **_zones()}
    return tuple(dict.fromkeys(known[key] for key in get_close_matches(low, known, 4, cutoff)))[:3]


@cache
def _zones() -> Mapping[str, str]:
    """Zones by folded name, and by the last part of it where that is a place and no other word."""
    names = {_folded(name): name for name in sorted(available_timezones()) if _is_kept(name)}
    cities: dict[str, str] = {}
    for folded, name in names.items():
        area, _, _ = name.partition("/")
        city = folded.rpartition("/")[2]
        if area in _AREAS and city not in _WORDS:
            cities.setdefault(city, name)
    return MappingProxyType({**cities, **names})


def _is_kept(name: str) -> bool:
    # Without a "/" it is an old name ("Navajo", "Factory"); of Etc it has the sign that nobody expects (Etc/GMT-8 is east).
    return name == "UTC" or ("/" in name and not name.startswith(("Etc/", "SystemV/", "posix/", "right/")))


# Files beside the zones, of which each machine has its own.
_OF_THE_MACHINE: Final = frozenset({"localtime", "posixrules"})


def is_zone(name: str) -> bool:
    """Say whether `name` is a zone that the machine's data knows."""
    if name in _OF_THE_MACHINE:
        return False
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True
