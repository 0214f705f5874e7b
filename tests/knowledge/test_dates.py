"""Days and months have their English names, whatever the language of the process."""

from __future__ import annotations

import calendar
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.dates import DAYS, DAYS_IN_FULL, MONTHS, MONTHS_IN_FULL

IN_THE_LANGUAGE_OF_THE_PROCESS = """
import calendar, locale
locale.setlocale(locale.LC_ALL, "")
from datetime import date, datetime
from handlers.digests.reading.when.dates import day_of
from handlers.digests.schedule import slot_label
print(calendar.day_name[0])
print(slot_label(datetime(2027, 3, 15, 9), "Asia/Shanghai"))
print(day_of("15 May", date(2027, 3, 15)), day_of("Tuesday", date(2027, 3, 15)))
"""


def test_the_names_are_those_of_the_calendar_in_english() -> None:
    assert (tuple(calendar.day_name), tuple(calendar.day_abbr)) == (DAYS_IN_FULL, DAYS)
    assert (tuple(calendar.month_name)[1:], tuple(calendar.month_abbr)[1:]) == (MONTHS_IN_FULL, MONTHS)


def test_a_process_in_german_writes_and_reads_them_in_english(tmp_path: Path) -> None:
    compiler = shutil.which("localedef")
    made = compiler and subprocess.run(
        [compiler, "-i", "de_DE", "-f", "UTF-8", str(tmp_path / "de_DE.UTF-8")], capture_output=True
    )
    if not made or made.returncode:
        pytest.skip("needs localedef and the source of the German locale")
    done = subprocess.run(
        [sys.executable, "-c", IN_THE_LANGUAGE_OF_THE_PROCESS],
        env=os.environ | {"LOCPATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "Montag",
        "Mon 15 Mar 2027, 09:00 Asia/Shanghai",
        "2027-05-15 2027-03-16",
    ]
