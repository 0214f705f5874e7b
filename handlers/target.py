"""What a verb is done to: read from what a person types, or carried by a button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

MOST: Final = 6
"""Records that a target holds."""
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]


class Target(BaseModel):
    """A proposal or a digest by its number, a fact by its id, a question by its key, a record by its slug; read as a stranger's.

    `version` is that of the proposal which was looked at, 0 for whichever stands. `other` goes with it: the fact that
    settles a question, the second place of a map or a pair; `more` are the places after the second. It holds no rights,
    and that there is such a thing is for the handlers to find.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: _Id
    version: Annotated[int, Field(ge=0, lt=10**9)] = 0
    other: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")] = ""
    more: Annotated[tuple[_Id, ...], Field(max_length=MOST - 2)] = ()

    @classmethod
    def of(cls, ids: Sequence[str]) -> Self:
        """Return the target that is all of `ids` together, at least one."""
        first, *others = ids
        return cls(id=first, other=others[0] if others else "", more=tuple(others[1:]))

    @classmethod
    def also(cls, target: Self | None, slug: str) -> Self:
        """Return the target that is those of `target` and `slug`; the oldest is left out where they are too many."""
        return cls.of([*(target.ids if target else ()), slug][-MOST:])

    @property
    def ids(self) -> tuple[str, ...]:
        """Return all that it names."""
        return tuple(filter(None, (self.id, self.other, *self.more)))

    @property
    def number(self) -> int:
        """Return the number of a proposal or a digest, 0 where the id is none."""
        return int(self.id) if self.id.isdecimal() and len(self.id) < 7 else 0
