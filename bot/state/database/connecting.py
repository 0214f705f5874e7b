"""How a process connects to a server of PostgreSQL's: the URL, the options it does not name, the pool, and what no text may hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, make_url
from sqlalchemy.event import listen
from sqlalchemy.exc import ArgumentError

from bot.state.errors import StateError

# Connections that a process keeps open; more are opened while they are needed, up to POOL_MOST.
_POOL: Final = 5
POOL_MOST: Final = 15
"""Connections that a process has at most, the one it listens on aside."""
CONNECTING: Final = 2
"""Seconds to connect. Slack waits three for an answer, and who waits for a server that is away is to be told so before that."""
IN_POOL: Final = 1
"""Seconds to wait for a connection of the pool's."""
IDLE: Final = 10
"""Seconds after which the server lets go of what a process that vanished holds."""
# A connection older than that is replaced when it is next taken: a firewall may have forgotten it.
_RECYCLED: Final = 600

# How it is connected, where the URL does not say otherwise. A peer that is gone without a word is noticed by the kernel;
# statements that are prepared on the server are lost on a pooler between, so that none are until it is known that none is.
_OWN: Final[Mapping[str, Any]] = {
    "application_name": "yrd-desk", "client_encoding": "UTF8", "connect_timeout": CONNECTING, "keepalives_idle": 5, "keepalives_interval": 1,
    "keepalives_count": 3, "tcp_user_timeout": 3_000, "prepare_threshold": None, "autocommit": True,
}  # fmt: skip
ISOLATION: Final = "read committed"
"""What was committed before a lock was got has to be seen behind it, whatever a database is set to."""
_OPTIONS: Final = (
    f"-c idle_in_transaction_session_timeout={IDLE}s -c timezone=UTC"
    rf" -c default_transaction_isolation={ISOLATION.replace(' ', chr(92) + ' ')}"
)


def _without_nul(
    _: Connection, cursor: object, statement: str, values: Any, context: object, is_many: bool
) -> tuple[str, Any]:
    """Return a statement whose values lack what no text of PostgreSQL's may hold: www.postgresql.org/docs/current/datatype-character.html."""
    return statement, [*map(_tidied, values)] if is_many else _tidied(values)


def _tidied(values: Any) -> Any:
    if not isinstance(values, dict):
        return values
    return {
        name: value.replace("\0", "\ufffd") if isinstance(value, str) else value
        for name, value in values.items()
    }


def url_of(given: str) -> URL:
    """Return the URL with its driver; StateError where it is none, or another database's."""
    try:
        url = make_url(given)
    except ArgumentError:
        raise StateError("YRD_DATABASE_URL is no URL as in postgresql://user@host/database.") from None
    if url.drivername not in ("postgresql", "postgres", "postgresql+psycopg"):
        raise StateError(f"YRD_DATABASE_URL begins with {url.drivername}: only postgresql:// is known.")
    return url.set(drivername="postgresql+psycopg")


def arguments_of(url: URL) -> dict[str, Any]:
    """Return how to connect, but for what the URL itself says."""
    theirs = url.query.get("options", "")
    own = {name: value for name, value in _OWN.items() if name not in url.query}
    return own | {"options": f"{_OPTIONS} {theirs}".strip()}


def engine_of(url: URL) -> Engine:
    """Return an engine with a pool of its own, which sends nothing that no text may hold; nothing is opened yet."""
    engine = create_engine(
        url,
        connect_args=arguments_of(url),
        pool_size=_POOL,
        max_overflow=POOL_MOST - _POOL,
        pool_timeout=IN_POOL,
        pool_recycle=_RECYCLED,
        pool_use_lifo=True,
        hide_parameters=True,
    )
    listen(engine, "before_cursor_execute", _without_nul, retval=True)
    return engine
