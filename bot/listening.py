"""Where the bot listens: sockets bound to every address of YRD_HOST, and how this machine reaches them."""

from __future__ import annotations

import errno
import socket
from typing import Final

from bot.hosts import in_url, reached_at
from bot.settings import ConfigurationError, Settings

# A name may have addresses of a kind that this machine has not: "localhost" where there is no IPv6.
_ABSENT: Final = frozenset({errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT})


def bound(settings: Settings) -> list[socket.socket]:
    """Return sockets that listen on every address of the host; ConfigurationError, with none left open, when they cannot."""
    where = f"{in_url(settings.host)}:{settings.port}"
    listeners: list[socket.socket] = []
    failure: OSError | None = None
    try:
        for family, address in _addresses(settings.host, settings.port):
            try:
                listeners.append(_listening(family, address))
            except OSError as error:
                failure = error
                if error.errno not in _ABSENT:
                    raise
        if failure is not None and not listeners:
            raise failure
    except (OSError, UnicodeError) as error:
        for listener in listeners:
            listener.close()
        if isinstance(error, socket.gaierror | UnicodeError):
            raise ConfigurationError(
                "YRD_HOST has no address that this machine knows; 127.0.0.1 is this machine alone, 0.0.0.0 all its addresses."
            ) from None
        advice = (
            "set YRD_HOST to one of its own"
            if error.errno in _ABSENT
            else "stop what uses it, or set YRD_PORT to another port"
        )
        raise ConfigurationError(f"{where} cannot be listened on ({error.strerror}): {advice}.") from None
    return listeners


def origin(settings: Settings) -> str:
    """Return "http://host:port" as this machine reaches the bot."""
    return f"http://{in_url(reached_at(settings.host))}:{settings.port}"


def _addresses(
    host: str, port: int
) -> list[tuple[socket.AddressFamily, tuple[str, int] | tuple[str, int, int, int]]]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((family, place) for family, _, _, _, place in found))  # type: ignore[misc]


def _listening(
    family: socket.AddressFamily, address: tuple[str, int] | tuple[str, int, int, int]
) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # Ports of connections that have just ended are free to listen on, and a port in use is still refused.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            # "::" is every address, those of IPv4 among them, whatever the system's custom.
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(address[0] != "::"))
        listener.bind(address)
        listener.listen()
    except OSError:
        listener.close()
        raise
    return listener
