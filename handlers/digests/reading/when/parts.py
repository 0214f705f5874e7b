"""Parts of the day: when a digest comes that is to come "every evening", and what "at 8" is in the evening."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Final


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day: its time where none is said, and the hours that are in it."""

    at: time
    hours: range

    def meant(self, said: time) -> time | None:
        """Return the time that is said of this part, with twelve hours or twenty-four; None where it lies in another."""
        if said.hour in self.hours:
            return said
        later = said.hour + 12
        return said.replace(hour=later) if later in self.hours else None


_MORNING: Final = Part(time(9), range(4, 13))
_NOON: Final = Part(time(12), range(11, 15))
_AFTERNOON: Final = Part(time(15), range(12, 19))
_EVENING: Final = Part(time(18), range(16, 24))
_NIGHT: Final = Part(time(21), range(18, 24))
PARTS: Final = {
    **dict.fromkeys(("morning", "mornings", "早上", "早晨", "清晨", "上午"), _MORNING),
    **dict.fromkeys(("lunchtime",), _NOON),
    **dict.fromkeys(("afternoon", "afternoons", "下午"), _AFTERNOON),
    **dict.fromkeys(("evening", "evenings", "傍晚"), _EVENING),
    **dict.fromkeys(("night", "nights", "晚上"), _NIGHT),
}
"""Parts of the day by the words for them."""
