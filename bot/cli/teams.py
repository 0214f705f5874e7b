"""`yrd teams`: the workspaces that the bot is, or was, in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click
from slack_sdk.errors import SlackApiError

from bot.cli.command import DONE, PROBLEMS, WRONG, Group, complain, with_settings
from bot.plural import plural
from bot.settings import ConfigurationError, Settings, revealed
from bot.slack.api import web
from bot.slack.api.error_kinds import kind_of
from bot.slack.api.errors import error_code, error_reason
from bot.slack.listeners.manifest import scopes_in_use
from bot.state.contributions import StoredContributions
from bot.state.digests.subscriptions import StoredSubscriptions
from bot.state.errors import SealedError, StateError
from bot.state.installations.rows import IF_UNRENEWED, Installed, apps_of
from bot.state.installations.zones import StoredZones
from bot.state.opening import open_state
from bot.state.store import Store
from bot.state.teams import Stop, StoredTeams
from handlers.curation.projection import replay
from handlers.digests.reading.when.zones import is_zone

if TYPE_CHECKING:
    from bot.state.installations.stored import StoredInstallations

_EXTRA: Final = "This takes what `make setup EXTRAS=server` installs."


@dataclass(frozen=True, slots=True)
class _Team:
    """A workspace; `installed` is None where it did not install the app itself, `stop` where work for it goes on. `app` is the
    client id of another app than the settings name that it installed, "" where there is none.
    """

    id: str
    installed: Installed | None
    stop: Stop | None
    app: str

    @property
    def name(self) -> str:
        return self.installed.name if self.installed else ""

    def state(self) -> str:
        """Say whether the bot works for it."""
        if self.app:
            return (
                f"installed the app with the client id {self.app}, which is not that of SLACK_CLIENT_ID here"
            )
        if self.stop is None:
            if self.installed and (unrenewed := self.installed.unrenewed(datetime.now(UTC))):
                return f"{unrenewed}. {IF_UNRENEWED}"
            has_token = self.installed is None or self.installed.has_token
            return "works" if has_token else "has no token: the app has to be installed again"
        ended = f"stopped since {_day(self.stop.at)} ({self.stop.why})"
        return ended + (f", deleted after {_day(self.stop.purge_at)}" if self.stop.purge_at else "")


@click.group("teams", cls=Group)
def command() -> None:
    """Hold the commands on workspaces."""


@command.command("list", help="list the workspaces that the bot is, or was, in")
@with_settings
def show_all(settings: Settings) -> int:
    """Print a line for each workspace."""
    with closing(open_state(settings)) as store:
        found = _teams(settings, store)
    if not found:
        print("No workspace has installed the bot, and nothing is kept of any.")
    for team in found:
        since = f", installed {_day(team.installed.at)}" if team.installed else ""
        print(f"{team.id}  {team.name or '(name not known)'}: {team.state()}{since}")
    return DONE


@command.command("show", help="show what is known and kept of TEAM, a workspace's id")
@click.argument("team")
@with_settings
def show(settings: Settings, team: str) -> int:
    """Print who installed it, what it may do, and how much is kept of it; of nobody's words."""
    with closing(open_state(settings)) as store:
        found = next((one for one in _teams(settings, store) if one.id == team), None)
        if found is None:
            return complain(_UNKNOWN.format(team=team), PROBLEMS)
        print(f"{found.id}  {found.name or '(name not known)'}")
        for name, said in (*_installation(found.installed), ("state", found.state()), *_kept(store, team)):
            print(f"  {name}: {said}")
    return DONE


_UNKNOWN: Final = "Nothing is kept of a workspace {team}; yrd teams list shows those there are."


@command.command("remove", help="remove the app from TEAM, and delete all that is kept of it, at once")
@click.argument("team")
@click.option("--yes", is_flag=True, help="do not ask again")
@click.option("--here-only", is_flag=True, help="delete, though Slack does not remove the app")
@with_settings
def remove(settings: Settings, team: str, yes: bool, here_only: bool) -> int:
    """Remove it at Slack first: while it is there, the workspace goes on asking."""
    with closing(open_state(settings)) as store:
        found = next((one for one in _teams(settings, store) if one.id == team), None)
        if found is None:
            return complain(_UNKNOWN.format(team=team), PROBLEMS)
        if not yes and not _agreed(found):
            return complain("Nothing was removed.", PROBLEMS)
        if problem := "" if here_only else _removed_at_slack(settings, store, team):
            return complain(
                f"Slack did not remove the app from {team} ({problem}), so nothing was deleted: try again, or add --here-only.",
                PROBLEMS,
            )
        rows = StoredTeams(store).delete(team, datetime.now(UTC))
    print(f"{team} is removed; {rows:,} {plural(rows, 'row')} deleted.")
    return DONE


@command.command("zone", help="show dates to TEAM in ZONE (Europe/Berlin); without one, in YRD_TIMEZONE")
@click.argument("team")
@click.argument("zone", default="")
@with_settings
def choose_zone(settings: Settings, team: str, zone: str) -> int:
    """Have it be the workspace's own; digests keep theirs."""
    if zone and not is_zone(zone):
        return complain(f"{zone} is no time zone: name it as in Europe/Berlin or Asia/Tokyo.", WRONG)
    with closing(open_state(settings)) as store:
        if not any(one.id == team for one in _teams(settings, store)):
            return complain(_UNKNOWN.format(team=team), PROBLEMS)
        StoredZones(store).choose(team, zone)
    print(
        f"{team} is shown dates in {zone or settings.timezone}, everywhere within a minute. Its digests keep their zones."
    )
    return DONE


@command.command("new-key", help="print a new key for YRD_ENCRYPTION_KEY")
def new_key() -> int:
    """Print it and keep it nowhere."""
    try:
        from bot.state.installations import cipher
    except ImportError:
        return complain(_EXTRA, WRONG)
    print(cipher.new_key())
    return DONE


@command.command("seal-anew", help="encrypt all tokens with the first key of YRD_ENCRYPTION_KEY")
@with_settings
def seal_anew(settings: Settings) -> int:
    """Do what is needed before an old key may be taken out of the setting."""
    _need_oauth(settings)
    done, lost = 0, []
    with closing(open_state(settings)) as store:
        installations = _installations(settings, store)
        for one in installations.every():
            try:
                done += installations.seal_anew(one.team)
            except SealedError as error:
                lost.append(f"The token of {one.team} was left as it is. {error}")
    print(
        f"The {plural(done, 'token')} of {done} {plural(done, 'workspace')} {plural(done, 'is', 'are')} encrypted anew."
    )
    return complain("\n".join(lost), PROBLEMS) if lost else DONE


def _need_oauth(settings: Settings) -> None:
    if settings.mode() != "oauth":
        raise ConfigurationError("SLACK_CLIENT_ID is not set: no workspace's token is kept.")


def _agreed(team: _Team) -> bool:
    if not sys.stdin.isatty():
        raise ConfigurationError("Add --yes: there is no terminal to ask on.")
    asked = f"Remove the app from {team.id} {team.name} and delete all that is kept of it, for good?"
    return click.confirm(asked, default=False)


def _teams(settings: Settings, store: Store) -> list[_Team]:
    stored = StoredTeams(store)
    installed = {one.team: one for one in _installed(settings, store)}
    ids = sorted({*installed, *stored.known()})
    return [
        _Team(one, installed.get(one), stored.stop_of(one), _other_app(settings, store, one)) for one in ids
    ]


def _other_app(settings: Settings, store: Store, team: str) -> str:
    """Return the client id of an app whose token of the workspace is kept, where none of the settings' is; "" for none."""
    ours = settings.slack_client_id if settings.mode() == "oauth" else None
    apps = apps_of(store, team)
    return "" if ours in apps else next(iter(apps), "")


def _installed(settings: Settings, store: Store) -> tuple[Installed, ...]:
    return _installations(settings, store).every() if settings.mode() == "oauth" else ()


def _installations(settings: Settings, store: Store) -> StoredInstallations:
    try:
        from bot.state.installations.cipher import Cipher
        from bot.state.installations.stored import StoredInstallations
    except ImportError as error:
        raise ConfigurationError(f"{_EXTRA} Not there: {error.name or error}.") from None
    return StoredInstallations(store, settings.slack_client_id or "", Cipher(settings.encryption_keys()))


def _installation(found: Installed | None) -> Iterator[tuple[str, str]]:
    if found is None:
        return
    yield "installed", f"{_day(found.at)} by {found.by}"
    if found.enterprise:
        yield "organisation", found.enterprise
    if found.expires_at:
        yield "token renewed before", found.expires_at.strftime("%Y-%m-%d %H:%M UTC")
    missing = sorted(set(scopes_in_use()) - set(found.scopes))
    yield "scopes", f"missing {', '.join(missing)}: it has to be installed again" if missing else "all"


def _kept(store: Store, team: str) -> Iterator[tuple[str, str]]:
    curation = replay(StoredContributions(store).events(team))
    own = sum(one.state == "approved" for one in curation.contributions.values())
    yield "time zone", StoredZones(store).of(team) or "that of YRD_TIMEZONE"
    yield "digests", str(len(StoredSubscriptions(store).listed(team)))
    yield "own facts", f"{own}, {len(curation.waiting())} proposed"
    yield "curators", ", ".join(sorted(curation.curators)) or "none"


def _removed_at_slack(settings: Settings, store: Store, team: str) -> str:
    """Return "" where the app is gone from the workspace, or was never installed by it, else why not."""
    if other := _other_app(settings, store, team):
        return (
            f"it installed the app with the client id {other}: set SLACK_CLIENT_ID and the rest to that app's"
        )
    if settings.mode() != "oauth":
        return ""
    try:
        bot = _installations(settings, store).of(team)
    except StateError as error:
        return str(error).rstrip(".")
    if bot is None:
        return ""
    try:
        web.client(bot.bot_token, settings.slack_api_url).apps_uninstall(
            client_id=settings.slack_client_id or "", client_secret=revealed(settings.slack_client_secret)
        )
    except SlackApiError as error:
        said = error_code(error)
        return "" if kind_of(said) == "token" else said or "an error"
    except OSError as error:
        return error_reason(error)
    return ""


def _day(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d")
