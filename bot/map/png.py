"""SVG to PNG with the map's own fonts, and hotspots carried inside the picture for viewers that can use them."""

from __future__ import annotations

import json
import struct
import zlib
from typing import Final

import resvg_py

from bot.map.drawing import Drawing
from bot.map.fonts import FAMILY, font_files

# Twice the pixels, for screens that have them.
_SHARP: Final = 2.0
# The name of the PNG text chunk; bot.local_slack reads it by this name.
KEYWORD: Final = "yrd-hotspots"
_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_HEADER_END: Final = len(_SIGNATURE) + 25


def png(drawing: Drawing) -> bytes:
    """Return the picture; no font of the machine is used, so it is the same everywhere."""
    plain = bytes(
        resvg_py.svg_to_bytes(
            svg_string=drawing.svg,
            skip_system_fonts=True,
            font_files=font_files(),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            zoom=_SHARP,
        )
    )
    return plain[:_HEADER_END] + _chunk(_hotspots(drawing)) + plain[_HEADER_END:]


def _hotspots(drawing: Drawing) -> bytes:
    held = {
        "width": drawing.width,
        "height": drawing.height,
        "top": drawing.top,
        "parts": [
            {"path": part.path, "words": part.words, "ask": part.ask, "line": part.line}
            for part in drawing.hotspots
        ],
    }
    return json.dumps(held, ensure_ascii=False, separators=(",", ":")).encode()


def _chunk(text: bytes) -> bytes:
    """An iTXt chunk, compressed: https://www.w3.org/TR/png-3/#11iTXt"""
    data = KEYWORD.encode() + b"\0\1\0\0\0" + zlib.compress(text, 9)
    body = b"iTXt" + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
