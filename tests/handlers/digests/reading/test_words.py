"""What a person types about a digest: understood, or the wrong word named with what would be right."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.digests.describe import rhythm_text
from handlers.digests.hindrance import unknown
from handlers.digests.preview import TEST_ELSEWHERE
from handlers.digests.reading.changes import DigestChanges
from handlers.digests.reading.days import KEYWORDS
from handlers.digests.reading.parse import read
from handlers.digests.reading.subjects import ParseError, Subjects
from handlers.digests.reading.when import dates as say
from handlers.digests.reading.when import zones
from handlers.digests.reading.when.chinese import apart
from handlers.stored_digest import StoredDigest
from handlers.subscription import QuietHours, Subscription
from knowledge.base import FactBase
from tests.conftest import Asker

NOTHING = Subscription("T1", "C1", "U1", time(9), "Asia/Shanghai", weekdays=(0,))


def understood(base: FactBase, text: str) -> Subscription:
    wish = read(base, text)
    assert isinstance(wish, DigestChanges), wish
    return wish.on(NOTHING)


@pytest.mark.parametrize(
    ("text", "days", "monthday"),
    [
        ("ports weekly mon 09:00", (0,), None),
        ("ports daily 9", (0, 1, 2, 3, 4, 5, 6), None),
        ("ports weekdays 9am", (0, 1, 2, 3, 4), None),
        ("ports every weekday at 9", (0, 1, 2, 3, 4), None),
        ("ports mon, wed and fri 9", (0, 2, 4), None),
        ("ports tue-thu 9", (1, 2, 3), None),
        ("ports every friday", (4,), None),
        ("ports 每周 周五 9", (4,), None),
        ("ports 每周一上午9点", (0,), None),
        ("ports 每个星期二", (1,), None),
        ("ports 每礼拜天", (6,), None),
        ("ports 周一到周五 9点", (0, 1, 2, 3, 4), None),
        ("ports 每周一至周三", (0, 1, 2), None),
        ("ports 工作日下午5点", (0, 1, 2, 3, 4), None),
        ("ports 每周末", (5, 6), None),
        ("港口每个周末9点", (5, 6), None),
        ("ports 每个工作日9点", (0, 1, 2, 3, 4), None),
        ("ports 每个星期 9点", (0,), None),
        ("ports 每周六日", (5, 6), None),
        ("ports 每周一三五9点", (0, 2, 4), None),
        ("ports 周一三点", (0,), None),
        ("ports 周一至五", (0, 1, 2, 3, 4), None),
        ("ports 周一–周五 9", (0, 1, 2, 3, 4), None),
        ("ports 周六~周一", (0, 5, 6), None),
        ("ports mon-周五 9", (0, 1, 2, 3, 4), None),
        ("ports 每月上午9点15号", (), 15),
        ("港口每周一9点。", (0,), None),
        ("industry weekly mon.", (0,), None),
        ("ports 每月十五号", (), 15),
        ("ports 每个月31日", (), 31),
        ("港口每周一9点", (0,), None),
        ("宁波、杭州每周一、周三", (0, 2), None),
        ("ports monthly 15 9pm", (), 15),
        ("ports monthly on the 1st at 9", (), 1),
        ("ports monthly last", (), 31),
        ("ports every month", (), 1),
        ("ports", (0,), None),
    ],
)
def test_rhythms_are_read(base: FactBase, text: str, days: tuple[int, ...], monthday: int | None) -> None:
    found = understood(base, text)
    assert (found.weekdays, found.monthday) == (days, monthday)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("9", time(9)), ("9am", time(9)), ("09:00", time(9)), ("21:30", time(21, 30)), ("9.30pm", time(21, 30)),
        ("12am", time(0)), ("12pm", time(12)), ("noon", time(12)), ("9点半", time(9, 30)),
        ("九点", time(9)), ("下午3点", time(15)), ("晚上八点半", time(20, 30)), ("早上8点", time(8)), ("十点一刻", time(10, 15)),
        ("中午12点", time(12)), ("中午1点", time(13)), ("二十一点", time(21)), ("8时30分", time(8, 30)), ("九点整", time(9)),
        ("九点钟", time(9)), ("凌晨两点", time(2)), ("上午15点", None), ("晚上12点", None), ("25点", None), ("十十点", None), ("凌晨12点", time(0)), ("凌晨12点半", time(0, 30)), ("晚上一点", None), ("傍晚1点", None), ("中午3点", None),
        ("中午8点", None), ("早上12点", None), ("下午12点", time(12)), ("下午15点", time(15)), ("九点零五分", time(9, 5)),
        ("上午9:00", time(9)), ("下午3:30", time(15, 30)), ("上午25:00", None), ("午夜", time(0)),
        ("24:00", None),
        ("13pm", None), ("9:60", None), ("nine", None),
    ],
)  # fmt: skip
def test_times_are_read(word: str, expected: time | None) -> None:
    assert say.clock(word) == expected


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Asia/Shanghai", "Asia/Shanghai"), ("asia/shanghai", "Asia/Shanghai"), ("beijing", "Asia/Shanghai"),
        ("new york", "America/New_York"), ("America/New_York", "America/New_York"), ("london", "Europe/London"),
        ("上海", "Asia/Shanghai"), ("UTC", "UTC"), ("atlantis", None),
    ],
)  # fmt: skip
def test_zones_are_read_by_name_and_by_city(words: str, zone: str | None) -> None:
    assert zones.zone(words) == zone


@pytest.mark.parametrize(
    "name", sorted(n for n in available_timezones() if "/" in n and not n.startswith("Etc/"))
)
def test_every_zone_is_read_by_its_whole_name(name: str) -> None:
    for written in (name, name.upper(), name.lower(), name.replace("_", " ")):
        assert zones.zone(written) == name


@pytest.mark.parametrize(
    "word",
    [
        "general", "east", "west", "north", "south", "center", "central", "eastern", "pacific", "mountain", "atlantic",
        "act", "easter", "midway", "wake", "christmas", "reunion", "resolute", "oral", "jersey", "virgin", "canary",
        "continental", "casey", "davis", "palmer", "troll", "factory", "localtime", "posixrules", "universal", "zulu",
        "cst", "ist", "bst", "local", "time", "summer time", "navajo", "eire", "prc", "roc", "w-su", "gb", "nz", "turkey", "acre", "victoria", "island",
        "EasterIsland", "BajaNorte", "Indiana-Starke", "", "to", "at", "mon", "may",
    ],
)  # fmt: skip
def test_a_word_that_ends_the_name_of_a_zone_is_no_zone(word: str) -> None:
    assert zones.zone(word) is None


def test_no_word_of_a_question_or_of_a_digest_is_a_zone(base: FactBase) -> None:
    ends = {name.rpartition("/")[2].replace("_", " ").lower() for name in available_timezones()}
    known = {word for word in ends if zones.zone(word)}
    assert len(known) > 300
    # "est. 2018" has no place among the options of a digest.
    assert known & {*base.lexicon.stop, *base.lexicon.light, *KEYWORDS} == {"est"}


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("EST", "America/New_York"), ("edt", "America/New_York"), ("pst", "America/Los_Angeles"), ("cdt", "America/Chicago"),
        ("MDT", "America/Denver"), ("aest", "Australia/Sydney"), ("cet", "Europe/Berlin"), ("jst", "Asia/Tokyo"),
        ("hkt", "Asia/Hong_Kong"), ("gmt", "UTC"), ("北京时间", "Asia/Shanghai"), ("Beijing time", "Asia/Shanghai"),
        ("London time", "Europe/London"), ("东京时间", "Asia/Tokyo"), ("Eastern time", "America/New_York"),
    ],
)  # fmt: skip
def test_a_clock_is_read_by_its_abbreviation_or_its_place(words: str, zone: str) -> None:
    assert zones.zone(words) == zone


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("CST", ("Asia/Shanghai", "America/Chicago")), ("ist", ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin")),
        ("UTC+8", ("Asia/Shanghai", "Asia/Singapore")), ("gmt+08:00", ("Asia/Shanghai", "Asia/Singapore")),
        ("+0800", ("Asia/Shanghai", "Asia/Singapore")), ("(UTC-5)", ("America/Bogota", "America/New_York")),
        ("UTC+5:30", ("Asia/Kolkata",)), ("UTC+11", ("Pacific/Noumea",)), ("UTC+10:30", ()), ("mst", ("America/Denver", "America/Phoenix")),
    ],
)  # fmt: skip
def test_what_may_be_the_time_of_several_places_is_named_with_some_of_them(
    base: FactBase, typed: str, meant: tuple[str, ...]
) -> None:
    found = read(base, f"ports mon 9 {typed}")
    assert isinstance(found, ParseError)
    assert (found.word, found.instead) == (typed.strip("()"), meant)


@pytest.mark.parametrize("east", range(-12, 15))
def test_a_place_named_for_an_offset_has_it_in_winter_or_in_summer(east: int) -> None:
    moments = [datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7)]
    for name in zones.places_of_offset(f"UTC{east:+}") or ():
        hours = {moment.astimezone(ZoneInfo(name)).utcoffset() for moment in moments}
        assert timedelta(hours=east) in hours, name


def test_no_name_of_the_base_ends_in_what_is_taken_for_days(base: FactBase) -> None:
    seeds = base.seeds
    records = (
        *seeds.places,
        *seeds.mechanisms,
        *seeds.topics,
        *seeds.organisations,
        *seeds.plans,
        *seeds.projects,
    )
    names = {name for record in records for name in (record.name, record.chinese, *record.aliases) if name}
    assert len(names) > 500
    for name in names:
        for word in name.split():
            assert apart(word) == [word]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ports 每周日本时间9点", "ports 每周日本时间9点"), ("ports 每天8点20点", "20点"), ("ports 每天9点到10点", "到"),
        ("ports mon 晚上12点", "晚上12点"), ("ports 每周一晚上一点", "晚上一点"), ("ports mon 9 and Hangzhou", "Hangzhou"),
        ("ports mon 9, Shanghai", "Shanghai"),
        ("ports 每周一9点, 宁波", "宁波"), ("ports monthly the 1st and 15", "15"), ("ports 每月15号、20", "20"),
        ("industry 4.0 weekly", "industry 4.0"), ("ports 25:00", "25:00"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_and_nothing_else(base: FactBase, text: str, word: str) -> None:
    found = read(base, text)
    assert isinstance(found, ParseError)
    assert found.word == word


@pytest.mark.parametrize("text", ["Sunday engineers", "ports, weekend engineers", "Sunday engineers mon"])
def test_a_name_that_begins_with_a_day_is_a_name_wherever_it_ends(base: FactBase, text: str) -> None:
    assert Subjects.of(understood(base, text)).mechanisms


@pytest.mark.parametrize("end", ["", ".", "。"])
def test_a_full_stop_ends_a_wish(base: FactBase, end: str) -> None:
    for text, zone in (("ports mon 9 est", "America/New_York"), ("ports mon 9 London", "Europe/London")):
        assert understood(base, f"{text}{end}").zone == zone
    assert understood(base, f"ports 每周一下午3点{end}").at == time(15)
    assert understood(base, f"ports mon 9 p.m{end or '.'}").at == time(21)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2026-12-24", date(2026, 12, 24)), ("24 Dec", date(2026, 12, 24)), ("dec 24th", date(2026, 12, 24)),
        ("1 jan", date(2027, 1, 1)), ("fri", date(2026, 11, 27)), ("tomorrow", date(2026, 11, 23)),
        ("31 feb", None), ("soon", None),
    ],
)  # fmt: skip
def test_dates_are_read(words: str, day: date | None) -> None:
    assert say.day_of(words, date(2026, 11, 22)) == day


def test_names_of_all_three_sorts_are_told_apart(base: FactBase) -> None:
    found = understood(base, "ports, G60, enclave economy and Hangzhou weekly")
    assert Subjects.of(found) == Subjects(("ports",), ("g60-corridor", "hangzhou"), ("enclave-economy",))


def test_every_option_is_read_in_any_order(base: FactBase) -> None:
    found = understood(
        base,
        "ports quiet 22:00-07:00 skip holidays CN facts 3 weekly fri when empty skip 8.30 am new york",
    )
    assert found.quiet == QuietHours(time(22), time(7))
    assert (found.skip_holidays, found.facts, found.when_empty) == ("CN", 3, "quiet")
    assert (found.weekdays, found.at, found.zone) == ((4,), time(8, 30), "America/New_York")


@pytest.mark.parametrize(
    ("text", "word", "right"),
    [
        ("portss weekly", "portss", "ports"),
        ("hangzou, ports daily 9", "hangzou", "hangzhou"),
        ("Suzhou daily", "Suzhou", "suzhou-anhui"),
        ("ports weeekly mon 9", "weeekly", "weekly"),
        ("ports weekly funday", "funday", "sunday"),
        ("ports weekly mon 9 Asia/Shangai", "Asia/Shangai", "Asia/Shanghai"),
        ("ports weekly mon 25:00", "25:00", "09:00"),
        ("ports weekly facts 12", "12", "5"),
        ("ports weekly when empty maybe", "maybe", "quiet"),
        ("ports monthly 32", "32", "last"),
        ("ports hourly", "hourly", "daily"),
        ("ports daily quiet always", "always", "22:00-07:00"),
    ],
)
def test_the_wrong_word_is_named_with_what_would_be_right(
    base: FactBase, text: str, word: str, right: str
) -> None:
    wrong = read(base, text)
    assert isinstance(wrong, ParseError)
    assert wrong.word == word
    assert right in wrong.instead


def test_a_comma_joins_a_name_and_its_province_only_where_the_name_alone_is_none(base: FactBase) -> None:
    assert understood(base, "Suzhou, Anhui daily").places == ("suzhou-anhui",)
    assert understood(base, "Hefei, Anhui daily").places == ("hefei", "anhui")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Paris daily", "outside this fact base"),
        ("SMIC daily", "known as an organisation"),
        ("qqqq daily", "no topic, place or mechanism"),
        ("ports weekly mon 9 10:00", "given twice"),
        ("ports daily in #general", "goes to the channel that you type"),
    ],
)
def test_what_cannot_be_is_explained(base: FactBase, text: str, why: str) -> None:
    wrong = read(base, text)
    assert isinstance(wrong, ParseError)
    assert why in wrong.sentence


def test_every_name_of_the_base_can_be_followed_by_a_schedule(base: FactBase) -> None:
    for record in (*base.seeds.topics, *base.seeds.places, *base.seeds.mechanisms):
        for name in (record.name, record.slug):
            wish = read(base, f"{name} weekly mon 09:00")
            if isinstance(wish, ParseError):
                assert "several" in wish.sentence or "holds no fact" in wish.sentence, (name, wish)
            else:
                assert record.slug in wish.names.slugs
                assert wish.weekdays == (0,)


SUBSCRIPTIONS = st.builds(
    replace,
    st.just(NOTHING),
    topics=st.lists(st.sampled_from(["ports", "talent", "finance"]), min_size=1, unique=True).map(tuple),
    places=st.lists(st.sampled_from(["hangzhou", "suzhou-anhui", "anhui"]), unique=True).map(tuple),
    mechanisms=st.lists(st.sampled_from(["enclave-economy", "joint-park"]), unique=True).map(tuple),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(["UTC", "Asia/Shanghai", "America/Argentina/Buenos_Aires", "Australia/Lord_Howe"]),
    facts=st.integers(1, 10),
    when_empty=st.sampled_from(["quiet", "tell", "again"]),
    skip_holidays=st.sampled_from(["", "CN"]),
    quiet=st.sampled_from([None, QuietHours(time(22), time(7)), QuietHours(time(0), time(6, 30))]),
)
DAYS = st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days)))


@pytest.mark.parametrize(
    ("forged", "said"),
    [
        ({"weekdays": (0, 0, 0)}, "A digest comes once a day: name each day of the week once."),
        ({"at": time(9, 0, 30)}, "Times are of whole minutes, such as 09:00."),
        ({"at": time(9, 0, 0, 500_000)}, "Times are of whole minutes, such as 09:00."),
        ({"quiet": QuietHours(time(22), time(7, 0, 1))}, "Times are of whole minutes, such as 09:00."),
        ({"quiet": QuietHours(time(9), time(9))}, "Quiet hours begin at one time and end at another"),
        ({"skip_holidays": "XX"}, "I know the public holidays of CN alone, not of XX."),
    ],
    ids=str,
)
def test_what_no_menu_offers_is_refused_in_a_sentence(
    base: FactBase, forged: dict[str, Any], said: str
) -> None:
    wanted = understood(base, "ports weekly mon 9 quiet 22:00-07:00 skip holidays CN")
    assert unknown(base, wanted) is None
    refused = unknown(base, replace(wanted, **forged))
    assert refused is not None
    assert refused.sentence.startswith(said)


@given(SUBSCRIPTIONS, DAYS, st.none() | st.integers(1, 31))
def test_what_a_button_a_form_and_a_row_carry_reads_back_to_the_same(
    kept: Subscription, days: tuple[int, ...], monthday: int | None
) -> None:
    wanted = replace(kept, weekdays=() if monthday else days, monthday=monthday)
    held = StoredDigest.of(wanted)
    assert StoredDigest.model_validate_json(held.model_dump_json()).by("T1", "U1") == wanted
    assert rhythm_text(wanted)


@given(st.text(max_size=120))
def test_nothing_that_is_typed_raises(base: FactBase, text: str) -> None:
    assert isinstance(read(base, text), DigestChanges | ParseError)


def test_without_state_it_previews_and_says_that_it_cannot_save(ask: Asker) -> None:
    shown = ask("preview ports, Hangzhou", "/yrd-digest")
    assert shown.outcome == "answer"
    assert shown.lines
    asked = ask("subscribe ports daily 9", "/yrd-digest")
    assert not asked.choices
    assert "set up in Slack" in asked.notes[0]


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Hangzhou, Hangzho weekly mon 09:00", "Hangzhou, hangzhou weekly mon 09:00"),
        ("Hangzhou, hangzho", "Hangzhou, hangzhou"),
    ],
)
def test_a_button_mends_the_word_itself(ask: Asker, typed: str, mended: str) -> None:
    offered = ask(f"subscribe {typed}", "/yrd-digest")
    assert offered.choices[0].text == mended


def test_a_slip_in_the_first_word_is_offered(ask: Asker) -> None:
    offered = ask("subscirbe ports daily", "/yrd-digest")
    assert offered.choices[0].text == "subscribe ports daily"


def test_a_test_that_cannot_be_sent_is_shown_and_says_where_one_is(ask: Asker) -> None:
    shown, preview = (ask(f"{verb} ports", "/yrd-digest") for verb in ("test", "preview"))
    assert shown.lines == preview.lines
    assert shown.notes == (*preview.notes, TEST_ELSEWHERE)
