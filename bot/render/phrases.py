"""The words around facts, the same in Block Kit and in plain text.

Nothing here escapes or formats; it only says what a reader is told beside a statement.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bot.render.truncate import clip, one_line
from handlers.answer import Answer, FigureRow
from handlers.plural import plural
from knowledge import citing
from knowledge.model import Citation, Fact

NEAREST: Final = "Related"
CAVEAT: Final = "⚠ Caveat:"

FIGURES: Final = "Figures side by side"
FIGURES_HEAD: Final = ("Place", "Figure", "Value", "Year", "Source")

OPENERS: Final = {
    "sources": "Sources",
    "details": "Details",
    "cite": "Copy with citation",
    "passage": "Show passage",
}
CLOSERS: Final = {
    "sources": "Hide sources",
    "details": "Hide details",
    "cite": "Hide citation",
    "passage": "Hide passage",
}
VOTES: Final = {"helpful": "First fact helpful", "unhelpful": "First fact not helpful"}
VOTED: Final = " ✓"

# How much is shown of each part, in code points; Slack's own limits are wider (bot.render.limits).
HEADLINE: Final = 400
NOTE: Final = 400
NOTES: Final = 3
LABEL: Final = 75
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


def citation_label(citation: Citation) -> str:
    """Return "Xu et al. 2024, 4.1.1, para 32"."""
    return citations((citation,))


def stance_text(fact: Fact) -> str:
    """Return how the source holds the statement, and who said it where that is known."""
    return f"{fact.stance} by {clip(one_line(fact.speaker), 80)}" if fact.speaker else str(fact.stance)


def team_own(fact: Fact) -> str:
    """Return who of the team stands behind a fact of its own; "" for one of the seeds."""
    who = fact.contributed
    if who is None:
        return ""
    proposer, approver = clip(one_line(who.proposer), 60), clip(one_line(who.approver), 60)
    verified = f" · verified {who.verified}" if who.verified != who.approved else ""
    return f"The team’s own: proposed by {proposer}, approved by {approver} on {who.approved}{verified}"


def caveat_text(fact: Fact) -> str:
    """Return the curator's warning without its sign and heading; "" where there is none."""
    return clip(one_line(fact.caveat), CAVEAT_TEXT)


def figure_text(row: FigureRow) -> str:
    """Return a figure in one line of plain words."""
    return f"{row.place}: {row.value}, {row.of} ({row.year}; {row.citation})"


def choices_heading(answer: Answer) -> str:
    """Return the words above the choices, by what they are choices of."""
    headings = {"ambiguous": "Which one is meant?", "suggestion": "Did you mean:"}
    does_more = any(choice.effect != "reads" for choice in answer.choices)
    return headings.get(answer.outcome, "What next?" if does_more else "You can ask:")


def left_out(facts: int, entries: int, passages: int = 0) -> str:
    """Return "… and 2 more facts and 1 more line"; "" when nothing was left out."""
    counts = [f"{facts} more {plural(facts, 'fact')}"] if facts else []
    counts += [f"{passages} more {plural(passages, 'passage')}"] if passages else []
    counts += [f"{entries} more {plural(entries, 'line')}"] if entries else []
    return f"… and {' and '.join(counts)}" if counts else ""


def paging(answer: Answer) -> str:
    """Return "Page 1 of 3 · 12 facts in all"; "" for an answer of one page."""
    if answer.pages <= 1:
        return ""
    counted = " facts" if answer.lines else ""
    total = f" · {answer.total}{counted} in all" if answer.total else ""
    return f"Page {answer.page} of {answer.pages}{total}"
