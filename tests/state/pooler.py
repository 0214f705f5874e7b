"""What a client sees of a pooler between it and the server: a process of another number than the one that works for it."""

from __future__ import annotations

from typing import Final

from tests.state.cutting import Wire

# BackendKeyData: www.postgresql.org/docs/current/protocol-message-formats.html.
_KEY: Final = b"K\x00\x00\x00\x0c"


class Pooler(Wire):
    """A wire that tells every client the same process, as PgBouncer tells one of its own making."""

    def passed(self, data: bytes, *, is_asking: bool) -> bytes:
        """Return what goes on of `data`."""
        before, found, after = data.partition(_KEY)
        return before + found + b"\x7f\xff\xff\x01" + after[4:] if found and not is_asking else data
