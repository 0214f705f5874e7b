"""From a subscription to the message it posts: what is chosen, and the words around it.

A pure function of the fact base, the subscription and what it showed before. Nothing here posts or records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.render import digest as digest_blocks
from bot.render.content import Digest
from bot.render.digest import DigestContents, DigestItem
from bot.render.fact_renderer import FactRenderer
from handlers.digests import describe as digests_describe
from handlers.digests.reading.dates import DAYS, MONTHS_IN_FULL
from handlers.digests.reading.subjects import Subjects
from handlers.digests.selection import Selection, candidates, select
from handlers.ports import FirstSeen
from handlers.say import Said, Value, say, say_many
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription
from handlers.without_state import NeverSeen
from knowledge.base import FactBase

_OVERVIEW: Final = 6


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes digests from `base`. `first_seen` tells what is news; by default nothing is."""

    base: FactBase
    render_fact: FactRenderer
    first_seen: FirstSeen = field(default_factory=NeverSeen)

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest that `subscription` is due at `now`; `posted` as in `select`.

        It shows no facts, and `fact_ids` is (), when nothing is new and the subscription wants none then, or
        when the base holds nothing for it.
        """
        local = now.astimezone(ZoneInfo(subscription.zone))
        names = Subjects.of(subscription)
        seen = self.first_seen.first_seen(subscription.team)
        picked = select(self.base, names, subscription.facts, posted, seen, subscription.created_at)
        nothing_new = picked.anew and subscription.when_empty == "skip"
        if nothing_new or not picked.facts:
            return self._empty(subscription, local, picked)
        contents = self._contents(subscription, local, picked)
        shown, below = digest_blocks.blocks(contents, self.render_fact)
        return Digest(
            text=digest_blocks.summary(contents, self.render_fact),
            blocks=tuple(shown),
            thread_blocks=tuple(below),
            fact_ids=picked.keys,
        )

    def _contents(self, subscription: Subscription, local: datetime, picked: Selection) -> DigestContents:
        names = Subjects.of(subscription)
        # One name alone is in the title already.
        is_one = names.count == 1
        return DigestContents(
            title=title(self.base, subscription, local),
            notes=(*_round(picked), _why(subscription)),
            items=tuple(
                DigestItem(fact, "" if is_one else digests_describe.name_text(self.base, slug), news)
                for fact, slug, news in zip(picked.facts, picked.asked_by, picked.news, strict=True)
            ),
            rhythm=subscription.rhythm,
            overview=self._overview(names, picked) if subscription.rhythm == "monthly" else (),
            digest=subscription.id,
            slot=local.strftime("%Y-%m-%dT%H:%M"),
            unsaved=None if subscription.id else StoredDigest.of(subscription),
        )

    def _empty(self, subscription: Subscription, local: datetime, picked: Selection) -> Digest:
        """Say that there is nothing, so that nobody takes silence for a fault."""
        note = (
            say_many(
                "Nothing new: the {count} fact on this has been posted. I post again when one is added or corrected.",
                "Nothing new: all {count} facts on this have been posted. I post again when one is added or corrected.",
                picked.pool,
            )
            if picked.pool
            else say("The fact base holds nothing on this any more.")
        )
        contents = DigestContents(
            title=title(self.base, subscription, local),
            notes=(note, _why(subscription)),
            items=(),
            rhythm=subscription.rhythm,
            digest=subscription.id,
        )
        shown, _ = digest_blocks.blocks(contents, self.render_fact)
        return Digest(text=digest_blocks.summary(contents, self.render_fact), blocks=tuple(shown))

    def _overview(self, names: Subjects, picked: Selection) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Count all that there is, by name asked for and by document."""
        found = candidates(self.base, names)
        by_name: Mapping[str, int] = Counter(found.values())
        documents = Counter(slug for fact in found for slug in fact.documents)
        elsewhere = sum(map(self.base.is_elsewhere, found))
        by_document = [
            _counted(self.base.document(slug).label, count)
            for slug, count in documents.most_common(_OVERVIEW)
        ]
        counted = [
            _counted(self.base.entity(slug) or slug, by_name[slug]) for slug in names.slugs if slug in by_name
        ]
        if len(counted) > _OVERVIEW:
            more = len(counted) - _OVERVIEW + 1
            counted = [*counted[: _OVERVIEW - 1], say_many("and {count} more", "and {count} more", more)]
        if elsewhere:
            counted.append(
                say_many(
                    "of these {count} about other regions", "of these {count} about other regions", elsewhere
                )
            )
        return (
            (say_many("{count} fact by subject", "{count} facts by subject", picked.pool), tuple(counted)),
            (say("By document"), tuple(by_document)),
        )


def _counted(name: Value, count: int) -> Said:
    return say("{name} ({count})", name=name, count=count)


def title(base: FactBase, subscription: Subscription, local: datetime) -> Said:
    """Return "Ports and Hangzhou: weekly digest, Mon 23 November"."""
    about = digests_describe.subjects_text(base, Subjects.of(subscription), 3)
    month = MONTHS_IN_FULL[local.month - 1]
    if subscription.rhythm == "monthly":
        date = say("{month} {year}", month=month, year=local.year)
        return say("{subjects}: monthly digest, {date}", subjects=about, date=date)
    date = say("{weekday} {day} {month}", weekday=DAYS[local.weekday()], day=local.day, month=month)
    if subscription.rhythm == "weekly":
        return say("{subjects}: weekly digest, {date}", subjects=about, date=date)
    return say("{subjects}: daily digest, {date}", subjects=about, date=date)


def _round(picked: Selection) -> tuple[str, ...]:
    """Return how far a digest is with all that there is, and what of it is news."""
    if picked.anew:
        return (
            say_many(
                "Nothing new: the {count} fact has been posted once, so the round begins again.",
                "Nothing new: all {count} facts have been posted once, so the round begins again.",
                picked.pool,
            ),
        )
    fresh = sum(bool(news) for news in picked.news)
    news = (say_many("{count} new or corrected.", "{count} new or corrected.", fresh),) if fresh else ()
    return (*news, _how_far(picked))


def _how_far(picked: Selection) -> Said:
    if not picked.left:
        return say_many(
            "With this, the {count} fact on this has been posted.",
            "With these, all {count} facts on this have been posted.",
            picked.pool,
        )
    last = picked.pool - picked.left
    first = last - len(picked.facts) + 1
    if first == last:
        return say("Fact {number} of {pool}.", number=last, pool=picked.pool)
    return say("Facts {first}–{last} of {pool}.", first=first, last=last, pool=picked.pool)


def _why(subscription: Subscription) -> Said:
    """Say why the reader sees this and where it is changed."""
    if not subscription.id:
        return say("A test that only you see; nothing is saved by it.")
    return say(
        "Digest {digest} of this channel, {rhythm}; /yrd-digest show {digest}",
        digest=subscription.id,
        rhythm=digests_describe.rhythm_text(subscription),
    )
