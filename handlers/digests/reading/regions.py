"""Whether a digest takes in what its names have on other regions: "with other regions", "without other regions"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

TAKEN_IN: Final = "with other regions"
"""What says that it does."""
LEFT_OUT: Final = "without other regions"
"""What says that it does not."""
_NAMED: Final = re.compile(r"(?:the )?other regions", re.IGNORECASE)
MOST_WORDS: Final = 5
_SAID: Final = re.compile(
    r"(?:with|including|include|incl)(?: the)? other regions|other regions (?:too|as well|included|on)|(?:连同|包括|包含|含) ?(?:其他地区|其它地区|外地)"
    r"|(?P<without>(?:but )?(?:without|excluding|exclude|except|minus|not|no|with no|leave out|leaving out|omit|but)(?: the| any| all)? other regions"
    r"|other regions (?:off|out|excluded|left out|omitted)|(?:不含|不包括|不包含|不要|没有|除去|除了|除) ?(?:其他地区|其它地区|外地))",
    re.IGNORECASE,
)


def is_named(text: str) -> bool:
    """Say whether a text is "other regions" and nothing else."""
    return _NAMED.fullmatch(text.strip()) is not None


def regions(words: Sequence[str]) -> tuple[int, bool] | None:
    """Return how many of `words`, the first of what is left of a text in lower case, say whether other regions are taken in, and
    that; None where none do.
    """
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        if said := _SAID.fullmatch(" ".join(words[:count])):
            return count, said["without"] is None
    return None
