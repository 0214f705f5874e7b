"""What a person named and cannot be used, files, streams and options alike: one sentence and an exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.state.store import Store
from tests.cli.test_export_seeds import PAGE, approved, record
from tests.conftest import SEEDS, with_base


@pytest.fixture(scope="module")
def at(facts_db: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a document, as settings name it, a file that is no folder, and a base that is built."""
    folder = tmp_path_factory.mktemp("unusable")
    (folder / "documents").mkdir()
    (folder / "file").write_text("not empty\n", encoding="utf-8")
    for name in ("full", "full.svg"):
        (folder / name).symlink_to("/dev/full")
    (folder / "data").mkdir()
    with_base(folder / "data", facts_db)
    store = Store.open(folder / "data" / "state.db")
    for event in approved(PAGE):
        record(store, event)
    store.close()
    return folder


def yrd(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run a line of shell in which `yrd` is the command, in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLACK_", "YRD_"))}
    return subprocess.run(
        ["/bin/sh", "-c", f'yrd() {{ "{sys.executable}" -m bot.cli "$@"; }}; {line}'],
        capture_output=True,
        encoding="utf-8",
        env=kept | {"YRD_SEEDS": str(SEEDS), "YRD_DATA_DIR": str(folder / "data")},
        cwd=folder,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("line", "status", "said"),
    [
        ("yrd export contributions --to file", 2, "file is no empty folder: name another."),
        ("yrd export contributions --to out --team nope", 2, "There is no team nope; teams with contributions: T1."),
        ('yrd export contributions --to "$YRD_SEEDS/new"', 2, f"{SEEDS}/new is in the folder of the seeds: name"),
        ("yrd export contributions --to out --format csv", 2, "Contributions are written as seeds: leave out --for"),
        ("yrd export facts --to out", 2, "--to and --team are for contributions: yrd export contributions --to"),
        ("yrd export facts --team T1", 2, "--to and --team are for contributions: yrd export contributions --to"),
        ("yrd ask --json --jsonl", 2, "--jsonl reads requests from standard input; leave out the text, --json, --"),
        ("yrd ask --jsonl --command /yrd-city", 2, "--jsonl reads requests from standard input; leave out the text"),
        ("yrd export contributions --to /proc/x", 2, "/proc/x cannot be written: No such file or directory."),
        ("YRD_DOCUMENTS=documents yrd check --html documents", 2, "documents is a folder: name a file."),
        ("YRD_DATA_DIR=file yrd run --demo", 2, "file cannot be used: File exists."),
        ("yrd map --out documents/x.svg/y.svg Hangzhou", 2, "documents/x.svg/y.svg cannot be written: No such"),
        ("yrd map --out full.svg Hangzhou", 2, "full.svg cannot be written: No space left on device."),
        ("yrd restore documents", 1, "documents is a folder: name a file."),
        ("yrd restore nosuch", 1, "nosuch does not exist."),
        ("yrd restore file", 1, "file is no backup of state.db: it is no SQLite database. No"),
        ("yrd backup documents", 1, "documents is a folder: name a file."),
        ("yrd backup file/x", 1, "file/x cannot be written: Not a directory."),
        ("yrd ask --jsonl <&-", 2, "Standard input is closed, and this command needs it."),
        ("yrd ask --jsonl 0>>file", 2, "Standard input cannot be read: Bad file descriptor."),
        ("echo '{}' | yrd ask --jsonl >&-", 2, "Standard output is closed, and this command needs it."),
        ("yrd export facts >&-", 2, "Standard output is closed, and this command needs it."),
        ("yrd ask Hangzhou >/dev/full", 1, "Standard output cannot be written: No space left on device."),
        ("yrd ask --jsonl </dev/null >/dev/full", 0, ""),
        ("echo '{}' | yrd ask --jsonl >/dev/full", 1, "Standard output cannot be written: No space left on device."),
        ("yrd export facts >/dev/full", 1, "Standard output cannot be written: No space left on device."),
        ("yrd --help >/dev/full", 1, "Standard output cannot be written: No space left on device."),
        ("yrd manifest >/dev/full", 1, "Standard output cannot be written: No space left on device."),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_named_in_one_sentence(at: Path, line: str, status: int, said: str) -> None:
    done = yrd(at, line)
    assert (done.returncode, done.stderr[: len(said)]) == (status, said), done.stderr
    assert done.stderr.count("\n") == bool(said)


def test_a_check_without_a_terminal_to_tell_its_progress_says_what_it_found(at: Path) -> None:
    done = yrd(at, "yrd check 2>&-")
    assert done.returncode == 0
    assert done.stdout
