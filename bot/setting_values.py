"""What people and their tools write into settings: tidied where that is safe, else refused in words that do not quote it.

Every ValueError here completes the sentence that begins with the name of the variable.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from bot.hosts import is_loopback

# What copying, Windows, Docker's --env-file and secret stores leave around a value. Categories Cf (zero-width, byte
# order mark, direction), Cc and the separators; each opening quote with what closes it.
_AROUND: Final = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
_QUOTES: Final = frozenset({'""', "''", "``", "“”", "‘’", "«»"})
_PLACEHOLDER: Final = re.compile(
    r"\$\{.*|.*\$\{.*\}.*|\$[A-Za-z_]\w*|%[A-Za-z_]\w*%|<.*>|.*\{\{.*\}\}.*", re.DOTALL
)
# What shells and systemd put a value in place of, at the start of a part of a path; nothing else does.
_VARIABLE_IN_PATH: Final = re.compile(r"(^|[/\\])(\$[A-Za-z_]|%[A-Za-z]($|[/\\])|%[A-Za-z_]\w*%)")
_EXAMPLE: Final = re.compile(
    r".*\.\.\.|.*(?<![a-z])(your|change-?me)(?![a-z]).*|(xoxb-|xapp-)?x+(-x+)*", re.IGNORECASE
)
# Slack's tokens: docs.slack.dev/authentication/tokens. Those that are rotated begin with xoxe.
_TOKEN: Final = re.compile(r"\b(xox[a-z]|xapp)-", re.IGNORECASE)


def tidy(value: str) -> str:
    """Return `value` without what stands around it and is no part of any: white space, invisible characters, quotes."""
    while True:
        start, end = 0, len(value)
        while start < end and unicodedata.category(value[start]) in _AROUND:
            start += 1
        while end > start and unicodedata.category(value[end - 1]) in _AROUND:
            end -= 1
        value = value[start:end]
        if len(value) < 2 or value[0] + value[-1] not in _QUOTES:
            return value
        value = value[1:-1]


def refuse_placeholder(value: str) -> None:
    """Raise ValueError where `value` is what stands for a value in a template."""
    if _PLACEHOLDER.fullmatch(value):
        raise ValueError("is a placeholder that nothing was put in place of")


def plain(value: str) -> str:
    """Return `value`, which is one word of ASCII; ValueError says what in it is none."""
    for at, character in enumerate(value, 1):
        if not "!" <= character <= "~":
            raise ValueError(f"holds {_named(character)} at character {at} of {len(value)}")
    refuse_placeholder(value)
    return value


def not_secret(value: str) -> str:
    """Return `value`; ValueError where it holds a token of Slack's, which would be shown where it stands."""
    if _TOKEN.search(value):
        raise ValueError(
            "holds a token of Slack's, which belongs into SLACK_BOT_TOKEN or SLACK_APP_TOKEN alone"
        )
    return value


def path(value: str) -> str:
    """Return `value`, a path; ValueError where no path has such characters."""
    for at, character in enumerate(value, 1):
        if unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs"):
            raise ValueError(f"holds {_named(character)} at character {at} of {len(value)}")
    refuse_placeholder(value)
    if _VARIABLE_IN_PATH.search(value):
        raise ValueError("holds a variable, which only a shell or systemd would put a value in place of")
    return not_secret(value)


def token(value: str, prefix: str) -> str:
    """Return `value`, a token of Slack's that begins with `prefix`; ValueError where it cannot be one."""
    _refuse_example(plain(value))
    # Slack rotates tokens of some apps, and marks those: docs.slack.dev/authentication/using-token-rotation.
    if not value.removeprefix("xoxe.").startswith(prefix):
        raise ValueError(f"does not begin with {prefix}: copy the other kind of token")
    if not re.fullmatch(r"[A-Za-z0-9._-]+", value):
        raise ValueError("holds a character that no token of Slack's has: copy it again")
    return value


def app_secret(value: str) -> str:
    """Return `value`, a secret that Slack shares with the app; ValueError where it cannot be that."""
    _refuse_example(plain(value))
    if _TOKEN.search(value):
        raise ValueError("is a token: the app's secrets stand on Basic Information of its pages")
    return value


def client_id(value: str) -> str:
    """Return `value`, the id that Slack gave an app as a client of OAuth; ValueError where it cannot be that."""
    _refuse_example(plain(value))
    if not re.fullmatch(r"[0-9]+\.[0-9]+", value):
        raise ValueError("is no client ID, two numbers with a dot between: it stands on Basic Information")
    return value


def encryption_keys(value: str) -> tuple[str, ...]:
    """Return the keys that `value` holds with commas between; ValueError where one of them is none.

    A key is 32 bytes in URL-safe Base64: github.com/fernet/spec.
    """
    keys = tuple(key.strip() for key in value.split(",") if key.strip())
    if not keys or not all(re.fullmatch(r"[A-Za-z0-9_-]{43}=", key) for key in keys):
        raise ValueError("is no key, or no keys with commas between: `yrd teams new-key` makes one")
    return keys


def public_address(value: str) -> str:
    """Return `value`, where browsers reach the bot, without a slash at its end; ValueError where it is no such address."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no https address") from None
    is_plain = not (parts.username or parts.password or parts.query or parts.fragment) and "\\" not in value
    if not host or not is_plain or parts.scheme not in ("http", "https"):
        raise ValueError("is no address such as https://desk.example.org")
    if parts.path.strip("/"):
        raise ValueError("has a path: the bot answers at the root of its host")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must be https: Slack sends nobody back to anything else")
    return value.rstrip("/")


def slack_id(value: str, letters: str, kind: str) -> str:
    """Return `value`, an id of Slack's that begins with one of `letters`; ValueError, naming the `kind`, else."""
    if not re.fullmatch(f"[{letters}][A-Z0-9]+", value):
        raise ValueError(f"is no id of {kind} ({letters[0]} and capital letters and digits)")
    return value


def database(value: str) -> None:
    """Raise ValueError unless `value` is the URL of a database of PostgreSQL's."""
    like = "as in postgresql://user:password@host/database; for @ / # ? in a password write %40 %2F %23 %3F"
    try:
        url = urlsplit(value)
        url.port  # noqa: B018 - ValueError where it is no number
    except ValueError:
        raise ValueError(f"is no URL {like}") from None
    if url.scheme not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise ValueError("does not begin with postgresql://, the one kind of database that state is kept in")
    if not value.startswith(f"{url.scheme}://") or url.netloc.count("@") > 1 or url.fragment:
        raise ValueError(f"is no URL {like}")
    if not url.path.strip("/") or "/" in url.path.strip("/"):
        raise ValueError(f"names no database {like}")
    if "password" in parse_qs(url.query):
        raise ValueError(f"has its password behind the ?: it stands before the host, {like}")


def password(url: str) -> tuple[str, ...]:
    """Return the password in a URL, as it is written and as it is meant; nothing where there is none."""
    found = urlsplit(url).password
    return tuple(dict.fromkeys((found, unquote(found)))) if found else ()


def web_address(value: str) -> str:
    """Return the base of a Web API with a slash at its end; ValueError where tokens cannot go there safely."""
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is no http(s) address") from None
    if not host or parts.scheme not in ("http", "https"):
        raise ValueError("is no http(s) address such as https://slack.com/api/")
    if parts.username is not None or parts.password is not None:
        raise ValueError("holds a user or a password, which Slack's API does not take")
    if parts.query or parts.fragment or "\\" in value or not re.fullmatch(r"[A-Za-z0-9._%:-]+", host):
        raise ValueError("is no base of a Web API such as https://slack.com/api/")
    if parts.scheme == "http" and not is_loopback(host):
        raise ValueError("must be https: tokens do not leave this machine in the clear")
    return value.rstrip("/") + "/"


def _refuse_example(value: str) -> None:
    if _EXAMPLE.fullmatch(value):
        raise ValueError("is the placeholder of an example: copy the value from the app's pages of Slack")


def _named(character: str) -> str:
    """Return what a character is, in words: many cannot be seen."""
    if character in "\n\r\v\f\x85\u2028\u2029":
        return "a line break"
    kind = unicodedata.category(character)
    if character == "\t" or kind == "Zs":
        return "a tab" if character == "\t" else "a space"
    names = {"Cc": "a control character", "Cf": "an invisible character", "Cs": "a byte that is no UTF-8"}
    return names.get(kind, "a character that is not ASCII")
