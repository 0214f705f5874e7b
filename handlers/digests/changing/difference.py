"""What an edit makes of a digest, in words: what it has now, and what it had before."""

from __future__ import annotations

from collections.abc import Iterator

from handlers.digests import describe
from handlers.digests.reading.subjects import Subjects
from handlers.records.enumerated import all_of, apart
from handlers.say import Said, say
from handlers.subscription import Subscription
from knowledge.base import FactBase


def difference(base: FactBase, before: Subscription, after: Subscription) -> Said:
    """Return "changed: Hangzhou added; weekly on Thursday at 08:00 instead of weekly on Monday at 09:00"."""
    return say("changed: {changes}", changes=apart(list(changes(base, before, after)) or [say("nothing")]))


def changes(base: FactBase, before: Subscription, after: Subscription) -> Iterator[Said]:
    """Yield each thing that is another than before, with what it was."""
    had, has = Subjects.of(before).slugs, Subjects.of(after).slugs
    if added := [describe.name_text(base, slug) for slug in has if slug not in had]:
        yield say("{names} added", names=all_of(added))
    if dropped := [describe.name_text(base, slug) for slug in had if slug not in has]:
        yield say("{names} dropped", names=all_of(dropped))
    if describe.schedule_text(before) != describe.schedule_text(after):
        yield _instead(describe.schedule_text(after), describe.schedule_text(before))
    if before.channel != after.channel:
        yield say("posted to another channel")
    said, said_before = describe.option_lines(after), describe.option_lines(before)
    for line in said:
        if line not in said_before:
            yield say("now: {option}", option=line)
    for line in said_before:
        if line not in said:
            yield say("before: {option}", option=line)


def _instead(now: Said, before: Said) -> Said:
    return say("{now} instead of {before}", now=now, before=before)
