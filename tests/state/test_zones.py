"""Each workspace may have a time zone of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from bot.state.installations.zones import FRESH_SECONDS, KnownZones, StoredZones
from bot.state.store import Store
from tests.both import BOTH

pytestmark = BOTH
Opened = Callable[[], Store]


def test_the_first_zone_stays_until_another_is_chosen(opened: Opened) -> None:
    with closing(opened()) as store:
        zones = StoredZones(store)
        assert zones.of("T1") == ""
        zones.begin("T1", "Europe/Berlin")
        zones.begin("T1", "Asia/Tokyo")
        assert (zones.of("T1"), zones.of("T2")) == ("Europe/Berlin", "")
        zones.choose("T1", "Asia/Tokyo")
        assert zones.of("T1") == "Asia/Tokyo"
        zones.choose("T1", "")
        assert zones.of("T1") == ""
        zones.choose("T1", "")


def test_what_another_process_chose_is_known_within_a_minute(opened: Opened) -> None:
    now = [0.0]
    with closing(opened()) as store, closing(opened()) as other:
        known = KnownZones(StoredZones(store), lambda: now[0])
        assert known.of("T1") == ""
        StoredZones(other).choose("T1", "Asia/Tokyo")
        assert known.of("T1") == ""
        now[0] += FRESH_SECONDS
        assert known.of("T1") == "Asia/Tokyo"


def test_the_first_zone_is_known_at_once_where_it_was_found_out(opened: Opened) -> None:
    with closing(opened()) as store:
        known = KnownZones(StoredZones(store), lambda: 0.0)
        assert known.of("T1") == ""
        known.begin("T1", "Asia/Tokyo")
        assert known.of("T1") == "Asia/Tokyo"


def test_while_state_is_away_the_zone_known_last_goes_on(opened: Opened) -> None:
    now = [0.0]
    with closing(opened()) as store:
        StoredZones(store).choose("T1", "Asia/Tokyo")
        known = KnownZones(StoredZones(store), lambda: now[0])
        assert known.of("T1") == "Asia/Tokyo"
    now[0] += FRESH_SECONDS
    assert (known.of("T1"), known.of("T2")) == ("Asia/Tokyo", "")
