"""Hotspots that a bot's picture carries: parts that say something and ask something, in a PNG text chunk.

Slack ignores the chunk; the page of the local workspace draws the parts over the picture.
"""

from __future__ import annotations

import json
import struct
import zlib
from typing import Any, Final

KEYWORD: Final = b"yrd-hotspots\0"
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_LONGEST: Final = 1_000_000


def is_png(content: bytes) -> bool:
    """Return whether these bytes begin as a PNG does."""
    return content.startswith(_SIGNATURE)


def hotspots(content: bytes) -> dict[str, Any] | None:
    """Return what the picture says of its parts; None where it says nothing that can be read."""
    at = len(_SIGNATURE) if is_png(content) else len(content)
    while at + 8 <= len(content):
        (length,) = struct.unpack_from(">I", content, at)
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        if kind == b"iTXt" and data.startswith(KEYWORD + b"\1\0\0\0"):
            return _read(data[len(KEYWORD) + 4 :])
        at += 12 + length
    return None


def _read(packed: bytes) -> dict[str, Any] | None:
    try:
        held = json.loads(zlib.decompressobj().decompress(packed, _LONGEST))
    except (zlib.error, ValueError):
        return None
    return held if isinstance(held, dict) else None
