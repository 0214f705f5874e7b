"""The questions of an evaluation: what is asked, and what a right answer has to hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from handlers.request import QUESTION

FOLDER = Path(__file__).parent.parent / "tests" / "questions"
# The set that thresholds and words are tuned on, and the one that nobody reads: a question whose failure
# somebody has read moves to the first and is replaced.
SEEN, UNSEEN = "dev", "test"
# Lines that name a place, talk and questions of the field: those that are learned from, and those that it is measured on.
TALK, UNSEEN_TALK = "talk", "talk-unseen"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, what outcome it expects, and the facts that answer it: each of `facts` would serve whoever asks; of a
    question in `parts` each part wants one of its own.

    Where no facts are named, it is the paragraphs that they cite (`cites`), and the words that they hold together: of
    each group of `keys` one.
    """

    id: str
    style: str
    command: str
    text: str
    expects: str
    cites: frozenset[tuple[str, int]]
    keys: tuple[tuple[str, ...], ...]
    facts: frozenset[str] = frozenset()
    parts: tuple[frozenset[str], ...] = ()

    @property
    def is_answerable(self) -> bool:
        return self.expects != "unknown"

    @property
    def group(self) -> str:
        """What the gates count it among."""
        return "answerable" if self.is_answerable else "unanswerable"


def path_of(name: str) -> Path:
    """Return where the set `name` lies; a path to a file stays what it is."""
    return Path(name) if Path(name).suffix else FOLDER / f"{name}.jsonl"


def read(path: Path) -> tuple[Question, ...]:
    """Return the questions of a JSON lines file."""
    raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return tuple(
        Question(
            id=entry["id"],
            style=entry["style"],
            command=entry["command"] or QUESTION,
            text=entry["text"],
            expects=entry["expects"],
            cites=frozenset((document, paragraph) for document, paragraph in entry["cites"]),
            keys=tuple(tuple(group) for group in entry["keys"]),
            facts=frozenset(entry.get("facts", ())),
            parts=tuple(map(frozenset, entry.get("parts", ()))),
        )
        for entry in raw
    )


def unseen() -> tuple[Question, ...]:
    """Return the test questions that the development set does not hold too: "Ningbo" comes to everybody."""
    seen = {question.text.casefold() for question in read(path_of(SEEN))}
    return tuple(question for question in read(path_of(UNSEEN)) if question.text.casefold() not in seen)


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody said, and whether that is talk: else it asks something of the field."""

    text: str
    is_talk: bool


def read_lines(name: str) -> tuple[Line, ...]:
    """Return the lines of the set `name`."""
    raw = map(json.loads, path_of(name).read_text(encoding="utf-8").splitlines())
    return tuple(Line(entry["text"], entry["talk"]) for entry in raw)
