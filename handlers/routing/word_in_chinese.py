"""The words of /yrd by their Chinese names, which stand before or behind what they are done to, often without a space."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.command import Command
from knowledge.base import FactBase
from knowledge.names.resolver import Found
from knowledge.phrases import units
from knowledge.text.normalize import CHINESE
from knowledge.vocabulary import WordUse

_AROUND: Final = frozenset({WordUse.PLEASE, WordUse.TELLING_AROUND, WordUse.SENDING})
_MARKS: Final = " :：,，。.!！?？"
# What may stand between a word and what it is done to, and before the latter.
_BEHIND: Final = ("一下", "下", "的")
_BEFORE: Final = ("把", "将", "对")


@dataclass(frozen=True, slots=True)
class Written:
    """A word and what it is done to; it `is_apart` where a space or a mark tells it from the rest, or that is nothing or a name."""

    command: Command
    rest: str
    is_apart: bool


def written(base: FactBase, text: str, words: Sequence[Command]) -> Iterator[Written]:
    """Yield the ways to read a text as one of `words` by its Chinese name and what that is done to."""
    if not CHINESE.search(text):
        return
    names = [(command, name) for command in words for name in command.in_chinese]
    for cut in (*base.phrases.leading(text, _AROUND), 0):
        said = text[cut:].strip(_MARKS)
        for command, name in names:
            if said.startswith(name):
                rest = said.removeprefix(name)
                bare = _without(rest, _BEHIND)
                is_name = isinstance(base.resolve(bare, slips=False), Found) if bare else True
                yield Written(command, bare, is_name or rest[0] in _MARKS)
            elif _without_end(said).endswith(name):
                rest = _without_end(_without_end(said).removesuffix(name))
                begin = next((sign for sign in _BEFORE if rest.startswith(sign)), "")
                yield Written(command, rest.removeprefix(begin).strip(_MARKS), is_apart=False)


def in_english(message: Sequence[str], words: Sequence[Command]) -> tuple[str, ...]:
    """Return the units of a message with the English name of a word for each Chinese one."""
    names: Mapping[tuple[str, ...], str] = {
        units(name): command.name for command in words for name in command.in_chinese
    }
    said: list[str] = []
    at = 0
    while at < len(message):
        found = next((name for name in names if tuple(message[at : at + len(name)]) == name), ())
        said.append(names[found] if found else message[at])
        at += len(found) or 1
    return tuple(said)


def _without(text: str, begins: Sequence[str]) -> str:
    text = text.lstrip(_MARKS)
    begin = next((one for one in begins if text.startswith(one)), "")
    return text.removeprefix(begin).strip(_MARKS)


def _without_end(text: str) -> str:
    text = text.rstrip(_MARKS)
    end = next((one for one in _BEHIND if text.endswith(one)), "")
    return text.removesuffix(end).rstrip(_MARKS)
