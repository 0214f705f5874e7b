"""What goes wrong with state: each error says in one sentence what was found, and what to do."""

from __future__ import annotations


class StateError(Exception):
    """State cannot be used; its text is one sentence that says what to do."""


class UnavailableError(StateError):
    """Another time it may be used: another program holds it, its disk takes nothing, or its server is away."""


class LockedError(UnavailableError):
    """Another program holds it."""


class MisconfiguredError(UnavailableError):
    """It cannot be reached as it is set: whoever starts is not to wait for it."""


class SealedError(StateError):
    """A token was encrypted with none of the keys that are set."""


class UnknownCommitError(UnavailableError):
    """The connection was lost while a change was being committed: nobody knows yet whether it was made."""
