"""What is sent to Slack for a delivery: text, blocks, and what goes into the thread below it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from handlers.subscription import WhenEmpty

Block = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Content:
    """One message: `text` is the fallback, escaped; `blocks` are within Slack's limits.

    `thread` are the blocks of one reply below it, () for none.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    thread: tuple[Block, ...] = ()

    def to_json(self) -> str:
        """Return it as it is kept beside its claim, so that a second try says the same."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, kept: str) -> Content:
        """Return what `to_json` wrote."""
        read = json.loads(kept)
        return cls(read["text"], tuple(read["blocks"]), tuple(read["thread"]))


@dataclass(frozen=True, slots=True)
class Digest:
    """What composing gives. `fact_ids` are kept with the delivery and given back to the next composing;
    an empty tuple says that there was nothing new, and that it was said before."""

    text: str
    blocks: tuple[Block, ...]
    thread_blocks: tuple[Block, ...] = ()
    fact_ids: tuple[str, ...] = ()

    def is_silent(self, when_empty: WhenEmpty) -> bool:
        """Say whether nothing is posted: it has nothing to say that was not said."""
        return not self.fact_ids and when_empty != "tell"

    @property
    def content(self) -> Content:
        """Return what is sent."""
        return Content(self.text, self.blocks, self.thread_blocks)
