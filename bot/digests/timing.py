"""How long things take and wait in delivering, in one table. docs/digests.md says what follows from each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class DeliveryTiming:
    """`window`: how late a slot may still be posted. `late_after`: from when on it is called late.

    `fence`: how long after its claim a message may still be sent; a process held up for longer gives up.
    `settle_after`: how long after its claim a message that is not in the channel is surely not there: fence,
    the call's deadline and the time until Slack shows a message. `lease`: how long a claim may be in hand;
    above fence and deadline. `look_first`: when an unknown outcome is first looked for. `give_up`: how long.
    `back_off`: after a failure of which Slack does not say how long it lasts. `posts_per_second`: for the whole workspace; Slack's cap is not stated.
    """

    window: timedelta = timedelta(hours=12)
    late_after: timedelta = timedelta(minutes=5)
    fence: timedelta = timedelta(seconds=15)
    lease: timedelta = timedelta(seconds=60)
    settle_after: timedelta = timedelta(seconds=90)
    look_first: timedelta = timedelta(seconds=2)
    give_up: timedelta = timedelta(hours=24)
    back_off: timedelta = timedelta(seconds=30)
    posts_per_second: float = 10.0
    workers: int = 4

    def __post_init__(self) -> None:
        assert self.fence < self.lease <= self.settle_after
