"""The bot's own words: each sentence whole, with English as the source of one catalogue, told in another language where shown.

A sentence is written once, as `say("No pairing of {place} is recorded.", place=place)`: what is said in that place stays named, so
that a translator can put it where another language has it. It is English at once, and a `str`; what tells it in another language is
a `Catalogue`. `make catalogue` gathers the sentences (GNU gettext; Babel extracts them).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, Protocol, TypeVar

from knowledge.model import Named

T = TypeVar("T")
# A template of values and marks alone, such as "{one}, {other}", is in any language.
_BRACES: Final = re.compile(r"\{[^}]*\}")
_WORD: Final = re.compile(r"[^\W\d_]")
Value = str | int | float | Named


class Translations(Protocol):
    """What gettext reads from the catalogue of one language."""

    def gettext(self, message: str) -> str:
        """Return the sentence in that language, itself where there is none."""
        ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the one of two sentences that fits the number `n`, in that language."""
        ...


class Said(str):
    """A sentence in English which knows what it was made of. Put together with other text it is no more than text."""

    __slots__ = ("_count", "_one", "_several", "_values")
    _one: str
    _several: str
    _count: int
    _values: Mapping[str, Value]

    @classmethod
    def of(cls, one: str, several: str, count: int, values: Mapping[str, Value]) -> Said:
        """Return the sentence that fits `count`, in English; KeyError where a value is missing."""
        template = one if count == 1 or not several else several
        said = cls(template.format_map({name: _english(value) for name, value in values.items()}))
        said._one, said._several, said._count, said._values = one, several, count, values
        return said

    def told(self, catalogue: Catalogue) -> str:
        """Return the sentence in the language of `catalogue`, each value in it too; in English where that has no such sentence."""
        template = catalogue.template(self._one, self._several, self._count)
        if template in (self._one, self._several) and _WORD.search(_BRACES.sub("", template)):
            # One sentence is in one language, names too.
            return str(self)
        values = {name: catalogue.value(value) for name, value in self._values.items()}
        return template.format_map(values)


def say(sentence: str, /, **values: Value) -> Said:
    """Return a sentence of the bot's own, with `values` where it names them in braces."""
    return Said.of(sentence, "", 1, values)


def say_many(one: str, several: str, count: int, /, **values: Value) -> Said:
    """Return the one of two sentences that fits `count`, which either may name as {count}."""
    return Said.of(one, several, count, {"count": f"{count:,}", **values})


class Catalogue:
    """The bot's own words in one language; without `translations` in English."""

    def __init__(self, translations: Translations | None = None, *, chinese: bool = False) -> None:
        """Tell by `translations`; with `chinese` records are named in Chinese, where they have such a name."""
        self._translations = translations
        self._chinese = chinese

    @property
    def _is_english(self) -> bool:
        return self._translations is None and not self._chinese

    def template(self, one: str, several: str, count: int) -> str:
        """Return the sentence to be filled in."""
        if self._translations is None:
            return one if count == 1 or not several else several
        if several:
            return self._translations.ngettext(one, several, count)
        return self._translations.gettext(one)

    def value(self, value: Value) -> str:
        """Return what stands in a sentence, as readers of the language have it."""
        if isinstance(value, Named):
            return (self._chinese and value.chinese) or value.name
        return value.told(self) if isinstance(value, Said) else str(value)

    def told(self, thing: T) -> T:
        """Return `thing` with every sentence in it told in this language: text, or what holds text to be shown."""
        # What is told is of the same type: a sentence becomes text, and all else is made anew of its parts.
        told: Any = thing if self._is_english else self._told(thing)
        result: T = told
        return result

    def _told(self, thing: object) -> object:
        match thing:
            case Said():
                return thing.told(self)
            case tuple():
                return tuple(map(self._told, thing))
            case list():
                return list(map(self._told, thing))
            case dict():
                return {key: self._told(value) for key, value in thing.items()}
            case _ if is_dataclass(thing) and not isinstance(thing, type):
                parts = {field.name: getattr(thing, field.name) for field in fields(thing)}
                told = {name: self._told(part) for name, part in parts.items()}
                changed = {name: part for name, part in told.items() if part is not parts[name]}
                return replace(thing, **changed) if changed else thing
            case _:
                return thing


ENGLISH = Catalogue()


def _english(value: Value) -> str:
    return value.name if isinstance(value, Named) else str(value)
