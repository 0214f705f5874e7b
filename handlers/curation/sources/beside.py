"""What stands beside a web address: the title of the page and its date, and nothing of it is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from handlers.curation.sources import dates_in
from handlers.curation.sources.dates_in import DateIn
from knowledge.text.chinese_dates import dates_in_digits

_AROUND: Final = " ,;:.!?、，。；：！？-–—|·"
_SEE: Final = re.compile(r"^(?:(?:see|cf|source)\b|见|参见|来源)[\W_]*", re.IGNORECASE)
_EMPTY: Final = re.compile(r"[(（\[]\s*[)）\]]")
# What names the parts where somebody labels them: "title: …; date: …; url: …".
_LABEL: Final = re.compile(
    r"(^|[,;，；|]\s*)(?:title|url|link|address|标题|网址|链接)\s*(?:[:：]|$)\s*", re.IGNORECASE
)
_ONLY_LEADS: Final = re.compile(r"(?:(?:from|at|on|in|via|url|date)\b|来自|自)[\W_]*", re.IGNORECASE)
# What leads to a date, and a mark before another that a date stood between.
_LED: Final = re.compile(
    r"\s*(?:\b(?:(?:published|posted|dated|updated|issued)(?:\s+(?:on|in))?|of|from|on|in|date)\b|发布于?|发表于?|刊于|日期)\s*[:：]?\s*$",
    re.IGNORECASE,
)
# "Version 1.2.2020" is no day.
_NUMBERED: Final = re.compile(r"\b(?:version|release|section|chapter|room|score|no)\.?\s*$", re.IGNORECASE)
_DOUBLE: Final = re.compile(r"[,，;；:：|]\s*(?=[,，;；:：|])")
_OPENS: Final = re.compile(r"(?:^|[(（\[,，;；:：|])\s*$")
_CLOSES: Final = re.compile(r"\s*(?:$|[)）\],，;；:：|])")


@dataclass(frozen=True, slots=True)
class Beside:
    """The title and the date of a page; what is `unclear` may be two dates, and was `seen` when it says so."""

    title: str = ""
    published: str = ""
    unclear: str = ""
    seen: str = ""


def read(before: str, behind: str) -> Beside:
    """Return what stands before and behind an address: a date at an edge of it, in brackets or between commas is its date, and all
    else its title.
    """
    labelled = (_LABEL.sub(r"\1", part.strip(_AROUND)) for part in (before, behind))
    parts = (_SEE.sub("", part.strip(_AROUND)).strip(_AROUND) for part in labelled)
    text = ", ".join(filter(None, parts))
    text, seen = without_seen(text)
    found = dates_in.find(text)
    if unclear := next((one.written for one in found if not one.value), ""):
        return Beside(unclear=unclear)
    one = _date(text, found)
    if one is None:
        # A year and a month may be written in Chinese numerals.
        digits = dates_in_digits(text)
        alone = next((one.value for one in dates_in.find(digits) if one.written == digits), "")
        return Beside("" if alone else _trimmed(text), alone, seen=seen)
    return Beside(_without(text, one), one.value, seen=seen)


def without_seen(text: str) -> tuple[str, str]:
    """Return a text without when the source was looked up, and that."""
    seen = [one for one in dates_in.find(text) if one.is_seen]
    for one in reversed(seen):
        text = f"{text[: one.start].rstrip()} {text[one.end :].lstrip()}"
    return " ".join(text.split()), ", ".join(one.written for one in seen)


def _date(text: str, found: tuple[DateIn, ...]) -> DateIn | None:
    """Return the one date of a page: the only one, else the only one that stands apart."""
    found = tuple(one for one in found if one.is_year or not _NUMBERED.search(text[: one.start]))
    if len(found) == 1:
        return found[0]
    apart = [one for one in found if _is_apart(text, one)]
    return apart[0] if len(apart) == 1 else None


def _is_apart(text: str, one: DateIn) -> bool:
    return bool(_OPENS.search(text[: one.start]) and _CLOSES.match(text, one.end))


def _without(text: str, one: DateIn) -> str:
    """Return a title without its date; a year, or a date within it, may be part of the title, and stays."""
    is_at_edge = not text[: one.start].strip(_AROUND) or not text[one.end :].strip(_AROUND)
    if not _is_apart(text, one) and (one.is_year or not is_at_edge):
        return _trimmed(text)
    return _trimmed(_EMPTY.sub(" ", f"{_LED.sub('', text[: one.start])} {text[one.end :]}"))


def _trimmed(text: str) -> str:
    text = _DOUBLE.sub("", " ".join(text.split()))
    text = re.sub(r"(?:(?<=\.)\s+\.|\s+([,;:.，；：])(?=\s|$))", r"\1", text).strip(_AROUND)
    return "" if _ONLY_LEADS.fullmatch(text) else text
