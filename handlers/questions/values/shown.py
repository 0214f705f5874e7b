"""Names as they are pasted: "Minhang District, Shanghai"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.base import FactBase
from knowledge.model import Named, Place
from knowledge.vocabulary import Level

_WITH_PROVINCE: Final = (
    Level.PREFECTURE_LEVEL_CITY, Level.COUNTY_LEVEL_CITY, Level.CITY, Level.TOWN, Level.DISTRICT, Level.COUNTY,
)  # fmt: skip


def together(base: FactBase, records: Sequence[Named]) -> str:
    """Return names as they are pasted: "Minhang District, Shanghai"; several without their provinces, but for namesakes."""
    records = list(dict.fromkeys(records))
    if len(records) == 1:
        return shown(base, records[0])
    bare = [_bare(record) for record in records]
    return f"{', '.join(bare[:-1])} and {bare[-1]}" if bare else ""


def shown(base: FactBase, record: Named) -> str:
    """Return the name of a record, that of a city or of what is smaller with its province."""
    if not isinstance(record, Place) or record.level not in _WITH_PROVINCE or _is_namesake(record):
        return record.name
    province = base.entity(record.province or "")
    return f"{_bare(record)}, {province.name}" if province else _bare(record)


def _bare(record: Named) -> str:
    if not isinstance(record, Place):
        return record.name
    is_short = record.level is Level.DISTRICT and not record.name.endswith("District")
    return f"{record.name} District" if is_short else record.name


def _is_namesake(record: Named) -> bool:
    """Say whether a name says itself which of several places it is: "Suzhou (Anhui)"."""
    return record.name.endswith(")")
