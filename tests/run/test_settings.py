"""What can be set, what follows from it, and what a wrong setting says."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import settings
from bot.settings import ConfigurationError
from tests.state.installations import KEY

PREFIX = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-", "SLACK_SIGNING_SECRET": ""}
SLACK = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET")
MANY = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "YRD_ENCRYPTION_KEY")
WHOLE = {"SLACK_CLIENT_ID": "123.456", "YRD_ENCRYPTION_KEY": KEY}


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for field in settings.Settings.model_fields:
        monkeypatch.delenv(settings.variable(field), raising=False)


def chosen(given: tuple[str, ...]) -> dict[str, str]:
    return {name: WHOLE.get(name) or PREFIX.get(name, "") + "hush-hush" for name in given}


def _load(monkeypatch: pytest.MonkeyPatch, **variables: str) -> settings.Settings:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return settings.load_settings(env_file=None)


def test_nothing_set_is_the_local_workspace_on_loopback_port_3000(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = _load(monkeypatch)
    assert (chosen.mode(), chosen.host, chosen.port) == ("workspace", "127.0.0.1", 3000)
    assert (chosen.data_dir, chosen.seeds, chosen.timezone) == (Path("var"), Path("seeds"), "Asia/Shanghai")


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _load(monkeypatch, SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="", YRD_PORT="").mode() == "workspace"


@pytest.mark.parametrize(
    ("given", "mode"),
    [
        (("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"), "socket"),
        (("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"), "http"),
        (MANY, "oauth"),
    ],
)
def test_the_secrets_choose_the_mode(
    monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], mode: str
) -> None:
    assert _load(monkeypatch, **chosen(given)).mode() == mode


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("SLACK_BOT_TOKEN",), ("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "missing")),
        (("SLACK_APP_TOKEN",), ("SLACK_BOT_TOKEN is missing",)),
        (("SLACK_SIGNING_SECRET",), ("SLACK_BOT_TOKEN is missing",)),
        (("SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET"), ("SLACK_BOT_TOKEN is missing",)),
        (SLACK, ("unset SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN")),
        (
            ("SLACK_CLIENT_ID",),
            ("SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET", "YRD_ENCRYPTION_KEY", "are missing"),
        ),
        (("SLACK_CLIENT_SECRET",), ("SLACK_CLIENT_ID", "missing")),
        (MANY[:3], ("YRD_ENCRYPTION_KEY is missing", "yrd teams new-key")),
        ((*MANY, "SLACK_BOT_TOKEN"), ("SLACK_BOT_TOKEN is of one workspace", "unset")),
        ((*MANY, "SLACK_APP_TOKEN"), ("SLACK_APP_TOKEN is of one workspace", "unset")),
    ],
)
def test_any_other_mix_names_the_variable_to_change(
    monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], named: tuple[str, ...]
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        _load(monkeypatch, **chosen(given)).mode()
    assert all(part in str(raised.value) for part in named)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("YRD_TIMEZONE", "Shanghai"),
        ("YRD_TIMEZONE", "../etc/passwd"),
        ("YRD_PORT", "eighty"),
        ("YRD_PORT", "70000"),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "http://slack.example/api/"),
        ("YRD_LOG_LEVEL", "loud"),
        ("SLACK_CLIENT_ID", "A04YRDDESK9"),
        ("SLACK_CLIENT_SECRET", "xoxb-1-2"),
        ("YRD_ENCRYPTION_KEY", "correct horse"),
        ("YRD_ENCRYPTION_KEY", f"{KEY},short"),
        ("YRD_PUBLIC_URL", "http://desk.example"),
        ("YRD_PUBLIC_URL", "https://desk.example/yrd"),
        ("YRD_PUBLIC_URL", "desk.example"),
    ],
)
def test_a_bad_value_is_one_sentence_that_names_the_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    with pytest.raises(ConfigurationError, match=f"^{name}: ") as raised:
        _load(monkeypatch, **{name: value})
    assert "\n" not in str(raised.value)


def test_the_workspace_refuses_to_listen_beyond_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigurationError, match="YRD_HOST"):
        _load(monkeypatch, YRD_HOST="0.0.0.0").mode()


def test_a_dot_env_file_is_read_and_the_environment_outranks_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1\nSLACK_APP_TOKEN=xapp-1\nYRD_PORT=4000\nOTHER=1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("YRD_PORT", "5000")
    chosen = settings.load_settings()
    assert (chosen.mode(), chosen.port) == ("socket", 5000)


def test_secrets_show_in_no_representation(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _load(monkeypatch, **chosen((*SLACK, *MANY)))
    said = repr(shown) + str(shown) + shown.model_dump_json()
    assert "hush" not in said
    assert KEY not in said
    assert {KEY, "hush-hush"} <= set(shown.secrets())


def test_the_web_api_address_ends_in_a_slash(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        _load(monkeypatch, SLACK_API_URL="http://127.0.0.1:9/api").slack_api_url == "http://127.0.0.1:9/api/"
    )


def test_the_table_has_a_described_row_for_each_variable() -> None:
    rows = settings.table().splitlines()[2:]
    assert len(rows) == len(settings.Settings.model_fields)
    assert all(len(row.split("|")[3].strip()) > 10 for row in rows)
    assert any(row.startswith("| `SLACK_BOT_TOKEN` |") for row in rows)


@pytest.mark.parametrize(
    "name", ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "YRD_ENCRYPTION_KEY", "YRD_DATABASE_URL"]
)
def test_a_secret_may_stand_in_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    url = "postgresql://yrd:hush-hush@db/yrd"
    value = url if name == "YRD_DATABASE_URL" else chosen((name,))[name]
    (tmp_path / "secret").write_text(f"{value}\n")
    found = _load(monkeypatch, **{f"{name}_FILE": str(tmp_path / "secret")})
    assert {value, "hush-hush"} & set(found.secrets())


def test_a_file_of_a_secret_that_cannot_be_used_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for content, said in (("", "is empty"), (None, "cannot be read")):
        path = tmp_path / str(content is None)
        if content is not None:
            path.write_text(content)
        with pytest.raises(ConfigurationError, match=said):
            _load(monkeypatch, SLACK_BOT_TOKEN_FILE=str(path))
    with pytest.raises(ConfigurationError, match="both set"):
        _load(monkeypatch, SLACK_BOT_TOKEN="xoxb-1")
