"""Cutting text to a length, so that a reader sees that something is missing."""

from __future__ import annotations

from typing import Final

from handlers.say import say_many

ELLIPSIS: Final = "…"
# Shorter than the count that would stand in its place.
_NOT_WORTH_A_COUNT: Final = 24
_LONGEST_WORD: Final = 30
_CLOSING: Final = ")"


def clip(text: str, length: int) -> str:
    """Return `text` within `length` code points, ending in an ellipsis where it was cut: behind a word, and with the bracket
    closed that is left open there.
    """
    if len(text) <= length:
        return text
    room = max(length - len(ELLIPSIS), 0)
    kept = _in_whole_words(text[: room + 1], room).rstrip()
    if not _is_open(kept):
        return kept + ELLIPSIS
    room = max(room - len(_CLOSING), 0)
    kept = _in_whole_words(text[: room + 1], room).rstrip()
    return kept + ELLIPSIS + (_CLOSING if _is_open(kept) else "")


def _is_open(text: str) -> bool:
    return text.count("(") > text.count(_CLOSING)


def keep_start(text: str, length: int) -> str:
    """Return the start of `text`, whole words in at most `length` code points, and a count of what is left."""
    if len(text) - length <= _NOT_WORTH_A_COUNT:
        return text
    kept = _in_whole_words(text[: length + 1], length)
    left = len(text) - len(kept)
    return say_many(
        "{text}… ({count} more character)", "{text}… ({count} more characters)", left, text=kept.rstrip()
    )


def keep_end(text: str, length: int) -> str:
    """Return the end of `text`, whole words in at most `length` code points, after a count of what is before."""
    if len(text) - length <= _NOT_WORTH_A_COUNT:
        return text
    kept = _in_whole_words(text[: -length - 2 : -1], length)[::-1]
    left = len(text) - len(kept)
    return say_many(
        "({count} character before) …{text}", "({count} characters before) …{text}", left, text=kept.lstrip()
    )


def _in_whole_words(text: str, length: int) -> str:
    """Return at most `length` of `text`, up to its last space; where no word ends near there, to the letter."""
    at = text.rfind(" ")
    return text[:at] if at >= length - _LONGEST_WORD else text[:length]


def one_line(text: str) -> str:
    """Return `text` with every run of white space, line breaks included, made one space; itself where it has none else."""
    flat = " ".join(text.split())
    return text if flat == text else flat
