"""What is looked up whenever somebody asks: how much is due, how the database's connections are used, what waits to be sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.state.database.backend import Connections
from bot.state.digests.backlog import Backlog
from bot.state.errors import StateError

_log = logging.getLogger(__name__)

# Seconds that a database is waited for: what else there is to show does not wait for it.
SECONDS: Final = 3.0
_IN_BACKLOG: Final = "Digests of all workspaces that are not over, by how they stand: the same from every process of one state."


@dataclass(frozen=True, slots=True)
class Sources:
    """Where it is looked: `backlog` may take its time and raise StateError, the others answer at once."""

    base_version: str
    facts: int
    backlog: Callable[[], Backlog]
    connections: Callable[[], Connections]
    waiting: Callable[[], int]
    ready: Callable[[], Mapping[str, bool]]


class LookedUp(Collector):
    """Gauges as of the moment they are asked for. While state is away, or says nothing within `seconds`, its own are left out, and
    `yrd_state_up` is 0.
    """

    def __init__(self, sources: Sources, seconds: float = SECONDS) -> None:
        self._sources = sources
        self._seconds = seconds
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="yrd-backlog")
        self._looking: Future[Backlog] | None = None

    def close(self) -> None:
        """Look no more; what hangs is not waited for."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _backlog(self) -> Backlog:
        """Return what is due; of a look that hangs also who asks later waits for the end, and begins no other."""
        if self._looking is None or self._looking.done():
            self._looking = self._thread.submit(self._sources.backlog)
        return self._looking.result(self._seconds)

    def describe(self) -> Iterator[Metric]:
        """Yield nothing: nobody is to be asked while it is registered."""
        return iter(())

    def collect(self) -> Iterator[Metric]:
        """Yield each gauge."""
        sources = self._sources
        used = sources.connections()
        yield InfoMetricFamily(
            "yrd_fact_base",
            "The fact base that this process answers from.",
            {"version": sources.base_version, "facts": str(sources.facts)},
        )
        yield _by(
            "yrd_database_connections",
            "Connections of this process to the database that holds state.",
            "state",
            in_use=used.in_use,
            idle=used.idle,
        )
        yield GaugeMetricFamily(
            "yrd_database_connections_max", "Connections that this process opens at most.", used.most
        )
        yield GaugeMetricFamily(
            "yrd_outbox_calls",
            "Calls of Slack that wait in this process, or are being made.",
            sources.waiting(),
        )
        yield _by(
            "yrd_ready",
            "Whether each check of /readyz was good when the process looked last; it does every 20 seconds.",
            "check",
            **sources.ready(),
        )
        try:
            backlog = self._backlog()
        except (StateError, TimeoutError) as error:
            _log.info("what is due is not known", extra={"error": str(error) or type(error).__name__})
            yield _up(0)
            return
        yield _up(1)
        yield _by(
            "yrd_digests_open",
            _IN_BACKLOG,
            "state",
            due=backlog.due,
            late=backlog.late,
            posting=backlog.posting,
            unknown=backlog.unknown,
        )


def _up(value: int) -> GaugeMetricFamily:
    return GaugeMetricFamily("yrd_state_up", "Whether state could be read just now.", value)


def _by(name: str, what: str, label: str, **values: int) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, what, labels=(label,))
    for labelled, value in values.items():
        family.add_metric((labelled,), value)
    return family
