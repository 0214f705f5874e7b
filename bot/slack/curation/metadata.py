"""What a form of curation carries along."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, StringConstraints, ValidationError

from bot.slack.forms import FormMetadata
from handlers.draft import STATEMENT_MAX, Draft
from knowledge.vocabulary import FACT_ID, Region

_SHORT: Final = StringConstraints(max_length=80)
_Long = Annotated[str, StringConstraints(max_length=STATEMENT_MAX)]


class ProposalMetadata(FormMetadata):
    """Which proposal a form edits, which fact it corrects, takes away (`withdraws`) or takes back (`reverts`), which question
    it answers, and where it was opened: `card` is how the message is reached in which its button stood, `queue` the part of
    the queue that stood there.

    `details` says whether all fields are in sight. `given` is what is known of a new proposal beside what its author writes;
    `draft` is what the second page sends, or what was written when the form is opened again. `filled_from` are the statement
    and the source that stood there when the details were filled in. `curators` are those that there were when the form of them
    was opened.
    """

    number: Annotated[int, Field(ge=0)] = 0
    version: Annotated[int, Field(ge=0)] = 0
    supersedes: Annotated[str, StringConstraints(pattern=rf"^$|{FACT_ID.pattern}", max_length=80)] = ""
    withdraws: bool = False
    reverts: Annotated[str, StringConstraints(pattern=rf"^$|{FACT_ID.pattern}", max_length=80)] = ""
    question: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{0,80}$")] = ""
    region: Region = Region.DELTA
    channel: Annotated[str, _SHORT] = ""
    card: Annotated[str, StringConstraints(max_length=300)] = ""
    queue: Annotated[str, StringConstraints(max_length=40)] = ""
    details: bool = False
    given: Draft | None = None
    filled_from: tuple[_Long, _Long] | None = None
    curators: Annotated[tuple[Annotated[str, _SHORT], ...], Field(max_length=50)] = ()
    why: Annotated[str, StringConstraints(max_length=300)] = ""
    draft: Draft | None = None

    @classmethod
    def carried_by(cls, value: str) -> Self | None:
        """Return what a button carries, None where that is not ours."""
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            return None

    def opened(self, statement: str, source: str) -> Self:
        """Return it with all fields in sight, which are filled in from `statement` and `source` where they were not yet."""
        if self.details:
            return self
        shown = self.model_copy(update={"details": True, "filled_from": (statement, source)})
        return shown if shown.fits else shown.model_copy(update={"filled_from": None})

    @property
    def is_new(self) -> bool:
        """Say whether nobody proposed it before, and it corrects nothing: what is not said of it is guessed."""
        return not self.number and not self.supersedes
