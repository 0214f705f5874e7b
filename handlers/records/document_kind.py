"""What sort of document something is, in words."""

from __future__ import annotations

from typing import Final

from handlers.say import Said, say
from knowledge.model import Document

# By their English, which is what the seeds call them.
_KINDS: Final[dict[str, Said]] = {
    kind: kind
    for kind in (
        say("paper"),
        say("news item"),
        say("newspaper article"),
        say("report"),
        say("web page"),
        say("message"),
    )
}
_AT_THE_BEGINNING: Final[dict[str, Said]] = {
    kind.lower(): kind
    for kind in (
        say("Paper"),
        say("News item"),
        say("Newspaper article"),
        say("Report"),
        say("Web page"),
        say("Message"),
    )
}


def kind_in_words(document: Document) -> Said:
    """Return its sort as it stands within a sentence."""
    return _KINDS[document.kind]


def kind_at_the_beginning(document: Document) -> Said:
    """Return its sort as it begins a line."""
    return _AT_THE_BEGINNING[document.kind]
