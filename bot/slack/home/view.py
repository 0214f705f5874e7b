"""The Home tab: what the bot does, a box to ask it, what it holds and where it is thin, and how to ask elsewhere.

What one asked here stands in the tab itself; of that the bot keeps what had no answer, as its last part says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.render import blockkit, limits
from bot.render.blockkit import Block
from bot.slack.home.ask_box import NOTHING_ASKED, Recent, ask_box
from bot.slack.home.coverage import coverage
from handlers.command import Command
from handlers.say import Said, say, say_many
from knowledge.base import FactBase

WHAT: Final = say(
    "I answer questions about the Yangtze River Delta's cities, pairings and cooperation mechanisms from a"
    " curated fact base. Every line I state shows its source, down to the paragraph, and the source's date."
    " What the base does not hold, I say so."
)
ELSEWHERE: Final = say(
    "You can also write to me in Messages, mention me in a channel or a thread, or use the shortcut"
    " “Look up in YRD Desk” on a message. “help” lists everything."
)
_EXAMPLES: Final = 2


def home_view(
    commands: tuple[Command, ...],
    base: FactBase,
    digests: Sequence[Block] = (),
    recent: Recent = NOTHING_ASKED,
    privacy: Sequence[str] = (),
) -> dict[str, Any]:
    """Return the view of the Home tab, within Slack's limits for views; `digests` are those of its reader,
    `privacy` says what is kept.
    """
    blocks: list[Block] = [
        blockkit.header(say("YRD Desk")),
        blockkit.rich_text(blockkit.text_element(WHAT)),
        *ask_box(recent),
        *digests,
        blockkit.header(say("What I hold")),
        blockkit.context(counts(base)),
        *coverage(base),
        blockkit.header(say("How to ask")),
        blockkit.bullets([_how(command) for command in commands] or [say("Write to me, or mention me.")]),
        blockkit.rich_text(blockkit.text_element(ELSEWHERE)),
        *([blockkit.header(say("What I keep")), blockkit.bullets(list(privacy))] if privacy else []),
    ]
    return {"type": "home", "blocks": blocks[: limits.BLOCKS_IN_VIEW], "private_metadata": recent.encode()}


def notice(text: str) -> dict[str, Any]:
    """Return a Home tab that says one sentence and shows nothing else."""
    return {"type": "home", "blocks": [blockkit.rich_text(blockkit.text_element(text))]}


def counts(base: FactBase) -> Said:
    """Return "412 facts from 5 documents · 87 places · ..." with the counts of `base`."""
    seeds = base.seeds
    return say(
        "{facts} from {documents} · {places} · {pairings} · {mechanisms} · {topics}",
        facts=say_many("{count} fact", "{count} facts", len(seeds.facts)),
        documents=say_many("{count} document", "{count} documents", len(base.documents)),
        places=say_many("{count} place", "{count} places", len(seeds.places)),
        pairings=say_many("{count} pairing", "{count} pairings", len(seeds.pairings)),
        mechanisms=say_many("{count} mechanism", "{count} mechanisms", len(seeds.mechanisms)),
        topics=say_many("{count} topic", "{count} topics", len(seeds.topics)),
    )


def _how(command: Command) -> Said:
    examples = [example.text for example in command.examples if example.text and example.outcome == "answer"]
    shown = " · ".join(f"{command.name} {text}" for text in examples[:_EXAMPLES])
    if not shown:
        return say("{command}: {summary}", command=command.name, summary=command.summary)
    return say(
        "{command}: {summary}. For example: {examples}",
        command=command.name,
        summary=command.summary,
        examples=shown,
    )
