"""Running what is asynchronous from a test that is not."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def finished(work: Awaitable[Result]) -> Result:
    """Return what `work` comes to, in an event loop of its own; the browser's may be running in this thread."""

    async def waited() -> Result:
        return await work

    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, waited()).result()
