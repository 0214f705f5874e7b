"""What people type, made fit to match and to echo.

`clean` is for any text, wherever it came from; `bot.render.slack_text` reads Slack's. Nothing here escapes anything for
sending (`bot.render.escape` does) nor folds look-alike letters (`knowledge` does).
"""

from __future__ import annotations

import unicodedata
from typing import Final

from knowledge.text.normalize import plain

# A question longer than this is cut, and the reader is told.
LONGEST_QUESTION: Final = 256
# What may be typed after a command that does more than ask: twenty names and every option of a digest, which a button
# must carry.
LONGEST_TYPED: Final = 1200
# Cleaning costs time by length, so the length is bounded before anything else is done.
LONGEST_INPUT: Final = 8192
MARKS_PER_BASE: Final = 3
_JOINER: Final = "\u200d"
_SKIN: Final = range(0x1F3FB, 0x1F400)


def clean(text: str, longest: int = LONGEST_QUESTION) -> tuple[str, bool]:
    """Return `text` without what cannot be seen or stored, on one line, and whether it was cut.

    Full-width letters and digits become plain ones (NFKC), superscripts and the like stay; control and format characters and lone surrogates go, the
    joiner inside an emoji stays; at most three combining marks are kept on a letter.
    """
    bounded = text[:LONGEST_INPUT]
    visible = _on_one_line(bounded.encode("utf-8", "ignore").decode("utf-8"))
    # A letter and its marks become one letter at the least, so that is as much as is looked at.
    most = (1 + MARKS_PER_BASE) * longest + 1
    enough = visible[:most]
    seen = _composed(enough, most)
    short = shortened(seen, longest)
    is_whole = len(short) == len(seen) and len(enough) == len(visible) and len(bounded) == len(text)
    return short, not is_whole


def shortened(cleaned: str, longest: int) -> str:
    """Return the beginning of `cleaned`, with no half of an emoji at its end."""
    return cleaned[:longest].rstrip(_JOINER).rstrip()


def _composed(text: str, most: int) -> str:
    if text.isascii():
        # It is composed as it is.
        return text
    # One letter may become eighteen.
    text = _on_one_line(plain(text)[:most])
    return _on_one_line(unicodedata.normalize("NFC", text))


def _on_one_line(text: str) -> str:
    return " ".join(_few_marks(_visible(text)).split())


def _visible(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(_shown(text, at, char) for at, char in enumerate(text))


def _shown(text: str, at: int, char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if char == _JOINER:
        return char if _is_emoji(_before(text, at)) and _is_emoji(text[at + 1 : at + 2]) else ""
    return "" if category in ("Cc", "Cf", "Cs", "Zl", "Zp") else char


def _before(text: str, at: int) -> str:
    """The character before `at`, past a variation selector."""
    before = text[max(at - 1, 0) : at]
    return text[max(at - 2, 0) : at - 1] if before == "\ufe0f" else before


def _is_emoji(char: str) -> bool:
    return bool(char) and (unicodedata.category(char) == "So" or ord(char) in _SKIN)


def _few_marks(text: str) -> str:
    if text.isascii():
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MARKS_PER_BASE:
            kept.append(char)
    return "".join(kept)
