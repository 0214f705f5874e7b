"""The stored form of a digest: what a row of the store, the page of a form and a button carry of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from handlers.subscription import MOST_FACTS, MonthWeek, QuietHours, Subscription, WhenEmpty

# Longer than any zone, and than any name of the base; both are looked up where they are used.
_Name = Annotated[str, StringConstraints(min_length=1, max_length=120)]
_Names = Annotated[tuple[_Name, ...], Field(max_length=100)]
_Day = Annotated[int, Field(ge=0, le=6)]
# As versions before 0.2.0 wrote it. "say" was there unless somebody chose otherwise, and meant that all begins again
# unasked, which nobody is done any more; "skip" was silence.
_OLDER: Final = {"say": "quiet", "skip": "quiet"}
_WhenEmpty = Annotated[
    WhenEmpty, BeforeValidator(lambda said: _OLDER.get(said, said) if isinstance(said, str) else said)
]


class StoredDigest(BaseModel):
    """A digest as it was chosen, without whose it is or how it runs; read as a stranger's.

    With an `id` it changes that digest, if it still is of `version`. It holds no rights, and that its names and its
    zone are known and its days and times such as are offered is for `handlers.digests.hindrance` to find.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,12}$")] = ""
    version: Annotated[int, Field(ge=0)] = 0
    channel: Annotated[str, StringConstraints(pattern=r"^(?:[A-Z][A-Z0-9]{1,40})?$")] = ""
    topics: _Names = ()
    places: _Names = ()
    mechanisms: _Names = ()
    weekdays: Annotated[tuple[_Day, ...], Field(max_length=7)] = ()
    zone: _Name
    monthday: Annotated[int, Field(ge=1, le=31)] | None = None
    monthweek: MonthWeek | None = None
    facts: Annotated[int, Field(ge=1, le=MOST_FACTS)] = 5
    when_empty: _WhenEmpty = "quiet"
    is_wide: bool = False
    skip_holidays: Annotated[str, StringConstraints(pattern=r"^(?:[A-Z]{2})?$")] = ""
    at: time
    quiet: tuple[time, time] | None = None

    @model_validator(mode="after")
    def _comes_at_all(self) -> Self:
        if bool(self.weekdays) == (self.monthday is not None):
            raise ValueError("days of the week or a day of the month")
        if self.monthweek is not None and not self.weekdays:
            raise ValueError("which day of the week of a month")
        if any(moment.tzinfo is not None for moment in (self.at, *(self.quiet or ()))):
            raise ValueError("times are local")
        return self

    @classmethod
    def of(cls, kept: Subscription) -> Self:
        """Return what was chosen of `kept`."""
        chosen: dict[str, Any] = {name: getattr(kept, name) for name in cls.model_fields}
        quiet = (kept.quiet.start, kept.quiet.end) if kept.quiet else None
        return cls(**chosen | {"quiet": quiet})

    @classmethod
    def anew(cls, kept: Subscription) -> Self:
        """Return what was chosen of `kept`, for a digest of its own."""
        return cls.of(replace(kept, id="", version=0))

    def by(self, team: str, owner: str) -> Subscription:
        """Return it as a digest that `owner` wants."""
        chosen: dict[str, Any] = {name: getattr(self, name) for name in type(self).model_fields}
        quiet = QuietHours(*self.quiet) if self.quiet else None
        return Subscription(team=team, owner=owner, **chosen | {"quiet": quiet})
