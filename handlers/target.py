"""What a verb is done to: read from what a person types, or carried by a button."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints


class Target(BaseModel):
    """A proposal by its number, a fact by its id, a question by its key, a record by its slug; read as a stranger's.

    `version` is that of the proposal which was looked at, 0 for whichever stands. `other` goes with it: the fact that
    settles a question, the second place of a map. It holds no rights, and that there is such a thing is for the
    handlers to find.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,80}$")]
    version: Annotated[int, Field(ge=0, lt=10**9)] = 0
    other: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")] = ""

    @property
    def number(self) -> int:
        """Return the number of a proposal, 0 where the id is none."""
        return int(self.id) if self.id.isdecimal() and len(self.id) < 7 else 0
