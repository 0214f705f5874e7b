"""The posts of a digest that are to come, put together as the bot that posts them does, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.render.compose import Composer, why_it_comes
from bot.render.content import Digest
from bot.render.fact_renderer import fact_renderer
from bot.state.contributions import StoredContributions
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.curation.team_base import CachedTeamBases
from handlers.digests import describe
from handlers.digests.arrivals import TeamFirstSeen
from handlers.digests.coming import coming
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import day_label
from handlers.say import Said, say
from handlers.subscription import Subscription
from knowledge.base import FactBase


def posts_to_come(
    base: FactBase, store: Store, kept: Subscription, now: datetime, count: int
) -> Iterator[str]:
    """Yield what each of the next `count` runs would post, to where nothing more would be; what one shows counts for the next."""
    deliveries, subscriptions = StoredDeliveries(store), StoredSubscriptions(store)

    def followed(subscription: Subscription) -> set[str]:
        here = subscriptions.listed(subscription.team, channel=subscription.channel)
        return {slug for one in here for slug in Subjects.of(one).slugs}

    team_bases = CachedTeamBases(base, StoredContributions(store))
    # One that is described and not saved is of no team.
    own = team_bases.of(kept.team) if kept.team else base
    first_seen = TeamFirstSeen(StoredFirstSeen(store), team_bases)
    why = why_it_comes if subscriptions.get(kept.team, kept.id) else _as_described
    compose = Composer(own, fact_renderer(own), first_seen, followed, why)
    posted = deliveries.posted_facts(kept.team, kept.id)
    runs = coming(deliveries, kept, now, count)
    if not runs:
        yield f"{describe.run_texts(kept, runs)[0]}."
    for run in runs:
        digest = compose(kept, posted, run.slot.at)
        posted = (*posted, *digest.fact_ids)
        if digest.is_silent(kept.when_empty):
            yield f"=== From {day_label(run.at)} on nothing is posted until a fact is added or corrected."
            return
        yield f"=== {describe.run_text(kept, run)}\n{_told(digest)}"


def _as_described(subscription: Subscription) -> Said:
    return say("As described, {rhythm}; not saved", rhythm=describe.rhythm_text(subscription))


def _told(digest: Digest) -> str:
    below = ["--- in the thread", *map(_block, digest.thread_blocks)] if digest.thread_blocks else []
    return "\n".join((*map(_block, digest.blocks), *below))


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"# {block['text']['text']}"
        case "context":
            return "    " + " · ".join(part["text"] for part in block["elements"])
        case "actions":
            return " ".join(f"[{button['text']['text']}]" for button in block["elements"])
        case "rich_text":
            runs = (run for section in block["elements"] for run in section["elements"])
            return "".join(f"*{run['text']}*" if run.get("style") else run["text"] for run in runs)
        case _:
            return "---"
