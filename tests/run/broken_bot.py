"""`yrd run`, in which a question with "broken" in it breaks the handler, a thread and what libraries log, quoting it all."""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import NoReturn

from bot.cli.main import yrd
from bot.wiring import build
from handlers.answer import Answer
from handlers.reply import reply
from handlers.request import Request
from handlers.routing.routed import Route
from handlers.services import Services


def breaking(services: Services, request: Request, wanted: Route | None = None) -> Answer:
    """Return the answer; ValueError, after much noise, for a broken question."""
    if "broken" not in request.text:
        return reply(services, request, wanted)
    quoted = f"{request.text} {os.environ['SLACK_BOT_TOKEN']}"
    for library in ("slack_bolt.App", "uvicorn.error", "asyncio", "slack_sdk.web.base_client"):
        logging.getLogger(library).debug("sent %s", quoted)
        logging.getLogger(library).error("lost %s", quoted)
    threading.Thread(target=_fail, args=(quoted,)).start()
    try:
        _fail(quoted)
    except KeyError as error:
        raise ValueError(f"cannot answer {quoted}") from error


def _fail(quoted: str) -> NoReturn:
    raise KeyError(quoted)


if __name__ == "__main__":
    vars(build)["reply"] = breaking
    yrd.main(sys.argv[1:])
