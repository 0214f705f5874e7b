"""What stands for a service where the bot has none, as on the command line: it holds nothing, or says where it is.

What is used in passing is taken and forgotten. What a command is for raises MissingServiceError when it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NoReturn

from handlers.answer import Answer, CardOf
from handlers.contribution import CurationState
from handlers.ports import (
    Contributions,
    Exposure,
    People,
    Subscriptions,
    TeamBases,
    ThreadMode,
    UnansweredQuestion,
    Votes,
)
from handlers.say import say
from handlers.subscription import Delivery, Reliability
from knowledge.base import FactBase
from knowledge.documents.passage import Passage

DIGESTS_ELSEWHERE: Final = say("Digests are set up in Slack; from here they can only be previewed.")
CURATION_ELSEWHERE: Final = say("Facts are added and reviewed in Slack.")
THREADS_ELSEWHERE: Final = say("How replies in threads are read is set in a channel of Slack.")


class MissingServiceError(Exception):
    """A service was used that the bot does not have here; its text says to the person where it is to be had."""

    def __init__(self, elsewhere: str) -> None:
        super().__init__(elsewhere)
        self.elsewhere = elsewhere


class Missing:
    """Stands for a service that commands cannot do without: whatever is asked of it, MissingServiceError is raised."""

    def __init__(self, elsewhere: str) -> None:
        self._elsewhere = elsewhere

    def refuse(self) -> NoReturn:
        """Raise MissingServiceError."""
        raise MissingServiceError(self._elsewhere)

    # Reached by what a port has and this has not: everything.
    def __getattr__(self, name: str) -> NoReturn:
        self.refuse()


def _missing(elsewhere: str) -> Any:
    """Return what stands for any service; a port's methods are all found missing only when they are used."""
    return Missing(elsewhere)


NO_SUBSCRIPTIONS: Final[Subscriptions] = _missing(DIGESTS_ELSEWHERE)
NO_CONTRIBUTIONS: Final[Contributions] = _missing(CURATION_ELSEWHERE)
# Given no bases of teams, services have one that is the same for all.
SAME_FOR_ALL: Final[TeamBases] = _missing(say("Teams have no base of their own here."))


class NoDeliveries:
    """Deliveries where nothing is posted."""

    def history(self, team: str, subscription: str, limit: int = 20) -> tuple[Delivery, ...]:
        """Return ()."""
        return ()

    def reliability(
        self, team: str, subscriptions: tuple[str, ...], since: datetime | None = None
    ) -> Reliability:
        """Return that no slot was due."""
        return Reliability()

    def posted_facts(self, team: str, subscription: str) -> tuple[str, ...]:
        """Return ()."""
        return ()

    def is_stopped(self, team: str) -> bool:
        """Return False: no token is asked for."""
        return False


class AnyChannel:
    """Channels where nobody can say that the bot could not post."""

    def trouble(self, team: str, channel: str) -> Literal["", "absent", "unreadable", "unreachable"]:
        """Return ""."""
        return ""

    def direct(self, team: str, user: str) -> str:
        """Return ""."""
        return ""


class TrustedPeople:
    """People where there is no Slack: whoever uses the bot there knows whom they let in, and nobody is an admin."""

    def is_admin(self, team: str, user: str) -> bool | None:
        """Return False."""
        return False

    def admins(self, team: str) -> tuple[str, ...]:
        """Return ()."""
        return ()

    def is_member(self, team: str, user: str) -> bool | None:
        """Return True."""
        return True

    def zone(self, team: str, user: str) -> str:
        """Return ""."""
        return ""

    def name(self, team: str, user: str) -> str:
        """Return the id."""
        return user

    def for_request(self) -> People:
        """Return these."""
        return self

    def at_once(self, users: Sequence[str]) -> People:
        """Return these."""
        return self


class NoFeedback:
    """Feedback that nobody keeps."""

    def vote(self, team: str, user: str, about: str, helpful: bool, now: datetime) -> None:
        """Keep nothing."""

    def votes(self, team: str, about: str) -> Votes:
        """Return that there are none."""
        return Votes()


class NeverSeen:
    """FirstSeen that remembers nothing."""

    def note(self, team: str, keys: Iterable[str], now: datetime) -> None:
        """Record nothing."""

    def first_seen(self, team: str) -> Mapping[str, datetime]:
        """Return {}."""
        return {}


class NoQuestions:
    """UnansweredQuestions that keeps none."""

    def keep(
        self, team: str, command: str, text: str, nearest: tuple[str, ...], now: datetime, user: str = ""
    ) -> None:
        """Record nothing."""

    def settle(
        self, team: str, questions: Iterable[tuple[str, str]], now: datetime, *, out_of_scope: bool = False
    ) -> tuple[str, ...]:
        """Return ()."""
        return ()

    def bring_back(self, team: str, at: float) -> int:
        """Return 0."""
        return 0

    def unanswered(self, team: str, now: datetime) -> tuple[UnansweredQuestion, ...]:
        """Return ()."""
        return ()


class NoPassages:
    """Passages where no documents are at hand."""

    def at_hand(self) -> bool:
        """Return False."""
        return False

    def holds(self, document: str) -> bool:
        """Return False."""
        return False

    def find(self, document: str, number: int, sha256: str) -> Passage | None:
        """Return None."""
        return None

    def matching(
        self, terms: Iterable[str], *, only_added: bool = False, limit: int = 60
    ) -> tuple[Passage, ...]:
        """Return ()."""
        return ()


class NoExposures:
    """Exposures that remembers nothing."""

    def note(self, team: str, channel: str, thread: str, facts: Iterable[str], now: datetime) -> None:
        """Record nothing."""

    def of_fact(self, team: str, fact: str, since: datetime) -> tuple[Exposure, ...]:
        """Return ()."""
        return ()


class NoNotifier:
    """Notifier where nobody is to be reached."""

    def notify(self, team: str, to: str, said: Answer, thread: str = "") -> None:
        """Show nothing."""

    def note_card(self, team: str, channel: str, ts: str, said: Answer, reader: str) -> None:
        """Record nothing."""

    def card_at(self, team: str, channel: str, ts: str) -> CardOf | None:
        """Return None."""
        return None

    def renew(self, team: str, proposal: int = 0) -> None:
        """Change nothing: nothing was shown."""


class MentionsAlone:
    """ThreadModes where there are no threads."""

    def mode(self, team: str, channel: str) -> ThreadMode:
        """Return "mention"."""
        return "mention"

    def set_mode(self, team: str, channel: str, mode: ThreadMode) -> None:
        """Raise MissingServiceError."""
        raise MissingServiceError(THREADS_ELSEWHERE)


class OneBase:
    """TeamBases where no team has facts of its own."""

    def __init__(self, base: FactBase) -> None:
        self._base = base

    def of(self, team: str) -> FactBase:
        """Return the same base for every team."""
        return self._base

    def is_whole(self, team: str) -> bool:
        """Return True: there is nothing to add."""
        return True

    def curation(self, team: str) -> CurationState:
        """Return that nothing was proposed and nobody appointed."""
        return CurationState()


def anything(services: object, request: object) -> bool:
    """Return True: whatever was kept asks for something."""
    return True
