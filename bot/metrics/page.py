"""The page itself, as ASGI."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from typing import Final

from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.http.asgi import Receive, Scope, Send, is_get, respond
from bot.metrics.looked_up import LookedUp, Sources

_log = logging.getLogger(__name__)

# Prometheus gives up on a page after ten by default.
SECONDS: Final = 8.0


class MetricsPage:
    """Shows what is counted into `registry`, and the process itself, in Prometheus' text format, which every version of it reads.

    It answers in the event loop, and looks in a thread of its own: who asks while another asks waits for it.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        # When each counter began would be as many lines again.
        disable_created_metrics()
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="yrd-metrics")
        self._closing: list[Callable[[], None]] = []

    def show(self, sources: Sources) -> None:
        """Show also what is looked up whenever somebody asks."""
        looked_up = LookedUp(sources)
        self.registry.register(looked_up)
        self._closing.append(looked_up.close)

    def close(self) -> None:
        """Look no more; what hangs is not waited for."""
        for close in self._closing:
            close()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not await is_get(scope, send):
            return
        looking = asyncio.get_running_loop().run_in_executor(self._thread, generate_latest, self.registry)
        try:
            shown = await asyncio.wait_for(looking, self._seconds)
        except TimeoutError:
            await respond(
                send,
                HTTPStatus.SERVICE_UNAVAILABLE,
                f"Nothing was to be shown within {self._seconds:g} seconds.\n",
            )
        except Exception:  # noqa: BLE001 - the boundary of a page
            _log.exception("the metrics could not be shown")
            await respond(
                send, HTTPStatus.INTERNAL_SERVER_ERROR, "The metrics could not be shown; see the log.\n"
            )
        else:
            await respond(send, HTTPStatus.OK, shown, CONTENT_TYPE_PLAIN_0_0_4)
