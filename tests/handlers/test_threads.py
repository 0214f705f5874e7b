"""The fact base is shared and never changes: threads that answer at once answer as one does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from benchmarks.engines import NOW
from benchmarks.question_set import SEEN, path_of, read
from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import Request
from handlers.services import Services
from knowledge.base import FactBase

THREADS = 8


def test_eight_threads_answer_as_one_does(facts_db: Path) -> None:
    requests = [Request(text=q.text, command=q.command, now=NOW) for q in read(path_of(SEEN))[::10]]
    alone = _answers(Services(FactBase.open(facts_db)), requests)
    # Opened anew and not warmed: its indexes are built by whichever thread comes first.
    services, together = Services(FactBase.open(facts_db)), Barrier(THREADS)

    def answer_all(_: int) -> list[Answer]:
        together.wait()
        return _answers(services, requests)

    with ThreadPoolExecutor(THREADS) as threads:
        answered = list(threads.map(answer_all, range(THREADS)))
    assert all(answers == alone for answers in answered)


def _answers(services: Services, requests: list[Request]) -> list[Answer]:
    return [reply(services, request) for request in requests]
