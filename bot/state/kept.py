"""What state.db holds of whom, column by column, and when it goes: read by the cleaning and by whoever tells people.

A test holds it against the tables as the migrations make them, and against the clock.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete

from bot.ports import PERSON_KEPT
from bot.state import conversations, events, exposures, processes, requests
from bot.state.store import Store
from bot.state.tables.schema import EVERY_TEAM, VERSION_TABLE, metadata
from handlers.say import say

OUTCOMES_KEPT: Final = timedelta(days=1)
"""Who asks what became of a change does so within seconds."""
INSTALLING_KEPT: Final = timedelta(minutes=10)
"""Whoever installs the app has so long: `bot.state.installations`."""


@dataclass(frozen=True, slots=True)
class KeptTable:
    """One table.

    `ids` are its columns with Slack ids of people, `names` those with their names, `words` those with what they
    wrote, `rest` all others; `whose` says who they are. A row goes when `since`, a column of Unix seconds, is as long
    ago as `lasts` says, each period with where it holds; with no periods, when the workspace's rows are purged.
    `expires` says that `since` holds the end already. `sooner` is what else deletes it.
    Whoever a row tells of is told so: such rows are described in the catalogue.
    """

    table: str
    holds: str
    rest: tuple[str, ...]
    whose: str = ""
    ids: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    since: str = ""
    lasts: tuple[tuple[str, timedelta], ...] = ()
    expires: bool = False
    sooner: str = ""

    @property
    def of_people(self) -> tuple[str, ...]:
        """Return the columns that tell of a person."""
        return (*self.ids, *self.names, *self.words)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that is named here."""
        return (*self.of_people, *self.rest)

    @property
    def age(self) -> timedelta:
        """Return how long ago `since` may be before the row goes."""
        return timedelta() if self.expires else max(period for _, period in self.lasts)


_OTHERS: Final = (
    KeptTable(
        "question_scope",
        say("questions that curators call out of scope"),
        rest=("team_id", "command", "settled_at"),
        whose=say("whoever asked"),
        words=("text",),
    ),
    KeptTable(
        "contributions",
        say("proposed facts, settled questions: who did what, when, why"),
        rest=("team_id", "seq", "deed", "at"),
        whose=say("proposers, askers, curators, admins"),
        ids=("subject", "who"),
        names=("name",),
        words=("why", "body"),
    ),
    KeptTable(
        "cards",
        say("where proposals were shown for review, so that the messages say what became of them"),
        rest=("team_id", "proposal", "ts", "posted_at", "shown"),
        whose=say("proposers and curators"),
        ids=("channel", "reader"),
    ),
    KeptTable(
        "feedback",
        say("votes on digests and facts, one a person"),
        rest=("team_id", "about", "helpful", "voted_at"),
        whose=say("whoever voted"),
        ids=("user_id",),
    ),
    KeptTable(
        "subscriptions",
        say("digests, ended ones too: of what, when, where"),
        rest=(
            "team_id", "id", "channel", "plan", "paused", "paused_until", "pause_reason", "version",
            "created_at", "edited_at", "since", "removed_at",
        ),
        whose=say("whoever set one up"),
        ids=("owner",),
    ),
    KeptTable(
        "digest_changes",
        say("who changed a digest, when, and what of it"),
        rest=("team_id", "subscription", "seq", "at", "what"),
        whose=say("whoever changed one"),
        ids=("who",),
    ),
    KeptTable(
        "deliveries",
        say("what became of each digest and notice, and its text until it is sent"),
        rest=(
            "team_id", "subscription", "slot", "part", "label", "state", "due_at", "not_before", "attempt",
            "claimed_by", "since", "ts", "why", "facts", "content", "thread_ts",
        ),
        whose=say("whoever is told of a failure"),
        ids=("channel",),
    ),
    KeptTable(
        "turns",
        "which process delivers the digests, until when",
        rest=("team_id", "held_by", "held_until", "read_after"),
    ),
    KeptTable("team_zones", "the time zone that dates are shown in", rest=("team_id", "zone")),
    KeptTable(
        "notices",
        say("what was told of already; a hash of the signing secret"),
        rest=("team_id", "told_at"),
        whose=say("owners of overdue facts"),
        ids=("kind",),
    ),
    KeptTable(
        "conversations",
        say("the last question of a thread, or of a person writing directly, and what it names"),
        rest=("team_id", "subjects", "page", "expires_at"),
        whose=say("whoever asked last"),
        ids=("place",),
        words=("question",),
        since="expires_at",
        lasts=((say("threads"), conversations.THREAD_KEPT), (say("direct messages"), PERSON_KEPT)),
        expires=True,
    ),
    KeptTable(
        "thread_modes",
        "in which channels replies in threads are read without a mention",
        rest=("team_id", "channel", "mode"),
    ),
    KeptTable(
        "shown",
        "ids of the facts that a channel or thread was shown, so that corrections reach it",
        rest=("team_id", "channel", "thread", "fact", "shown_at"),
        since="shown_at",
        lasts=(("", exposures.KEPT),),
    ),
    KeptTable(
        "events",
        say("ids of Slack's events and messages, so that each is answered once"),
        rest=(
            "team_id", "event_id", "received_at", "held_until", "acknowledged_at", "posting_at", "answered_at", "ending", "thread",
        ),
        whose=say("whoever writes directly or opens the bot's messages"),
        ids=("message", "channel"),
        since="received_at",
        lasts=(("", events.KEPT),),
    ),
    KeptTable(
        "requests",
        "signatures of Slack's requests that changed something, so that a copy changes nothing again",
        rest=("team_id", "signature", "claimed_by", "seen_at"),
        since="seen_at",
        lasts=(("", requests.KEPT),),
    ),
    KeptTable(
        "arrivals",
        "when each fact was first seen, so that digests know what is new",
        rest=("team_id", "fact", "seen_at"),
    ),
    KeptTable(
        "teams",
        "that work for the workspace is stopped, since when and why",
        rest=("team_id", "stopped_at", "why", "purge_at"),
        sooner="Slack takes the token again",
    ),
    KeptTable(
        "identities",
        "who the bot is in the workspace, and a hash of its token",
        rest=("team_id", "token_hash", "user_id", "bot_id", "enterprise_id"),
    ),
    KeptTable(
        "slack_installations",
        say("which workspaces installed the app, by whom, and its tokens, encrypted"),
        rest=(
            "id", "client_id", "team_id", "app_id", "enterprise_id", "enterprise_name", "enterprise_url", "team_name",
            "bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token", "bot_token_expires_at", "user_token",
            "user_scopes", "user_refresh_token", "user_token_expires_at", "incoming_webhook_url",
            "incoming_webhook_channel", "incoming_webhook_channel_id", "incoming_webhook_configuration_url",
            "token_type", "is_enterprise_install", "installed_at",
        ),
        whose=say("whoever installed the app"),
        ids=("user_id",),
    ),
    KeptTable(
        "slack_bots",
        "the bot's tokens in workspaces that installed the app, encrypted",
        rest=(
            "id", "client_id", "team_id", "app_id", "enterprise_id", "enterprise_name", "team_name", "bot_token", "bot_id",
            "bot_user_id", "bot_scopes", "bot_refresh_token", "bot_token_expires_at", "is_enterprise_install",
            "installed_at", "renewing_until", "checked_at",
        ),
        sooner="the app is removed from the workspace",
    ),
    KeptTable(
        "slack_oauth_states",
        "numbers by which whoever installs the app is known when Slack sends them back",
        rest=("id", "team_id", "state", "expire_at"),
        since="expire_at",
        lasts=(("", INSTALLING_KEPT),),
        expires=True,
        sooner="they come back",
    ),
    KeptTable(
        "outcomes",
        "changes that were made, so that it can be told of one whose confirmation was lost",
        rest=("team_id", "id", "at"),
        since="at",
        lasts=(("", OUTCOMES_KEPT),),
    ),
    KeptTable(
        "processes",
        "which bots run on the same state, on which machine, from which fact base",
        rest=("team_id", "id", "host", "base", "seen_at"),
        since="seen_at",
        lasts=(("", processes.KEPT),),
    ),
    KeptTable(
        VERSION_TABLE,
        "how far the tables are up to date",
        rest=("version_num",),
    ),
)  # fmt: skip


def tables(question_days: int) -> tuple[KeptTable, ...]:
    """Return every table of state.db; questions are kept for `question_days`."""
    asked = (("", timedelta(days=question_days)),)
    return (
        KeptTable(
            "questions",
            say("questions that had no answer, how often and when last, for curators"),
            rest=("team_id", "command", "nearest", "times", "asked_at"),
            whose=say("whoever asked"),
            words=("text",),
            since="asked_at",
            lasts=asked,
            sooner=say("a curator settles them"),
        ),
        KeptTable(
            "question_askers",
            say("who asked them, to be told once of an answer"),
            rest=("team_id", "command", "asked_at"),
            whose=say("whoever asked"),
            ids=("user_id",),
            words=("text",),
            since="asked_at",
            lasts=asked,
            sooner=say("they are told"),
        ),
        *_OTHERS,
    )


def forget(store: Store, kept: Iterable[KeptTable], now: datetime) -> None:
    """Delete, for every team, the rows of `kept` whose time is over."""
    for one in kept:
        if one.lasts:
            table = metadata.tables[one.table]
            with store.writing(EVERY_TEAM) as db:
                db.execute(delete(table).where(table.c[one.since] <= (now - one.age).timestamp()))
