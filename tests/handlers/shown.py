"""What of an answer is shown, for tests."""

from __future__ import annotations

from handlers.answer import Answer


def ids(answer: Answer) -> list[str]:
    return [line.fact.id for line in answer.lines]


def statements(answer: Answer) -> str:
    return "\n".join(line.fact.statement for line in answer.lines)


def noted(answer: Answer) -> tuple[str, ...]:
    """What is noted beside the facts, and how slips were read."""
    return (*answer.notes, *answer.read)
