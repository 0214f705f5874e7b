"""The question that a button carries, so that a click is answered after a restart and by any process.

What comes back from Slack is read as a stranger's: it is checked, never trusted, and holds no rights.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import to_json

from bot.render.limits import BUTTON_VALUE
from handlers.request import DIGEST, QUESTION
from handlers.stored_digest import StoredDigest
from handlers.target import Target

LONGEST_TEXT: Final = 1500
# What stands in place of a command for the message shortcut.
LOOK_UP: Final = "look_up"
_CONTEXT: Final = 12
# JSON writes a character as six at most, and everything beside the text is under 200.
_SURELY_FITS: Final = (BUTTON_VALUE - 200) // 6
LAST_PAGE: Final = 10_000
"""Of an answer; no answer has so many."""
_NUMBER: Final = re.compile(r"[0-9]{1,12}")
_SLOT: Final = re.compile(r"[0-9T:-]{0,25}")
# Digests posted by version 0.1.0 stand in channels for good: "3 2026-11-23T09:00".
_OLDER: Final = re.compile(r"([0-9]{1,12})(?: ([0-9T:-]{1,25}))?")
_SUBJECT: Final = re.compile(r"^[a-z0-9][a-z0-9:.-]{0,119}$")

_Command = Annotated[str, StringConstraints(pattern=r"^/?[a-z][a-z0-9_-]{0,30}$")]
_Verb = Annotated[str, StringConstraints(pattern=r"^(?:[a-z]+(?: [a-z]+)*)?$", max_length=40)]
_Subject = Annotated[str, StringConstraints(pattern=_SUBJECT.pattern)]
_User = Annotated[str, StringConstraints(pattern=r"^(?:[UW][A-Z0-9]{1,20})?$")]
Vote = Literal["", "helpful", "unhelpful"]


class ButtonValue(BaseModel):
    """A question with the page and the version of the fact base that it was answered from.

    `verb`, `digest` and `target` as in `handlers.answer.Choice`: whoever asks for no verb has to name a slash command.
    `shared` is who shared the message that the button stands in, `voted` what the one person who sees it thinks of it:
    both have to be told again when the message changes.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", strict=True)

    command: _Command = QUESTION
    text: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] = ""
    page: Annotated[int, Field(ge=1, le=LAST_PAGE)] = 1
    version: Annotated[str, StringConstraints(max_length=80)] = ""
    context: Annotated[tuple[_Subject, ...], Field(max_length=_CONTEXT, strict=False)] = ()
    verb: _Verb | None = None
    digest: StoredDigest | None = None
    target: Target | None = None
    shared: _User = ""
    voted: Vote = ""

    def encode(self, page: int = 0) -> str:
        """Return the value of a button, for another `page` if one is given, within Slack's limit.

        The context is given up first; "{}" where even then it does not fit.
        """
        fields: dict[str, Any] = {"command": self.command, "text": self.text, "version": self.version}
        fields |= {"page": min(page or self.page, LAST_PAGE)}
        fields |= {"verb": self.verb} if self.verb is not None else {}
        fields |= {name: said for name, said in (("shared", self.shared), ("voted", self.voted)) if said}
        if self.digest is not None:
            fields["digest"] = self.digest.model_dump(mode="json", exclude_defaults=True)
        if self.target is not None:
            fields["target"] = self.target.model_dump(exclude_defaults=True)
        value = _json({**fields, "context": self.context} if self.context else fields)
        if len(value) > BUTTON_VALUE:
            value = _json(fields)
        return value if len(value) <= BUTTON_VALUE else "{}"


def _json(fields: dict[str, Any]) -> str:
    # JSON's own escape for "<", so that no value ever looks like a mention to whoever reads it raw.
    return to_json(fields).decode().replace("<", "\\u003c")


def carry(
    command: str,
    text: str,
    version: str,
    context: tuple[str, ...] = (),
    verb: str | None = None,
    digest: StoredDigest | None = None,
    target: Target | None = None,
) -> ButtonValue | None:
    """Return the question a button would ask, or None where it could not be carried whole."""
    subjects = tuple(subject for subject in context if _SUBJECT.fullmatch(subject))[:_CONTEXT]
    try:
        asked = ButtonValue(
            command=command,
            text=text,
            version=version,
            context=subjects,
            verb=verb,
            digest=digest,
            target=target,
        )
    except ValidationError:
        return None
    fits = (digest is None and len(text) <= _SURELY_FITS) or asked.encode() != "{}"
    return asked if fits else None


def of_digest(digest: str, slot: str = "") -> str:
    """Return the value of a button about a digest, and about its run of `slot` where it stands under one."""
    return ButtonValue(command=DIGEST, text=slot, target=Target(id=digest)).encode()


def digest_in(value: str) -> tuple[str, str] | None:
    """Return the digest and the slot that `of_digest` wrote, or an older version of the bot; None for anything else."""
    if older := _OLDER.fullmatch(value):
        return older[1], older[2] or ""
    asked = decode(value)
    if asked is None or asked.target is None or asked.command != DIGEST:
        return None
    is_digest = _NUMBER.fullmatch(asked.target.id) and _SLOT.fullmatch(asked.text)
    return (asked.target.id, asked.text) if is_digest else None


def decode(value: object) -> ButtonValue | None:
    """Return the question in a button's value, or None where Slack sent anything else."""
    if not isinstance(value, str) or len(value) > BUTTON_VALUE:
        return None
    try:
        return ButtonValue.model_validate_json(value)
    except ValidationError:
        return None
