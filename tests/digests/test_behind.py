"""Threads that post digests come behind those that people wait for."""

from __future__ import annotations

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.digests.behind import NICENESS, pool_behind


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a niceness for each thread")
def test_the_threads_of_a_pool_that_begins_so_come_behind_and_no_others_do() -> None:
    before = niceness()
    with pool_behind(1, "digests") as digests, ThreadPoolExecutor(1) as answers:
        assert digests.submit(niceness).result() == max(before, NICENESS)
        assert answers.submit(niceness).result() == before
    assert niceness() == before


def test_where_it_is_not_allowed_they_post_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "setpriority", refuse)
    with pool_behind(1, "digests") as digests:
        assert digests.submit(lambda: "posted").result() == "posted"
