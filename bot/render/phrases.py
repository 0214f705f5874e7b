"""The words around facts, the same in Block Kit and in plain text.

Nothing here escapes or formats; it only says what a reader is told beside a statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from bot.render.truncate import clip, one_line
from handlers.answer import Answer, FigureRow
from handlers.request import DIGEST
from handlers.say import say, say_many
from knowledge import citing
from knowledge.model import Citation, Fact
from knowledge.text.normalize import CHINESE

NEAREST: Final = say("Related")
CAVEAT: Final = say("⚠ Caveat:")

FIGURES: Final = say("Figures side by side")
FIGURES_HEAD: Final = (say("Place"), say("Figure"), say("Value"), say("Year"), say("Source"))

OPENERS: Final = {
    "sources": say("Sources"),
    "details": say("Details"),
    "cite": say("Copy with citation"),
    "passage": say("Show passage"),
    "map": say("Map"),
}
CLOSERS: Final = {
    "sources": say("Hide sources"),
    "details": say("Hide details"),
    "cite": say("Hide citation"),
    "passage": say("Hide passage"),
    "map": say("Hide map"),
}
# By what is thought, and whether there is one fact alone of which it may be.
VOTES: Final = {
    ("helpful", True): say("Helpful"),
    ("unhelpful", True): say("Not helpful"),
    ("helpful", False): say("First fact helpful"),
    ("unhelpful", False): say("First fact not helpful"),
}
VOTED: Final = {
    ("helpful", True): say("Helpful ✓"),
    ("unhelpful", True): say("Not helpful ✓"),
    ("helpful", False): say("First fact helpful ✓"),
    ("unhelpful", False): say("First fact not helpful ✓"),
}
SHARE: Final = say("Share to channel")
BACK: Final = say("Back")
MORE: Final = say("More")

# How much is shown of each part, in code points; Slack's own limits are wider (bot.render.limits).
HEADLINE: Final = 600
NOTE: Final = 400
NOTES: Final = 3
LABEL: Final = 75
HEADING: Final = 150
TITLE: Final = 150
VALUE: Final = 200
ENTRY: Final = 300
CHOICES: Final = 12
STATEMENT: Final = 600
CAVEAT_TEXT: Final = 400
SOURCE_TEXT: Final = 400
CITATIONS: Final = 300


def citations(cited: Iterable[Citation]) -> str:
    """Return the citations of one fact, or of several, as readers see them: each once, and none without its paragraph."""
    return citing.cited(cited, CITATIONS)


def stance_text(fact: Fact) -> str:
    """Return how the source holds the statement, and who said it where that is known."""
    return f"{fact.stance} by {clip(one_line(fact.speaker), 80)}" if fact.speaker else str(fact.stance)


def team_own(fact: Fact) -> str:
    """Return who of the team stands behind a fact of its own; "" for one of the seeds."""
    who = fact.contributed
    if who is None:
        return ""
    proposer, approver = clip(one_line(who.proposer), 60), clip(one_line(who.approver), 60)
    if who.verified != who.approved:
        return say(
            "The team’s own: proposed by {proposer}, approved by {approver} on {approved}, verified {verified}.",
            proposer=proposer,
            approver=approver,
            approved=who.approved,
            verified=who.verified,
        )
    return say(
        "The team’s own: proposed by {proposer}, approved by {approver} on {approved}.",
        proposer=proposer,
        approver=approver,
        approved=who.approved,
    )


def caveat_text(fact: Fact) -> str:
    """Return the curator's warning without its sign and heading; "" where there is none."""
    return clip(one_line(fact.caveat), CAVEAT_TEXT)


def figure_text(row: FigureRow) -> str:
    """Return a figure in one line of plain words."""
    return f"{row.place}: {row.value}, {row.of} ({row.year}; {row.citation}){row.marks}"


def moment(at: datetime) -> str:
    """Return when something happened, where the reader's own time zone is not known."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def headed(title: str) -> str:
    """Return a heading with its colon, which is as wide as Chinese is where the heading is all in Chinese."""
    is_chinese = CHINESE.search(title) and not any(char.isascii() and char.isalpha() for char in title)
    return f"{title}：" if is_chinese else f"{title}:"


def choices_heading(answer: Answer) -> str:
    """Return the words above the choices, by what they are choices of; "" where the headline has asked which name is meant."""
    if answer.outcome == "suggestion" and answer.headline.rstrip().endswith(("?", "？")):
        return ""
    headings = {"ambiguous": say("Which one is meant?"), "suggestion": say("Did you mean:")}
    # What can be done with a digest is nothing to ask.
    does_more = any(choice.effect != "reads" or choice.command == DIGEST for choice in answer.choices)
    return headings.get(answer.outcome, say("What next?") if does_more else say("You can ask:"))


def left_out(facts: int, entries: int, passages: int = 0) -> tuple[str, ...]:
    """Return what was left out, a phrase for each sort of thing: "… and 2 more facts"; none when nothing was."""
    left = []
    if facts:
        left.append(say_many("… and {count} more fact", "… and {count} more facts", facts))
    if passages:
        left.append(say_many("… and {count} more passage", "… and {count} more passages", passages))
    if entries:
        left.append(say_many("… and {count} more line", "… and {count} more lines", entries))
    return tuple(left)


def paging(answer: Answer) -> str:
    """Return "Page 1 of 3 · 12 facts in all"; "" for an answer of one page."""
    if answer.pages <= 1:
        return ""
    where = {"page": answer.page, "pages": answer.pages}
    if not answer.total:
        return say("Page {page} of {pages}", **where)
    if not answer.lines:
        return say("Page {page} of {pages} · {count} in all", count=answer.total, **where)
    return say_many(
        "Page {page} of {pages} · {count} fact in all",
        "Page {page} of {pages} · {count} facts in all",
        answer.total,
        **where,
    )
