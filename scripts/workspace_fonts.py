"""Make the Chinese fonts of the local workspace's page from Noto Sans CJK, for browsers on systems that have none.

    pip install fonttools brotli && pip download --no-deps rinoh-typeface-notosanscjk==0.0.1
    unzip rinoh_typeface_notosanscjk-*.whl -d DIR
    python -m scripts.workspace_fonts DIR

Run once by hand: the fonts are committed. The first has what the map's has; the second, which a browser fetches where
that is not enough, the other characters of GB 2312 and the 5,401 of Big5 that are used most.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools.ttLib import TTFont

from scripts.map_fonts import ROOT, chinese, renamed, simplify, subset

OUT = ROOT / "bot" / "local_slack" / "web" / "static"


def main(folder: Path) -> None:
    """Write two fonts."""
    common = set(chinese())
    rare = {*_characters("gb2312", range(0xB0, 0xF8)), *_characters("big5", range(0xA4, 0xC7))} - common
    for name, text in (("Han", common), ("HanRare", rare)):
        font = TTFont(folder / "rinoh_typeface_notosanscjk" / "notosanscjkjp-regular.otf")
        simplify(font)
        subset(font, "".join(sorted(text)))
        renamed(font, f"YRD Desk {name}", "Regular")
        font.flavor = "woff2"
        font.save(OUT / f"{name.lower()}.woff2")


def _characters(encoding: str, rows: range) -> str:
    return "".join(
        bytes((row, cell)).decode(encoding, "ignore") for row in rows for cell in range(0x40, 0xFF)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
