"""A paragraph of a document as it is printed, for readers who have the documents at hand."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """What a document prints at one place: other people's words, shown and never stored in the project.

    `label` is the citation as readers see it. `before` and `after` are the neighbouring paragraphs, "" at an end.
    `notes` say what a curator made of it.
    """

    document: str
    label: str
    section: str
    number: int
    text: str
    before: str = ""
    after: str = ""
    notes: tuple[str, ...] = ()
