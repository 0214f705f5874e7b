"""What an error of a PostgreSQL means, in a sentence; its own words may quote a row, and are left out."""

from __future__ import annotations

import re
from typing import Final

import psycopg
from psycopg import errors
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.state.errors import LockedError, MisconfiguredError, StateError, UnavailableError

# What libpq and the server say when somebody connects carries no code that psycopg hands on: their words are known, in
# English. (What is found in them, how the sentence goes on, whether waiting helps.)
_CONNECTING: Final = (
    (r'database ".*" does not exist', "is not there: create it, or name another in YRD_DATABASE_URL", False),
    (
        r'password authentication failed|role ".*" does not exist|no password supplied|permission denied for database'
        r'|no pg_hba\.conf entry|not permitted to log in',
        "lets this user not in: look at user and password in YRD_DATABASE_URL, and at the server's pg_hba.conf",
        False,
    ),
    (r"could not translate host name|Name or service not known", "has a host that nobody knows: look at YRD_DATABASE_URL", True),
    (r"does not support SSL", "speaks no TLS, which sslmode in YRD_DATABASE_URL asks for", False),
    (
        r"invalid (sslmode|connection option|URI|integer|port|percent)|definition of service|service file"
        r"|unrecognized configuration parameter|bad value for|invalid value for parameter",
        "has a parameter in YRD_DATABASE_URL that PostgreSQL does not know, or one with an odd value",
        False,
    ),
    (
        r"root certificate file .* does not exist|certificate verify failed|unable to get local issuer",
        "shows a certificate that nobody here vouches for: name its authority by sslrootcert in YRD_DATABASE_URL, a file as"
        " /etc/ssl/certs/ca-certificates.crt (`system` is another list of authorities than this machine's unless SSL_CERT_DIR names it)",
        False,
    ),
    (
        r"server certificate for .* does not match|could not get server's host name",
        "shows a certificate for another host: write the host in YRD_DATABASE_URL as the certificate has it",
        False,
    ),
    (
        r"session is (not )?read-only|server is (not )?in hot standby mode",
        "is not such a server as target_session_attrs in YRD_DATABASE_URL asks for",
        True,
    ),
    (r"too many (connections|clients)", "has no connection left: raise max_connections, or run fewer bots", True),
    (r"(starting up|shutting down|recovery mode)", "is starting or stopping", True),
    (r"timeout expired", "does not answer", True),
    (r"Connection refused|No such file or directory", "has no server that listens there", True),
)  # fmt: skip


def meaning(name: str, error: SQLAlchemyError) -> StateError:
    """Return what `error` of the database called `name` means."""
    if isinstance(error, PoolTimeoutError):
        return UnavailableError(f"{name} has too much to do: every connection is in use.")
    found = error.orig if isinstance(error, DBAPIError) else None
    code = getattr(found, "sqlstate", None)
    if isinstance(found, errors.LockNotAvailable | errors.QueryCanceled | errors.DeadlockDetected):
        return LockedError(f"{name} is busy: others work on the same rows ({code}).")
    if isinstance(found, errors.ReadOnlySqlTransaction):
        return UnavailableError(f"{name} is read-only: a standby, or set to default_transaction_read_only.")
    if isinstance(found, errors.InsufficientPrivilege):
        return StateError(
            f"{name} refuses its user a right on the bot's tables: make the user their owner ({code})."
        )
    if isinstance(found, errors.InvalidSchemaName):
        return MisconfiguredError(
            f"{name} has no schema to make tables in: look at search_path, in YRD_DATABASE_URL or of its user ({code})."
        )
    if (
        code is None
        and isinstance(found, psycopg.OperationalError | psycopg.ProgrammingError)
        and (told := _of_connecting(name, str(found)))
    ):
        return told
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    if is_lost or isinstance(found, psycopg.OperationalError | psycopg.InterfaceError):
        return UnavailableError(f"{name} cannot be reached, or takes nothing{f' ({code})' if code else ''}.")
    return StateError(f"{name} refused what was asked of it ({code or type(found or error).__name__}).")


def of_connecting(name: str, error: Exception) -> StateError:
    """Return what it means that nobody could connect to the database called `name`, as `error` says."""
    return _of_connecting(name, str(error)) or UnavailableError(
        f"{name} cannot be reached, or takes nothing."
    )


def _of_connecting(name: str, said: str) -> StateError | None:
    for pattern, sentence, is_passing in _CONNECTING:
        if re.search(pattern, said):
            kind = UnavailableError if is_passing else MisconfiguredError
            return kind(f"{name} cannot be reached: it {sentence}.")
    return None
