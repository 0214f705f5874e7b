"""What the commands of `yrd` share: exit statuses, settings, and services over the fact base.

Imports nothing slow: the list of commands must not wait for settings or facts.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, Concatenate, Final, ParamSpec, TextIO

import click

if TYPE_CHECKING:
    from bot.settings import Settings
    from handlers.services import Services

# Done; problems found or no answer; wrong usage or configuration.
DONE: Final = 0
PROBLEMS: Final = 1
WRONG: Final = 2

Rest = ParamSpec("Rest")


class Command(click.Command):
    """A command whose summary is listed whole, where click would cut it, and whose errors all say whose they are."""

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the summary, whatever `limit` is."""
        return self.help or ""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Return what is left of `args`; UsageError has the context, which click leaves out where a value is missing."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise


class Group(click.Group):
    """Commands in the order in which they are given, not of their letters."""

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in order."""
        return list(self.commands)


class Deferred(Command):
    """Stands in a list for `command` of the module `bot.cli.MODULE`, or for what has another name there; the module is
    imported when it is called.
    """

    def __init__(self, name: str, summary: str, module: str = "", attribute: str = "command") -> None:
        super().__init__(name, help=summary)
        self._module = module or name
        self._attribute = attribute

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Return a context of the command itself, which has the summary from here."""
        command: click.Command = copy(getattr(import_module(f"bot.cli.{self._module}"), self._attribute))
        command.help = self.help
        return command.make_context(info_name, args, parent, **extra)


def complain(message: str, status: int) -> int:
    """Print `message` on standard error and return `status`."""
    print(message, file=sys.stderr)
    return status


@contextmanager
def usable(named: object, use: str = "written") -> Iterator[None]:
    """Yield once; an OSError meanwhile is raised as a ConfigurationError: what was named cannot be used so."""
    from bot.settings import ConfigurationError

    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise ConfigurationError(f"{error.filename or named} cannot be {use}: {error.strerror}.") from error


def opened(stream: TextIO | None, name: str, errors: str = "backslashreplace") -> TextIO:
    """Return `stream`, which is standard `name`, as UTF-8 whatever the locale; ConfigurationError where it is closed."""
    from bot.settings import ConfigurationError

    if stream is None:
        raise ConfigurationError(f"Standard {name} is closed, and this command needs it.")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors=errors)
    return stream


def let_go_of_output() -> None:
    """Have what could not be written thrown away: at its end the process would try once more, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def with_settings(run: Callable[Concatenate[Settings, Rest], int]) -> Callable[Rest, int]:
    """Return `run` with the settings of this environment, read once its arguments are known to be right.

    A ConfigurationError, then or later, is one sentence on standard error and WRONG.
    """

    @wraps(run)
    def configured(*args: Rest.args, **options: Rest.kwargs) -> int:
        from bot.settings import ConfigurationError, load_settings

        try:
            settings = load_settings()
            gc.enable()
            return run(settings, *args, **options)
        except ConfigurationError as error:
            return complain(str(error), WRONG)

    return configured


def with_services(settings: Settings, use: Callable[[Services], int]) -> int:
    """Return what `use` makes of services over the fact base, built first where it is missing or older than the seeds.

    WRONG, after a sentence on standard error, where there is none to be had.
    """
    from bot import documents
    from bot.fact_base import BadBaseError, open_base
    from handlers.services import Services

    # Nor is there garbage among records that stay.
    gc.disable()
    try:
        base = open_base(settings)
    except BadBaseError as error:
        return complain(str(error), WRONG)
    finally:
        gc.freeze()
        gc.enable()
    return use(Services(base, passages=documents.at_hand(settings, base.seeds, base.version)))
