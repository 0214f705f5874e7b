"""From a subscription to the message it posts: what is chosen, and the words around it.

A pure function of the fact base, the subscription and what it showed before. Nothing here posts or records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.render import digest as digest_blocks
from bot.render.content import Digest
from bot.render.digest import DigestContents, DigestItem
from bot.render.fact_renderer import FactRenderer
from handlers.digests import describe as digests_describe
from handlers.digests.headings import Part, laid_out
from handlers.digests.offers import takes_in
from handlers.digests.reading.subjects import Subjects
from handlers.digests.related import related
from handlers.digests.selection import Selection, ThemesOn, candidates, elsewhere, select, themes_on
from handlers.ports import FirstSeen
from handlers.say import Said, Value, say, say_many
from handlers.stored_digest import StoredDigest
from handlers.subscription import Subscription, WhenEmpty
from handlers.without_state import NeverSeen
from knowledge.base import FactBase
from knowledge.model import Named

_OVERVIEW: Final = 6
_THEN: Final[Mapping[WhenEmpty, Said]] = {
    "quiet": say("I am quiet now, until one is added or corrected."),
    "tell": say("I post again when one is added or corrected, and say so each time until then."),
    "again": say("The next digest starts over."),
}


def _nothing_else(subscription: Subscription) -> frozenset[str]:
    return frozenset()


def why_it_comes(subscription: Subscription) -> Said:
    """Return why a reader sees a digest."""
    if not subscription.id:
        return say("A test that only you see; nothing is saved by it")
    rhythm = digests_describe.rhythm_text(subscription)
    return say("Digest {digest}, {rhythm}", digest=subscription.id, rhythm=rhythm)


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes digests from `base`. `first_seen` tells what is news, `followed` what the channel of a digest follows
    beside it, by default nothing; `why` tells readers why they see it; `themes_on` may have kept its work.
    """

    base: FactBase
    render_fact: FactRenderer
    first_seen: FirstSeen = field(default_factory=NeverSeen)
    followed: Callable[[Subscription], Collection[str]] = _nothing_else
    why: Callable[[Subscription], Said] = why_it_comes
    themes_on: ThemesOn = themes_on

    def __call__(self, subscription: Subscription, posted: tuple[str, ...], now: datetime) -> Digest:
        """Return the digest that `subscription` is due at `now`; `posted` as in `select`.

        It shows no facts where all were shown, or the base holds nothing for it; `fact_ids` is () where that was said
        before.
        """
        local = now.astimezone(ZoneInfo(subscription.zone))
        again = subscription.when_empty == "again"
        picked = select(
            self.base, Subjects.of(subscription), subscription.facts, posted,
            self.first_seen.first_seen(subscription.team), subscription.created_at, again=again, themes_on=self.themes_on,
        )  # fmt: skip
        contents = self._contents(subscription, local, picked)
        shown, below = digest_blocks.blocks(contents, self.render_fact)
        return Digest(
            text=digest_blocks.summary(contents, self.render_fact),
            blocks=tuple(shown),
            thread_blocks=tuple(below),
            fact_ids=() if picked.told else picked.keys,
        )

    def _contents(self, subscription: Subscription, local: datetime, picked: Selection) -> DigestContents:
        names = Subjects.of(subscription)
        monthly = subscription.rhythm == "monthly" and picked.chosen
        is_last = not picked.left and bool(subscription.id)
        laid = laid_out(self.base, picked.chosen, subscription.rhythm)
        return DigestContents(
            title=title(self.base, subscription),
            notes=(*_round(picked), self.why(subscription)),
            items=_items(laid.shown),
            below=_items(laid.below),
            overview=self._overview(names, picked) if monthly else (),
            digest=subscription.id,
            run=str(int(local.timestamp())),
            slot=local.strftime("%Y-%m-%dT%H:%M"),
            unsaved=None if subscription.id else StoredDigest.of(subscription),
            end=self._end(subscription, picked) if is_last else "",
            follow=self._follow(subscription) if is_last else (),
            wider=_wider(elsewhere(self.base, names)) if is_last else "",
        )

    def _end(self, subscription: Subscription, picked: Selection) -> Said:
        """Say that there is no more, so that nobody takes silence for a fault, and what comes then."""
        if not picked.pool:
            return say("The fact base holds nothing on this any more. I post again when it does.")
        about = digests_describe.subjects_text(self.base, Subjects.of(subscription), 3)
        last = (
            say_many(
                "That was the {count} fact on {subjects}.",
                "That was the last of {count} facts on {subjects}.",
                picked.pool,
                subjects=about,
            )
            if picked.chosen
            else say_many(
                "Nothing new: the {count} fact on {subjects} is posted.",
                "Nothing new: all {count} facts on {subjects} are posted.",
                picked.pool,
                subjects=about,
            )
        )
        said = say("{last} {then}", last=last, then=_THEN[subscription.when_empty])
        if subscription.when_empty == "again":
            return said
        # Everybody in the channel reads it, so it is no button: what works is offered to whoever asks.
        return (
            say("{said} Under Digest settings you can have it start over.", said=said)
            if subscription.channel.startswith("D")
            else say(
                "{said} Under Digest settings its owner can have it start over, and anybody can get it for themselves.",
                said=said,
            )
        )

    def _follow(self, subscription: Subscription) -> tuple[tuple[Said, StoredDigest], ...]:
        """Return what else the channel may follow, each with the digest that would do so at the same times."""
        followed = self.followed(subscription)
        found = related(self.base, Subjects.of(subscription), followed)
        return tuple((say("Follow {name}", name=record), _on(subscription, record)) for record in found)

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
        # Of one subject or one document there is nothing to compare.
        told = (
            (say_many("{count} fact by subject", "{count} facts by subject", picked.pool), tuple(counted)),
            (say("By document"), tuple(by_document)),
        )
        return tuple((heading, entries) for heading, entries in told if len(entries) > 1)


def _wider(count: int) -> str:
    """Return the label of the button that takes in what is left out as it is on other regions, "" where that is nothing."""
    return takes_in(count) if count else ""


def _items(parts: Sequence[Part]) -> tuple[DigestItem, ...]:
    return tuple(DigestItem(one.fact, heading, one.news) for heading, told in parts for one in told)


def _counted(name: Value, count: int) -> Said:
    return say("{name} ({count})", name=name, count=count)


def _on(subscription: Subscription, record: Named) -> StoredDigest:
    names = Subjects.sorted([record])
    return StoredDigest.anew(
        replace(subscription, topics=names.topics, places=names.places, mechanisms=names.mechanisms)
    )


def title(base: FactBase, subscription: Subscription) -> Said:
    """Return "Ports and Hangzhou: weekly digest". When it was posted Slack says; what it tells is older."""
    about = digests_describe.subjects_text(base, Subjects.of(subscription), 3)
    match subscription.rhythm:
        case "monthly":
            return say("{subjects}: monthly digest", subjects=about)
        case "weekly":
            return say("{subjects}: weekly digest", subjects=about)
        case _:
            return say("{subjects}: daily digest", subjects=about)


def _round(picked: Selection) -> tuple[str, ...]:
    """Return how far a digest is with all that there is, and what of it is news."""
    if not picked.chosen:
        return ()
    fresh = sum(bool(one.news) for one in picked.chosen)
    news = (say_many("{count} new or corrected", "{count} new or corrected", fresh),) if fresh else ()
    anew = (say("All were posted once; the round begins again"),) if picked.anew else ()
    return (*anew, *news, _how_far(picked))


def _how_far(picked: Selection) -> Said:
    first, last = picked.first, picked.first + len(picked.chosen) - 1
    if first == last:
        return say("Fact {number} of {pool}", number=last, pool=picked.pool)
    return say("Facts {first}–{last} of {pool}", first=first, last=last, pool=picked.pool)
