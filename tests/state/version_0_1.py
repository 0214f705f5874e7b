"""The tables of a state.db of version 0.1, step by step as that version made them: what is still carried over."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.state.database.sqlite import connect

STEPS = Migrations("yrd-state")


def make(path: Path, stop_before: str | None = None) -> None:
    """Make `path` as version 0.1 left it, or as it was before a step of that name."""
    path.parent.mkdir(exist_ok=True)
    path.touch()
    with closing(connect(path)) as raw:
        STEPS.apply(Database(raw, execute_plugins=False), stop_before=stop_before)


@STEPS()
def m001_events(db: Database) -> None:
    """Events of Slack's Events API: received, then answered. `message` is channel:ts, or ""."""
    table = db.table("events")
    table.create(
        {"team_id": str, "event_id": str, "message": str, "received_at": float, "answered_at": float},
        pk=("team_id", "event_id"),
        not_null={"team_id", "event_id", "message", "received_at"},
        strict=True,
    )
    table.create_index(["team_id", "message"])
    table.create_index(["received_at"])


@STEPS()
def m002_conversations(db: Database) -> None:
    """What a thread or a direct message was last about: slugs, as JSON, until `expires_at`."""
    table = db.table("conversations")
    table.create(
        {"team_id": str, "place": str, "subjects": str, "expires_at": float},
        pk=("team_id", "place"),
        not_null={"team_id", "place", "subjects", "expires_at"},
        strict=True,
    )
    table.create_index(["expires_at"])


@STEPS()
def m003_notices(db: Database) -> None:
    """Kinds of failure that the installer has been told about."""
    db.table("notices").create(
        {"team_id": str, "kind": str, "told_at": float},
        pk=("team_id", "kind"),
        not_null={"team_id", "kind", "told_at"},
        strict=True,
    )


@STEPS()
def m004_subscriptions(db: Database) -> None:
    """Digests that channels are promised. `plan` is JSON: what is posted and when. Slots after `since` count."""
    table = db.table("subscriptions")
    table.create(
        {
            "team_id": str, "id": str, "channel": str, "owner": str, "plan": str, "paused": int,
            "paused_until": str, "pause_reason": str, "version": int, "created_at": float,
            "edited_at": float, "since": float, "removed_at": float,
        },
        pk=("team_id", "id"),
        not_null={
            "team_id", "id", "channel", "owner", "plan", "paused", "paused_until", "pause_reason", "version",
            "created_at", "edited_at", "since",
        },
        strict=True,
    )  # fmt: skip
    table.create_index(["team_id", "channel"])


@STEPS()
def m005_deliveries(db: Database) -> None:
    """What became of each slot: the ledger that claims are made in. See docs/digests.md for the states.

    `part` is "digest", "thread" (its continuation) or a notice to the owner. `content` is the message while
    it is still to be sent. `not_before` is when to act next: post what is planned, look for what is unknown;
    NULL when nothing is to be done any more.
    """
    table = db.table("deliveries")
    table.create(
        {
            "team_id": str, "subscription": str, "slot": int, "part": str, "channel": str, "label": str,
            "state": str, "due_at": float, "not_before": float, "attempt": int, "claimed_by": str,
            "since": float, "ts": str, "why": str, "facts": str, "content": str, "thread_ts": str,
        },
        pk=("team_id", "subscription", "slot", "part"),
        not_null={
            "team_id", "subscription", "slot", "part", "channel", "label", "state", "due_at", "attempt",
            "claimed_by", "ts", "why", "facts", "content", "thread_ts",
        },
        strict=True,
    )  # fmt: skip
    table.create_index(["team_id", "state", "not_before"])
    table.create_index(["team_id", "channel", "since"])


@STEPS()
def m006_teams(db: Database) -> None:
    """Teams that the bot no longer works for, since when and why; their rows go after `purge_at`, if set."""
    db.table("teams").create(
        {"team_id": str, "stopped_at": float, "why": str, "purge_at": float},
        pk="team_id",
        not_null={"team_id", "stopped_at", "why"},
        strict=True,
    )


@STEPS()
def m020_questions(db: Database) -> None:
    """Questions that had no answer, how often and when last; never who asked."""
    table = db.table("questions")
    table.create(
        {"team_id": str, "command": str, "text": str, "nearest": str, "times": int, "asked_at": float},
        pk=("team_id", "command", "text"),
        not_null={"team_id", "command", "text", "nearest", "times", "asked_at"},
        strict=True,
    )
    table.create_index(["asked_at"])


@STEPS()
def m030_feedback(db: Database) -> None:
    """What a person thinks of a digest: one vote each, the latest."""
    db.table("feedback").create(
        {"team_id": str, "about": str, "user_id": str, "helpful": int, "voted_at": float},
        pk=("team_id", "about", "user_id"),
        not_null={"team_id", "about", "user_id", "helpful", "voted_at"},
        strict=True,
    )


@STEPS()
def m031_arrivals(db: Database) -> None:
    """When each statement of the fact base was first seen, so that digests can tell what is new."""
    db.table("arrivals").create(
        {"team_id": str, "fact": str, "seen_at": float},
        pk=("team_id", "fact"),
        not_null={"team_id", "fact", "seen_at"},
        strict=True,
    )


@STEPS()
def m040_contributions(db: Database) -> None:
    """What a team's curators did: a ledger of events from which everything else about them is derived.

    Rows are only ever added; they go with the team alone.
    """
    table = db.table("contributions")
    table.create(
        {
            "team_id": str, "seq": int, "subject": str, "deed": str, "who": str, "name": str, "at": float,
            "why": str, "body": str,
        },
        pk=("team_id", "seq"),
        not_null={"team_id", "seq", "subject", "deed", "who", "name", "at", "why", "body"},
        strict=True,
    )  # fmt: skip
    db.execute(
        "CREATE TRIGGER contributions_stay BEFORE UPDATE ON contributions"
        " BEGIN SELECT raise(ABORT, 'the ledger of contributions is append-only'); END"
    )
    db.execute(
        "CREATE TRIGGER contributions_keep BEFORE DELETE ON contributions WHEN NOT EXISTS"
        " (SELECT 1 FROM teams WHERE team_id = OLD.team_id AND purge_at IS NOT NULL)"
        " BEGIN SELECT raise(ABORT, 'the ledger of contributions is append-only'); END"
    )


@STEPS()
def m041_askers(db: Database) -> None:
    """Who asked what had no answer, to be told once; they go when told, or with the question."""
    db.table("question_askers").create(
        {"team_id": str, "command": str, "text": str, "user_id": str, "asked_at": float},
        pk=("team_id", "command", "text", "user_id"),
        not_null={"team_id", "command", "text", "user_id", "asked_at"},
        strict=True,
    )


@STEPS()
def m042_out_of_scope(db: Database) -> None:
    """Questions that curators do not want to see again."""
    db.table("question_scope").create(
        {"team_id": str, "command": str, "text": str, "settled_at": float},
        pk=("team_id", "command", "text"),
        not_null={"team_id", "command", "text", "settled_at"},
        strict=True,
    )


@STEPS()
def m043_shown(db: Database) -> None:
    """Which facts an answer showed that a whole channel saw, so that corrections reach its readers."""
    table = db.table("shown")
    table.create(
        {"team_id": str, "channel": str, "thread": str, "fact": str, "shown_at": float},
        pk=("team_id", "channel", "thread", "fact"),
        not_null={"team_id", "channel", "thread", "fact", "shown_at"},
        strict=True,
    )
    table.create_index(["team_id", "fact"])
    table.create_index(["shown_at"])


@STEPS()
def m050_events_in_hand(db: Database) -> None:
    """Who works on an event until when, and where whoever wrote is told if nobody does any more.

    `acknowledged_at` is when Slack was known to have the acknowledgement, `posting_at` when an answer was begun to be
    posted. `channel` and `thread` are where to reply, ""
    where nobody is told. `ending` is how it was answered: "answered", "unknown", "told" or "too old".
    """
    db.execute("ALTER TABLE events ADD COLUMN held_until REAL")
    db.execute("ALTER TABLE events ADD COLUMN acknowledged_at REAL")
    db.execute("ALTER TABLE events ADD COLUMN posting_at REAL")
    for column in ("channel", "thread", "ending"):
        db.execute(f"ALTER TABLE events ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX events_left ON events (held_until) WHERE answered_at IS NULL")


@STEPS()
def m051_requests(db: Database) -> None:
    """Signatures, hashed, of signed requests that changed something, so that a copy changes nothing again."""
    table = db.table("requests")
    table.create(
        {"team_id": str, "signature": str, "claimed_by": str, "seen_at": float},
        pk=("team_id", "signature"),
        not_null={"team_id", "signature", "claimed_by", "seen_at"},
        strict=True,
    )
    table.create_index(["seen_at"])


@STEPS()
def m060_only_the_next_event(db: Database) -> None:
    """Let the ledger take nothing but its next event: REPLACE deletes unseen where recursive_triggers is off, as in a
    shell (sqlite.org/lang_conflict.html).

    A row's number says nothing, but by it REPLACE would find another row; without one named it reads as -1.
    """
    db.execute(
        "CREATE TRIGGER contributions_grow BEFORE INSERT ON contributions WHEN NEW.seq IS NOT"
        " (SELECT coalesce(max(seq), 0) + 1 FROM contributions WHERE team_id = NEW.team_id)"
        " OR EXISTS (SELECT 1 FROM contributions WHERE rowid = NEW.rowid)"
        " BEGIN SELECT raise(ABORT, 'the ledger of contributions is append-only'); END"
    )
    db.execute(
        "CREATE TRIGGER contributions_count AFTER INSERT ON contributions WHEN NEW.rowid < 1"
        " BEGIN SELECT raise(ABORT, 'the ledger of contributions is append-only'); END"
    )


@STEPS()
def m061_identities(db: Database) -> None:
    """Who the bot is, by the hash of its token, so that it answers before Slack has said it again."""
    db.table("identities").create(
        {"team_id": str, "token_hash": str, "user_id": str, "bot_id": str, "enterprise_id": str},
        pk="team_id",
        not_null={"team_id", "token_hash", "user_id", "bot_id", "enterprise_id"},
        strict=True,
    )


@STEPS()
def m070_threads(db: Database) -> None:
    """The last question of a conversation, with the page that was shown of its answer; and how the threads of a channel
    are read: "questions" or "mention".
    """
    db.execute("ALTER TABLE conversations ADD COLUMN question TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE conversations ADD COLUMN page INTEGER NOT NULL DEFAULT 1")
    db.table("thread_modes").create(
        {"team_id": str, "channel": str, "mode": str},
        pk=("team_id", "channel"),
        not_null={"team_id", "channel", "mode"},
        strict=True,
    )


@STEPS()
def m080_cards(db: Database) -> None:
    """Where the cards of each proposal stand, so that they say what became of it."""
    db.table("cards").create(
        {"team_id": str, "proposal": int, "channel": str, "ts": str, "posted_at": float},
        pk=("team_id", "proposal", "channel", "ts"),
        not_null={"team_id", "proposal", "channel", "ts", "posted_at"},
        strict=True,
    )


@STEPS()
def m081_cards_behind(db: Database) -> None:
    """For whom a card is, "" for everyone in a channel, and the version of the proposal that it shows, 0 for unknown: so
    that one that was left behind is found.
    """
    db.execute("ALTER TABLE cards ADD COLUMN reader TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE cards ADD COLUMN shown INTEGER NOT NULL DEFAULT 0")


@STEPS()
def m090_digest_changes(db: Database) -> None:
    """What was done to each digest, by whom and when, in words."""
    db.table("digest_changes").create(
        {"team_id": str, "subscription": str, "seq": int, "at": float, "who": str, "what": str},
        pk=("team_id", "subscription", "seq"),
        not_null={"team_id", "subscription", "seq", "at", "who", "what"},
        strict=True,
    )
