"""The headings of a page, in words."""

from __future__ import annotations

from typing import Final

from handlers.say import Value, say
from knowledge.model import Organisation
from knowledge.vocabulary import Heading

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
    """Return the heading as it stands on the page of what has this name."""
    if heading is Heading.DOUBTED:
        return say("Printed of {name}, probably meant of another place", name=name)
    if heading is Heading.DEFINITION and isinstance(name, Organisation) and name.is_person:
        return say("Who this is")
    return _WORDS[heading]


def words_beside(heading: Heading, name: Value) -> str:
    """Return the heading as it stands over what one of two has, beside the other."""
    said = words(heading, name)
    return said if heading is Heading.DOUBTED else say("{heading}: {name}", heading=said, name=name)
