"""The form of a digest, and the page that shows what it comes to: views, with nothing sent.

Slack's own menus search as one types, so the options stand in the view, within its 100 options a group and 250 kB
(docs.slack.dev/reference/views).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, TypeVar

from bot.render import blockkit, channel_link
from bot.render.blockkit import Block, modal
from bot.slack import forms
from bot.slack.digests import month_day
from bot.slack.digests.zones import ZONES
from bot.slack.forms import field
from handlers.answer import Answer, Field, Refused
from handlers.digests.holidays import COUNTRIES
from handlers.digests.reading.subjects import Subjects
from handlers.digests.reading.when.dates import DAYS_IN_FULL
from handlers.records import about
from handlers.say import say
from handlers.subscription import MOST_FACTS, MOST_NAMES, Subscription
from knowledge.base import FactBase
from knowledge.model import Named

FORM: Final = "digest_form"
CONFIRM: Final = "digest_confirm"
NAMES: Final = "digest_names"
OLDER_NAMES: Final = ("digest_topics", "digest_places", "digest_mechanisms")
"""What a form that was opened before names were one field sends."""
RHYTHM, DAYS, MONTHDAY, TIME, ZONE = (
    "digest_rhythm", "digest_days", "digest_monthday", "digest_time", "digest_zone",
)  # fmt: skip
FACTS, CHANNEL, EMPTY, HOLIDAYS, QUIET = (
    "digest_facts", "digest_channel", "digest_empty", "digest_holidays", "digest_quiet",
)  # fmt: skip
TEST: Final = "digest_test"
QUIET_MAX: Final = 60
FIELDS: Final[Mapping[Field, str]] = MappingProxyType(
    {"names": NAMES, "channel": CHANNEL, "when": RHYTHM, "zone": ZONE}
)
"""Under which input a refusal stands; what is about the whole stands on a page of its own."""
_Record = TypeVar("_Record", bound=Named)


def form(base: FactBase, shown: Subscription, metadata: str, stands: Sequence[str] = ()) -> dict[str, Any]:
    """Return the form filled in with `shown`, below what holds it; `metadata` comes back with its submission."""
    channel = field(
        CHANNEL,
        say("Channel"),
        forms.channel_menu(shown.channel),
        optional=is_direct(shown),
        hint=say(
            "Without one it comes in our direct messages. In a channel I must be a member: /invite @YRD Desk."
        )
        if is_direct(shown)
        else say("I must be a member: /invite @YRD Desk."),
    )
    held = [blockkit.context(*stands)] if stands else []
    zone, details = _zone(shown), blockkit.header(say("Details"))
    blocks = [*held, _about(base, shown), *_when(shown), channel, details, zone, *_how(shown)]
    title = say("Edit digest") if shown.id else say("New digest")
    return modal(FORM, title, say("Next"), blocks, metadata)


def is_direct(shown: Subscription) -> bool:
    """Say whether it is a digest of somebody's direct messages, which no menu of channels offers."""
    return shown.channel.startswith("D")


def confirmation(proposed: Answer, channel: str, metadata: str) -> dict[str, Any]:
    """Return the page that says what will be saved, as `propose` says it."""
    said = [
        blockkit.text_element(proposed.headline, bold=True),
        blockkit.text_element(" "),
        *(
            [blockkit.text_element(say("In our direct messages."))]
            if channel.startswith("D")
            else channel_link.runs(say("In {channel}.", channel=channel_link.link(channel)), channel)
        ),
    ]
    blocks: list[Block] = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": said}]}
    ]
    for section in proposed.sections:
        blocks += [blockkit.header(section.title), blockkit.bullets(section.entries)]
    if proposed.notes:
        blocks = [blockkit.context(*proposed.notes), *blocks]
    return _second_page(blocks, metadata, is_saving=proposed.outcome != "refused")


def not_saved(refused: Refused, metadata: str) -> dict[str, Any]:
    """Return the page that says why nothing was saved; it can be tried again."""
    blocks = [
        blockkit.rich_text(blockkit.text_element(say("Not saved."), bold=True)),
        blockkit.rich_text(blockkit.text_element(refused.why, bold=True)),
        *([blockkit.context(*refused.notes)] if refused.notes else []),
    ]
    return _second_page(blocks, metadata)


def _second_page(blocks: list[Block], metadata: str, *, is_saving: bool = True) -> dict[str, Any]:
    test = blockkit.actions([blockkit.button(say("Send a test to me"), TEST, "test")])
    save = say("Save") if is_saving else ""
    return modal(CONFIRM, say("Check and save"), save, [*blocks, test], metadata, close=say("Back"))


def _about(base: FactBase, shown: Subscription) -> Block:
    """Return the one menu of all that a digest can follow: topics first, then places by their region, then mechanisms."""
    regions = defaultdict(list)
    for place in _with_facts(base, base.seeds.places):
        regions[about.region_of(base, place)].append(place)
    order = sorted(regions, key=lambda region: (region == about.ELSEWHERE, region != about.DELTA, region))
    groups = [
        (say("Topics"), forms.named(_with_facts(base, base.seeds.topics))),
        *((region, forms.named(regions[region])) for region in order),
        (say("Mechanisms"), forms.named(_with_facts(base, base.seeds.mechanisms))),
    ]
    menu = forms.multi_select(
        groups, Subjects.of(shown).slugs, say("Search topics, places, mechanisms"), MOST_NAMES
    )
    hint = say("At least one topic, place or mechanism; {most} at most.", most=MOST_NAMES)
    return field(NAMES, say("What it follows"), menu, hint=hint)


def _with_facts(base: FactBase, records: Iterable[_Record]) -> list[_Record]:
    return [record for record in records if base.facts_of(record)]


def _when(shown: Subscription) -> list[Block]:
    days = [(str(at), name) for at, name in enumerate(DAYS_IN_FULL)]
    monthly = shown.rhythm == "monthly"
    rhythms = [("weekdays", say("On days of the week, chosen below")), ("monthly", say("Once a month"))]
    return [
        field(RHYTHM, say("How often"), forms.radio(rhythms, "monthly" if monthly else "weekdays")),
        field(
            DAYS,
            say("Days of the week"),
            # Seven boxes would take a third of the form.
            forms.multi_select(
                [("", days)], [str(day) for day in (not monthly and shown.weekdays) or (0,)], say("Choose days"), len(days)
            ),
            optional=True,
        ),
        field(
            MONTHDAY, say("Day of the month"), forms.select(month_day.options(), month_day.code(shown)), optional=True,
            hint=say("Only for once a month. In a month without a day 29, 30 or 31 it comes on the last day."),
        ),
        field(TIME, say("Time"), {"type": "timepicker", "initial_time": f"{shown.at:%H:%M}"}),
    ]  # fmt: skip


def _zone(shown: Subscription) -> Block:
    zones = [(area, [(zone, _zone_label(zone)) for zone in listed]) for area, listed in ZONES]
    if not any(shown.zone in listed for _, listed in ZONES):
        zones = [(say("Now set"), [(shown.zone, _zone_label(shown.zone))]), *zones]
    return field(ZONE, say("Time zone"), forms.select(zones, shown.zone))


def _how(shown: Subscription) -> list[Block]:
    numbers = [(str(number), str(number)) for number in range(1, MOST_FACTS + 1)]
    empty = [
        ("quiet", say("Say so once, then be quiet until one is added or corrected")),
        ("tell", say("Say each time that nothing is new")),
        ("again", say("Start over from the first fact")),
    ]
    country, name = next(iter(COUNTRIES.items()))
    quiet = f"{shown.quiet.start:%H:%M}-{shown.quiet.end:%H:%M}" if shown.quiet else ""
    return [
        field(FACTS, say("Facts each time"), forms.select([("", numbers)], str(shown.facts))),
        field(EMPTY, say("Once all facts are posted"), forms.radio(empty, shown.when_empty)),
        field(
            HOLIDAYS,
            say("Public holidays"),
            forms.checkboxes(
                [(country, say("No digest on public holidays of {country}", country=name))],
                [shown.skip_holidays],
            ),
            optional=True,
            hint=say("Weekdays, Monday to Friday, are then the days that are worked there, some at weekends among them."),
        ),
        field(
            QUIET, say("Quiet hours"), forms.text_box(quiet, QUIET_MAX, example="22:00-07:00"), optional=True,
            hint=say("What is due in them comes at their end."),
        ),
    ]  # fmt: skip


def _zone_label(zone: str) -> str:
    area, _, city = zone.rpartition("/")
    return f"{city.replace('_', ' ')} ({zone})" if area else zone
