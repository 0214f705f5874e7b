"""Names and addresses of machines, as they are typed: what one may be, and which are only this machine."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, ip_address
from typing import Final

_NAME: Final = re.compile(r"[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?", re.ASCII)
_WITH_PORT: Final = re.compile(r"(\[[^\]]*\]|[^:]*):[0-9]*", re.ASCII)


def is_loopback(host: str) -> bool:
    """Say whether `host` can only be reached from this machine, going by its name alone."""
    if host.casefold() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    inside = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (inside or address).is_loopback


def host(typed: str) -> str:
    """Return `typed` as a name or an address without brackets; ValueError, saying what to type, when it is neither."""
    bare = typed[1:-1] if typed.startswith("[") and typed.endswith("]") else typed
    try:
        return str(ip_address(bare))
    except ValueError:
        pass
    if "/" in typed:
        raise ValueError("is an address of the web: give the host alone, such as 127.0.0.1")
    if typed == "*":
        raise ValueError("* is no host: 0.0.0.0 stands for all addresses of IPv4, :: for all there are")
    if _WITH_PORT.fullmatch(typed):
        raise ValueError("names a port, which goes into YRD_PORT: give the host alone")
    if not _NAME.fullmatch(typed):
        raise ValueError("is neither the name nor the address of a host")
    return typed.lower()


def in_url(address: str) -> str:
    """Return a name or an address as it stands in a URL: those of IPv6 in brackets (RFC 3986, and RFC 6874 for zones)."""
    return f"[{address.replace('%', '%25')}]" if ":" in address else address


def reached_at(host: str) -> str:
    """Return the name or address at which whoever listens on `host` is reached from this machine."""
    try:
        address = ip_address(host)
    except ValueError:
        return host
    if not address.is_unspecified:
        return host
    return "127.0.0.1" if address.version == 4 else "::1"
