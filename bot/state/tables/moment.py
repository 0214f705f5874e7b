"""A column of times as libraries hand them over: datetimes outside, Unix seconds in UTC in the table, as everywhere."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Dialect, Double, TypeDecorator
from sqlalchemy.dialects.sqlite import REAL
from sqlalchemy.types import TypeEngine


class Moment(TypeDecorator[datetime]):
    """A datetime; one without a zone is in UTC."""

    impl = Double
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[float]:
        """Return the type of the column itself."""
        return dialect.type_descriptor(REAL() if dialect.name == "sqlite" else Double())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> float | None:
        """Return what stands in the table for `value`."""
        if value is None:
            return None
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp()

    def process_result_value(self, value: float | None, dialect: Dialect) -> datetime | None:
        """Return what `value`, of the table, stands for."""
        return None if value is None else datetime.fromtimestamp(value, UTC)
