"""What comes back from the form of a digest: read as a stranger's, answered in the acknowledgement.

The first page leads to the second, which shows what it comes to; the second saves. Rights and membership
are asked of the handlers each time, with the channel that the form names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import to_json
from slack_bolt import BoltResponse

from bot.render.asked import LONGEST_TEXT
from bot.slack import digest_modal as modal
from bot.slack.delivery import deliver
from bot.slack.front import Asker, Front
from bot.slack.message import nothing, sentence
from bot.slack.payloads import Id, Submission
from handlers import digest_text
from handlers.answer import Answer
from handlers.digest_change import fresh
from handlers.digest_names import MOST_NAMES, Names, is_postable
from handlers.digest_wish import MOST_FACTS, read_quiet
from handlers.digest_words import clock, is_zone
from handlers.request import Request
from handlers.subscription import Subscription

FORMS: Final = re.compile(rf"^(?:{modal.FORM}|{modal.CONFIRM})$")
TOO_LATE: Final = "I could not read that form. Close it, and open it again with /yrd-digest."
_Spec = Annotated[str, StringConstraints(max_length=LONGEST_TEXT)]


class Carried(BaseModel):
    """What a form carries from page to page: which digest it edits, where it goes, and what it says."""

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    id: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,12}$")] = ""
    version: Annotated[int, Field(ge=0)] = 0
    channel: Id | str = ""
    text: _Spec = ""

    def encode(self) -> str:
        """Return it as a view's private_metadata."""
        return to_json(self.model_dump()).decode()


def carried(metadata: str) -> Carried | None:
    """Return what `metadata` carries, None where it is not ours."""
    try:
        return Carried.model_validate_json(metadata)
    except ValidationError:
        return None


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was filled in; `errors` by block id are what is wrong with it."""

    subscription: Subscription
    errors: Mapping[str, str]


def submitted(front: Front, call: Submission) -> BoltResponse:
    """Answer a form: errors under their fields, the next page, or an end."""
    kept = carried(call.view.private_metadata)
    if kept is None:
        sorry = sentence(TOO_LATE)
        front.later("digest form", call, lambda: deliver(front.outbox, call, sorry), lambda message: None)
        return nothing()
    return (_checked if call.view.callback_id == modal.FORM else _saved)(front, call, kept)


def _checked(front: Front, call: Submission, kept: Carried) -> BoltResponse:
    filled = _read(front, call, kept)
    if filled.errors:
        return _respond({"response_action": "errors", "errors": dict(filled.errors)})
    wanted = filled.subscription
    answer = front.answer_to(_asked(front, call, wanted.channel, _words(wanted)))
    if answer.outcome != "answer":
        return _respond({"response_action": "errors", "errors": {_blamed(answer): _said(answer)}})
    page = Carried(
        id=wanted.id, version=wanted.version, channel=wanted.channel, text=digest_text.typed(wanted)
    )
    return _respond(
        {"response_action": "push", "view": modal.confirmation(answer, wanted.channel, page.encode())}
    )


def _words(wanted: Subscription) -> str:
    spec = digest_text.typed(wanted)
    return f"edit {wanted.id} {spec}" if wanted.id else f"subscribe {spec}"


def _blamed(answer: Answer) -> str:
    return modal.CHANNEL if "channel" in answer.headline else modal.TOPICS


def _said(answer: Answer) -> str:
    return " ".join((answer.headline, *answer.notes[:1]))


def _saved(front: Front, call: Submission, kept: Carried) -> BoltResponse:
    spec = f"{kept.id} v{kept.version} {kept.text}" if kept.id else kept.text
    request = _asked(front, call, kept.channel, f"save {spec}")
    answer = front.answer_to(request)
    if answer.outcome != "done":
        page = modal.confirmation(answer, "", kept.encode(), "Not saved.")
        return _respond({"response_action": "update", "view": page})
    message = front.message(answer, None)
    front.later(
        "digest saved",
        call,
        lambda: front.outbox.tell(kept.channel, call.user, message),
        lambda apology: front.outbox.post(call.user, apology),
    )
    return _respond({"response_action": "clear"})


def _asked(front: Front, call: Submission, channel: str, text: str) -> Request:
    return front.request("/yrd-digest", text, Asker(call.team, call.user, channel))


def _respond(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(
        status=200, body=json.dumps(body), headers={"content-type": "application/json;charset=utf-8"}
    )


def _read(front: Front, call: Submission, kept: Carried) -> Filled:
    """Return what the form says; what a menu could not have sent counts as not chosen."""
    values = _Values(call)
    errors: dict[str, str] = {}
    base = front.desk.base
    chosen = [
        [slug for slug in values.many(block) if (record := base.entity(slug)) and is_postable(record)]
        for block in (modal.TOPICS, modal.PLACES, modal.MECHANISMS)
    ]
    names = Names(*(tuple(dict.fromkeys(slugs)) for slugs in chosen))
    if not names:
        errors[modal.TOPICS] = "Choose at least one topic, place or mechanism."
    elif names.count > MOST_NAMES:
        errors[modal.TOPICS] = f"That is {names.count} names in all; a digest takes {MOST_NAMES} at most."
    monthly = values.one(modal.RHYTHM) == "monthly"
    days = tuple(sorted({int(day) for day in values.many(modal.DAYS) if day in "0123456"}))
    if not monthly and not days:
        errors[modal.DAYS] = "Tick at least one day, or choose once a month."
    at = clock(values.text(modal.TIME))
    if at is None:
        errors[modal.TIME] = "Choose a time, such as 09:00."
    zone = values.one(modal.ZONE)
    if not is_zone(zone):
        errors[modal.ZONE] = "Choose a time zone."
    channel = values.text(modal.CHANNEL)
    if not channel:
        errors[modal.CHANNEL] = "Choose the channel that the digest is posted to."
    quiet = read_quiet(values.text(modal.QUIET))
    if values.text(modal.QUIET) and quiet is None:
        errors[modal.QUIET] = "Quiet hours are written 22:00-07:00."
    blank = fresh(front.desk, _asked(front, call, channel, ""), zone or front.tz)
    wanted = replace(
        blank,
        id=kept.id,
        version=kept.version,
        topics=names.topics,
        places=names.places,
        mechanisms=names.mechanisms,
        weekdays=() if monthly else days,
        monthday=_number(values.one(modal.MONTHDAY), 31, 1) if monthly else None,
        at=at or blank.at,
        facts=_number(values.one(modal.FACTS), MOST_FACTS, 5),
        when_empty="skip" if values.one(modal.EMPTY) == "skip" else "say",
        skip_holidays=next(iter(values.many(modal.HOLIDAYS)), ""),
        quiet=quiet,
    )
    return Filled(wanted, errors)


def _number(value: str, most: int, otherwise: int) -> int:
    return int(value) if value.isdigit() and 1 <= int(value) <= most else otherwise


class _Values:
    """The state of a submitted view, by the name that block and action share."""

    def __init__(self, call: Submission) -> None:
        self._held = call.view.state.values

    def _of(self, name: str) -> Mapping[str, Any]:
        held = self._held.get(name, {}).get(name)
        return held if isinstance(held, dict) else {}

    def text(self, name: str) -> str:
        """What was typed, or a time or channel chosen; "" where nothing was."""
        held = self._of(name)
        for field in ("value", "selected_time", "selected_conversation"):
            if isinstance(value := held.get(field), str):
                return value.strip()[:LONGEST_TEXT]
        return ""

    def one(self, name: str) -> str:
        """The value of the option chosen, "" where none is."""
        return _value(self._of(name).get("selected_option"))

    def many(self, name: str) -> Sequence[str]:
        """The values of the options chosen."""
        options = self._of(name).get("selected_options")
        return [value for option in options if (value := _value(option))] if isinstance(options, list) else []


def _value(option: object) -> str:
    value = option.get("value") if isinstance(option, dict) else None
    return value if isinstance(value, str) else ""
