"""What a person asked, as every adapter hands it over: values only, already cleaned of markup."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from handlers.paging import Earlier
from handlers.stored_digest import StoredDigest
from handlers.target import Target

QUESTION: Final = "/yrd"
"""The command a mention, a direct message and free text stand for."""
DIGEST: Final = "/yrd-digest"
ADD: Final = "add"
FACT: Final = "fact"
MAP: Final = "map"
MAP_IN_CHINESE: Final = "地图"
REVIEW: Final = "review"
"""Words of /yrd, as far as buttons ask for what they do."""


ReferenceKind = Literal["person", "channel", "group", "broadcast", "link"]


@dataclass(frozen=True, slots=True)
class Reference:
    """Somebody or something that a text refers to: by the name that stands in it and by id, "" where it has none."""

    kind: ReferenceKind
    name: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `now` is aware and comes from the adapter; the engine never reads a clock.

    `command` is a slash command ("/yrd-city"), or "/yrd" for free text. `context` holds the slugs of the
    last subjects of the thread or conversation, `earlier` the question that they come from. `page` counts from 1. `references` are no part of the text; `written`
    is the whole of what was written, with them, and "" where there is no more to it. With a `verb`, of a slash command or a word of /yrd, nothing is read of the
    text, as in `Choice`. `target` and `digest` are what it is done to, said by a button or read from the text.
    """

    text: str
    now: datetime
    command: str = QUESTION
    team: str = ""
    user: str = ""
    channel: str = ""
    thread: str = ""
    tz: str = "Asia/Shanghai"
    context: tuple[str, ...] = ()
    earlier: Earlier | None = None
    page: int = 1
    references: tuple[Reference, ...] = ()
    written: str = ""
    verb: str | None = None
    digest: StoredDigest | None = None
    target: Target | None = None

    def saying(self, text: str, target: Target | None = None) -> Request:
        """Return the request with another text and target; itself where it says that already, as nearly all do."""
        if text == self.text and target is self.target:
            return self
        return replace(self, text=text, target=target)
