"""What was asked on Home lately: it stands in the views that lie over Home, and in Home itself, and nowhere else.

Slack sends it along with every press and with every form.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Final

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.ports import PERSON_KEPT, Conversation
from bot.render import limits
from bot.render.button_value import ButtonValue
from bot.render.clean import LONGEST_QUESTION
from handlers.paging import Earlier

SHOWN: Final = 3
# When what an older Home carries was asked.
LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_SUBJECTS: Final = 5

Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]


class Picked(BaseModel):
    """What was picked from a menu, and how it is called; what it asks is a value, so that nothing of it is read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    label: Question
    value: ButtonValue


class Last(BaseModel):
    """The question that what is typed next may follow on, when it was asked, the page of its answer, and what that was on."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: Question
    at: AwareDatetime = LONG_AGO
    page: Annotated[int, Field(ge=1)] = 1
    subjects: Annotated[
        tuple[Annotated[str, StringConstraints(max_length=80)], ...], Field(max_length=_SUBJECTS)
    ] = ()


class Recent(BaseModel):
    """What was asked on Home, newest first, typed or picked, how often the box was sent, and what was answered last."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    asked: tuple[Question | Picked, ...] = ()
    sent: Annotated[int, Field(ge=0)] = 0
    last: Last | None = None

    def conversation(self, now: datetime) -> Conversation:
        """Return what a question of `now` may follow on."""
        if self.last is None or now - self.last.at > PERSON_KEPT:
            return Conversation()
        return Conversation(self.last.subjects, Earlier(self.last.text, self.last.page))

    def going_on(self, conversation: Conversation, now: datetime) -> Recent:
        """Return the same, after which the next question follows on `conversation`, of `now`."""
        earlier = conversation.earlier
        is_short = earlier is not None and 0 < len(earlier.text) <= LONGEST_QUESTION
        subjects = conversation.subjects[:_SUBJECTS]
        last = (
            Last(text=earlier.text, at=now, page=earlier.page, subjects=subjects)
            if earlier and is_short
            else None
        )
        return self.model_copy(update={"last": last})

    def having(self, question: str | Picked) -> Recent:
        """Return the same with one more question."""
        asked = (question, *self.without(question).asked)[:SHOWN]
        return self.model_copy(update={"asked": asked})

    def without(self, question: str | Picked) -> Recent:
        """Return the same without that question."""
        return self.model_copy(update={"asked": tuple(old for old in self.asked if old != question)})

    def emptied(self) -> Recent:
        """Return the same with an empty box: what was typed in it is taken."""
        return self.model_copy(update={"sent": self.sent + 1})

    def shortened(self) -> Recent:
        """Return the same without the oldest question."""
        return self.model_copy(update={"asked": self.asked[:-1]})

    def encode(self) -> str:
        """Return what a view carries: within Slack's 3,000 characters, the oldest left out where they do not fit."""
        encoded = self.model_dump_json(exclude_defaults=True)
        fits = len(encoded) <= limits.VIEW_METADATA or not self.asked
        return encoded if fits else self.shortened().encode()


NOTHING_ASKED: Final = Recent()


class _Carried(Recent):
    """What a view carries: Home and what answers over it that alone, a form beside what is its own."""

    home: Recent | None = None


def recent_in(metadata: str) -> Recent:
    """Return what a view carries as asked on Home; nothing where it is not ours."""
    try:
        carried = _Carried.model_validate_json(metadata) if metadata else _Carried()
    except ValidationError:
        return NOTHING_ASKED
    return carried.home or Recent(asked=carried.asked, sent=carried.sent, last=carried.last)
