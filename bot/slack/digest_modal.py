"""The form of a digest, and the page that shows what it comes to: views, with nothing sent.

Slack's own menus search as one types, so the options stand in the view: 42 topics, 64 mechanisms and 155
places are far below 100 options a group and 250 kB a view (docs.slack.dev/reference/views).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from bot.render import elements
from bot.render.cut import clip
from bot.render.elements import Block, Element, modal, plain_text
from bot.slack.digest_zones import ZONES
from handlers.answer import Answer
from handlers.closed_days import COUNTRIES
from handlers.digest_names import MOST_NAMES
from handlers.digest_wish import MOST_FACTS
from handlers.digest_words import DAYS_IN_FULL
from handlers.subscription import Subscription
from knowledge.base import FactBase
from knowledge.model import Mechanism, Named, Place, Topic

FORM: Final = "digest_form"
CONFIRM: Final = "digest_confirm"
TOPICS, PLACES, MECHANISMS = "digest_topics", "digest_places", "digest_mechanisms"
RHYTHM, DAYS, MONTHDAY, TIME, ZONE = (
    "digest_rhythm", "digest_days", "digest_monthday", "digest_time", "digest_zone",
)  # fmt: skip
FACTS, CHANNEL, EMPTY, HOLIDAYS, QUIET = (
    "digest_facts", "digest_channel", "digest_empty", "digest_holidays", "digest_quiet",
)  # fmt: skip
TEST: Final = "digest_test"
_GROUP: Final = 100
_OPTION: Final = 75
_LAST: Final = 31


def form(base: FactBase, shown: Subscription, metadata: str) -> dict[str, Any]:
    """Return the form filled in with `shown`; `metadata` comes back with its submission."""
    blocks = [
        *_about(base, shown),
        *_when(shown),
        _input(CHANNEL, "Channel", _channel(shown.channel), hint="I must be a member: /invite @YRD Desk."),
        *_how(shown),
    ]
    return modal(FORM, "Edit digest" if shown.id else "New digest", "Next", blocks, metadata)


def confirmation(answer: Answer, channel: str, metadata: str, problem: str = "") -> dict[str, Any]:
    """Return the page that says what will be saved: `answer` is what `subscribe` says of it."""
    blocks: list[Block] = []
    if problem:
        blocks.append(elements.rich(elements.words(problem, bold=True)))
    said = [elements.words(answer.headline.partition("? ")[2] or answer.headline, bold=True)]
    if channel:
        said += [elements.words(" In "), {"type": "channel", "channel_id": channel}]
    blocks.append({"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": said}]})
    for section in answer.sections:
        blocks += [elements.header(section.title), elements.bullets(section.entries)]
    blocks.append(elements.actions([elements.button("Send a test to me", TEST, "test")]))
    return modal(CONFIRM, "Check and save", "Save", blocks, metadata, close="Back")


def _about(base: FactBase, shown: Subscription) -> list[Block]:
    places = defaultdict(list)
    for place in sorted(base.seeds.places, key=lambda place: place.name):
        if base.facts_of(place):
            places[_region(base, place)].append(place)
    order = sorted(places, key=lambda region: (region == _ELSEWHERE, region != _DELTA, region))
    groups = [(region, places[region]) for region in order]
    return [
        elements.context("Choose at least one topic, place or mechanism."),
        _input(TOPICS, "Topics", _many([("", _held(base, base.seeds.topics))], shown.topics, "Search topics"), optional=True),
        _input(PLACES, "Places", _many(groups, shown.places, "Search places"), optional=True),
        _input(
            MECHANISMS,
            "Mechanisms",
            _many([("", _held(base, base.seeds.mechanisms))], shown.mechanisms, "Search mechanisms"),
            optional=True,
        ),
    ]  # fmt: skip


_DELTA: Final = "Provinces and regions of the delta"
_ELSEWHERE: Final = "Elsewhere"


def _region(base: FactBase, place: Place) -> str:
    if not place.delta:
        return _ELSEWHERE
    province = base.entity(place.province) if place.province else None
    return province.name if province else _DELTA


def _held(base: FactBase, records: Iterable[Topic] | Iterable[Mechanism]) -> list[Named]:
    return sorted((record for record in records if base.facts_of(record)), key=lambda record: record.name)


def _when(shown: Subscription) -> list[Block]:
    days = [(str(at), name) for at, name in enumerate(DAYS_IN_FULL)]
    month = [*((str(day), f"Day {day}") for day in range(1, _LAST)), (str(_LAST), "Last day")]
    monthly = shown.monthday is not None
    rhythms = [("weekdays", "On days of the week, ticked below"), ("monthly", "Once a month")]
    zones = [(area, [(zone, _zone_label(zone)) for zone in listed]) for area, listed in ZONES]
    if not any(shown.zone in listed for _, listed in ZONES):
        zones = [("Now set", [(shown.zone, _zone_label(shown.zone))]), *zones]
    return [
        _input(RHYTHM, "How often", _radio(rhythms, "monthly" if monthly else "weekdays")),
        _input(
            DAYS,
            "Days of the week",
            _ticks(days, [str(day) for day in shown.weekdays or (0,)]),
            optional=True,
        ),
        _input(
            MONTHDAY, "Day of the month", _one(month, str(shown.monthday or 1)), optional=True,
            hint="Only for once a month.",
        ),
        _input(TIME, "Time", {"type": "timepicker", "initial_time": f"{shown.at:%H:%M}"}),
        _input(ZONE, "Time zone", _one_grouped(zones, shown.zone)),
    ]  # fmt: skip


def _how(shown: Subscription) -> list[Block]:
    numbers = [(str(number), str(number)) for number in range(1, MOST_FACTS + 1)]
    empty = [
        ("say", "Say so, and begin again from the first fact"),
        ("skip", "Post nothing until a fact is added or corrected"),
    ]
    country, name = next(iter(COUNTRIES.items()))
    quiet = f"{shown.quiet.start:%H:%M}-{shown.quiet.end:%H:%M}" if shown.quiet else ""
    typed: Element = {"type": "plain_text_input", "placeholder": plain_text("22:00-07:00", 150)}
    return [
        _input(FACTS, "Facts each time", _one(numbers, str(shown.facts))),
        _input(EMPTY, "When nothing is new", _radio(empty, shown.when_empty)),
        _input(
            HOLIDAYS,
            "Public holidays",
            _ticks([(country, f"No digest on public holidays of {name}")], [shown.skip_holidays]),
            optional=True,
        ),
        _input(
            QUIET, "Quiet hours", typed | ({"initial_value": quiet} if quiet else {}), optional=True,
            hint="What is due in them comes at their end.",
        ),
    ]  # fmt: skip


def _zone_label(zone: str) -> str:
    area, _, city = zone.rpartition("/")
    return f"{city.replace('_', ' ')} ({zone})" if area else zone


def _input(name: str, label: str, element: Element, *, optional: bool = False, hint: str = "") -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain_text(label, 2000),
        "element": element | {"action_id": name},
        "optional": optional,
    }
    return block | ({"hint": plain_text(hint, 2000)} if hint else {})


def _option(value: str, label: str) -> Element:
    return {"text": plain_text(label, _OPTION), "value": value}


def _named(record: Named) -> Element:
    label = f"{record.name} {record.chinese}".strip()
    return _option(record.slug, clip(label, _OPTION))


def _many(groups: Sequence[tuple[str, Sequence[Named]]], chosen: Sequence[str], hint: str) -> Element:
    """A menu that takes several; a group of more than Slack's hundred is cut in two."""
    shown: list[Element] = []
    picked: list[Element] = []
    for label, records in groups:
        options = [_named(record) for record in records]
        picked += [option for option in options if option["value"] in chosen]
        for at in range(0, len(options), _GROUP):
            part = options[at : at + _GROUP]
            name = f"{label} (continued)" if at else label
            shown.append({"label": plain_text(name, _OPTION), "options": part})
    menu: Element = {
        "type": "multi_static_select",
        "placeholder": plain_text(hint, 150),
        "max_selected_items": MOST_NAMES,
    }
    options_of: Element = {"options": shown[0]["options"]} if len(shown) == 1 else {"option_groups": shown}
    return menu | options_of | ({"initial_options": picked} if picked else {})


def _one(options: Sequence[tuple[str, str]], chosen: str) -> Element:
    shown = [_option(*option) for option in options]
    initial = next((option for option in shown if option["value"] == chosen), shown[0])
    return {"type": "static_select", "options": shown, "initial_option": initial}


def _one_grouped(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], chosen: str) -> Element:
    shown: list[Element] = [
        {"label": plain_text(label, _OPTION), "options": [_option(*option) for option in options]}
        for label, options in groups
    ]
    every = [option for group in shown for option in group["options"]]
    initial = next((option for option in every if option["value"] == chosen), every[0])
    return {"type": "static_select", "option_groups": shown, "initial_option": initial}


def _radio(options: Sequence[tuple[str, str]], chosen: str) -> Element:
    return _one(options, chosen) | {"type": "radio_buttons"}


def _ticks(options: Sequence[tuple[str, str]], chosen: Sequence[str]) -> Element:
    shown = [_option(*option) for option in options]
    ticked = [option for option in shown if option["value"] in chosen]
    return {"type": "checkboxes", "options": shown} | ({"initial_options": ticked} if ticked else {})


def _channel(channel: str) -> Element:
    menu: Element = {
        "type": "conversations_select",
        "filter": {"include": ["public", "private"], "exclude_bot_users": True},
        "placeholder": plain_text("Choose a channel", 150),
    }
    return menu | ({"initial_conversation": channel} if channel[:1] in ("C", "G") else {})
