"""The `yrd` command. Slack, server and scheduler are imported only by the commands that need them.

Exit status: 0 done, 1 problems found or no answer, 2 wrong usage or configuration. Errors go to standard
error, one sentence each.
"""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

import click

from bot.cli.command import (
    DONE,
    PROBLEMS,
    WRONG,
    Command,
    Deferred,
    Group,
    complain,
    let_go_of_output,
    usable,
    with_settings,
)
from bot.logs import trace
from bot.state.errors import StateError

if TYPE_CHECKING:
    from bot.settings import Settings
    from knowledge.seeds import Seeds

INTERRUPTED: Final = 130
# What was opened by its name fails with it; without one, these are of what is printed.
_OF_PRINTING: Final = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


class Yrd(Group):
    """The group of all commands: says what goes wrong in one sentence, and exits with the status of the command."""

    def main(self, args: Sequence[str] | None = None, *_: Any, **extra: Any) -> NoReturn:
        """Run one command and exit; `args` are those of the process if not given."""
        # Modules stay as long as the process: to look for garbage among them takes an eighth of `yrd ask`.
        gc.disable()
        # Numbers here are multiplied a few at a time: numpy's threads would cost more than they do.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        if isinstance(sys.stdout, io.TextIOWrapper):
            # What a terminal cannot show is escaped, as on standard error.
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            status = super().main(args, **extra | {"prog_name": "yrd", "standalone_mode": False})
            _flush()
        except click.exceptions.NoArgsIsHelpError as error:
            # Whoever types the name alone asks what it can do.
            print(error.format_message())
            status = DONE
        except click.UsageError as error:
            status = complain(_sentence(error), WRONG)
        except StateError as error:
            status = complain(str(error), PROBLEMS)
        except Exception as error:  # noqa: BLE001 - the boundary: what an exception says may quote a token or a person
            status = _broken(error)
        sys.exit(status)

    def invoke(self, ctx: click.Context) -> int:
        """Run the command and return its exit status."""
        try:
            status = int(super().invoke(ctx))
            _flush()
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            # Whoever read the output has what they wanted; nothing is left to tell them.
            let_go_of_output()
            return DONE
        return status


def _broken(error: Exception) -> int:
    """Say that what is printed cannot be written, or where in the program something broke; return the status."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _OF_PRINTING:
        let_go_of_output()
        return complain(f"Standard output cannot be written: {error.strerror}.", PROBLEMS)
    where = "\n  ".join(trace(error))
    return complain(f"Something went wrong in yrd itself; please report where:\n  {where}", PROBLEMS)


def _flush() -> None:
    """Have what was printed written now, where a failure can still be told."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _sentence(error: click.UsageError) -> str:
    """Return what is wrong, of which command; click itself prints three lines and more."""
    where = error.ctx.command_path if error.ctx else "yrd"
    match error:
        case click.MissingParameter():
            said = error.format_message().replace(". Choose from:", ", one of")
        case click.NoSuchOption() | click.exceptions.NoSuchCommand():
            near = error.possibilities
            said = error.message.rstrip(".") + (f", perhaps {' or '.join(near)} is meant" if near else "")
            if isinstance(error, click.NoSuchOption) and error.ctx and _takes_text(error.ctx.command):
                said += " (before a text that begins with a dash goes --)"
        case _:
            said = error.format_message()
    said = " ".join(said.split()).rstrip(".")
    return f"{where}: {said[:1].lower()}{said[1:]}; see {where} --help."


def _takes_text(command: click.Command) -> bool:
    return any(parameter.nargs == -1 for parameter in command.params)


@click.command(cls=Command, help="start the bot: on Slack when tokens are set, else the local workspace")
@click.option(
    "--demo", is_flag=True, help="a local workspace of its own, beginning with a tour; no tokens used"
)
@click.option("--with-parent", is_flag=True, help="end when what started it ends, as make does")
@with_settings
def run(settings: Settings, demo: bool, with_parent: bool) -> int:
    """Serve until stopped, with --demo from a folder of its own: the tour is no part of anybody's workspace."""
    from bot import serve
    from bot.cli.with_parent import end_with_parent
    from bot.settings import SECRETS

    if with_parent:
        end_with_parent()
    if not demo:
        return serve.run(settings)
    own = {"slack_client_id": None, "database_url": None, "data_dir": settings.data_dir / "demo"}
    apart = settings.model_copy(update={**dict.fromkeys(SECRETS), **own})
    _empty(apart)
    return serve.run(apart, page="#tour")


def _empty(settings: Settings) -> None:
    """Delete what a demo before has left; ConfigurationError where one still runs."""
    from bot.settings import ConfigurationError
    from bot.state.database.sqlite import take_lease
    from bot.state.disk.files import left_beside, make_folder

    folder = settings.data_dir
    with usable(folder, "used"):
        make_folder(folder)
        try:
            lease = take_lease(settings.state_db, exclusive=True)
        except BlockingIOError:
            raise ConfigurationError(f"{folder} is in use: stop the demo that runs there first.") from None
        with lease:
            for kept in (folder / "workspace.json", settings.state_db, *left_beside(settings.state_db)):
                kept.unlink(missing_ok=True)


@click.command(
    cls=Command, help="build facts.db from the seeds, and passages.db from the documents if they are here"
)
@with_settings
def build(settings: Settings) -> int:
    """Build what is derived."""
    from bot.fact_base import encoder_at_hand
    from bot.state.disk.files import make_folder
    from knowledge import build
    from knowledge.seeds import BadSeedsError

    try:
        make_folder(settings.data_dir)
        seeds = build.build(settings.seeds, settings.facts_db, encoder_at_hand(settings))
    except BadSeedsError as error:
        return complain("\n".join(map(str, error.problems)), PROBLEMS)
    except OSError as error:
        return complain(f"{settings.facts_db} cannot be written: {error.strerror}.", WRONG)
    print(f"{settings.facts_db}: {len(seeds.facts)} facts from {len(seeds.documents)} documents.")
    return DONE if settings.documents is None else _build_passages(settings, settings.documents, seeds)


def _build_passages(settings: Settings, folder: Path, seeds: Seeds) -> int:
    from knowledge.documents import build_passages
    from knowledge.seeds import version

    try:
        gathered = build_passages.build(folder, seeds, version(settings.seeds), settings.passages_db)
    except OSError as error:
        where = f"YRD_DOCUMENTS ({folder})" if error.filename == str(folder) else str(settings.passages_db)
        return complain(f"{where} cannot be used: {error.strerror}.", WRONG)
    print(f"{settings.passages_db}: {gathered.paragraphs} paragraphs of {gathered.documents} documents.")
    for line in gathered.moved:
        print(f"  {line}")
    return complain("\n".join(gathered.problems), PROBLEMS) if gathered.problems else DONE


@click.command(cls=Command, help="print the Slack app manifest")
@click.option("--agent", is_flag=True, help="add the agent view")
@click.option("--http", is_flag=True, help="for HTTP instead of Socket Mode")
@click.option("--many", is_flag=True, help="for workspaces that install it themselves, over HTTP")
@click.option(
    "--threads",
    is_flag=True,
    help="have Slack send every message of the channels the bot is in, so that a channel can have replies in threads"
    " answered without a mention (/yrd threads questions)",
)
def manifest(agent: bool, http: bool, many: bool, threads: bool) -> int:
    """Print the manifest as JSON."""
    from bot.slack.listeners.manifest import manifest

    made = manifest(agent=agent, socket=not http, threads=threads, many=many)
    print(json.dumps(made, indent=2, ensure_ascii=False))
    return DONE


yrd = Yrd(
    "yrd",
    help="YRD Desk: cited facts on the Yangtze River Delta.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    commands=(
        run,
        Deferred("workspace", "drive the local workspace that is running"),
        build,
        Deferred("check", "check the seeds, and facts against the documents if they are here"),
        Deferred("doctor", "check tokens, scopes, clock, stores and seeds, and say what to do"),
        manifest,
        Deferred("backup", "write a copy of state.db to FILE", module="state", attribute="backup"),
        Deferred("restore", "put FILE in place of state.db", module="state", attribute="restore"),
        Deferred(
            "migrate",
            "bring the tables of state up to date, or carry a state.db over to PostgreSQL",
            module="state",
            attribute="migrate",
        ),
        Deferred("teams", "list, show or remove the workspaces that the bot is in"),
        Deferred("digest", "list, preview or deliver the digests of state.db", module="digests"),
        Deferred("ask", "ask the fact base"),
        Deferred("explain", "show how a question is read, and why facts answer it or not"),
        Deferred("map", "draw a map of a place, mechanism or topic, or of the delta"),
        Deferred("export", "print everything of one sort, one a line"),
    ),
)
click.version_option(package_name="yrd-desk", prog_name="YRD Desk", message="%(prog)s %(version)s")(yrd)
