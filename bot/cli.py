"""The `yrd` command. Slack, server and scheduler are imported only by the commands that need them.

Exit status: 0 done, 1 problems found or no answer, 2 wrong usage or configuration. Errors go to standard
error, one sentence each.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot import workspace_command
from bot.settings import ConfigurationError, Settings, load

if TYPE_CHECKING:
    from handlers.desk import Desk
    from knowledge.seeds import Seeds

DONE, PROBLEMS, WRONG = 0, 1, 2
# What can be exported. Here, because the parser must not wait for the fact base to be imported.
EXPORTED = (
    "facts", "places", "pairings", "mechanisms", "topics", "documents", "organisations", "plans", "projects",
    "outside", "synonyms", "words",
)  # fmt: skip

CONTRIBUTIONS = "contributions"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(load(), options))
    except ConfigurationError as error:
        return _say(str(error), WRONG)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has what they wanted; nothing is left to tell them.
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="yrd", description="YRD Desk: cited facts on the Yangtze River Delta."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    run = commands.add_parser(
        "run", help="start the bot: on Slack when tokens are set, else the local workspace"
    )
    run.add_argument(
        "--demo",
        action="store_true",
        help="a local workspace of its own, beginning with a tour; no tokens used",
    )
    run.set_defaults(run=_run)

    workspace = commands.add_parser("workspace", help="drive the local workspace that is running")
    workspace_command.add_to(workspace)

    build = commands.add_parser(
        "build", help="build facts.db from the seeds, and passages.db from the documents if they are here"
    )
    build.set_defaults(run=_build)

    check = commands.add_parser(
        "check", help="check the seeds, and facts against the documents if they are here"
    )
    check.add_argument(
        "--write-paragraphs", action="store_true", help="take new hashes and sections from the documents"
    )
    check.add_argument("--json", action="store_true", help="print what was found as JSON")
    check.add_argument(
        "--html",
        nargs="?",
        type=Path,
        const=Path(),
        metavar="FILE",
        help="write a page with each paragraph beside its facts (coverage.html in YRD_DATA_DIR if no FILE)",
    )
    check.set_defaults(run=_check)

    doctor = commands.add_parser(
        "doctor", help="check tokens, scopes, clock, stores and seeds, and say what to do"
    )
    doctor.set_defaults(run=_doctor)

    manifest = commands.add_parser("manifest", help="print the Slack app manifest")
    manifest.add_argument("--agent", action="store_true", help="add the agent view")
    manifest.add_argument("--http", action="store_true", help="for HTTP instead of Socket Mode")
    manifest.set_defaults(run=_manifest)

    for name, text, runner in (
        ("backup", "write a copy of state.db to FILE", _backup),
        ("restore", "put FILE in place of state.db", _restore),
    ):
        command = commands.add_parser(name, help=text)
        command.add_argument("file", type=Path)
        command.set_defaults(run=runner)

    digest = commands.add_parser("digest", help="list, preview or deliver the digests of state.db")
    deeds = digest.add_subparsers(required=True, metavar="preview|run|list")
    preview = deeds.add_parser("preview", help="print what digest NUMBER would say next")
    preview.add_argument("number", metavar="NUMBER")
    preview.set_defaults(run=_digest_preview)
    deeds.add_parser("run", help="post what is due now, then end").set_defaults(run=_digest_run)
    deeds.add_parser("list", help="list all digests and how they went").set_defaults(run=_digest_list)

    ask = commands.add_parser("ask", help="ask the fact base")
    ask.add_argument("text", nargs="*", help="the question, or what would follow the command")
    ask.add_argument("--command", default="/yrd", help="a slash command, such as /yrd-city")
    ask.add_argument("--json", action="store_true", help="print the answer as JSON")
    ask.add_argument(
        "--jsonl", action="store_true", help="answer requests from standard input, one JSON a line"
    )
    ask.set_defaults(run=_ask)

    chart = commands.add_parser("map", help="draw a map of a place, mechanism or topic, or of the delta")
    chart.add_argument("text", nargs="*", help="what the map is of; nothing is the whole delta")
    chart.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="write the picture: FILE.svg or FILE.png; else it is told in words",
    )
    chart.set_defaults(run=_map)

    export = commands.add_parser("export", help="print everything of one sort, one a line")
    export.add_argument("what", choices=(*EXPORTED, CONTRIBUTIONS))
    export.add_argument(
        "--to", type=Path, metavar="FOLDER", help="contributions only: an empty folder for the seeds"
    )
    export.add_argument(
        "--team", default="", help="contributions only: the id of the team, if there are several"
    )
    export.add_argument(
        "--format", choices=("jsonl", "csv", "bibtex"), default="jsonl", help="bibtex is for documents only"
    )
    export.set_defaults(run=_export)
    return parser


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from bot.serve import run

    if not options.demo:
        return run(settings)
    # A folder of its own: what the tour does is no part of anybody's workspace.
    tokens = dict.fromkeys(("slack_bot_token", "slack_app_token", "slack_signing_secret"))
    demo = settings.model_copy(update={**tokens, "data_dir": settings.data_dir / "demo"})
    for kept in ("workspace.json", "state.db"):
        (demo.data_dir / kept).unlink(missing_ok=True)
    return run(demo, page="#tour")


def _build(settings: Settings, options: argparse.Namespace) -> int:
    from knowledge import build
    from knowledge.seeds import BadSeedsError

    try:
        seeds = build.build(settings.seeds, settings.facts_db)
    except BadSeedsError as error:
        return _say("\n".join(map(str, error.problems)), PROBLEMS)
    except OSError as error:
        return _say(f"{settings.facts_db} cannot be written: {error.strerror}.", WRONG)
    print(f"{settings.facts_db}: {len(seeds.facts)} facts from {len(seeds.documents)} documents.")
    return DONE if settings.documents is None else _build_passages(settings, settings.documents, seeds)


def _build_passages(settings: Settings, folder: Path, seeds: Seeds) -> int:
    from knowledge import passages_build
    from knowledge.seeds import version

    try:
        gathered = passages_build.build(folder, seeds, version(settings.seeds), settings.passages_db)
    except OSError as error:
        where = f"YRD_DOCUMENTS ({folder})" if error.filename == str(folder) else str(settings.passages_db)
        return _say(f"{where} cannot be used: {error.strerror}.", WRONG)
    print(f"{settings.passages_db}: {gathered.paragraphs} paragraphs of {gathered.documents} documents.")
    for line in gathered.moved:
        print(f"  {line}")
    return _say("\n".join(gathered.problems), PROBLEMS) if gathered.problems else DONE


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from bot import checks

    if options.write_paragraphs:
        checks.write_paragraphs(settings)
    html = settings.data_dir / checks.PAGE if options.html == Path() else options.html
    return checks.check(settings, as_json=options.json, html=html)


def _doctor(settings: Settings, options: argparse.Namespace) -> int:
    from bot.doctor import examine

    return examine(settings)


def _manifest(settings: Settings, options: argparse.Namespace) -> int:
    from bot.slack.manifest import manifest

    print(json.dumps(manifest(agent=options.agent, socket=not options.http), indent=2, ensure_ascii=False))
    return DONE


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from bot.state.backup import backup
    from bot.state.store import StateError

    try:
        backup(settings.state_db, options.file)
    except StateError as error:
        return _say(str(error), PROBLEMS)
    print(f"{options.file} holds a copy of {settings.state_db}.")
    return DONE


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from datetime import UTC, datetime

    from bot.state.backup import restore
    from bot.state.store import StateError

    try:
        aside = restore(options.file, settings.state_db, datetime.now(UTC))
    except StateError as error:
        return _say(str(error), PROBLEMS)
    kept = f" The old one is {aside}." if aside else ""
    print(f"{settings.state_db} is now {options.file}.{kept}")
    return DONE


def _digest_preview(settings: Settings, options: argparse.Namespace) -> int:
    from bot.digests import console

    return _with_base(settings, lambda desk: console.preview(settings, desk.base, options.number))


def _digest_run(settings: Settings, options: argparse.Namespace) -> int:
    from bot.digests import console

    return console.run(settings)


def _digest_list(settings: Settings, options: argparse.Namespace) -> int:
    from bot.digests import console

    return console.show_all(settings)


def _ask(settings: Settings, options: argparse.Namespace) -> int:
    from bot import console

    if options.jsonl:
        if options.text:
            return _say("--jsonl reads requests from standard input; leave out the text.", WRONG)
        return _with_base(settings, lambda desk: console.answer_lines(desk, settings, sys.stdin, sys.stdout))
    text = " ".join(options.text)
    return _with_base(
        settings, lambda desk: console.answer_one(desk, settings, options.command, text, options.json)
    )


def _map(settings: Settings, options: argparse.Namespace) -> int:
    from bot.map import file

    if options.out is not None and options.out.suffix.lower() not in (".svg", ".png"):
        return _say(f"{options.out} must end in .svg or .png.", WRONG)
    text = " ".join(options.text)
    return _with_base(settings, lambda desk: file.write(desk, settings, text, options.out))


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from bot import bibtex, export

    if options.what == CONTRIBUTIONS:
        return _export_contributions(settings, options)
    if options.format == "bibtex":
        if options.what != "documents":
            return _say("--format bibtex is for documents: yrd export documents --format bibtex.", WRONG)
        return _with_base(settings, lambda desk: bibtex.write(desk.base.seeds.documents, sys.stdout))
    return _with_base(
        settings, lambda desk: export.write(desk.base, options.what, options.format, sys.stdout)
    )


def _export_contributions(settings: Settings, options: argparse.Namespace) -> int:
    from bot import export_seeds
    from bot.state.contributions import StoredContributions
    from bot.state.store import StateError, Store
    from handlers.curation import read

    if options.to is None:
        return _say("Name an empty folder: yrd export contributions --to FOLDER.", WRONG)
    try:
        store = Store.open(settings.state_db)
    except StateError as error:
        return _say(str(error), WRONG)
    try:
        contributions = StoredContributions(store)
        teams = [options.team] if options.team else contributions.teams()
        if len(teams) != 1:
            known = ", ".join(teams) or "none"
            return _say(f"Say of which team with --team; teams with contributions: {known}.", WRONG)
        curation = read(contributions.deeds(teams[0]))
    finally:
        store.close()
    return _with_base(
        settings, lambda desk: export_seeds.write(desk.base, curation, settings.seeds, options.to)
    )


def _with_base(settings: Settings, use: Callable[[Desk], int]) -> int:
    """Give `use` a desk over the fact base, built first where it is missing or older than the seeds."""
    import sqlite3

    from bot import documents
    from handlers.desk import Desk
    from knowledge import build
    from knowledge.base import FactBase
    from knowledge.seeds import BadSeedsError

    try:
        build.ensure(settings.seeds, settings.facts_db)
        base = FactBase.open(settings.facts_db)
    except BadSeedsError as error:
        return _say("\n".join(map(str, error.problems)), WRONG)
    except (OSError, sqlite3.Error) as error:
        return _say(f"{settings.facts_db} cannot be used: {error}. Delete it and try again.", WRONG)
    return use(Desk(base, passages=documents.at_hand(settings, base.seeds, base.version)))


def _say(message: str, status: int) -> int:
    print(message, file=sys.stderr)
    return status


if __name__ == "__main__":
    sys.exit(main())
