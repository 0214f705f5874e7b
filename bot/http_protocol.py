"""HTTP/1.1 as uvicorn speaks it, with bounds on what a client may do with its connection.

uvicorn leaves them to a proxy in front of it; the bot may stand without one.
"""

from __future__ import annotations

import asyncio
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Seconds for the head of a request, from its first byte, or for the first byte of a connection.
HEAD_SECONDS: Final = 10.0
# Slack's heads are under 1 KB; Apache's and nginx's limits are 8 KB a line.
HEAD_MAX_BYTES: Final = 64 * 1024


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which closes a connection whose head is late or too large, and one that goes on sending
    a body when the request is answered."""

    _late: asyncio.TimerHandle | None = None
    # Bytes that came since the head began; None while there is no head to wait for.
    _of_head: int | None = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()

    def data_received(self, data: bytes) -> None:
        if self._of_head is not None:
            self._of_head += len(data)
        super().data_received(data)
        # Only what is still a head after so many bytes is too large: a body may have come with the last of them.
        if self._of_head is not None and self._of_head > HEAD_MAX_BYTES and not self.transport.is_closing():
            self.send_400_response("The head of the request is too large.")

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._wait_for_head()

    def on_headers_complete(self) -> None:
        self._head_is_here()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        is_unread = not self.pipeline and self.cycle.more_body
        super().on_response_complete()
        if is_unread:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_is_here()
        super().connection_lost(exc)

    def _wait_for_head(self) -> None:
        self._head_is_here()
        self._of_head = 0
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.close)

    def _head_is_here(self) -> None:
        self._of_head = None
        if self._late is not None:
            self._late.cancel()
            self._late = None
