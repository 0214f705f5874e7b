"""What a handler has at hand."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.ports import Channels, Deliveries, Subscriptions
from knowledge.base import FactBase


@dataclass(frozen=True, slots=True)
class Desk:
    """The fact base, and the ports that commands write through; None where the bot has no state at hand,
    as on the command line."""

    base: FactBase
    subscriptions: Subscriptions | None = None
    deliveries: Deliveries | None = None
    channels: Channels | None = None
