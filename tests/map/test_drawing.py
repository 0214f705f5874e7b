"""A map is drawn with labels apart, all in its own fonts, with a legend of what it shows and no more."""

from __future__ import annotations

import re
import struct
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.local_slack.web.pictures import hotspots
from bot.map.alt_text import ALT_TEXT, alt_text, of_tie
from bot.map.cache import MapCache
from bot.map.drawing import Drawing, draw
from bot.map.fonts import font_files, width
from bot.map.labels import LabelSpace
from bot.map.lettering import SMALL
from bot.map.png import png
from bot.map.shapes import shapes
from bot.map.styles import CHINESE, DOUBTFUL, DOUBTFUL_CHINESE, DOUBTFUL_NAME, DOUBTFUL_SIGN, STYLES
from bot.map.view import HEIGHT, WIDTH, view_of
from handlers.answer import Picture
from handlers.say import Catalogue
from handlers.services import Services
from knowledge.vocabulary import Arrangement
from tests.conftest import Asker
from tests.handlers.test_told_in_another_language import Marked

TEXTS = ("map", "map Huainan", "map Hangzhou", "map ports", "map Shanghai", "map Jingning", "map 宁波")
LATIN = re.compile(r"^[\x20-\u017f–—‘’“”…·−×°]*$")


def picture(ask: Asker, text: str) -> Picture:
    found = ask(text).picture
    assert found is not None
    return found


@pytest.fixture(scope="module", params=TEXTS)
def drawn(request: pytest.FixtureRequest, ask: Asker) -> tuple[Picture, Drawing]:
    asked = picture(ask, request.param)
    return asked, draw(asked)


def test_it_is_well_formed_and_says_what_it_shows(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    root = ElementTree.fromstring(drawing.svg)
    space = "{http://www.w3.org/2000/svg}"
    assert root.findtext(f"{space}title") == drawing.title
    assert root.findtext(f"{space}desc") == drawing.alt
    assert 0 < len(drawing.alt) <= ALT_TEXT
    for tie in asked.ties[:2]:
        assert tie.places[0].name in drawing.alt
    assert drawing.width == WIDTH


def test_a_metropolitan_area_is_counted_apart_from_pairings(ask: Asker) -> None:
    assert (
        ">1 pairing and 1 metropolitan area of the fact base drawn</text>"
        in draw(picture(ask, "map Nanjing")).svg
    )


def test_one_pairing_is_counted_as_one(ask: Asker) -> None:
    asked = picture(ask, "map Minhang-Huainan twinning")
    assert ">1 pairing of the fact base drawn</text>" in draw(asked).svg
    assert ">2 pairings of the fact base drawn</text>" in draw(replace(asked, ties=asked.ties * 2)).svg


def test_what_it_shows_names_places_as_the_language_has_them_that_it_is_told_in(ask: Asker) -> None:
    in_chinese = Catalogue(chinese=True)
    asked = picture(ask, "map Huainan")
    assert "Minhang – Huainan" in alt_text(asked)
    assert "闵行区 – 淮南" in in_chinese.told(alt_text(asked))
    assert "闵行区 – 淮南" in Catalogue(Marked(), chinese=True).told(of_tie(asked.ties[0]))


def test_what_is_asked_for_is_named_in_latin_and_chinese_and_nearly_every_other_place_too(
    drawn: tuple[Picture, Drawing],
) -> None:
    asked, drawing = drawn
    texts = re.findall(r"<text [^>]*>([^<]*)</text>", drawing.svg)
    named = [spot.place for spot in asked.spots if spot.place.name.replace("'", "&#x27;") in texts]
    assert len(named) >= 0.75 * len(asked.spots)
    assert sum(place.chinese in texts for place in named) >= 0.5 * len(named)
    for spot in asked.spots:
        assert not spot.asked or (spot.place in named and spot.place.chinese in texts), spot.place.name


@pytest.mark.parametrize("text", [*TEXTS, "map doubtful", "map Zhejiang, without Ningbo"])
def test_all_that_is_written_is_read_on_a_phone(ask: Asker, text: str) -> None:
    """A picture in a message is 294 points wide on one of 320."""
    drawing = draw(picture(ask, text))
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', drawing.svg)]
    assert min(sizes) * 294 / WIDTH >= 8.98


@pytest.mark.parametrize("text", [*TEXTS, "map doubtful", "map Anhui"])
def test_no_name_lies_over_another(ask: Asker, text: str) -> None:
    root = ElementTree.fromstring(draw(picture(ask, text)).svg)
    ground = root.find("{http://www.w3.org/2000/svg}svg")
    assert ground is not None
    boxes = []
    for words in ground.findall("{http://www.w3.org/2000/svg}text"):
        x, y, size = (float(words.get(name, "nan")) for name in ("x", "y", "font-size"))
        wide = width(words.text or "", size, bold=words.get("font-weight") == "700")
        left = x - wide / 2 if words.get("text-anchor") == "middle" else x
        boxes.append((words.text, left, y - 0.7 * size, left + wide, y))
    # The scale has its corner of the map to itself or stands over land alone.
    for number, (one, *a) in enumerate(boxes[:-1]):
        for other, *b in boxes[:number]:
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, (one, other)


def test_the_legend_names_the_kinds_that_are_drawn_and_no_others(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    kinds = {tie.pairing.arrangement for tie in asked.ties}
    for kind in Arrangement:
        assert (f">{str(kind).capitalize()}</text>" in drawing.svg) is (kind in kinds), kind


def test_the_legend_lies_above_the_map_where_it_is_seen_first(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    ground = drawing.svg.index("<svg y=")
    for kind in {tie.pairing.arrangement for tie in asked.ties}:
        assert drawing.svg.index(f">{str(kind).capitalize()}</text>") < ground
    assert drawing.svg.index("GSHHG") > ground


def test_what_is_doubtful_has_a_style_and_a_sign_of_its_own_with_a_legend(ask: Asker) -> None:
    sure, doubtful = draw(picture(ask, "map Hangzhou")), draw(picture(ask, "map Hangzhou doubtful"))
    assert DOUBTFUL.colour not in {style.colour for style in STYLES.values()}
    assert DOUBTFUL.colour not in sure.svg
    written = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", sure.svg))
    assert "left out, of each of which a place is probably not meant" in written
    assert DOUBTFUL.colour in doubtful.svg
    assert f">{DOUBTFUL_NAME}</text>" in doubtful.svg
    assert doubtful.svg.count(f">{DOUBTFUL_SIGN}</text>") > len(picture(ask, "map Hangzhou").doubtful)
    assert "Doubtful, in grey: Dalian – Hangzhou" in doubtful.alt
    assert "Dalian" in sure.alt.partition("Twinning:")[0]


def test_of_a_tie_doubted_at_one_place_what_is_sure_keeps_its_style(ask: Asker) -> None:
    both = picture(ask, "map Hangzhou, Nantong, Taizhou and Yangzhou along the G40")
    (tie,) = both.ties
    assert tie.doubted
    svg = draw(both).svg
    assert STYLES[Arrangement.CORRIDOR].colour in svg
    assert DOUBTFUL.colour in svg


def test_what_is_shown_small_has_larger_letters_and_fewer_of_them(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    small = draw(replace(asked, is_small=True))
    sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', small.svg)]
    assert min(sizes) >= SMALL.note
    assert len(sizes) <= drawing.svg.count("font-size=")
    # Whatever is not named is there, and says its name to whoever points at it.
    assert [part.words for part in small.hotspots] == [part.words for part in drawing.hotspots]
    assert small.alt == drawing.alt
    assert any(f">{spot.place.name}<" in small.svg for spot in asked.spots)
    assert "GSHHG" in small.svg


def test_sources_and_shapes_are_credited(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    below = " ".join(re.findall(r"<text [^>]*>([^<]*)</text>", drawing.svg))
    assert "GSHHG" in below
    for document in asked.documents[:1]:
        assert document.label in below


def test_each_part_says_its_citation_and_asks_a_command(drawn: tuple[Picture, Drawing]) -> None:
    asked, drawing = drawn
    lines = [part for part in drawing.hotspots if part.line]
    assert len(lines) == len(asked.ties)
    assert all(re.search(r"paras? \d", part.words) for part in lines)
    assert all(part.ask.startswith(("/yrd-pair ", "/yrd-city ")) for part in drawing.hotspots)


def test_a_click_on_any_part_is_answered(ask: Asker) -> None:
    for part in draw(picture(ask, "map")).hotspots:
        command, _, text = part.ask.partition(" ")
        assert ask(text, command).outcome != "suggestion", part.ask


def test_labels_stand_apart_and_inside() -> None:
    space = LabelSpace()
    points = [(300 + 9 * (i % 5), 300 + 9 * (i // 5)) for i in range(20)]
    for point in points:
        space.block(*point, 4)
    boxes = [placed.box for point in points if (placed := space.place(point, 4, (70, 14)))]
    assert len(boxes) > 12
    assert not any(one.meets(other, 0) for i, one in enumerate(boxes) for other in boxes[:i])
    assert all(
        box.left >= 0 and box.right <= WIDTH and box.top >= 0 and box.bottom <= HEIGHT for box in boxes
    )


def test_a_label_without_room_is_left_out() -> None:
    space = LabelSpace()
    space.block(WIDTH / 2, HEIGHT / 2, WIDTH)
    assert space.place((300, 300), 4, (70, 14)) is None


def test_kinds_differ_by_more_than_colour() -> None:
    assert set(STYLES) == set(CHINESE) == set(Arrangement)
    looks = [(style.colour, style.dashes) for style in STYLES.values()]
    assert len(set(looks)) == len(looks)


@pytest.mark.parametrize("ground", ["#fbf9f4", "#e3eef4"])
def test_lines_stand_out_on_land_and_sea(ground: str) -> None:
    assert all(_contrast(style.colour, ground) >= 2.9 for style in STYLES.values())


def _contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_fonts_have_every_character_that_a_map_may_print(services: Services) -> None:
    """scripts/map_fonts.py makes them anew when a seed needs a character that is not there."""
    seeds = services.base.seeds
    printed = set(
        "".join(
            r.name + r.chinese for r in (*seeds.places, *seeds.mechanisms, *seeds.topics, *seeds.pairings)
        )
    )
    printed |= set("".join(document.label for document in seeds.documents)) | set(
        "".join((*CHINESE.values(), DOUBTFUL_CHINESE))
    )
    assert printed - _characters(Path(font_files()[0]).read_bytes()) == set()


def _characters(font: bytes) -> set[str]:
    """The characters of a font's format 4 cmap (OpenType 1.9, cmap)."""
    count = struct.unpack_from(">H", font, 4)[0]
    at = next(
        struct.unpack_from(">I", font, 12 + 16 * i + 8)[0]
        for i in range(count)
        if font[12 + 16 * i : 16 + 16 * i] == b"cmap"
    )
    found: set[str] = set()
    for i in range(struct.unpack_from(">H", font, at + 2)[0]):
        start = at + struct.unpack_from(">I", font, at + 4 + 8 * i + 4)[0]
        if struct.unpack_from(">H", font, start)[0] != 4:
            continue
        segments = struct.unpack_from(">H", font, start + 6)[0] // 2
        ends = struct.unpack_from(f">{segments}H", font, start + 14)
        starts = struct.unpack_from(f">{segments}H", font, start + 16 + 2 * segments)
        found |= {
            chr(c)
            for first, last in zip(starts, ends, strict=True)
            for c in range(first, last + 1)
            if c < 0xFFFF
        }
    return found


def test_widths_are_those_of_the_font() -> None:
    assert width("宁波", 10) == 20
    assert 5 < width("n", 10) < 7
    assert width("Ningbo", 12, bold=True) > width("Ningbo", 12)


def test_the_shapes_are_coast_lakes_and_rivers_and_nothing_else() -> None:
    held = shapes()
    assert len(held.land) > 50
    assert len(held.lakes) > 20
    assert len(held.rivers) > 100


def test_near_places_are_drawn_larger_than_far_ones() -> None:
    near = view_of([(121.4, 31.2), (120.6, 31.3)])
    far = view_of([(121.4, 31.2), (117.0, 34.2)])
    assert near.scale > far.scale


def test_the_picture_is_a_png_of_twice_the_width_with_its_parts_inside(ask: Asker) -> None:
    drawing = draw(picture(ask, "map Huainan"))
    drawn = png(drawing)
    assert drawn.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(drawn[16:20], "big") == 2 * WIDTH
    assert len(drawn) < 1_000_000
    held = hotspots(drawn)
    assert held is not None
    assert [part["ask"] for part in held["parts"]] == [part.ask for part in drawing.hotspots]


def test_a_map_is_drawn_once_for_each_version_of_the_base(ask: Asker, tmp_path: Path) -> None:
    maps = MapCache(tmp_path / "maps")
    asked = picture(ask, "map Huainan")
    assert maps(asked).png.startswith(b"\x89PNG")
    (kept,) = (tmp_path / "maps").rglob("*.png")
    kept.write_bytes(b"from the folder")
    assert maps(asked).png == b"from the folder"
    newer = maps(replace(asked, version="another"))
    assert newer.png.startswith(b"\x89PNG")
    assert newer.key != maps(asked).key
    assert not kept.exists()
    assert maps(replace(asked, is_small=True)).key != maps(asked).key


def test_a_folder_that_cannot_be_written_only_costs_time(ask: Asker, tmp_path: Path) -> None:
    (tmp_path / "maps").write_text("a file where the folder should be")
    assert MapCache(tmp_path / "maps")(picture(ask, "map Huainan")).png.startswith(b"\x89PNG")


def test_a_team_with_facts_of_its_own_gets_a_map_of_its_own(ask: Asker, tmp_path: Path) -> None:
    asked = picture(ask, "map Huainan")
    fewer = replace(asked, ties=())
    maps = MapCache(tmp_path / "maps")
    assert maps(asked).png != maps(fewer).png
    assert len(list((tmp_path / "maps").rglob("*.png"))) == 2
