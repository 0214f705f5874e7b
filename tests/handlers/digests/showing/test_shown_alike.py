"""What was done to a digest stands at once wherever it is shown: by itself, in the list, in its history."""

from __future__ import annotations

import pytest

from handlers.answer import Answer
from tests.handlers.digests.desk import Desk, labels


@pytest.fixture(autouse=True)
def ports(desk: Desk) -> None:
    desk.has("ports")


def _everywhere(desk: Desk) -> dict[str, Answer]:
    return {verb: desk.typed(verb) for verb in ("show 1", "list", "history 1")}


def _said(answer: Answer) -> str:
    sections = (f"{section.title} {' '.join(section.entries)}" for section in answer.sections)
    return " ".join([str(answer.headline), *map(str, answer.notes), *sections])


@pytest.mark.parametrize(
    ("deed", "said", "taken_back"),
    [("skip 1", "Skipped", "skip"), ("pause 1", "paused", "Resume")],
)
def test_what_holds_a_digest_up_is_told_with_the_button_that_takes_it_back(
    desk: Desk, deed: str, said: str, taken_back: str
) -> None:
    desk.typed(deed)
    for verb, shown in _everywhere(desk).items():
        assert said.lower() in _said(shown).lower(), verb
        assert any(taken_back in label for label in labels(shown)), verb


@pytest.mark.parametrize(
    ("deed", "undo", "said"), [("skip 1", "unskip 1", "skipped:"), ("pause 1", "resume 1", "is paused")]
)
def test_what_is_taken_back_is_shown_no_more(desk: Desk, deed: str, undo: str, said: str) -> None:
    desk.typed(deed)
    desk.typed(undo)
    for verb in ("show 1", "list"):
        assert said not in _said(desk.typed(verb)).lower(), verb
