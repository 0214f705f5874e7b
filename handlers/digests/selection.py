"""Which facts a digest shows: new and corrected ones first, then the themes of all there are, each told whole.

A pure function of the fact base, what was asked for and what was shown before; no fact comes again until
every one has been shown. Nothing here renders or posts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Final, Literal

from handlers.digests.reading.subjects import Subjects
from handlers.digests.themes import Theme, themes
from knowledge.base import FactBase
from knowledge.model import Fact, Place, Topic
from knowledge.vocabulary import Region

News = Literal["", "new", "corrected"]
END: Final = "end"
"""What is recorded, beside the facts, of a digest that says that all have been shown."""
AGAIN: Final = "again"
"""What stands among the facts shown where somebody had them begin again."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A fact of a digest, the theme that it is told in, whether it is news, and whether the theme was begun before: in an
    earlier digest, or in the channel where this stands in the thread.
    """

    fact: Fact
    theme: Theme
    news: News = ""
    goes_on: bool = False
    is_in_thread: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The facts of one digest in the order in which they are told.

    `pool` counts all that could ever be shown, `left` those not shown yet in this round after this digest, and
    `posts` the digests that these make. `anew` says that a new round begins with it, `told` that it was said before that all
    have been shown.
    """

    chosen: tuple[Chosen, ...] = ()
    pool: int = 0
    left: int = 0
    posts: int = 0
    anew: bool = False
    told: bool = False

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Return the facts alone."""
        return tuple(one.fact for one in self.chosen)

    @property
    def keys(self) -> tuple[str, ...]:
        """Return what is recorded of the digest: its facts, and that it was the last of them."""
        return (*map(fact_key, self.facts), *(() if self.left else (END,)))

    @property
    def first(self) -> int:
        """Return the number of the first of its facts in this round."""
        return self.pool - self.left - len(self.chosen) + 1


def fact_key(fact: Fact) -> str:
    """Return "id@hash": another statement under the same id is another key, so that a correction is seen."""
    said = f"{fact.statement}\0{fact.caveat}\0{','.join(fact.documents)}"
    return f"{fact.id}@{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def fact_of(key: str) -> str:
    """Return the id of the fact that a key is of, whatever it said; "" for what is recorded beside facts."""
    return "" if key in (END, AGAIN) else key.partition("@")[0]


def candidates(base: FactBase, names: Subjects) -> dict[Fact, str]:
    """Return the facts on `names`, each with the first name that asks for it.

    Facts on other regions belong to it only where they are wanted too, or the place itself, or the topic of other regions.
    """
    found: dict[Fact, str] = {}
    for slug in names.slugs:
        record = base.entity(slug)
        takes_all = (
            names.is_wide
            or isinstance(record, Place)
            or (isinstance(record, Topic) and record.about_elsewhere)
        )
        for fact in base.facts_of(record) if record else ():
            if takes_all or fact.region is not Region.ELSEWHERE:
                found.setdefault(fact, slug)
    return found


def elsewhere(base: FactBase, names: Subjects) -> int:
    """Return how many facts on `names` are about other regions and so belong to no digest of them."""
    found = {fact for slug in names.slugs if (record := base.entity(slug)) for fact in base.facts_of(record)}
    return len(found - candidates(base, names).keys())


def themes_on(base: FactBase, names: Subjects) -> tuple[Theme, ...]:
    """Return the themes of all facts on `names`, whatever was shown of them."""
    return themes(base, tuple(candidates(base, names)), names.slugs)


ThemesOn = Callable[[FactBase, Subjects], tuple[Theme, ...]]
"""`themes_on`, or what has kept its work."""


def select(
    base: FactBase,
    names: Subjects,
    number: int,
    posted: Sequence[str] = (),
    first_seen: Mapping[str, datetime] | None = None,
    since: datetime | None = None,
    *,
    again: bool = False,
    themes_on: ThemesOn = themes_on,
) -> Selection:
    """Return the facts of the next digest, at most `number`; none where all were shown, unless they come `again`.

    `posted` are keys of facts shown before, oldest first. `first_seen` says since when each key is in the
    base, `since` when the subscription began: what came later is news.
    """
    pool = tuple(candidates(base, names))
    shown = _this_round(pool, posted)
    anew = again and bool(pool) and len(shown) == len(pool)
    fresh = set(pool) if anew else set(pool).difference(shown)
    if not fresh:
        return Selection(pool=len(pool), told=_is_told(posted))
    news = _news(base, pool, posted, first_seen or {}, since)
    post, *others = _posts(_Script(themes_on(base, names), fresh, news), number)
    return Selection(
        chosen=tuple(post),
        pool=len(pool),
        left=sum(map(len, others)),
        posts=len(others),
        anew=anew and bool(posted),
    )


def _is_told(posted: Sequence[str]) -> bool:
    """Say whether the last thing said was that all have been shown."""
    return bool(posted) and posted[-1] == END


def _this_round(pool: Collection[Fact], posted: Sequence[str]) -> set[Fact]:
    """Return the facts shown since the last time that all had been shown, as they read now."""
    by_key = {fact_key(fact): fact for fact in pool}
    shown: set[Fact] = set()
    for name in posted:
        fact = by_key.get(name)
        # Where one comes again a round ended before it.
        if name == AGAIN or fact in shown:
            shown = set()
        if fact is not None:
            shown.add(fact)
    return shown


def _news(
    base: FactBase,
    pool: Collection[Fact],
    posted: Sequence[str],
    first_seen: Mapping[str, datetime],
    since: datetime | None,
) -> dict[Fact, News]:
    shown, shown_ids = set(posted), set(map(fact_of, posted))
    # What was there when the bot first looked is no news, however late it looked.
    began = max(filter(None, (since, min(first_seen.values(), default=None))), default=None)
    older = {fact_of(name) for name, at in first_seen.items() if began is None or at <= began}
    found: dict[Fact, News] = {}
    for fact in pool:
        name = fact_key(fact)
        if name in shown:
            continue
        seen = first_seen.get(name)
        is_later = since is not None and began is not None and seen is not None and seen > began
        is_corrected = fact.id in older or base.overlay.corrects(fact)
        if fact.id in shown_ids or (is_later and is_corrected):
            found[fact] = "corrected"
        elif is_later:
            found[fact] = "new"
    return found


@dataclass
class _Script:
    """What is still to be told: parts of themes, in the order in which they come, news first."""

    told: tuple[Theme, ...]
    fresh: set[Fact]
    news: Mapping[Fact, News]
    parts: list[list[Chosen]] = field(init=False)

    def __post_init__(self) -> None:
        news = [self._part(theme, only_news=True) for theme in self.told]
        self.parts = [part for part in (*news, *map(self._part, self.told)) if part]

    def _part(self, theme: Theme, *, only_news: bool = False) -> list[Chosen]:
        return [
            Chosen(fact, theme, self.news.get(fact, ""), not self.fresh.issuperset(theme.facts))
            for fact in theme.facts
            if fact in self.fresh and (fact in self.news) is only_news
        ]

    def take(self, at: int, count: int) -> list[Chosen]:
        """Take the first `count` of a part."""
        taken, self.parts[at] = self.parts[at][:count], self.parts[at][count:]
        if not self.parts[at]:
            del self.parts[at]
        return taken

    def bears(self, post: Sequence[Chosen], at: int = 0) -> bool:
        """Say whether a part may stand in a post beside what is no part of its theme: news beside news, a single fact beside
        single ones, and the last fact of all beside any.
        """
        part = self.parts[at]
        is_last_of_all = len(self.parts) == 1 and len(part) == 1
        return is_last_of_all or (
            bool(post[0].news) == bool(part[0].news) and _is_sundry(post) and _is_sundry(part)
        )

    def of_theme(self, chosen: Chosen) -> int | None:
        """Return the part that goes on with the theme of a fact, None where all of it was taken."""
        return next((at for at, part in enumerate(self.parts) if part[0].theme is chosen.theme), None)


def _is_sundry(told: Sequence[Chosen]) -> bool:
    """Say whether it is news, or facts each of another theme than the one before."""
    return bool(told[0].news) or len({one.theme.about for one in told}) == len(told)


def _posts(script: _Script, number: int) -> Iterator[list[Chosen]]:
    """Yield what is left to be told, digest by digest, each a theme or a part of one.

    A theme that does not fit is told in parts of like length, so that no fact of it stands alone. A single piece of news has
    its theme beside it.
    """
    while script.parts:
        length = len(script.parts[0])
        post = script.take(0, ceil(length / ceil(length / number)))
        while script.parts and len(script.parts[0]) <= number - len(post) and script.bears(post):
            post += script.take(0, len(script.parts[0]))
        if len(post) == 1 and post[0].news and number > 1 and (at := script.of_theme(post[0])) is not None:
            room, size = number - 1, len(script.parts[at])
            post += script.take(at, room - 1 if size == room + 1 and room > 1 else room)
        yield post


def facts_among(keys: Iterable[str]) -> int:
    """Return how many facts are among what is recorded of a digest."""
    return sum(bool(fact_of(key)) for key in keys)
