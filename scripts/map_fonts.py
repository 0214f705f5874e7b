"""Make the fonts of the map from Noto Sans CJK, and the table of how wide their Latin letters are.

    pip install fonttools && pip download --no-deps rinoh-typeface-notosanscjk==0.0.1
    unzip rinoh_typeface_notosanscjk-*.whl -d DIR
    python scripts/map_fonts.py DIR

Run once by hand: the fonts are committed. The regular one has Latin, the 3,755 characters of GB 2312's first level
and all that the seeds print; the bold one has Latin. A test says when a name in the seeds needs a character
that is not there; then run this again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).parent.parent
OUT = ROOT / "bot" / "map" / "fonts"
FAMILY = "YRD Map Sans"
LATIN = (
    "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x180)]))
    + "–—‘’“”…·•→←↑↓↗↘↙↖−×°āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
)


def main(folder: Path) -> None:
    """Write two fonts and their widths."""
    widths = {}
    for style in ("Regular", "Bold"):
        font = TTFont(folder / "rinoh_typeface_notosanscjk" / f"notosanscjkjp-{style.lower()}.otf")
        simplify(font)
        subset(font, LATIN + (chinese() if style == "Regular" else ""))
        renamed(font, FAMILY, style)
        font.save(OUT / f"YRDMapSans-{style}.otf")
        widths[style] = {
            char: font["hmtx"][name][0]
            for code, name in sorted(font.getBestCmap().items())
            if (char := chr(code)) in LATIN
        }
    (OUT / "widths.json").write_text(
        json.dumps(widths, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8"
    )


def simplify(font: TTFont) -> None:
    """Give every character the form it has in mainland China: the font itself defaults to Japan's."""
    table = font["GSUB"].table
    chosen = {
        index
        for script in table.ScriptList.ScriptRecord
        for language in script.Script.LangSysRecord
        if language.LangSysTag == "ZHS "
        for index in language.LangSys.FeatureIndex
    }
    forms: dict[str, str] = {}
    for index in chosen:
        record = table.FeatureList.FeatureRecord[index]
        if record.FeatureTag != "locl":
            continue
        for number in record.Feature.LookupListIndex:
            for subtable in table.LookupList.Lookup[number].SubTable:
                forms |= getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {})
    for cmap in font["cmap"].tables:
        if cmap.isUnicode() and cmap.format != 14:
            cmap.cmap = {code: forms.get(name, name) for code, name in cmap.cmap.items()}


def chinese() -> str:
    """Return the 3,755 characters of GB 2312's first level, what the seeds print, and the marks between them."""
    level_one = "".join(
        bytes((row, cell)).decode("gb2312", "ignore")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
    )
    seeds = "".join(path.read_text("utf-8") for path in (ROOT / "seeds").glob("*.toml"))
    printed = "".join(
        sorted({char for char in seeds if 0x3000 <= ord(char) <= 0x9FFF or 0xFF00 <= ord(char) <= 0xFFEF})
    )
    return level_one + printed + "、。·（）《》：；，—「」"


def subset(font: TTFont, text: str) -> None:
    """Leave of a font what `text` needs."""
    options = Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = True
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text=text)
    subsetter.subset(font)


def renamed(font: TTFont, family: str, style: str) -> None:
    """Give it a name of its own, so that it is never taken for a Noto installed on the machine."""
    whole = f"{family} {style}"
    names = {1: family, 2: style, 3: whole, 4: whole, 6: f"{family.replace(' ', '')}-{style}"}
    font["name"].names = [record for record in font["name"].names if record.nameID in (0, 5, 13, 14)]
    for number, text in names.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    font["OS/2"].usWeightClass = 700 if style == "Bold" else 400
    font["OS/2"].fsSelection = 0x20 if style == "Bold" else 0x40
    font["head"].macStyle = 1 if style == "Bold" else 0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
