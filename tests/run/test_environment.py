"""Whatever stands in the environment: read where that is safe, else one sentence without the value, and status 2."""

from __future__ import annotations

import http.client
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from bot import settings
from bot.listening import origin
from bot.local_slack import LocalSlackServer
from bot.proxies import VARIABLES, proxy_for
from bot.settings import ConfigurationError
from bot.slack.listeners.manifest import scopes_in_use
from tests.run.bot_process import Bot, yrd
from tests.slack.peer import Peer, answers

CANARY = "canary7c1f"
SECRETS = {"SLACK_BOT_TOKEN": "xoxb-", "SLACK_APP_TOKEN": "xapp-", "SLACK_SIGNING_SECRET": ""}
EDGES = ["\n", "\r\n", "\t", " ", "\ufeff", "\u200b", "\u200d", "\u2060", "\u00a0", "\u3000", "\u2028"]
QUOTES = ['"{}"', "'{}'", "“{}”", "‘{}’", "`{}`", '" {}"\n', "'\"{}\"'"]


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*map(settings.variable, settings.Settings.model_fields), *VARIABLES, "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


def loaded(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> object:
    """Return what the setting is when its variable is `value`."""
    monkeypatch.setenv(name, value)
    fields = {settings.variable(field): field for field in settings.Settings.model_fields}
    return getattr(settings.load_settings(env_file=None), fields[name])


def refusal(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> str:
    """Return the sentence that refuses a value."""
    with pytest.raises(ConfigurationError, match=f"^{name}: ") as raised:
        loaded(monkeypatch, name, value)
    said = str(raised.value)
    assert said.isascii()
    assert said.isprintable()
    assert said.endswith(".")
    return said


@pytest.mark.parametrize(
    "name", [*SECRETS, "YRD_PORT", "YRD_HOST", "YRD_TIMEZONE", "YRD_DATA_DIR", "SLACK_API_URL"]
)
@pytest.mark.parametrize("around", [*(edge + "{}" + edge for edge in EDGES), *QUOTES])
def test_what_stands_around_a_value_is_no_part_of_it(
    monkeypatch: pytest.MonkeyPatch, name: str, around: str
) -> None:
    others = {
        "YRD_PORT": "4100",
        "YRD_HOST": "::1",
        "YRD_TIMEZONE": "Europe/Berlin",
        "SLACK_API_URL": "https://x.y/",
    }
    value = others.get(name, SECRETS.get(name, "") + "1abc")
    bare = loaded(monkeypatch, name, value)
    assert loaded(monkeypatch, name, around.format(value)) == bare
    assert value in str(bare.get_secret_value() if hasattr(bare, "get_secret_value") else bare)


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("\n", "a line break"), ("\r", "a line break"), ("\u2028", "a line break"), ("\t", "a tab"), (" ", "a space"),
        ("\u00a0", "a space"), ("\ufeff", "an invisible character"), ("\u200b", "an invisible character"),
        ("\x07", "a control character"), ("\x1b", "a control character"), ("é", "not ASCII"), ("…", "not ASCII"),
        ("\udcff", "no UTF-8"),
    ],
)  # fmt: skip
def test_what_stands_inside_a_secret_is_named_and_the_secret_is_not(
    monkeypatch: pytest.MonkeyPatch, name: str, inside: str, named: str
) -> None:
    said = refusal(monkeypatch, name, f"{SECRETS[name]}{CANARY}{inside}{CANARY}")
    assert named in said
    assert CANARY not in said


@pytest.mark.parametrize(
    ("name", "value", "named"),
    [
        ("SLACK_BOT_TOKEN", f"xoxp-{CANARY}", "does not begin with xoxb-"),
        ("SLACK_BOT_TOKEN", f"xapp-{CANARY}", "does not begin with xoxb-"),
        ("SLACK_APP_TOKEN", f"xoxb-{CANARY}", "does not begin with xapp-"),
        ("SLACK_BOT_TOKEN", f'xoxb-{CANARY}"', "no token of Slack's has"),
        ("SLACK_BOT_TOKEN", "xoxb-...", "placeholder"),
        ("SLACK_BOT_TOKEN", "xoxb-your-token", "placeholder"),
        ("SLACK_APP_TOKEN", "xapp-xxxx-xxxx", "placeholder"),
        ("SLACK_APP_TOKEN", "${" + CANARY + "}", "placeholder"),
        ("SLACK_SIGNING_SECRET", "$" + CANARY, "placeholder"),
        ("SLACK_SIGNING_SECRET", f"%{CANARY}%", "placeholder"),
        ("SLACK_SIGNING_SECRET", f"<{CANARY}>", "placeholder"),
        ("SLACK_SIGNING_SECRET", "{{" + CANARY + "}}", "placeholder"),
        ("SLACK_SIGNING_SECRET", "your_signing_secret", "placeholder"),
        ("SLACK_SIGNING_SECRET", f"xoxb-{CANARY}", "is a token"),
        ("SLACK_API_URL", f"https://bob:{CANARY}@slack.com/api/", "a user or a password"),
        ("SLACK_API_URL", f"https://{CANARY}@slack.com/api/", "a user or a password"),
        ("SLACK_API_URL", f"https://slack.com/api/?token={CANARY}", "no base"),
        ("SLACK_API_URL", f"https://slack.com/{CANARY} /", "a space"),
        ("SLACK_API_URL", f"{CANARY}.com/api", "no http(s) address"),
        ("SLACK_API_URL", f"https://[::1/{CANARY}", "no http(s) address"),
        ("SLACK_API_URL", f"https://{CANARY}:99999/", "no http(s) address"),
        ("SLACK_API_URL", f"https://{CANARY}:port/", "no http(s) address"),
        ("SLACK_API_URL", f"https://ü{CANARY}/", "not ASCII"),
        ("SLACK_API_URL", f"ftp://{CANARY}/", "no http(s) address"),
        ("SLACK_API_URL", f"http://{CANARY}/", "must be https"),
        ("SLACK_APP_ID", f"B{CANARY}", "no id of an app"),
        ("YRD_INSTALLER", f"@{CANARY}", "no id of a person"),
        ("YRD_INSTALLER", f"{CANARY}@example.org", "no id of a person"),
        ("YRD_REVIEW_CHANNEL", f"#{CANARY}", "no id of a channel"),
        ("YRD_TIMEZONE", f"Asia/{CANARY}", "no IANA time zone"),
        ("YRD_TIMEZONE", "Asia", "no IANA time zone"),
        ("YRD_TIMEZONE", f"/etc/{CANARY}", "no IANA time zone"),
        ("YRD_PORT", f"{CANARY}", "valid integer"),
        ("YRD_PORT", "３０００", "not ASCII"),
        ("YRD_PORT", "0", "greater than"),
        ("YRD_CATCH_UP_HOURS", "nan", "less than"),
        ("YRD_CATCH_UP_HOURS", "1e400", "less than"),
        ("YRD_THREADS", "9" * 5000, "exceeded maximum size"),
        ("YRD_LOG_LEVEL", f"{CANARY}", "'DEBUG'"),
        ("YRD_DATA_DIR", f"{CANARY}\n/x", "a line break"),
        ("YRD_DATA_DIR", f"${{{CANARY}}}/x", "placeholder"),
        ("YRD_DATA_DIR", f"$HOME/{CANARY}", "holds a variable"),
        ("YRD_DATA_DIR", f"/srv/${CANARY}/x", "holds a variable"),
        ("YRD_SEEDS", f"%h/{CANARY}", "holds a variable"),
        ("YRD_DOCUMENTS", f"%USERPROFILE%\\{CANARY}", "holds a variable"),
        ("YRD_SEEDS", f"~{CANARY}/x", "no such home"),
        ("YRD_DOCUMENTS", f"xoxb-{CANARY}", "holds a token"),
        ("YRD_TIMEZONE", f"xapp-{CANARY}", "holds a token"),
        ("YRD_HOST", f"xoxb-{CANARY}", "holds a token"),
        ("YRD_HOST", "*", "0.0.0.0"),
        ("YRD_HOST", f"http://{CANARY}", "the host alone"),
        ("YRD_HOST", f"{CANARY}:3000", "YRD_PORT"),
        ("YRD_HOST", "[::1]:3000", "YRD_PORT"),
        ("YRD_HOST", f"bob@{CANARY}", "neither the name"),
        ("YRD_HOST", "fe80::1%", "neither the name"),
        ("YRD_HOST", f"{CANARY} x", "a space"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_refused_without_being_quoted(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, named: str
) -> None:
    said = refusal(monkeypatch, name, value)
    assert named in said
    assert CANARY not in said


@pytest.mark.parametrize("command", ["run", "doctor", "backup x", "digest run", "ask Ningbo"])
def test_every_command_says_it_in_one_sentence_with_2(tmp_path: Path, command: str) -> None:
    ended = yrd(tmp_path, *command.split(), SLACK_BOT_TOKEN=f"xoxb-{CANARY}\u200b{CANARY}")
    assert (ended.returncode, ended.stdout, ended.stderr.count("\n")) == (2, "", 1)
    assert ended.stderr == "SLACK_BOT_TOKEN: holds an invisible character at character 16 of 26.\n"


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffSLACK_BOT_TOKEN={}\nSLACK_SIGNING_SECRET=s1\n", "SLACK_BOT_TOKEN={}\r\nSLACK_SIGNING_SECRET=s1\r\n",
        "export SLACK_BOT_TOKEN='{}'\nexport SLACK_SIGNING_SECRET=\"s1\"\n", "SLACK_BOT_TOKEN = {} # mine\nSLACK_SIGNING_SECRET=s1",
        "SLACK_BOT_TOKEN=“{}”\nSLACK_SIGNING_SECRET=s1\u00a0\n",
    ],
)  # fmt: skip
def test_odd_forms_of_dot_env_are_read(tmp_path: Path, text: str) -> None:
    (tmp_path / ".env").write_bytes(text.format("xoxb-1").encode())
    read = settings.load_settings(tmp_path / ".env")
    assert read.mode() == "http"
    assert read.secrets() == ("xoxb-1", "s1")


def test_a_dot_env_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "utf16").write_text("SLACK_BOT_TOKEN=xoxb-1\n", encoding="utf-16")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ConfigurationError, match=r"utf16 is not UTF-8 text\.$"):
        settings.load_settings(tmp_path / "utf16")
    with pytest.raises(ConfigurationError, match="folder is a folder, where a file"):
        settings.load_settings(tmp_path / "folder")

    def forbidden(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    # Whoever runs the tests as root may read everything.
    (tmp_path / "closed").touch()
    monkeypatch.setattr("pydantic_settings.sources.providers.dotenv.dotenv_values", forbidden)
    with pytest.raises(ConfigurationError, match=r"closed cannot be read: Permission denied\.$"):
        settings.load_settings(tmp_path / "closed")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('YRD_PORT=4100\nSLACK_BOT_TOKEN="xoxb-{}\nSLACK_SIGNING_SECRET=s1\n', 2), ("SLACK_BOT_TOKEN xoxb-{}\n", 1),
        ("\n\n# mine\nSLACK_BOT_TOKEN: xoxb-{}\n", 4), ("set SLACK_BOT_TOKEN=xoxb-{}\n", 1),
        ("SLACK_BOT_TOKEN='xoxb-{}' and more\n", 1),
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["run", "doctor"])
def test_a_line_of_dot_env_that_sets_nothing_is_named_and_not_left_out(
    tmp_path: Path, text: str, line: int, command: str
) -> None:
    (tmp_path / ".env").write_text(text.format(CANARY))
    ended = yrd(tmp_path, command)
    assert (ended.returncode, ended.stdout) == (2, "")
    said = f".env: line {line} is none of the form NAME=value, or a quote in it has no end.\n"
    assert ended.stderr == said


def test_a_dot_env_that_is_a_pipe_is_read_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / ".env")
    with ThreadPoolExecutor(1) as writer:
        writer.submit((tmp_path / ".env").write_text, "YRD_PORT=4100\n")
        assert settings.load_settings(tmp_path / ".env").port == 4100


def test_a_folder_in_which_no_dot_env_can_be_looked_for_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied")

    # Whoever runs the tests as root may look everywhere.
    monkeypatch.setattr(Path, "is_dir", forbidden)
    with pytest.raises(ConfigurationError, match=r"\.env cannot be read: Permission denied\.$"):
        settings.load_settings(tmp_path / ".env")


def test_a_blank_variable_leaves_the_word_to_dot_env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("YRD_PORT=4100\n")
    monkeypatch.setenv("YRD_PORT", "\u200b \n")
    assert settings.load_settings(tmp_path / ".env").port == 4100


# -- proxies ----------------------------------------------------------------------------------------------

SLACK = "https://slack.com/api/"


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize(
    "value",
    ["http://bob:{}@proxy.example:3128", "bob:{}@proxy.example:3128", "HTTP://bob:{}@proxy.example:3128/\n", '"bob:{}@proxy.example:3128"'],
)  # fmt: skip
def test_every_form_of_a_proxy_is_used_for_slack(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value.format(CANARY))
    for url in (SLACK, "wss://wss-primary.slack.com/link/?ticket=1", "https://hooks.slack.com/x"):
        proxy = proxy_for(url)
        assert proxy is not None
        assert (proxy.host, proxy.port) == ("proxy.example", 3128)
        assert CANARY not in repr(proxy)
        assert proxy.headers["Proxy-Authorization"].startswith("Basic ")
    assert CANARY in settings.load_settings(None).secrets()


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1.2.3", "[::1]", "localhost", "LOCALHOST", "[::ffff:127.0.0.1]"]
)
def test_no_proxy_is_used_for_this_machine(monkeypatch: pytest.MonkeyPatch, name: str, host: str) -> None:
    monkeypatch.setenv(name, "socks5://what:ever")
    assert proxy_for(f"http://{host}:3000/api/") is None
    assert proxy_for(f"ws://{host}:3000/link") is None


@pytest.mark.parametrize(
    ("excepted", "is_used"),
    [("*", False), ("slack.com", False), (".slack.com", False), ("example.org, slack.com", False), ("slack.org", True), ("", True),
     ('"slack.com"', False), ("slack.com\u200b", False), ("localhost\nslack.com", False), ("localhost;slack.com", False),
     ("*.slack.com", False), ("localhost *", False), ("“localhost”, 'slack.com'", False), ("\u200b", True)],
)  # fmt: skip
@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
def test_what_no_proxy_names_is_reached_directly(
    monkeypatch: pytest.MonkeyPatch, name: str, excepted: str, is_used: bool
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "proxy:3128")
    monkeypatch.setenv(name, excepted)
    assert (proxy_for(SLACK) is not None) is is_used


@pytest.mark.parametrize("name", VARIABLES)
@pytest.mark.parametrize(
    "value",
    ["socks5://bob:{}@proxy:1080", "https://bob:{}@proxy", "http:bob:{}@proxy", "http://bob:{}@[proxy", "bob:{}@", "http://bob:{}@proxy:0", "http://bob:{}@proxy:99999", "http://bob:{}@pro xy", "http://bob:é{}@proxy", "${{{}}}"],
)  # fmt: skip
def test_a_proxy_that_cannot_be_used_is_one_sentence_at_the_start_and_of_the_doctor(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value.format(CANARY))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s1")
    with pytest.raises(ConfigurationError, match=f"^{name} is no address of an HTTP proxy") as raised:
        settings.load_settings(None).mode()
    assert CANARY not in str(raised.value)


def test_the_process_refuses_a_proxy_with_2_and_the_doctor_with_1(folder: Path) -> None:
    given = {
        "SLACK_BOT_TOKEN": "xoxb-1",
        "SLACK_SIGNING_SECRET": "s1",
        "ALL_PROXY": f"socks5://bob:{CANARY}@proxy",
    }
    ran, asked = yrd(folder, "run", **given), yrd(folder, "doctor", **given)
    assert (ran.returncode, ran.stderr.count("\n"), asked.returncode, asked.stderr) == (2, 1, 1, "")
    assert ran.stderr.strip() in asked.stdout
    assert CANARY not in ran.stderr + asked.stdout


def test_the_local_workspace_calls_nobody_through_a_proxy(folder: Path) -> None:
    with Peer(answers(407, b"")) as proxy:
        through = dict.fromkeys(VARIABLES, f"http://127.0.0.1:{proxy.port}")
        with Bot(folder, through | {"NO_PROXY": "", "no_proxy": ""}) as bot:
            assert bot.get("/readyz") == (200, bot.get("/readyz")[1])


# -- where it listens -------------------------------------------------------------------------------------

LOOPBACK = ["localhost", "LOCALHOST", "127.0.0.1", "127.0.0.2", "::1", "[::1]"]


@pytest.fixture
def slack() -> Iterator[LocalSlackServer]:
    with LocalSlackServer(scopes=scopes_in_use()) as server:
        yield server


def announced(bot: Bot) -> tuple[str, int]:
    """Return host and port of the address that the bot says it has."""
    address = urlsplit(next(word for word in bot.said.split() if word.startswith("http://")))
    return address.hostname or "", address.port or 0


def status(host: str, port: int, path: str) -> int:
    """Return what comes of a GET of a page by somebody who opens that address."""
    connection = http.client.HTTPConnection(host, port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


@pytest.mark.parametrize("host", LOOPBACK)
def test_the_local_workspace_is_open_at_the_address_that_it_says(folder: Path, host: str) -> None:
    with Bot(folder, {"YRD_HOST": host}) as bot:
        where = announced(bot)
        assert where == (host.strip("[]").lower(), bot.port)
        assert [status(*where, path) for path in ("/", "/workspace/updates", "/readyz")] == [200, 200, 200]


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "own name"])
def test_over_http_the_bot_is_reached_at_the_address_that_it_says(
    slack: LocalSlackServer, folder: Path, host: str
) -> None:
    given = {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }
    with Bot(folder, given | {"YRD_HOST": socket.gethostname() if host == "own name" else host}) as bot:
        assert status(*announced(bot), "/healthz") == 200
        if host == "::":
            assert status("127.0.0.1", bot.port, "/healthz") == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid", "127.1", "0"])
def test_the_local_workspace_refuses_to_listen_to_others(folder: Path, host: str) -> None:
    ended = yrd(folder, "run", YRD_HOST=host)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("YRD_HOST is not this machine alone")
    assert f"{host} " not in ended.stderr


@pytest.mark.parametrize(
    ("host", "named"),
    [("no-such-host.invalid", "no address"), ("192.0.2.1", "one of its own"), ("fe80::1%nolink", "no address"), ("a" * 64, "no address")],
)  # fmt: skip
def test_a_host_that_is_not_this_machine_is_one_sentence_with_2(folder: Path, host: str, named: str) -> None:
    ended = yrd(folder, "run", YRD_HOST=host, SLACK_BOT_TOKEN="xoxb-1", SLACK_SIGNING_SECRET="s1")
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert named in ended.stderr


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:3000"), ("::", "http://[::1]:3000"), ("192.0.2.7", "http://192.0.2.7:3000"),
        ("fe80::1%eth0", "http://[fe80::1%25eth0]:3000"), ("bot.example.org", "http://bot.example.org:3000"),
    ],
)  # fmt: skip
def test_the_origin_is_where_the_bot_listens(
    monkeypatch: pytest.MonkeyPatch, host: str, address: str
) -> None:
    monkeypatch.setenv("YRD_HOST", host)
    assert origin(settings.load_settings(None)) == address
