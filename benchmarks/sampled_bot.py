"""A bot that says what its processor's time went to: `python -m benchmarks.sampled_bot run` in place of `python -m bot.cli run`.

Every few hundredths of a second each thread's time since the last look goes to where the thread stands. It begins once there is
a file named `sample` in the folder of YRD_BENCH_SAMPLES, and writes what it has there. What this itself takes is left out; a
thread that comes and goes between two looks is in the whole, and in no table.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any, Final

from benchmarks.bench import ROOT

START: Final = "sample"
_EVERY: Final = 0.04
_WRITTEN_EVERY: Final = 5.0
_OURS: Final = ("bot/", "handlers/", "knowledge/")


class Sampler:
    """Milliseconds of the processor by the line of ours that led there, and by every function on the way."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spent: dict[int, int] = {}
        self._unseen: int | None = None
        self._lines: Counter[str] = Counter()
        self._functions: Counter[str] = Counter()
        self._leaves: Counter[str] = Counter()
        threading.Thread(target=self._run, name="sampler", daemon=True).start()

    def _run(self) -> None:
        while not (self._folder / START).exists():
            time.sleep(0.2)
        began, written = time.process_time() - time.thread_time(), time.monotonic()
        while True:
            self._look()
            if time.monotonic() - written > _WRITTEN_EVERY:
                written = time.monotonic()
                self._write(time.process_time() - time.thread_time() - began)
            time.sleep(_EVERY)

    def _look(self) -> None:
        frames = sys._current_frames()
        for thread in threading.enumerate():
            frame = frames.get(thread.ident or 0)
            if frame is None or thread is threading.current_thread():
                continue
            native = thread.native_id or 0
            spent = _processor(native)
            gone = spent - self._spent.get(native, spent if self._unseen is None else self._unseen)
            self._spent[native] = spent
            if gone > 0:
                self._note(frame, gone)
        # Of a thread that is new from now on all its time counts.
        self._unseen = 0

    def _note(self, frame: FrameType, gone: int) -> None:
        way = list(_way(frame))
        self._leaves[way[0][1]] += gone
        self._functions.update(dict.fromkeys((function for _, function in way), gone))
        line = next((line for line, function in way if function.startswith(_OURS)), way[-1][0])
        self._lines[line] += gone

    def _write(self, whole: float) -> None:
        found = {
            "whole": 1e9 * whole,
            "lines": self._lines,
            "functions": self._functions,
            "leaves": self._leaves,
        }
        (self._folder / f"samples-{os.getpid()}.json").write_text(json.dumps(found))


def _way(frame: FrameType | None) -> Iterable[tuple[str, str]]:
    """Return each frame's line and function, the innermost first."""
    while frame is not None:
        code = frame.f_code
        file = code.co_filename.removeprefix(f"{ROOT}/").rpartition("site-packages/")[2]
        yield f"{file}:{frame.f_lineno} {code.co_name}", f"{file} {code.co_qualname}"
        frame = frame.f_back


def _processor(native: int) -> int:
    with suppress(OSError, ValueError):
        return int(Path(f"/proc/self/task/{native}/schedstat").read_text().split()[0])
    return 0


def told(folder: Path, most: int = 25) -> str:
    """Return what the bots wrote, as tables of milliseconds."""
    whole, tables = 0.0, {name: Counter[str]() for name in ("lines", "functions", "leaves")}
    for path in folder.glob("samples-*.json"):
        found: dict[str, Any] = json.loads(path.read_text())
        whole += found["whole"]
        for name, table in tables.items():
            table.update(found[name])
    seen = tables["leaves"].total()
    said = [f"of {whole / 1e9:.1f} s of the processor {seen / 1e9:.1f} s were seen"]
    for name, table in tables.items():
        said += [
            "",
            f"{name}: share, s",
            *(f"{spent / whole:6.1%} {spent / 1e9:7.2f} {what}" for what, spent in table.most_common(most)),
        ]
    return "\n".join(said)


def main() -> None:
    """Run the command line of the bot under the sampler."""
    from bot.cli.main import yrd

    Sampler(Path(os.environ["YRD_BENCH_SAMPLES"]))
    yrd()


if __name__ == "__main__":
    main()
