"""The headings of a page, in words."""

from __future__ import annotations

from typing import Final

from handlers.say import Value, say
from knowledge.model import Named
from knowledge.vocabulary import Heading

# What is doubted has a heading that says what is meant: `caveats.instead_of`.
_WORDS: Final = {
    Heading.DEFINITION: say("What it is"),
    Heading.TIE: say("Ties and agreements"),
    Heading.PRACTICE: say("What is done"),
    Heading.EFFECT: say("Effects and cases"),
    Heading.FIGURE: say("Figures"),
    Heading.PLAN: say("Plans"),
    Heading.OPINION: say("Opinions"),
    Heading.PROPOSAL: say("Proposals"),
    Heading.RELATED: say("Related"),
    Heading.DOCUMENTS: say("About the documents"),
}


def words(heading: Heading, name: Value) -> str:
    """Return the heading as it stands on the page of what has this name; KeyError for what is doubted."""
    if heading is Heading.DEFINITION and isinstance(name, Named) and name.is_person:
        return say("Who this is")
    return _WORDS[heading]
