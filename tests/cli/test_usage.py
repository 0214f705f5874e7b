"""What the command line says to wrong arguments, and of itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete
from click.testing import CliRunner, Result

from bot.cli import digests, workspace
from bot.cli.main import yrd
from tests.conftest import SEEDS

GROUPS = {"digest": digests.command, "workspace": workspace.command}


def run(*arguments: str, **settings: str) -> Result:
    return CliRunner(env={"YRD_SEEDS": str(SEEDS), **settings}).invoke(yrd, arguments)


def paths() -> Iterator[tuple[str, ...]]:
    """Every command, by the words that call it."""
    yield ()
    for name in yrd.commands:
        yield (name,)
        yield from ((name, word) for word in GROUPS[name].commands) if name in GROUPS else ()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nosuch",), "yrd: no such command 'nosuch'"),
        (("asks",), "yrd: no such command 'asks', perhaps ask is meant"),
        (("--nosuch",), "yrd: no such option '--nosuch'"),
        (("build", "extra"), "yrd build: got unexpected extra argument (extra)"),
        (("ask", "--jsom"), "yrd ask: no such option '--jsom', perhaps --json or --jsonl is meant (before a text"),
        (("ask", "-5 degrees"), "yrd ask: no such option '-5' (before a text that begins with a dash goes --)"),
        (("ask", "--command"), "yrd ask: option '--command' requires an argument"),
        (("backup",), "yrd backup: missing argument 'FILE'"),
        (("export",), "yrd export: missing argument 'WHAT', one of facts, places, pairings"),
        (("export", "everything"), "yrd export: invalid value for 'WHAT': 'everything' is not one of 'facts'"),
        (("export", "facts", "--format", "a. b"), "yrd export: invalid value for '--format': 'a. b' is not one of"),
        (("digest", "nosuch"), "yrd digest: no such command 'nosuch'"),
        (("digest", "preview"), "yrd digest preview: missing argument 'NUMBER'"),
        (("workspace", "forward", "5x"), "yrd workspace forward: invalid value for 'BY': '5x' is not a number and m"),
        (("workspace", "fault", "429", "--times", "x"), "yrd workspace fault: invalid value for '--times': 'x' is"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_one_sentence_that_names_the_command(
    arguments: tuple[str, ...], said: str
) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(said)
    assert done.stderr.endswith(" --help.\n")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("digest",), ("workspace",)], ids=" ".join)
def test_the_name_alone_asks_for_help(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == run(*arguments, "--help").stdout


def test_it_says_which_version_it_is() -> None:
    done = run("--version")
    assert (done.exit_code, done.stdout) == (0, f"YRD Desk {version('yrd-desk')}\n")


@pytest.mark.parametrize("command", ["city", "yrd-city", "/yrd-city", "/city", "CITY"])
def test_a_command_is_known_with_and_without_its_slash(command: str, data_folder: Path) -> None:
    asked = run("ask", "--command", command, "Ningbo", YRD_DATA_DIR=str(data_folder))
    assert asked.exit_code == 0
    assert asked.stdout.startswith("Ningbo 宁波, ")


@pytest.mark.parametrize("command", ["map", "/map", "地图"])
def test_a_word_of_yrd_is_a_command_too(command: str, data_folder: Path) -> None:
    asked = run("ask", "--command", command, "Ningbo", YRD_DATA_DIR=str(data_folder))
    assert asked.stdout.startswith("宁波的地图：" if command == "地图" else "Map of Ningbo: ")


def test_what_is_no_command_is_told_as_it_was_typed(data_folder: Path) -> None:
    asked = run("ask", "--command", "Bogus", "Ningbo", YRD_DATA_DIR=str(data_folder))
    assert asked.exit_code == 1
    assert "Bogus is no command of YRD Desk" in asked.stdout + asked.stderr


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cty", "city"), ("yrd-mechansm", "mechanism"), ("/yrd-topc", "topic"), ("mapp", "map")],
)
def test_what_is_nearly_a_command_is_told_with_the_one_that_may_be_meant(
    typed: str, meant: str, data_folder: Path
) -> None:
    asked = run("ask", "--command", typed, "Ningbo", YRD_DATA_DIR=str(data_folder))
    assert asked.exit_code == 1
    assert f"Perhaps {meant}" in asked.stdout


@pytest.mark.parametrize(
    ("command", "begins"),
    [("yrd-city ningbo", "Ningbo 宁波, "), ("/yrd map", "Map of the Yangtze River Delta")],
)
def test_a_command_may_be_given_with_what_follows_it_as_it_is_typed_in_slack(
    command: str, begins: str, data_folder: Path
) -> None:
    asked = run("ask", "--command", command, YRD_DATA_DIR=str(data_folder))
    assert (asked.exit_code, asked.stdout.startswith(begins)) == (0, True)


@pytest.mark.parametrize("path", tuple(paths()), ids=" ".join)
def test_help_needs_no_settings_and_begins_with_the_summary_of_the_list(path: tuple[str, ...]) -> None:
    done = run(*path, "-h", YRD_PORT="none")
    assert (done.exit_code, done.stderr) == (0, "")
    lines = " ".join(done.stdout.split())
    assert lines.startswith(f"Usage: {' '.join(('yrd', *path))} [OPTIONS]")
    if path:
        group: click.Group = GROUPS[path[0]] if len(path) == 2 else yrd
        summary = group.commands[path[-1]].help
        assert summary
        assert f" {summary} " in lines
        assert summary in " ".join(run(*path[:-1], "--help").stdout.split())


def test_a_text_may_begin_with_a_dash_after_two(data_folder: Path) -> None:
    done = run("ask", "--json", "--", "- Hangzhou", YRD_DATA_DIR=str(data_folder))
    assert done.exit_code == 0, done.stderr
    assert "Hangzhou" in done.stdout


def test_a_bad_setting_is_told_by_the_command_that_needs_settings() -> None:
    done = run("ask", "Hangzhou", YRD_PORT="none")
    assert done.exit_code == 2
    assert done.stderr.startswith("YRD_PORT: ")
    assert done.stderr.count("\n") == 1


def test_the_list_of_commands_waits_for_no_settings_facts_or_slack() -> None:
    asked = "import sys, bot.cli.main; print(*{'pydantic', 'sqlite3', 'slack_sdk', 'knowledge'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize(
    ("words", "begun", "found"),
    [((), "wo", ["workspace"]), (("export",), "fa", ["facts"]), (("digest",), "p", ["preview"]),
     (("ask",), "--json", ["--json", "--jsonl"])],
)  # fmt: skip
def test_a_shell_completes_commands_and_options(words: tuple[str, ...], begun: str, found: list[str]) -> None:
    shell = ShellComplete(yrd, {}, "yrd", "_YRD_COMPLETE")
    assert [item.value for item in shell.get_completions([*words], begun)] == found


def test_whoever_stops_reading_is_told_nothing(data_folder: Path) -> None:
    command = [sys.executable, "-m", "bot.cli", "manifest"]
    reader = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    reader.wait()
    done = subprocess.run(command, stdout=reader.stdin, stderr=subprocess.PIPE, cwd=data_folder)
    assert (done.returncode, done.stderr) == (0, b"")
