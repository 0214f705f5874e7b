"""The inputs of the form of a proposal, and what they hold: as a draft fills them in, and as they come back.

What comes back is kept as it was typed, whatever is wrong with it, so that it can stand in the form again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from bot.slack.api.payloads import ShownView
from bot.slack.forms import FormState
from handlers.answer import Field
from handlers.curation.sources import telling
from handlers.draft import ASK_MAX, ASKS_MAX, CAVEAT_MAX, STATEMENT_MAX, URL_MAX, WORDS_MAX, Draft
from knowledge.base import FactBase
from knowledge.model import Figure

Values = Mapping[str, str | tuple[str, ...]]
"""What the inputs hold, by name: a text, or the values of the options chosen."""

STATEMENT, SOURCE, WHY, FACT, ASIDE = "p_statement", "p_source", "p_why", "p_fact", "p_aside"
SUBJECTS, NAMES, TOPICS, KIND, STANCE = "p_subjects", "p_names", "p_topics", "p_kind", "p_stance"
NAMES_AGAIN: Final = "p_names_again"
"""The box of names where it is filled in anew: Slack keeps what was typed in an input as long as its name is the same."""
SPEAKER, DATE, FIGURES, CAVEAT, TITLE = "p_speaker", "p_date", "p_figures", "p_caveat", "p_title"
PUBLISHED, WORDS, REVIEW_BY, ASKS = "p_published", "p_words", "p_review", "p_asks"
TIE, BETWEEN = "p_tie", "p_between"
NO_TIE: Final = "none"
"""The option of a statement that states no pairing."""
FIELDS: Final[Mapping[Field, str]] = MappingProxyType(
    {
        "statement": STATEMENT, "source": SOURCE, "why": WHY, "subjects": SUBJECTS, "topics": TOPICS, "figures": FIGURES,
        "speaker": SPEAKER, "date": DATE, "words": WORDS, "published": PUBLISHED, "review_by": REVIEW_BY, "asks": ASKS,
        "ties": BETWEEN,
    }
)  # fmt: skip
"""Under which input a refusal stands."""
LONGEST: Final[Mapping[str, int]] = MappingProxyType(
    {
        STATEMENT: STATEMENT_MAX, SOURCE: URL_MAX + 200, WHY: 300, NAMES: 300, NAMES_AGAIN: 300, SPEAKER: 80,
        DATE: 30, CAVEAT: CAVEAT_MAX, TITLE: 120, PUBLISHED: 30, WORDS: WORDS_MAX, REVIEW_BY: 10,
    }
)  # fmt: skip
_IN_WORDS: Final = frozenset({NAMES, NAMES_AGAIN})
_LINES: Final = {FIGURES: 200, ASKS: ASK_MAX + 1, BETWEEN: 300}
_ONE: Final = (KIND, STANCE, TIE)
_MANY: Final = (SUBJECTS, TOPICS)


def of_draft(base: FactBase, draft: Draft, why: str = "") -> dict[str, str | tuple[str, ...]]:
    """Return what the inputs hold where `draft` fills them in."""
    return {
        STATEMENT: draft.statement,
        SOURCE: telling.typed(base, draft),
        WHY: why,
        SUBJECTS: draft.subjects,
        TOPICS: draft.topics,
        KIND: str(draft.kind),
        STANCE: str(draft.stance),
        TIE: str(draft.ties[0].arrangement) if draft.ties else NO_TIE,
        BETWEEN: "\n".join(_names(base, tie.members) for tie in draft.ties or ()),
        SPEAKER: draft.speaker,
        DATE: draft.date,
        FIGURES: "\n".join(map(figure, draft.figures)),
        CAVEAT: draft.caveat,
        TITLE: draft.title if draft.url else "",
        PUBLISHED: draft.published,
        WORDS: draft.words,
        REVIEW_BY: draft.review_by,
        ASKS: "\n".join((draft.asks or ())[:ASKS_MAX]),
    }


def _names(base: FactBase, slugs: Sequence[str]) -> str:
    return ", ".join(record.name if (record := base.entity(slug)) else slug for slug in slugs)


def of_view(view: ShownView) -> dict[str, str | tuple[str, ...]]:
    """Return what the inputs of a form hold as it came back; those that it does not have are not in it."""
    state, shown = FormState(view), names_in(view)
    held: dict[str, str | tuple[str, ...]] = {}
    for name, longest in LONGEST.items():
        if name in shown:
            held[name] = state.words(name, longest) if name in _IN_WORDS else state.text(name, longest)
    held |= {name: "\n".join(state.lines(name, longest)) for name, longest in _LINES.items() if name in shown}
    held |= {name: state.one(name) for name in _ONE if name in shown}
    held |= {name: state.many(name) for name in _MANY if name in shown}
    return held


def names_in(view: ShownView) -> frozenset[str]:
    """Return the names of the inputs that a form has."""
    blocks = (block for block in view.blocks if isinstance(block, dict))
    return frozenset(name for block in blocks if isinstance(name := block.get("block_id"), str))


def text(values: Values, name: str) -> str:
    """Return what a text box holds, "" where there is none."""
    held = values.get(name, "")
    return held if isinstance(held, str) else ""


def chosen(values: Values, name: str) -> Sequence[str]:
    """Return the values chosen in a menu, () where there is none."""
    held = values.get(name, ())
    return held if isinstance(held, tuple) else ()


def figure(shown: Figure) -> str:
    """Return a figure as its line in the form."""
    return f"{shown.value:.10g} | {shown.unit} | {shown.year or ''} | {shown.of}"
