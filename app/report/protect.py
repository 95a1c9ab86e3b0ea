"""A finished PDF behind a passphrase: it opens for whoever knows it, to be read and printed."""

from __future__ import annotations

import io
import secrets


def protect(content: bytes, passphrase: str) -> bytes:
    """Encrypt a PDF with AES-256 (revision 6 of the standard handler), in memory.

    It can be printed and read aloud, not copied from or changed; the passphrase that would allow that is random and
    kept by nobody. The bytes are other each time, and must be: the file's key, the salts of both passphrases and the
    initial vector of every string and stream are random, which is what makes the encryption one. Two files of the same
    report say the same once they are opened.

    Source: ISO 32000-2, 7.6.
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
    locked = pikepdf.Encryption(user=passphrase, owner=secrets.token_urlsafe(32), R=6, allow=allow)
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(file, encryption=locked)
    return file.getvalue()
