"""What a handler has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.answerability import RULES, Rule
from handlers.ports import (
    Channels,
    Contributions,
    Deliveries,
    Exposures,
    Feedback,
    FirstSeen,
    Notifier,
    Passages,
    People,
    Subscriptions,
    TeamBases,
    UnansweredQuestions,
)
from knowledge.base import FactBase


@dataclass(frozen=True, slots=True)
class Services:
    """The fact base, and the ports that commands write through; None where the bot has no state at hand,
    as on the command line."""

    base: FactBase
    subscriptions: Subscriptions | None = None
    deliveries: Deliveries | None = None
    channels: Channels | None = None
    people: People | None = None
    feedback: Feedback | None = None
    first_seen: FirstSeen | None = None
    questions: UnansweredQuestions | None = None
    passages: Passages | None = None
    contributions: Contributions | None = None
    views: TeamBases | None = None
    exposures: Exposures | None = None
    notifier: Notifier | None = None
    # Where proposals are shown for review; "" for the curators' direct messages.
    review_channel: str = ""
    # What is kept of people, a sentence each, for whoever asks for help; () where nothing is.
    privacy: tuple[str, ...] = ()
    # What decides whether a fact answers a question.
    rules: tuple[Rule, ...] = RULES
