"""The English names of days and months, Monday and January first.

Not those of `calendar`: they are in the language that the process is set to, and what the bot reads and writes is not.
"""

from __future__ import annotations

from typing import Final

DAYS_IN_FULL: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS_IN_FULL: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip

# In three letters.
DAYS: Final = tuple(name[:3] for name in DAYS_IN_FULL)
MONTHS: Final = tuple(name[:3] for name in MONTHS_IN_FULL)
