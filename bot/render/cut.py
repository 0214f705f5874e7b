"""Cutting text to a length, so that a reader sees that something is missing."""

from __future__ import annotations

from typing import Final

ELLIPSIS: Final = "…"


def clip(text: str, length: int) -> str:
    """Return `text` within `length` code points, ending in an ellipsis where it was cut."""
    if len(text) <= length:
        return text
    return text[: max(length - len(ELLIPSIS), 0)].rstrip() + ELLIPSIS


def keep_start(text: str, length: int) -> str:
    """Return the start of `text` in about `length` code points, with a count of what is left out."""
    left = len(text) - length
    return text if left <= 0 else f"{text[:length].rstrip()}{ELLIPSIS} ({left} more characters)"


def keep_end(text: str, length: int) -> str:
    """Return the end of `text` in about `length` code points, with a count of what is left out before it."""
    left = len(text) - length
    return text if left <= 0 else f"({left} characters before) {ELLIPSIS}{text[left:].lstrip()}"


def one_line(text: str) -> str:
    """Return `text` with every run of white space, line breaks included, made one space."""
    return " ".join(text.split())
