"""What handlers may use beyond the fact base. `bot` implements it; tests fill in hand-made ones.

Every method takes the team first and sees no other team's rows. `now` is aware.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol

from handlers.answer import Answer, CardOf
from handlers.contribution import CurationEvent, CurationState
from handlers.subscription import (
    Change,
    Conflict,
    Delivery,
    EndedDigest,
    Note,
    Reliability,
    Subscription,
    UnreadableDigest,
)
from knowledge.base import FactBase
from knowledge.documents.passage import Passage


class UnreadableError(Exception):
    """What is kept cannot be read just now; it may be in a moment."""


class ListedDigests(Protocol):
    """The digests that there are."""

    def listed(
        self, team: str, *, channel: str = "", owner: str = "", promptly: bool = False
    ) -> tuple[Subscription, ...]:
        """Return the team's subscriptions, those of a channel, of an owner, or of both; oldest first.

        `promptly` waits for no other program. UnreadableError while they cannot be read.
        """
        ...


class Subscriptions(ListedDigests, Protocol):
    """The digests that channels are promised. A change that finds no such subscription returns None; one that is made is
    kept with its `note`, if there is one.
    """

    def add(self, new: Subscription, now: datetime) -> Subscription:
        """Keep a new subscription (its id and version are ignored) and return it as kept; its first slot is
        the next one after `now`."""
        ...

    def edit(self, changed: Subscription, now: datetime, note: Note | None = None) -> Subscription | Conflict:
        """Put `changed` in place of the version it was made from (`changed.version`) and return it, with the next slot
        after `now` as the first; Conflict, with nothing changed, where another version stands by now.
        """
        ...

    def get(self, team: str, subscription: str) -> Subscription | None:
        """Return the subscription of that id, None where there is none, it was removed or cannot be read."""
        ...

    def ended(
        self, team: str, *, channel: str = "", owner: str = "", digest: str = ""
    ) -> tuple[EndedDigest, ...]:
        """Return those of the same that were ended, or the one of that id; the newest end first."""
        ...

    def unreadable(self, team: str, *, channel: str = "", owner: str = "") -> tuple[UnreadableDigest, ...]:
        """Return those of the same that cannot be read: nothing is posted for them."""
        ...

    def pause(
        self,
        team: str,
        subscription: str,
        now: datetime,
        *,
        until: date | None = None,
        reason: str = "asked",
        note: Note | None = None,
    ) -> Subscription | None:
        """Post nothing until it is resumed or, with `until`, before that local date.

        Return it as it stands then, None where there is none.
        """
        ...

    def resume(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """End a pause of either sort; the first slot is the next one after `now`.

        Return it as it stands then, None where there is none.
        """
        ...

    def skip(self, team: str, subscription: str, now: datetime) -> datetime | None:
        """Leave out the next slot to be posted and return it (UTC), one that waits for the end of quiet hours among them;
        None where none is to come."""
        ...

    def unskip(
        self, team: str, subscription: str, now: datetime, only: Sequence[date] = ()
    ) -> tuple[datetime, ...]:
        """Have the slots to come that were left out by `skip` come after all, of those of the local days in `only` if there are any;
        return them (UTC), earliest first.
        """
        ...

    def start_over(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """Have a new round of its facts begin, whatever was shown before `now`.

        Return it as it stands then, None where there is none.
        """
        ...

    def remove(self, team: str, subscription: str, now: datetime, note: Note | None = None) -> bool:
        """End it, whether it can be read or not; its delivery record stays. Say whether there was one."""
        ...

    def revive(
        self, team: str, subscription: str, now: datetime, note: Note | None = None
    ) -> Subscription | None:
        """Have one that was ended run again as what it was: its number, owner, channel and record; the first slot is the next
        one after `now`.

        Return it as it stands then, None where none of that id was ended.
        """
        ...

    def changes(self, team: str, subscription: str, limit: int = 20) -> tuple[Change, ...]:
        """Return what was done to one, ended or not, the newest first."""
        ...


class Deliveries(Protocol):
    """What became of every slot."""

    def history(self, team: str, subscription: str, limit: int = 20) -> tuple[Delivery, ...]:
        """Return the newest deliveries, newest first, the planned one among them."""
        ...

    def reliability(
        self, team: str, subscriptions: tuple[str, ...], since: datetime | None = None
    ) -> Reliability:
        """Return how the slots (from `since` on) of these subscriptions ended."""
        ...

    def posted_facts(self, team: str, subscription: str) -> tuple[str, ...]:
        """Return what its digests showed, as compose named the facts, oldest first, repeats included; `selection.AGAIN`
        stands where it was to start over.

        Digests whose outcome is unknown count: nobody can say that they were not read."""
        ...

    def is_stopped(self, team: str) -> bool:
        """Say whether nothing is posted for the team, since Slack does not take the bot's token."""
        ...


class Channels(Protocol):
    """Whether the bot can do its work in a channel; asks Slack, one call."""

    def trouble(self, team: str, channel: str) -> Literal["", "absent", "unreadable", "unreachable"]:
        """Return "" where the bot is a member and may read back; "absent" where it must be invited first,
        "unreadable" where a scope is missing, "unreachable" where Slack did not say."""
        ...

    def direct(self, team: str, user: str) -> str:
        """Return the channel of the person's direct messages with the bot, "" where Slack did not say."""
        ...


class FirstSeen(Protocol):
    """When this team's bot first saw each fact, by the key of `digests.selection.fact_key`."""

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record those of `keys` that were not there before as seen at `now`."""
        ...

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return when each key was first seen."""
        ...


class Notifier(Protocol):
    """Sends after the answer is out; what cannot be sent is logged and nobody is kept waiting. Of people only
    members of the workspace hear anything."""

    def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show `said` to a person or a channel (ids of Slack's), in `thread` if there is one.

        The card of a proposal is found again by `renew`.
        """
        ...

    def note_card(self, team: str, channel: str, ts: str, said: Answer, reader: str) -> None:
        """Record that `said` stands there for that one person: where it is the card of a proposal, `renew` finds it."""
        ...

    def card_at(self, team: str, channel: str, ts: str) -> CardOf | None:
        """Return the proposal, and the version of it, whose card stands there; None where there is none."""
        ...

    def renew(self, team: str, proposal: int = 0) -> None:
        """Have every card of that proposal, or of any with 0, say how it stands by now; those that do are left alone."""
        ...


@dataclass(frozen=True, slots=True)
class Votes:
    """How many readers found something helpful, and how many did not."""

    helpful: int = 0
    unhelpful: int = 0


class Feedback(Protocol):
    """One vote of each person on each thing; a later one replaces the earlier."""

    def vote(self, team: str, user: str, about: str, helpful: bool, now: datetime) -> None:
        """Keep what `user` thinks of `about` ("digest:<subscription>:<slot>")."""
        ...

    def votes(self, team: str, about: str) -> Votes:
        """Return the votes on everything whose name begins with `about`."""
        ...


class Passages(Protocol):
    """The paragraphs of the documents that a team has. Their words are shown, never stored or exported."""

    def at_hand(self) -> bool:
        """Say whether there is anything to show."""
        ...

    def holds(self, document: str) -> bool:
        """Say whether the document of that slug is among those at hand."""
        ...

    def find(self, document: str, number: int, sha256: str) -> Passage | None:
        """Return the paragraph with that hash, with its neighbours, wherever in the document it stands now;
        None when the document does not print it."""
        ...

    def matching(
        self, terms: Iterable[str], *, only_added: bool = False, limit: int = 60
    ) -> tuple[Passage, ...]:
        """Return paragraphs that hold any of `terms`, best first; `only_added` leaves out the documents that
        facts stand on."""
        ...


ThreadMode = Literal["mention", "questions"]
"""What of the replies in a thread where the bot has answered it takes: those that mention it, or all that ask it something."""


class ThreadModes(Protocol):
    """How replies in the threads of a channel are read."""

    def mode(self, team: str, channel: str) -> ThreadMode:
        """Return how threads are read there: "mention" unless it was set otherwise."""
        ...

    def set_mode(self, team: str, channel: str, mode: ThreadMode) -> None:
        """Have threads read so from now on."""
        ...


class People(Protocol):
    """People as Slack knows them; asks Slack, one call each."""

    def is_admin(self, team: str, user: str) -> bool | None:
        """Say whether the person belongs to the workspace and administers it now; None, which is no right, where
        Slack did not say.
        """
        ...

    def admins(self, team: str) -> tuple[str, ...]:
        """Return the names of the workspace's admins, () where Slack did not say."""
        ...

    def is_member(self, team: str, user: str) -> bool | None:
        """Say whether the person belongs to the workspace now, bots do not; None where Slack did not say."""
        ...

    def zone(self, team: str, user: str) -> str:
        """Return the IANA name of the person's own time zone, "" where Slack did not say."""
        ...

    def name(self, team: str, user: str) -> str:
        """Return how Slack shows the person, their id where Slack did not say."""
        ...

    def for_request(self) -> People:
        """Return the same people for one request, of each of whom Slack is asked once."""
        ...

    def at_once(self, users: Sequence[str]) -> People:
        """Return the same people for one request, of whom Slack was asked of all `users` side by side: within two seconds,
        and what it has not said by then it does not say.
        """
        ...


@dataclass(frozen=True, slots=True)
class UnansweredQuestion:
    """A question without an answer: what was asked, when, how often, and the ids of the facts nearest to it."""

    command: str
    text: str
    last_asked: datetime
    times: int
    nearest: tuple[str, ...] = ()


class UnansweredQuestions(Protocol):
    """The questions of a team that had no answer. Who asked is kept only to tell them once, and no list
    shows it.
    """

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        """Record that `user` asked this and got no answer; never in the way of the answer that says so."""
        ...

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """Take these (command, text) off the list and return who asked them: each is returned once, ever.

        What is `out_of_scope` is not listed again when it is asked again, and nobody is returned; `bring_back` lists it.
        """
        ...

    def bring_back(self, team: str, at: float) -> int:
        """List again what was called out of scope at that moment, in Unix seconds to the millisecond; return how many."""
        ...

    def unanswered(self, team: str, now: datetime) -> tuple[UnansweredQuestion, ...]:
        """Return what is still kept, the most asked first."""
        ...


@dataclass(frozen=True, slots=True)
class Exposure:
    """A channel that saw a fact, when last, and the thread it stood in ("" where none is known)."""

    channel: str
    thread: str
    at: datetime


class Exposures(Protocol):
    """What was posted for a channel to see: shared answers, answers to mentions, digests."""

    def note(self, team: str, channel: str, thread: str, facts: Iterable[str], now: datetime) -> None:
        """Record that these facts were shown there."""
        ...

    def of_fact(self, team: str, fact: str, since: datetime) -> tuple[Exposure, ...]:
        """Return where that fact was shown since then: one a channel, the newest."""
        ...


class TeamBases(Protocol):
    """As of now in every process; what was approved a moment ago is in. While that cannot be read, as it was last."""

    def of(self, team: str) -> FactBase:
        """Return the base as the team sees it."""
        ...

    def is_whole(self, team: str) -> bool:
        """Say whether what the team added and took away is in the base that it was given last."""
        ...

    def curation(self, team: str) -> CurationState:
        """Return what stands of the team's contributions; UnreadableError while that cannot be read."""
        ...


class Contributions(Protocol):
    """Append-only; every method takes the team first and sees no other team's rows."""

    def revision(self, team: str) -> int:
        """Return the number of the newest event, 0 where there is none; cheap."""
        ...

    def events(self, team: str) -> tuple[CurationEvent, ...]:
        """Return every event, oldest first."""
        ...

    def record(self, team: str, decide: Decide) -> CurationEvent | str:
        """Show every event there is to `decide`, and keep the event it returns (its seq is given here) before
        anybody else can add one; or keep nothing and return the sentence it refuses with."""
        ...


Decide = Callable[[tuple[CurationEvent, ...]], CurationEvent | str]
