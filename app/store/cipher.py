"""SQLCipher, loaded so that no settings for other programs' OpenSSL count for the one inside it."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_SETTINGS: Final = "OPENSSL_CONF"


@contextmanager
def without_settings() -> Iterator[None]:
    """Have OpenSSL read no settings for as long as the block lasts; programs started later find them as they were.

    A computer's settings may name modules for its own OpenSSL, which ours can't load, or ask for what those alone have:
    then no study could be opened.

    Source: https://docs.openssl.org/3.5/man5/config/
    """
    before = os.environ.get(_SETTINGS)
    os.environ[_SETTINGS] = os.devnull
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SETTINGS]
        else:
            os.environ[_SETTINGS] = before


with without_settings():  # they are read here, once
    import sqlcipher3.dbapi2 as sqlcipher

__all__ = ["sqlcipher", "without_settings"]
