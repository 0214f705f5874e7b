"""Which facts a digest shows: new and corrected ones first, then the themes of all there are, each told whole.

A pure function of the fact base, what was asked for and what was shown before; no fact comes again until
every one has been shown. Nothing here renders or posts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    """A fact of a digest, the theme that it is told in, whether it is news, and whether an earlier digest began the theme."""

    fact: Fact
    theme: Theme
    news: News = ""
    goes_on: bool = False

    @property
    def is_beside(self) -> bool:
        """Say whether it is akin to the theme and no part of it."""
        return self.fact in self.theme.beside


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

    Facts on other regions belong to it only where the place itself, or the topic of other regions, is asked.
    """
    found: dict[Fact, str] = {}
    for slug in names.slugs:
        record = base.entity(slug)
        takes_all = isinstance(record, Place) or (isinstance(record, Topic) and record.about_elsewhere)
        for fact in base.facts_of(record) if record else ():
            if takes_all or fact.region is not Region.ELSEWHERE:
                found.setdefault(fact, slug)
    return found


def select(
    base: FactBase,
    names: Subjects,
    number: int,
    posted: Sequence[str] = (),
    first_seen: Mapping[str, datetime] | None = None,
    since: datetime | None = None,
    *,
    again: bool = False,
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
    news = _news(pool, posted, first_seen or {}, since)
    post, *others = _posts(_Script(themes(base, pool, names.slugs), fresh, news), number)
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
        if fact.id in shown_ids or (is_later and fact.id in older):
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
            for fact in theme.all
            if fact in self.fresh and (fact in self.news) is only_news
        ]

    def take(self, at: int, count: int) -> list[Chosen]:
        """Take the first `count` of a part."""
        taken, self.parts[at] = self.parts[at][:count], self.parts[at][count:]
        if not self.parts[at]:
            del self.parts[at]
        return taken

    def kin(self, chosen: Chosen) -> int:
        """Return the part that goes on where a lone fact leaves off: of its own theme, else the next."""
        return next((at for at, part in enumerate(self.parts) if part[0].theme is chosen.theme), 0)


def _posts(script: _Script, number: int) -> Iterator[list[Chosen]]:
    """Yield what is left to be told, digest by digest.

    A theme that does not fit is told in parts of like length; what does fit is told whole, and others with it as long as
    each fits whole. A lone fact gets company where there is room.
    """
    while script.parts:
        length = len(script.parts[0])
        if length > number:
            yield script.take(0, ceil(length / ceil(length / number)))
            continue
        post = script.take(0, length)
        while script.parts and len(script.parts[0]) <= number - len(post):
            post += script.take(0, len(script.parts[0]))
        if len(post) == 1 and script.parts and number > 1:
            at = script.kin(post[0])
            room, size = number - 1, len(script.parts[at])
            post += script.take(at, room - 1 if size == room + 1 and room > 1 else room)
        yield post


def facts_among(keys: Iterable[str]) -> int:
    """Return how many facts are among what is recorded of a digest."""
    return sum(bool(fact_of(key)) for key in keys)
