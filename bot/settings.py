"""Settings, from the environment and a `.env` file. Reading them opens nothing and calls nobody."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dotenv.parser import parse_stream
from pydantic import AliasChoices, Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot import hosts, proxies, setting_values

Mode = Literal["socket", "http", "oauth", "workspace"]

SLACK_API = "https://slack.com/api/"
# What ids begin with, and whose they are: docs.slack.dev/changelog/2016-08-11-user-id-format-changes.
_IDS: Final = {
    "slack_app_id": ("A", "an app"),
    "installer": ("UW", "a person"),
    "review_channel": ("CG", "a channel"),
}
SECRETS: Final = ("slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret")
# Secrets of which no two are of one form: what each has to look like is said beside it.
_OWN_FORMS: Final = ("database_url", "encryption_key")
_LONGEST_SECRET: Final = 16 * 1024
_PATHS: Final = frozenset({"data_dir", "seeds", "documents", "chromium"})


class ConfigurationError(Exception):
    """The settings cannot be run as they are; its text is one sentence for the person who set them."""


class Settings(BaseSettings):
    """Everything that can be set. Names starting with SLACK_ are Slack's own, the others ours."""

    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True, populate_by_name=True
    )

    slack_bot_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_BOT_TOKEN",
        description="Bot token (`xoxb-...`), from *OAuth & Permissions* of the Slack app.",
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_APP_TOKEN",
        description="App-level token (`xapp-...`, scope `connections:write`). Set it to use Socket Mode.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_SIGNING_SECRET",
        description="Signing secret, from *Basic Information*. Set it to take requests over HTTP.",
    )
    slack_client_id: str | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_ID",
        description="Client ID, from *Basic Information*. With the two below it, and the signing secret, any workspace may"
        " install the app at `/slack/install`. It takes `make setup EXTRAS=server`.",
    )
    slack_client_secret: SecretStr | None = Field(
        default=None,
        validation_alias="SLACK_CLIENT_SECRET",
        description="Client secret, from *Basic Information*.",
    )
    encryption_key: SecretStr | None = Field(
        default=None,
        validation_alias="YRD_ENCRYPTION_KEY",
        description="What the tokens of the workspaces are encrypted with where they are kept: `yrd teams new-key` makes one."
        " Several, with commas between: the first encrypts, all decrypt.",
    )
    public_url: str | None = Field(
        default=None,
        validation_alias="YRD_PUBLIC_URL",
        description="Where Slack and browsers reach the bot, as `https://desk.example.org`: where Slack sends back whoever"
        " installs it. Without it, to the first redirect URL of the app.",
    )
    slack_api_url: str = Field(
        default=SLACK_API,
        validation_alias="SLACK_API_URL",
        description="Base of Slack's Web API; only tests and proxies change it.",
    )
    slack_app_id: str | None = Field(
        default=None,
        validation_alias="SLACK_APP_ID",
        description="App ID (`A...`). When set, requests that name another app are refused.",
    )
    data_dir: Path = Field(
        default=Path("var"),
        validation_alias="YRD_DATA_DIR",
        description="Folder of `facts.db`, `passages.db` and `maps` (built, safe to delete) and `state.db` (precious, back it up).",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias="YRD_DATABASE_URL",
        description="PostgreSQL, 14 or newer, that keeps state in place of `state.db`, for several bots at once:"
        " `postgresql://user:password@host/database`. It takes `make setup EXTRAS=server`.",
    )
    seeds: Path = Field(
        default=Path("seeds"), validation_alias="YRD_SEEDS", description="Folder of the curated seeds."
    )
    documents: Path | None = Field(
        default=None,
        validation_alias="YRD_DOCUMENTS",
        description="Folder of the source documents, if you have them, and of your own (text, Markdown): `yrd check`"
        " compares facts with them, and *Show passage* shows them.",
    )
    timezone: str = Field(
        default="Asia/Shanghai",
        validation_alias="YRD_TIMEZONE",
        description="IANA time zone that dates are shown in.",
    )
    host: str = Field(
        default="127.0.0.1",
        validation_alias="YRD_HOST",
        description="Address to listen on. The local workspace listens on loopback only.",
    )
    port: Annotated[int, Field(ge=1, le=65535)] = Field(
        default=3000, validation_alias="YRD_PORT", description="Port to listen on."
    )
    installer: str | None = Field(
        default=None,
        validation_alias="YRD_INSTALLER",
        description="Slack user ID (`U...`) of who is told, once a kind, about failures that need an admin.",
    )
    catch_up_hours: Annotated[float, Field(ge=0, le=168)] = Field(
        default=12,
        validation_alias="YRD_CATCH_UP_HOURS",
        description="How many hours late a digest may still be posted; what is later is recorded as missed.",
    )
    purge_days: Annotated[float, Field(ge=1, le=365)] = Field(
        default=30,
        validation_alias="YRD_PURGE_DAYS",
        description="Days after which everything kept of a workspace that removed the app is deleted.",
    )
    threads: Annotated[int, Field(ge=1, le=256)] = Field(
        default=4,
        validation_alias="YRD_THREADS",
        description="Requests answered at the same time. More than twice the processor's cores slow each other.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="WARNING",
        validation_alias="YRD_LOG_LEVEL",
        description="Least severity that is logged, as JSON lines on standard error.",
    )
    question_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        default=90,
        validation_alias="YRD_QUESTION_DAYS",
        description="Days that questions without an answer are kept for curators; who asked is kept as long, to tell them once.",
    )
    review_channel: str = Field(
        default="",
        validation_alias="YRD_REVIEW_CHANNEL",
        description="Channel (its id) where proposed facts are reviewed; without it curators get direct messages.",
    )
    light: bool = Field(
        default=False,
        validation_alias="LIGHT",
        description="`1` leaves out the encoder, by which questions are also understood that share no word with what answers"
        " them: less memory, a faster answer.",
    )
    chromium: str | None = Field(
        default=None,
        validation_alias="YRD_CHROMIUM",
        description="Path of a Chromium for the browser tests.",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Return where settings come from, the first first; what is blank in one counts as unset there."""
        for source in (env_settings, dotenv_settings):
            assert isinstance(source, EnvSettingsSource)
            tidied = {name: setting_values.tidy(value or "") for name, value in source.env_vars.items()}
            source.env_vars = _with_files({name: value for name, value in tidied.items() if value})
        return init_settings, env_settings, dotenv_settings

    @field_validator("*", mode="before")
    @classmethod
    def _holds_what_values_hold(cls, value: object, about: ValidationInfo) -> object:
        if not isinstance(value, str):
            return value
        if about.field_name in _PATHS:
            return setting_values.path(value)
        kept = setting_values.plain(value)
        is_secret = about.field_name in (*SECRETS, *_OWN_FORMS)
        return kept if is_secret else setting_values.not_secret(kept)

    @field_validator(*SECRETS)
    @classmethod
    def _is_a_secret_of_slacks(cls, value: SecretStr | None, about: ValidationInfo) -> SecretStr | None:
        prefix = {"slack_bot_token": "xoxb-", "slack_app_token": "xapp-"}.get(str(about.field_name))
        if value and prefix:
            setting_values.token(value.get_secret_value(), prefix)
        elif value:
            setting_values.app_secret(value.get_secret_value())
        return value

    @field_validator("slack_client_id")
    @classmethod
    def _is_a_client_id(cls, value: str | None) -> str | None:
        return setting_values.client_id(value) if value else value

    @field_validator("encryption_key")
    @classmethod
    def _is_made_of_keys(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            setting_values.encryption_keys(value.get_secret_value())
        return value

    @field_validator("public_url")
    @classmethod
    def _is_where_browsers_come(cls, value: str | None) -> str | None:
        return setting_values.public_address(value) if value else value

    @field_validator("database_url")
    @classmethod
    def _is_of_a_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value:
            setting_values.database(value.get_secret_value())
        return value

    @field_validator("slack_app_id", "installer", "review_channel")
    @classmethod
    def _is_an_id_of_slacks(cls, value: str | None, about: ValidationInfo) -> str | None:
        letters, kind = _IDS[str(about.field_name)]
        return setting_values.slack_id(value, letters, kind) if value else value

    @field_validator("data_dir", "seeds", "documents")
    @classmethod
    def _is_at_home(cls, value: Path | None) -> Path | None:
        try:
            return value.expanduser() if value else value
        except RuntimeError:
            raise ValueError("begins with ~, and there is no such home") from None

    @field_validator("timezone")
    @classmethod
    def _is_an_iana_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError("is no IANA time zone such as Asia/Shanghai") from None
        return value

    @field_validator("host")
    @classmethod
    def _is_a_host(cls, value: str) -> str:
        return hosts.host(value)

    @field_validator("slack_api_url")
    @classmethod
    def _is_a_web_address(cls, value: str) -> str:
        return setting_values.web_address(value)

    @property
    def facts_db(self) -> Path:
        """Return where the built fact base is; safe to delete."""
        return self.data_dir / "facts.db"

    @property
    def passages_db(self) -> Path:
        """Return where the paragraphs of the documents at hand are; derived, safe to delete, never exported or backed up."""
        return self.data_dir / "passages.db"

    @property
    def maps(self) -> Path:
        """Return the folder of maps that were drawn, by version of the fact base; safe to delete."""
        return self.data_dir / "maps"

    @property
    def state_db(self) -> Path:
        """Return where what people told the bot is; precious."""
        return self.data_dir / "state.db"

    def secrets(self) -> tuple[str, ...]:
        """Return everything that no line of the log may hold, the passwords of proxies among it."""
        kept = (getattr(self, name) for name in SECRETS)
        ours = (secret.get_secret_value() for secret in kept if secret)
        password = setting_values.password(self.database_url.get_secret_value()) if self.database_url else ()
        return (*ours, *self.encryption_keys(), *password, *proxies.passwords())

    def encryption_keys(self) -> tuple[str, ...]:
        """Return what tokens are encrypted with, the one for new ones first; none where none is set."""
        given = self.encryption_key
        return setting_values.encryption_keys(given.get_secret_value()) if given else ()

    def mode(self) -> Mode:
        """Return how to run; ConfigurationError, naming what is missing, for a mix that is none.

        So it is where a proxy of the environment, which Slack would be asked through, cannot be used.
        """
        mode = self._mode()
        if mode != "workspace":
            try:
                proxies.proxy_for(self.slack_api_url)
            except proxies.BadProxyError as error:
                raise ConfigurationError(str(error)) from None
        return mode

    def _mode(self) -> Mode:
        if self.slack_client_id or self.slack_client_secret:
            return self._many_workspaces()
        has = tuple(map(bool, (self.slack_bot_token, self.slack_app_token, self.slack_signing_secret)))
        match has:
            case (True, True, False):
                return "socket"
            case (True, False, True):
                return "http"
            case (False, False, False):
                if not hosts.is_loopback(self.host):
                    raise ConfigurationError(
                        "YRD_HOST is not this machine alone, as which the local workspace listens: unset"
                        " YRD_HOST, or set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET to serve Slack."
                    )
                return "workspace"
            case (True, False, False):
                raise ConfigurationError(
                    "SLACK_BOT_TOKEN is set, but SLACK_APP_TOKEN (for Socket Mode) or SLACK_SIGNING_SECRET"
                    " (for HTTP) is missing."
                )
            case (False, app, _):
                given = "SLACK_APP_TOKEN" if app else "SLACK_SIGNING_SECRET"
                raise ConfigurationError(f"{given} is set, but SLACK_BOT_TOKEN is missing.")
            case _:
                raise ConfigurationError(
                    "SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are both set: unset SLACK_SIGNING_SECRET for"
                    " Socket Mode, or SLACK_APP_TOKEN for HTTP."
                )

    def _many_workspaces(self) -> Mode:
        """Return the mode in which workspaces install the app themselves; ConfigurationError where something is missing."""
        needed = ("slack_client_id", "slack_client_secret", "slack_signing_secret", "encryption_key")
        given = [variable(name) for name in needed[:2] if getattr(self, name)]
        missing = [variable(name) for name in needed if not getattr(self, name)]
        for of_one in ("slack_bot_token", "slack_app_token"):
            if getattr(self, of_one):
                raise ConfigurationError(
                    f"{variable(of_one)} is of one workspace, and {given[0]} is for many that install the app themselves:"
                    " unset one of the two."
                )
        if missing:
            how = " (`yrd teams new-key` makes one)" if missing == [variable("encryption_key")] else ""
            raise ConfigurationError(
                f"{' and '.join(given)} {'are' if len(given) > 1 else 'is'} set, but {' and '.join(missing)}"
                f" {'are' if len(missing) > 1 else 'is'} missing{how}."
            )
        return "oauth"


def _with_files(given: Mapping[str, str]) -> dict[str, str]:
    """Return what is `given`, with the secrets in whose place a file was named (SLACK_BOT_TOKEN_FILE); ConfigurationError."""
    found = dict(given)
    for field in (*SECRETS, *_OWN_FORMS):
        name = variable(field)
        path = found.pop(f"{name}_FILE".lower(), "")
        if not path:
            continue
        if name.lower() in found:
            raise ConfigurationError(f"{name} and {name}_FILE are both set: unset one of the two.")
        try:
            with Path(path).open(encoding="utf-8") as file:
                value = setting_values.tidy(file.read(_LONGEST_SECRET))
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else "it is no text"
            raise ConfigurationError(f"{name}_FILE: {path} cannot be read: {why}.") from None
        if not value:
            raise ConfigurationError(f"{name}_FILE: {path} is empty.")
        found[name.lower()] = value
    return found


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Return the settings of this environment; ConfigurationError names the first bad variable and why."""
    try:
        if env_file is not None and env_file.is_dir():
            raise ConfigurationError(
                f"{env_file} is a folder, where a file with settings may stand: rename it."
            )
        # A pipe, as some password managers make, can be read once only.
        if env_file is not None and env_file.is_file():
            _refuse_other_lines(env_file)
        # `_env_file` is an argument of BaseSettings.__init__ that its generated signature hides.
        chosen: dict[str, Any] = {"_env_file": env_file}
        return Settings(**chosen)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{first['loc'][0]}: {reason}.") from None
    except UnicodeDecodeError:
        raise ConfigurationError(f"{env_file} is not UTF-8 text.") from None
    except OSError as error:
        raise ConfigurationError(f"{env_file} cannot be read: {error.strerror}.") from None


def _refuse_other_lines(env_file: Path) -> None:
    """Raise ConfigurationError where a line of the file sets nothing: python-dotenv would leave it out."""
    with env_file.open(encoding="utf-8") as lines:
        for binding in parse_stream(lines):
            if binding.error:
                before = binding.original.string
                line = binding.original.line + len(before) - len(before.lstrip("\n"))
                raise ConfigurationError(
                    f"{env_file}: line {line} is none of the form NAME=value, or a quote in it has no end."
                )


def table() -> str:
    """Return the settings as a Markdown table for the README, one row a variable."""
    rows = ["| Variable | Default | What it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default is None else f"`{field.default}`"
        rows.append(f"| `{variable(name)}` | {default} | {field.description} |")
    return "\n".join(rows)


def revealed(secret: SecretStr | None) -> str:
    """Return what a secret is, "" where it is not set."""
    return secret.get_secret_value() if secret else ""


def variable(field: str) -> str:
    """Return the environment variable that sets `field`."""
    alias = Settings.model_fields[field].validation_alias
    assert not isinstance(alias, AliasChoices)
    return str(alias)
