"""The passphrase, from the moment it is typed to the moment SQLCipher has it; it is never kept, shown or logged."""

from __future__ import annotations

import unicodedata

from app.store.errors import WeakPassphrase

MINIMUM_LENGTH = 8


def key_pragma(pragma: str, passphrase: str) -> str:
    """Write the statement that hands SQLCipher a passphrase.

    The passphrase goes in as it was typed, composed to Unicode NFC so that keyboards that compose differently open
    the same file; SQLCipher derives the key from its UTF-8 bytes (PBKDF2-HMAC-SHA512, 256,000 iterations).

    Raises:
        WeakPassphrase: it is empty, or holds a NUL, which would end it early, or half a character, which has no UTF-8.
    """
    composed = unicodedata.normalize("NFC", passphrase)
    if not composed:
        raise WeakPassphrase("The passphrase is empty.")
    if "\0" in composed or any("\ud800" <= character <= "\udfff" for character in composed):
        raise WeakPassphrase("The passphrase holds a character that can't be part of one.")
    escaped = composed.replace("'", "''")
    return f"PRAGMA {pragma} = '{escaped}'"


def require_usable(passphrase: str) -> None:
    """Refuse a new passphrase that is too short to protect anything, or can't be handed over.

    Raises:
        WeakPassphrase: it has fewer than eight characters, or one of them can't be part of it.
    """
    key_pragma("key", passphrase)
    if len(unicodedata.normalize("NFC", passphrase)) < MINIMUM_LENGTH:
        raise WeakPassphrase(f"A passphrase needs at least {MINIMUM_LENGTH} characters.")
