"""The ending of a counted noun, for whoever runs the bot."""

from __future__ import annotations


def plural(count: float, noun: str, several: str = "") -> str:
    """Return `noun` as it stands after `count`: "fact", "facts"; `several` where an s does not do ("people")."""
    return noun if count == 1 else several or f"{noun}s"
