"""No text that a person can send holds up the thread that answers it, whatever it repeats.

Measured is the processor time of the thread, and where that is long, held against fixed work of the same thread at
the same moment, so that a slow or busy machine fails nothing. This is the one test that reads a clock: without a
bound, four texts of 256 characters stopped version 0.1 for hours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import time as time_of_day
from functools import partial
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.render.clean import LONGEST_QUESTION, LONGEST_TYPED
from bot.render.slack_text import typed
from bot.state.contributions import StoredContributions
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.exposures import StoredExposures
from bot.state.feedback import StoredFeedback
from bot.state.first_seen import StoredFirstSeen
from bot.state.questions import StoredQuestions
from bot.state.store import Store
from handlers.curation import naming, validation
from handlers.curation.team_base import CachedTeamBases
from handlers.digests import verbs as digest_verbs
from handlers.digests.reading import parse as digests_parse
from handlers.draft import Draft
from handlers.lookups.message import lookup
from handlers.paging import Earlier
from handlers.registry import SLASH, WORDS
from handlers.reply import reply
from handlers.request import QUESTION, Request
from handlers.services import Services
from handlers.subscription import Subscription
from knowledge.base import FactBase
from knowledge.names.resolver import Ambiguous
from tests.conftest import NOW
from tests.handlers.digests.desk import Reachable
from tests.processor_time import fixed_work, seconds

pytestmark = pytest.mark.slow

MOST_SECONDS = 0.050
# The same on a machine of any speed: `fixed_work` takes 5 ms where the limit was set.
MOST_FIXED_WORK = 10
TEAM, USER, CHANNEL = "T1", "U1", "C1"
DAILY = Subscription(TEAM, CHANNEL, USER, time_of_day(9), "Asia/Shanghai", weekdays=(0,), topics=("ports",))

SEPARATORS = (
    "/", " / ", ",", ", ", " and ", " - ", "–", " with ", "、", "和", "; ", "? ", " vs ", " to ", " or ", ". ", " ", "\n",
    "",
)  # fmt: skip
# What takes a way of its own through some handler.
WORDS_OF_THEIR_OWN = (
    "compare", "between", "what ties", "which of", "how many", "why is", "what and how", "which", "according to the",
    "paper", "not list", "besides", "apart from", "which not", "哪些没有", "every", "quiet", "22:00-07:00", "facts 3", "monthly 15", "mon-", "Asia/", "#", "@", "<", "&",
    "without", "only", "drop", "also", "except", "doubtful", "不要", "加上", "除了", "1/2", "2018", "市", "的", "长", "星期一", "每周一", "11点", "十一点", "上午", "到", "é", "İ", "㍿", "😀", "\u200b", "(", "“", "*", "_", "`", "xu-twinning", "p:1",
)  # fmt: skip

Surface = Callable[[Services, str], object]


def asked(command: str, before: str = "") -> Surface:
    def ask(services: Services, text: str) -> object:
        typed = f"{before} {text}".strip()[:LONGEST_QUESTION]
        return reply(services, Request(typed, NOW, command, team=TEAM, user=USER, channel=CHANNEL))

    return ask


def after_a_map(services: Services, text: str) -> object:
    said = Request(text[:LONGEST_QUESTION], NOW, team=TEAM, user=USER, channel=CHANNEL)
    return reply(services, replace(said, earlier=Earlier("map Zhejiang, without Ningbo, only joint parks")))


def named_in_a_form(services: Services, text: str) -> object:
    return naming.named(services, text)


def stated_in_a_form(services: Services, text: str) -> object:
    draft = Draft(
        statement=text, subjects=("ningbo",), topics=("ports",), url="https://example.org/news", title=text[:100],
        published="2026-05-04", words="opened a joint office", caveat=text,
    )  # fmt: skip
    return validation.check(services, draft)


def looked_up(services: Services, text: str) -> object:
    return lookup(services, Request(text, NOW, team=TEAM, user=USER, channel=CHANNEL))


SURFACES: dict[str, Surface] = {
    **{command.name: asked(command.name) for command in SLASH},
    **{f"/yrd {command.name.removeprefix('/yrd-')}": asked(QUESTION, command.name) for command in SLASH},
    **{f"/yrd {word.name}": asked(QUESTION, word.name) for word in WORDS},
    **{f"/yrd-digest {verb.name}": asked("/yrd-digest", verb.name) for verb in digest_verbs.VERBS},
    "/yrd-digest edit 1": asked("/yrd-digest", "edit 1"),
    "after a map": after_a_map,
    "shortcut": looked_up,
    "names of a form": named_in_a_form,
    "statement of a form": stated_in_a_form,
    "digest of a form": lambda services, text: digests_parse.read(services.base, text),
}


class OfAdmins(Reachable):
    """A Slack that takes everybody for an admin too."""

    def is_admin(self, team: str, user: str) -> bool:
        return True

    def admins(self, team: str) -> tuple[str, ...]:
        return ("Alice Chen",)


@pytest.fixture(scope="module")
def desks(facts_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Services, ...]]:
    """Desks with all that a bot has, of bases of their own: what one remembers helps no other."""
    store = Store.open(tmp_path_factory.mktemp("state") / "state.db")
    StoredSubscriptions(store).add(DAILY, NOW)
    found = tuple(full_desk(store, FactBase.open(facts_db)) for _ in range(3))
    for services in found:
        services.base.warm()
    yield found
    store.close()


def full_desk(store: Store, base: FactBase) -> Services:
    slack, contributions = OfAdmins(), StoredContributions(store)
    return Services(
        base=base,
        subscriptions=StoredSubscriptions(store),
        deliveries=StoredDeliveries(store),
        channels=slack,
        people=slack,
        feedback=StoredFeedback(store),
        first_seen=StoredFirstSeen(store),
        questions=StoredQuestions(store, 90),
        contributions=contributions,
        team_bases=CachedTeamBases(base, contributions),
        exposures=StoredExposures(store),
    )


def assert_bounded(text: str, *works: Callable[[], object]) -> None:
    """One of `works` on `text` is within the limit; during the others the machine may have been busy."""
    times_fixed_work = []
    for work in works:
        taken = seconds(work)
        if taken <= MOST_SECONDS:
            return
        # Held against what the machine does at this moment: the next it may do twice as much.
        times_fixed_work.append(taken / seconds(fixed_work))
    assert min(times_fixed_work) <= MOST_FIXED_WORK, (
        f"{min(times_fixed_work):.1f} of {MOST_FIXED_WORK} times the fixed work for {text!r}"
    )


def assert_bounded_at(surface: Surface, desks: tuple[Services, ...], text: str) -> None:
    assert_bounded(text, *(partial(surface, services, text) for services in desks))


def shared_names(base: FactBase) -> list[str]:
    """The spellings that several places share."""
    names = {spelling for place in base.seeds.places for spelling in (place.name, *place.aliases)}
    return sorted(name for name in names if isinstance(base.names.resolve(name, slips=False), Ambiguous))


SHARE = 3


def filled(*pieces: str) -> str:
    return ("".join(pieces) * LONGEST_QUESTION)[:LONGEST_QUESTION]


def repeated(base: FactBase) -> Iterator[str]:
    """Shared names, pairs of them, and pairs of pairs, over and over."""
    shared = shared_names(base)
    assert len(shared) >= 3
    for separator in SEPARATORS:
        for one, other in zip(shared, (*shared[1:], shared[0]), strict=True):
            yield filled(one, separator)
            yield filled(one, separator, other, separator)
            yield filled(one, "–", other, separator, other, "–", one, separator)


@pytest.mark.parametrize("name", SURFACES)
def test_shared_names_that_fill_a_text_are_answered_in_bounded_time(
    name: str, desks: tuple[Services, ...]
) -> None:
    # Each surface is given a third of the texts, and each text to a third of the surfaces.
    first = list(SURFACES).index(name) % SHARE
    for text in islice(repeated(desks[0].base), first, None, SHARE):
        assert_bounded_at(SURFACES[name], desks, text)


@pytest.fixture(scope="module")
def spellings(base: FactBase) -> list[str]:
    seeds = base.seeds
    records = (
        *seeds.places,
        *seeds.pairings,
        *seeds.mechanisms,
        *seeds.topics,
        *seeds.organisations,
        *seeds.plans,
    )
    return sorted({spelling for record in records for spelling in (record.name, record.chinese) if spelling})


@pytest.mark.parametrize("name", SURFACES)
@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_text_takes_long(
    name: str, desks: tuple[Services, ...], spellings: list[str], data: st.DataObject
) -> None:
    pools = (shared_names(desks[0].base), spellings, list(WORDS_OF_THEIR_OWN))
    pieces = data.draw(st.lists(st.sampled_from(pools).flatmap(st.sampled_from), min_size=1, max_size=24))
    separators = data.draw(st.lists(st.sampled_from(SEPARATORS), min_size=1, max_size=3))
    slips = data.draw(st.lists(st.integers(0, 8), max_size=len(pieces)))
    written = [*map(slipped, pieces, slips), *islice(pieces, len(slips), None)]
    mixed = "".join(piece + separators[i % len(separators)] for i, piece in enumerate(written))
    assert_bounded_at(SURFACES[name], desks, filled(mixed))


def slipped(name: str, at: int) -> str:
    """`name` without its letter at that place; 0 leaves it whole."""
    return name[: at - 1] + name[at:] if 0 < at <= len(name) > 3 else name


# Found by climbing: four names and as many common words as a question in parts may have, in each of its parts.
STEEP = (
    "now和Sichuan-Chongqing和Three-Year coparedzonadjacent and e with 和about? and what spaYanlinYulin g / ommon,和"
    "stmechanism and ared with poverty compared with To新加坡. with Xuzhou's? Along? and whatwhat work和AcadeTaizhou?"
    " apital?Along 和Capital? and what equpmenfa"
)


@pytest.mark.parametrize("name", SURFACES)
def test_a_question_in_many_parts_is_answered_in_bounded_time(name: str, desks: tuple[Services, ...]) -> None:
    assert_bounded_at(SURFACES[name], desks, STEEP)


@pytest.mark.parametrize("piece", ["11点", "十一点", "周一", "每", "上午", "周一到", "每周11:"])
@pytest.mark.parametrize("before", ["", "港口每天"])
def test_chinese_days_and_times_without_end_are_taken_apart_in_bounded_time(
    before: str, piece: str, desks: tuple[Services, ...]
) -> None:
    assert_bounded_at(
        SURFACES["/yrd-digest subscribe"], desks, f"{before}{piece * LONGEST_TYPED}"[:LONGEST_TYPED] + "x"
    )


@pytest.mark.parametrize(
    "raw",
    ["admin " + "<@U1|" * 20_000, "<" * 100_000, "<a|" * 30_000, "ﷺ" * 100_000, "e" + "\u0301" * 100_000,
     "*" * 100_000, "~" * 9_000 + " ", "a" + "_" * 9_000 + "b", "👩\u200d" * 50_000, " \u200b" * 50_000, "&amp;" * 20_000],
)  # fmt: skip
def test_what_comes_before_a_text_is_cut_is_bounded_too(raw: str) -> None:
    assert_bounded(raw[:40], *[partial(typed, raw)] * 3)


def test_a_list_of_too_many_places_is_told_how_many_it_may_name(desks: tuple[Services, ...]) -> None:
    places = "Hangzhou/Ningbo/Hefei/Nanjing/Wuxi/Changzhou/Huzhou"
    answer = reply(desks[0], Request(places, NOW, "/yrd-pair"))
    assert answer.outcome == "unknown"
    assert answer.headline.startswith("That names 7 places. Name up to 6")


def test_a_name_that_is_repeated_counts_once(desks: tuple[Services, ...]) -> None:
    once, often = (
        reply(desks[0], Request(t, NOW, "/yrd-pair")) for t in ("Suzhou/Hefei", filled("Suzhou/Hefei/"))
    )
    assert once.lines == often.lines
