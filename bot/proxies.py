"""The proxy that the environment names for an address: for Slack, and never for what is on this machine."""

from __future__ import annotations

import base64
import os
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

from bot.hosts import is_loopback
from bot.setting_values import tidy

# In the order in which they are asked, as slack_sdk does; ALL_PROXY, which it does not know, comes last.
VARIABLES: Final = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_FORM: Final = re.compile(
    r"(?:http://)?(?!https?:)(?:(?P<user>[!-.0-~]*)@)?"
    r"(?P<host>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::(?P<port>[0-9]{1,5}))?/?",
    re.IGNORECASE | re.ASCII,
)
_PORT: Final = 80


class BadProxyError(ValueError):
    """The environment names a proxy that cannot be used; the text is one sentence that does not quote it."""


@dataclass(frozen=True, slots=True, repr=False)
class Proxy:
    """An HTTP proxy. `login` is "user:password", percent-encoded as it was written, "" without one."""

    host: str
    port: int
    login: str = ""

    @property
    def url(self) -> str:
        """Return its address, with what it takes to log in."""
        return f"http://{self.login}{'@' * bool(self.login)}{self.host}:{self.port}"

    @property
    def headers(self) -> dict[str, str]:
        """Return what to send to it before anything else."""
        if not self.login:
            return {}
        user, _, word = self.login.partition(":")
        given = f"{unquote(user)}:{unquote(word)}".encode()
        return {"Proxy-Authorization": "Basic " + base64.b64encode(given).decode("ascii")}


def proxy_for(url: str) -> Proxy | None:
    """Return the proxy on the way to `url`, None where there is none; BadProxyError where it cannot be used.

    There is none to loopback, nor to what NO_PROXY names, by name, suffix or `*`.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if is_loopback(host) or _is_excepted(host, f"{host}:{parts.port}" if parts.port else host):
        return None
    name, value = _named()
    if not value:
        return None
    form = _FORM.fullmatch(value)
    port = int(form["port"] or _PORT) if form else 0
    if form is None or not 0 < port < 65536:
        raise BadProxyError(
            f"{name} is no address of an HTTP proxy such as http://proxy.example:3128: set it to one,"
            f" or NO_PROXY to {host} to go without."
        )
    return Proxy(form["host"], port, form["user"] or "")


def passwords() -> tuple[str, ...]:
    """Return what the environment's proxies are logged in to with, whether or not they are used, for logs to leave out."""
    logins = (tidy(os.environ.get(name, "")).rpartition("@")[0] for name in VARIABLES)
    found = (login.rpartition("/")[2].partition(":")[2] for login in logins)
    return tuple(word for word in found if word)


def _is_excepted(*places: str) -> bool:
    """Say whether NO_PROXY names one of `places`, however it was written down; without it Windows or macOS may."""
    named = next((tidy(os.environ[name]) for name in ("no_proxy", "NO_PROXY") if os.environ.get(name)), "")
    if not named:
        return any(map(proxy_bypass, places))
    each = [tidy(one).lower() for one in re.split(r"[,;\s]", named)]
    # `*.example` is `.example`, and so is `example`.
    suffixes = [f".{bare}" for one in each if (bare := one.removeprefix("*").lstrip("."))]
    return "*" in each or any(f".{place}".endswith(suffix) for place in places for suffix in suffixes)


def _named() -> tuple[str, str]:
    for name in VARIABLES:
        if value := tidy(os.environ.get(name, "")):
            return name, value
    # Windows and macOS keep theirs elsewhere.
    return "The proxy of the system", getproxies().get("https", "")
