"""A finished PDF behind a passphrase: it opens for whoever knows it, to be read and printed."""

from __future__ import annotations

import io
import secrets
import unicodedata


def protect(content: bytes, passphrase: str) -> bytes:
    """Encrypt a PDF with AES-256 (revision 6 of the standard handler), in memory.

    It can be printed and read aloud, not copied from or changed; the passphrase that would allow that is random and
    kept by nobody. The bytes are other each time, and must be: the file's key, the salts of both passphrases and the
    initial vector of every string and stream are random, which is what makes the encryption one. Two files of the same
    report say the same once they are opened.

    Source: ISO 32000-2, 7.6; passphrases as 7.6.4.3.2 prepares them, so that an accent typed in two ways is one.
    """
    import pikepdf

    allow = pikepdf.Permissions(
        accessibility=True,
        extract=False,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
        print_lowres=True,
        print_highres=True,
    )
    locked = pikepdf.Encryption(user=prepared(passphrase), owner=secrets.token_urlsafe(32), R=6, allow=allow)
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(file, encryption=locked)
    return file.getvalue()


def prepared(passphrase: str) -> str:
    """Give a passphrase in the one form of its characters that readers compare."""
    return unicodedata.normalize("NFKC", passphrase)
