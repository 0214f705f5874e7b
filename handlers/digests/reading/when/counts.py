"""How many runs are meant: "skip the next two", "skip 1 twice", 跳过接下来两次."""

from __future__ import annotations

import re
from typing import Final

from handlers.digests.reading.when import chinese
from handlers.digests.reading.when.numbers import number

_RUNS: Final = r"(?:runs?|posts?|digests?|times?|ones?|issues?)"
_SMALL: Final = r"(?P<{name}>[0-9]{{1,3}}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|dozen|couple|few|[一两二三四五六七八九十]{{1,3}})"
_COUNTED: Final = re.compile(
    rf"(?:the )?(?:next|coming|接下来的?|下面?的?)\s*(?:a )?{_SMALL.format(name='a')}(?:\s*(?:of )?(?:{_RUNS}|次|期|个))?(?!\w)"
    rf"|(?<!\w){_SMALL.format(name='b')}\s*(?:{_RUNS}|次|期)(?!\w)|(?P<twice>\btwice\b)",
    re.IGNORECASE,
)
_WORDS: Final = {
    "couple": 2,
    "few": 3,
    "eleven": 11,
    "twelve": 12,
    "dozen": 12,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
}


def counted(text: str) -> tuple[int, str]:
    """Return how many runs a text says, and the rest of it; 0 and all of it where it says no number of them."""
    # A number in digits is that of a digest.
    if (alone := _number(text.strip(" .!").lower())) and text.strip(" .!").isalpha() and text.isascii():
        return alone, ""
    found = _COUNTED.search(text)
    if found is None:
        return 0, text
    said = found["a"] or found["b"] or ""
    count = 2 if found["twice"] else _number(said.lower())
    return count, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def _number(said: str) -> int:
    return number(said) or _WORDS.get(said) or chinese.number(said) or 0
