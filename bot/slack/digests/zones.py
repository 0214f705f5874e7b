"""The time zones that the form offers; by text every IANA zone can be given.

Slack's menus hold a hundred options a group, and the IANA list has more than four hundred zones, most of
which keep the same clock as one of these.
"""

from __future__ import annotations

from typing import Final

from handlers.say import say

ZONES: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (say("Asia"), (
        "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Tokyo", "Asia/Seoul",
        "Asia/Manila", "Asia/Bangkok", "Asia/Jakarta", "Asia/Kuala_Lumpur", "Asia/Ho_Chi_Minh", "Asia/Yangon",
        "Asia/Dhaka", "Asia/Kathmandu", "Asia/Kolkata", "Asia/Colombo", "Asia/Karachi", "Asia/Kabul", "Asia/Almaty",
        "Asia/Tashkent", "Asia/Dubai", "Asia/Tehran", "Asia/Baghdad", "Asia/Riyadh", "Asia/Jerusalem", "Asia/Beirut",
        "Asia/Ulaanbaatar", "Asia/Urumqi", "Asia/Vladivostok",
    )),
    (say("Europe"), (
        "Europe/London", "Europe/Dublin", "Europe/Lisbon", "Europe/Paris", "Europe/Berlin", "Europe/Amsterdam",
        "Europe/Brussels", "Europe/Zurich", "Europe/Vienna", "Europe/Rome", "Europe/Madrid", "Europe/Stockholm",
        "Europe/Oslo", "Europe/Copenhagen", "Europe/Warsaw", "Europe/Prague", "Europe/Budapest", "Europe/Athens",
        "Europe/Helsinki", "Europe/Bucharest", "Europe/Kyiv", "Europe/Istanbul", "Europe/Moscow",
    )),
    (say("Americas"), (
        "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
        "America/Anchorage", "Pacific/Honolulu", "America/Toronto", "America/Vancouver", "America/Halifax",
        "America/St_Johns", "America/Mexico_City", "America/Bogota", "America/Lima", "America/Caracas",
        "America/Santiago", "America/Sao_Paulo", "America/Argentina/Buenos_Aires",
    )),
    (say("Africa"), (
        "Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "Africa/Casablanca", "Africa/Accra",
        "Africa/Addis_Ababa", "Africa/Tunis",
    )),
    (say("Oceania"), (
        "Australia/Sydney", "Australia/Melbourne", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth",
        "Australia/Lord_Howe", "Pacific/Auckland", "Pacific/Fiji", "Pacific/Apia",
    )),
    ("UTC", ("UTC",)),
)  # fmt: skip
