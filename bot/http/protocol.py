"""HTTP/1.1 as uvicorn speaks it, with bounds on what a client may do with its connection.

uvicorn leaves them to a proxy in front of it; the bot may stand without one. None of them touches a client that
sends a request, takes the answer and asks again, as Slack does.
"""

from __future__ import annotations

import asyncio
import resource
from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# Seconds for the head of a request, from its first byte, or for the first byte of a connection.
HEAD_SECONDS: Final = 10.0
# Bytes of a request that are not its body. Slack's heads are under 1 KB; nginx takes 32 KB.
HEAD_MAX_BYTES: Final = 64 * 1024
# Bytes of framing for each byte of a body that comes in chunks: a chunk of one byte has five of them.
_FRAMING: Final = 8
# Seconds in which a client takes what is written to it, as far as that is more than fits on the way.
ANSWER_SECONDS: Final = 10.0


class PipeliningError(Exception):
    """A request before the last one was answered: it is not read, and the connection ends with that answer."""


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol, which ends a connection

    - whose head is late, or that sends more than HEAD_MAX_BYTES besides its body (heads, trailers, chunk headers);
    - that asks again before it is answered, or goes on sending a body when it is;
    - that does not take its answer within ANSWER_SECONDS;
    - that is idle longest when more are open than half of the descriptors that the process may have.
    """

    _late: asyncio.TimerHandle | None = None
    _stuck: asyncio.TimerHandle | None = None
    _received = _of_body = 0
    _is_in_head = True
    _is_pipelined = False
    _idle_since = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_head()
        if len(self.connections) > _most_connections():
            self._end_the_idlest()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._is_pipelined:
            return
        self._received += len(data)
        super().data_received(data)
        besides = self._received - self._of_body
        if besides > HEAD_MAX_BYTES + _FRAMING * self._of_body and not self.transport.is_closing():
            if self._is_in_head:
                self.send_400_response("The head of the request is too large.")
            self._end()

    def eof_received(self) -> bool | None:  # type: ignore[override]
        """Let what was asked whole before the client closed its side be answered.

        Return True while an answer is due, so that the connection stays half open for it, else None.
        """
        if self.cycle is None or self.cycle.response_complete or self.cycle.more_body:
            return None
        self.cycle.keep_alive = False
        return True

    def on_message_begin(self) -> None:
        if self.cycle is not None and not self.cycle.response_complete:
            self._is_pipelined = True
            # The parser would go on through all that came.
            raise PipeliningError
        super().on_message_begin()
        self._wait_for_head()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._is_in_head:
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        self._is_in_head = False
        self._stop_waiting()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._of_body += len(body)
        super().on_body(body)

    def send_400_response(self, msg: str) -> None:
        """Say that the request is none; of one that was pipelined nothing, since an answer is on its way."""
        if self._is_pipelined:
            self.cycle.keep_alive = False
        else:
            super().send_400_response(msg)

    def on_response_complete(self) -> None:
        self._idle_since = self.loop.time()
        is_unread = self.cycle.more_body
        super().on_response_complete()
        if is_unread or self.transport.is_closing():
            self._end()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stuck = self.loop.call_later(ANSWER_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()

    def timeout_keep_alive_handler(self) -> None:
        self._end()

    def shutdown(self) -> None:
        super().shutdown()
        if self.transport.is_closing():
            self._end()

    def _end(self) -> None:
        """Close, and do not wait longer than ANSWER_SECONDS for the client to take what is written."""
        self.transport.close()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(ANSWER_SECONDS, self.transport.abort)

    def _wait_for_head(self) -> None:
        self._stop_waiting()
        self._is_in_head = True
        self._received = self._of_body = 0
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _stop_waiting(self) -> None:
        # A new head comes only when the last answer is written.
        for timer in (self._late, self._stuck):
            if timer is not None:
                timer.cancel()

    def _end_the_idlest(self) -> None:
        others = [other for other in self.connections if isinstance(other, BoundedProtocol)]
        idle = [other for other in others if other.cycle is not None and other.cycle.response_complete]
        # Where all are at work, the new one has to go.
        min(idle, key=lambda other: other._idle_since, default=self).transport.abort()


def _most_connections() -> int:
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return max(soft // 2, 16)
