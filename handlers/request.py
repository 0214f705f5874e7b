"""What a person asked, as every adapter hands it over: values only, already cleaned of markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from handlers.stored_digest import StoredDigest
from handlers.target import Target

QUESTION = "/yrd"
"""The command a mention, a direct message and free text stand for."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question. `now` is aware and comes from the adapter; the engine never reads a clock.

    `command` is a slash command ("/yrd-city"), or "/yrd" for free text. `context` holds the slugs of the
    last subjects of the thread or conversation. `page` counts from 1. `people` are those whom the text mentions, each
    by the name that stands in it and by id. `verb` and `digest` are what a button says beside a text, as in `Choice`;
    `target` is what a verb is done to, said by a button or read from the text.
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
    page: int = 1
    people: tuple[tuple[str, str], ...] = ()
    verb: str = ""
    digest: StoredDigest | None = None
    target: Target | None = None
