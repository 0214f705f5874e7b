"""Which kind of fact a statement is by its own words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from handlers.curation.statements.places import told_apart
from knowledge.base import FactBase
from knowledge.model import Place
from knowledge.names.resolver import Found
from knowledge.stated_ties import stated_ties
from knowledge.vocabulary import Kind, Stance

_BY_STANCE: Final = {
    Stance.RECOMMENDED: Kind.RECOMMENDATION,
    Stance.CLAIMED: Kind.CLAIM,
    Stance.PLANNED: Kind.PLAN,
}
# A year is no amount.
_NUMBER: Final = r"(?<![A-Za-z0-9.])(?!(?:19|20)[0-9]{2}(?![0-9,.]))[0-9][0-9,.]*"
# What is measured in whatever a base holds so far.
_MEASURES: Final = frozenset(
    {
        "%", "hundred", "thousand", "million", "billion", "trillion", "km", "km2", "km²", "kilometres",
        "kilometers", "metres", "meters", "mu", "hectare", "hectares", "square", "tonne", "tonnes", "tons", "teu", "kwh", "mw", "gw", "gwh",
        "degrees", "inhabitants", "residents", "people", "persons", "minutes", "hours", "亿", "万", "兆", "公里", "平方公里", "公顷", "亩", "吨", "米",
        "倍", "分钟", "小时", "人",
    }
)  # fmt: skip
_AMOUNTS: Final = re.compile(
    r"\b(?:reach(?:es|ed)|total(?:s|l?ed)|amount(?:s|ed) to|number(?:s|ed)|(?:rose|fell|grew|stood) (?:to|by|at)|count(?:s|ed)|has|had|covers?"
    r"|consists? of)\b"
)
_DEFINED: Final = re.compile(
    r"^(?:(?:An?|The) )?[^,.;:0-9]{2,60}? (?:is|are) (?:an? |the (?:name|term|practice|way|process) )"
    r"|\b(?:means|refers to|is defined as|stands for)\b|是指|指的是",
    re.IGNORECASE,
)
_PROJECT: Final = re.compile(
    r"\b(?:bridge|railway|metro|tunnel|airport|port|park|zone)\b.*\b(?:opened|built|under construction|completed)\b"
)


def of(base: FactBase, text: str, stance: Stance) -> Kind:
    """Return the kind of a statement that is meant so; an event where no word of it tells another."""
    if stance in _BY_STANCE:
        return _BY_STANCE[stance]
    if _is_figure(base, text):
        return Kind.FIGURE
    if _DEFINED.search(text):
        return Kind.DEFINITION
    if _ties(base, text):
        return Kind.PAIRING
    return Kind.PROJECT if _PROJECT.search(text) else Kind.EVENT


def _ties(base: FactBase, text: str) -> bool:
    """Say whether `text` surely states that places of the base are tied."""
    records = (
        mention.resolution.record
        for mention in base.parse(told_apart(base, text)).mentions
        if isinstance(mention.resolution, Found)
    )
    places = tuple(dict.fromkeys(record for record in records if isinstance(record, Place)))
    return len(places) > 1 and bool(stated_ties(text, places, base.province_of))


def _is_figure(base: FactBase, text: str) -> bool:
    """Say whether `text` states how much: a number of what is measured, or where it speaks of an amount, of any unit of the base."""
    lexicon = base.lexicon
    measured = _MEASURES | lexicon.currencies | lexicon.shares
    if _counted(measured).search(text):
        return True
    return _AMOUNTS.search(text) is not None and _counted(base.units).search(text) is not None


@lru_cache(maxsize=32)
def _counted(units: frozenset[str]) -> re.Pattern[str]:
    """Return what a number of any of `units` meets; a sign of money stands before it."""
    words = "|".join(rf"{re.escape(unit)}(?![a-z])" for unit in sorted(units, key=len, reverse=True))
    signs = "|".join(re.escape(unit) for unit in units if not unit[0].isalnum() and unit != "%")
    before = rf"|(?:{signs})\s*[0-9]" if signs else ""
    return re.compile(rf"{_NUMBER}[\s-]*(?:{words}){before}", re.IGNORECASE)
