"""What the bot counts, where what it takes is installed; else it counts nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final

from bot.http.asgi import Application
from bot.meter import UNMETERED, Meter
from bot.ports import Engine, Lookup
from bot.state.digests.backlog import StoredBacklog
from bot.wiring.core import Core
from bot.wiring.digests import timing
from handlers.answer import Answer
from handlers.registry import SLASH, WORDS
from handlers.request import QUESTION, Request
from handlers.routing.routed import Route
from handlers.services import Services

# What else comes is the name of a command that somebody else chose.
_COMMANDS: Final = frozenset({QUESTION, *(command.name for command in (*SLASH, *WORDS))})


@dataclass(frozen=True, slots=True)
class Metrics:
    """What counts, and what shows it once the parts are there; None where nothing is shown."""

    meter: Meter
    page: Callable[[Core, Callable[[], Mapping[str, bool]]], Application | None]


def metrics_of(parts: ExitStack) -> Metrics:
    """Return what counts by Prometheus' client where that is installed; its page is closed with `parts`."""
    try:
        from bot.metrics.counted import Counted
        from bot.metrics.looked_up import Sources
        from bot.metrics.page import MetricsPage
    except ImportError:
        return Metrics(UNMETERED, lambda core, found: None)
    shown = MetricsPage()
    parts.callback(shown.close)

    def page(core: Core, found: Callable[[], Mapping[str, bool]]) -> Application:
        backlog, late_after = StoredBacklog(core.store), timing(core).late_after
        shown.show(
            Sources(
                base_version=core.base.version,
                facts=len(core.base.facts),
                backlog=lambda: backlog.at(core.clock.now(), late_after),
                connections=core.store.connections,
                waiting=core.work.unsent,
                ready=found,
            )
        )
        return shown

    return Metrics(Counted(shown.registry), page)


def counted_reply(reply: Engine, meter: Meter) -> Engine:
    """Return an engine that answers as `reply` does, and has each answer counted."""

    def answered(services: Services, request: Request, wanted: Route | None = None) -> Answer:
        return _counted(reply(services, request, wanted), request, meter)

    return answered


def counted_lookup(lookup: Lookup, meter: Meter) -> Lookup:
    """Return what looks up as `lookup` does, and has each answer counted."""
    return lambda services, request: _counted(lookup(services, request), request, meter)


def _counted(answer: Answer, request: Request, meter: Meter) -> Answer:
    command = request.command if request.command in _COMMANDS else "other"
    meter.answer(command, answer.outcome, answer.denied.lacking if answer.denied else "")
    return answer
