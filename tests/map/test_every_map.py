"""Every record, alone and among others, is drawn on a map or said why not, through the door by which people ask."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.map.alt_text import ALT_TEXT
from bot.map.cache import MapCache
from bot.map.drawing import Drawing, draw
from bot.map.fonts import width
from bot.map.view import HEIGHT, WIDTH
from handlers.answer import Answer, Picture
from handlers.lookups.maps.selection import is_on_map
from knowledge.base import FactBase
from knowledge.model import Document, Mechanism, Named, Pairing, Place, Topic
from tests.conftest import Asker

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_BETWEEN = (" and ", ", ", " – ", "、", " / ")
_MIXES = 240


def _records(base: FactBase) -> tuple[Named, ...]:
    held = base.seeds
    return (
        *held.places, *held.pairings, *held.mechanisms, *held.topics, *held.organisations, *held.plans,
        *held.projects,
    )  # fmt: skip


def _mixes(base: FactBase) -> Iterator[tuple[str, tuple[Named, ...]]]:
    rng = random.Random(20261)
    known = [record for record in _records(base) if isinstance(record, Place | Pairing | Mechanism | Topic)]
    for number in range(_MIXES):
        chosen = tuple(rng.sample(known, 2 + number % 3))
        yield rng.choice(_BETWEEN).join(record.name for record in chosen), chosen


def test_every_record_alone_is_drawn_or_said_why_not(ask: Asker, base: FactBase) -> None:
    for record in _records(base):
        for name in filter(None, (record.name, record.chinese)):
            answer = ask(f"map {name}")
            _holds(answer, name)
            assert answer.picture is not None or answer.outcome in ("unknown", "ambiguous"), name


def test_a_place_beyond_the_map_is_left_out_and_named_in_words(ask: Asker) -> None:
    for name in ("Shandong", "Fujian", "Hubei", "Guangdong", "Liaoning", "Heilongjiang", "山东"):
        answer = ask(f"map {name}, doubtful too")
        picture = answer.picture
        assert picture is not None, name
        (absent,) = picture.absent
        assert f"Not drawn: {absent.name} lies beyond the map." in answer.notes
        assert f"Not drawn: {absent.name}" in draw(picture).alt


def test_a_document_a_person_and_a_plan_are_said_to_be_on_no_map(ask: Asker, base: FactBase) -> None:
    held = base.seeds
    unmapped: tuple[Named | Document, ...] = (
        *held.documents, *held.organisations, *held.plans, *held.projects
    )  # fmt: skip
    for record in unmapped:
        answer = ask(f"map {record.slug if isinstance(record, Document) else record.name}")
        assert answer.outcome == "unknown"
        assert answer.headline.startswith("No map is drawn of ")
        assert "A map shows places, pairings, mechanisms and topics." in answer.headline


def test_every_mix_is_drawn_or_said_why_not_and_names_what_is_missing(ask: Asker, base: FactBase) -> None:
    drawn = 0
    for text, chosen in _mixes(base):
        answer = ask(f"map {text}")
        _holds(answer, text)
        drawn += answer.picture is not None
        if answer.picture is None or answer.context != tuple(record.slug for record in chosen):
            continue
        told = " ".join(answer.notes)
        for record in answer.picture.absent:
            assert f"{record.name} " in told, text
        assert {record.slug for record in answer.picture.absent} == {
            record.slug for record in chosen if not _is_shown(base, answer.picture, record)
        }, text
    assert drawn > _MIXES / 2


def _is_shown(base: FactBase, picture: Picture, record: Named) -> bool:
    """Whether the picture shows a record or words beside it name it, worked out from what is on it alone."""
    shown = {spot.place.slug for spot in picture.spots}
    shown |= {tie.pairing.slug for tie in (*picture.ties, *picture.undrawn, *picture.doubtful)}
    if isinstance(record, Place):
        return record.slug in shown or record.fills_the_map
    if isinstance(record, Pairing):
        return record.slug in shown
    return any(set(fact.subjects) & shown for fact in base.facts_of(record))


@pytest.mark.parametrize(
    "text", ["Huzhou, Kansai, North China", "Joint park / Tourism / Talent", "Minhang、Tibet"]
)
def test_three_names_with_signs_between_them_are_no_question(ask: Asker, text: str) -> None:
    assert ask(f"map {text}").headline.startswith("Map of ")


def test_words_beside_the_names_are_a_question(ask: Asker) -> None:
    assert ask("map of the best tea houses in Hangzhou, Ningbo and Hefei").picture is None


def test_the_same_place_twice_is_drawn_once(ask: Asker) -> None:
    picture = ask("map Ningbo, 宁波, Ningbo").picture
    assert picture is not None
    assert picture.title == "Ningbo"


def test_some_of_them_come_to_a_png_by_the_way_that_slack_gets_it(
    ask: Asker, base: FactBase, tmp_path: Path
) -> None:
    maps = MapCache(tmp_path / "maps")
    pictures = [found for text, _ in _mixes(base) if (found := ask(f"map {text}").picture)]
    pictures += [found for name in ("Shandong", "Fujian") if (found := ask(f"map {name}").picture)]
    for picture in pictures[::20]:
        made = maps(picture)
        assert made.png.startswith(b"\x89PNG")
        assert 0 < len(made.alt) <= ALT_TEXT


def _holds(answer: Answer, text: str) -> None:
    """Whoever asked is answered in words; what is drawn parses, lies in its frame and is told as it is."""
    assert answer.headline, text
    if answer.picture is None:
        assert answer.outcome in ("unknown", "suggestion", "ambiguous"), (text, answer.headline)
        return
    picture = answer.picture
    drawing = draw(picture)
    _lies_in_its_frame(drawing, text)
    tied = {place.slug for tie in picture.ties for place in tie.places}
    assert all(is_on_map(spot.place) or spot.place.slug in tied for spot in picture.spots), text
    for tie in picture.ties[:2]:
        assert tie.places[0].name in drawing.alt or drawing.alt.endswith("…"), text
    if not picture.ties:
        assert all(spot.place.name in drawing.alt for spot in picture.spots) or drawing.alt.endswith("…"), (
            text
        )
    for record in picture.absent:
        assert record.name in drawing.alt or " and more" in drawing.alt or drawing.alt.endswith("…"), text


def _lies_in_its_frame(drawing: Drawing, text: str) -> None:
    root = ElementTree.fromstring(drawing.svg)
    inner = root.find(f"{_SVG}svg")
    assert inner is not None
    for words in inner.iter(f"{_SVG}text"):
        _is_inside(words, HEIGHT, text)
    for words in root.findall(f"{_SVG}text"):
        _is_inside(words, drawing.height, text)
    for shape in inner.iter(f"{_SVG}circle"):
        assert 0 <= float(shape.get("cx", "-1")) <= WIDTH, text
        assert 0 <= float(shape.get("cy", "-1")) <= HEIGHT, text
    for arrow in inner.iter(f"{_SVG}polygon"):
        across = list(map(float, _NUMBER.findall(arrow.get("points", ""))))
        assert len(set(across)) > 2, text
        assert all(0 <= x <= WIDTH for x in across[::2]), text
        assert all(0 <= y <= HEIGHT for y in across[1::2]), text


def _is_inside(words: ElementTree.Element, height: float, text: str) -> None:
    x, y, size = (float(words.get(name, "nan")) for name in ("x", "y", "font-size"))
    wide = width(words.text or "", size, bold=words.get("font-weight") == "700")
    left = x - wide / 2 if words.get("text-anchor") == "middle" else x
    assert left >= 0, (text, words.text)
    assert left + wide <= WIDTH, (text, words.text)
    assert 0 <= y <= height, (text, words.text)
