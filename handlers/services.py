"""What a handler has at hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from handlers import without_state
from handlers.listed_once import ListedOnce
from handlers.ports import (
    Channels,
    Contributions,
    Deliveries,
    Exposures,
    Feedback,
    FirstSeen,
    ListedDigests,
    Notifier,
    Passages,
    People,
    Subscriptions,
    TeamBases,
    ThreadModes,
    UnansweredQuestions,
)
from handlers.request import Request
from handlers.verdict.answerability import RULES, Rule
from handlers.without_state import Missing
from knowledge.base import FactBase

Needed = Literal["subscriptions", "contributions"]
"""A service that a command may be unable to do without."""


@dataclass(frozen=True, slots=True)
class Services:
    """The fact base, and the ports that commands read and write through; nobody asks whether one is there.

    What is not given holds nothing, or raises MissingServiceError when it is used. `base` is that of one team, as
    it was when the request came in, once `for_request` or `with_base_of` made it so.
    """

    base: FactBase
    subscriptions: Subscriptions = without_state.NO_SUBSCRIPTIONS
    deliveries: Deliveries = field(default_factory=without_state.NoDeliveries)
    channels: Channels = field(default_factory=without_state.AnyChannel)
    people: People = field(default_factory=without_state.TrustedPeople)
    feedback: Feedback = field(default_factory=without_state.NoFeedback)
    first_seen: FirstSeen = field(default_factory=without_state.NeverSeen)
    questions: UnansweredQuestions = field(default_factory=without_state.NoQuestions)
    passages: Passages = field(default_factory=without_state.NoPassages)
    contributions: Contributions = without_state.NO_CONTRIBUTIONS
    team_bases: TeamBases = without_state.SAME_FOR_ALL
    exposures: Exposures = field(default_factory=without_state.NoExposures)
    threads: ThreadModes = field(default_factory=without_state.MentionsAlone)
    notifier: Notifier = field(default_factory=without_state.NoNotifier)
    # Where proposals are shown for review; "" for the curators' direct messages.
    review_channel: str = ""
    # What is kept of people, a sentence each, for whoever asks for help; () where nothing is.
    privacy: tuple[str, ...] = ()
    # Whether a text that was kept asks for something; whoever wires the parts gives what `reply` keeps by.
    asks: Callable[[Services, Request], bool] = without_state.anything
    # What decides whether a fact, or an excerpt of a document, answers a question.
    rules: tuple[Rule, ...] = RULES
    # Of which digests there are while a text is read; None where something is done, and they are as they are then.
    noticed: ListedDigests | None = None

    def __post_init__(self) -> None:
        if self.team_bases is without_state.SAME_FOR_ALL:
            object.__setattr__(self, "team_bases", without_state.OneBase(self.base))

    def holds(self, name: Needed) -> bool:
        """Say whether the service of that name is here."""
        return not isinstance(getattr(self, name), Missing)

    def require(self, name: Needed) -> None:
        """MissingServiceError unless the service of that name is here."""
        service: object = getattr(self, name)
        if isinstance(service, Missing):
            service.refuse()

    @property
    def digests(self) -> ListedDigests:
        """Return by what the digests are listed that a text may mean."""
        return self.noticed or self.subscriptions

    def while_reading(self) -> Services:
        """Return the services with which what one text wants is told: the digests that there are are read once for it."""
        return replace(self, noticed=ListedOnce(self.subscriptions))

    def with_base_of(self, team: str) -> Services:
        """Return these services with the base as `team` sees it now: after a change it is another one."""
        return replace(self, base=self.team_bases.of(team))

    def for_request(self, team: str) -> Services:
        """Return the services for one request of `team`: its base as of now, and people of whom Slack is asked once."""
        return replace(self, base=self.team_bases.of(team), people=self.people.for_request())
