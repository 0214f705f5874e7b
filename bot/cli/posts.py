"""The posts of a digest that are to come, put together as the bot that posts them does, in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.render.compose import Composer
from bot.render.content import Digest
from bot.render.fact_renderer import fact_renderer
from bot.state.digests.deliveries import StoredDeliveries
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.first_seen import StoredFirstSeen
from bot.state.store import Store
from handlers.digests.coming import coming
from handlers.digests.reading.subjects import Subjects
from handlers.digests.schedule import slot_label
from handlers.subscription import Subscription
from knowledge.base import FactBase


def posts_to_come(
    base: FactBase, store: Store, kept: Subscription, now: datetime, count: int
) -> Iterator[str]:
    """Yield what each of the next `count` runs would post, or that it would be quiet; what one shows counts for the next."""
    deliveries, subscriptions = StoredDeliveries(store), StoredSubscriptions(store)

    def followed(subscription: Subscription) -> set[str]:
        here = subscriptions.listed(subscription.team, channel=subscription.channel)
        return {slug for one in here for slug in Subjects.of(one).slugs}

    compose = Composer(base, fact_renderer(base), StoredFirstSeen(store), followed)
    posted = deliveries.posted_facts(kept.team, kept.id)
    for slot in coming(deliveries, kept, now, count):
        digest = compose(kept, posted, slot.at)
        posted = (*posted, *digest.fact_ids)
        said = "(nothing is posted)" if digest.is_silent(kept.when_empty) else _told(digest)
        yield f"=== {slot_label(slot.local, kept.zone)}\n{said}"


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
