"""Tokens as they are kept: encrypted, with a key that stands in the environment alone.

Fernet (github.com/fernet/spec): AES-128 in CBC mode with an HMAC-SHA256, so that what was tampered with does not open.
"""

from __future__ import annotations

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.state.errors import SealedError


class Cipher:
    """Encrypts with the first of `keys`, and decrypts what any of them encrypted."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        self._keys = MultiFernet([Fernet(key) for key in keys])

    def seal(self, token: str) -> str:
        """Return `token` as it is kept."""
        return self._keys.encrypt(token.encode()).decode()

    def open(self, sealed: str) -> str:
        """Return the token that is kept as `sealed`; SealedError where no key opens it."""
        try:
            return self._keys.decrypt(sealed).decode()
        except InvalidToken:
            raise SealedError(
                "YRD_ENCRYPTION_KEY opens none of the tokens that are kept: set the key that they were encrypted with,"
                " after a comma if there is a newer one."
            ) from None


def new_key() -> str:
    """Return a fresh random key."""
    return Fernet.generate_key().decode()
