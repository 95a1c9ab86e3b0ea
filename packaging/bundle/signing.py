"""Sign programs for Windows where the builder has a certificate, and say so aloud where there is none."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Final

from bundle.staging import ROOT, epoch

CERTIFICATE: Final = "FIELDQUILL_SIGN_PFX"
"""Names the certificate and its key, a file as PKCS#12."""
_SECRET: Final = "FIELDQUILL_SIGN_PASSWORD_FILE"  # noqa: S105 - names a variable
"""Names a file that holds its password."""
TIMESTAMP: Final = "FIELDQUILL_SIGN_TIMESTAMP"
"""Names a timestamp service (RFC 3161): signatures outlive the certificate then, but no two builds are the same."""


def wanted() -> bool:
    """Whether the builder has a certificate."""
    return bool(os.environ.get(CERTIFICATE))


def command() -> str:
    """Give what signs the program named after it; for NSIS, which makes the uninstaller on its own."""
    ours = shlex.quote(str(ROOT / "packaging"))
    return f"PYTHONPATH={ours} {shlex.quote(sys.executable)} -m bundle.signing"


def sign(*paths: Path) -> None:
    """Sign programs in place; without a certificate say that they are unsigned."""
    if not wanted():
        print(
            f"UNSIGNED: {', '.join(path.name for path in paths)}; {CERTIFICATE} names no certificate", file=sys.stderr
        )
        return
    for path in paths:
        signed = path.with_name(path.name + ".signed")
        subprocess.run([*_words(), "-in", path, "-out", signed], check=True, stdout=subprocess.DEVNULL)
        signed.replace(path)
        print(f"signed: {path.name}")


def _words() -> list[str]:
    """Give the tool's own words; a password in a file never shows among the running programs."""
    words = ["osslsigncode", "sign", "-pkcs12", os.environ[CERTIFICATE], "-h", "sha256", "-n", "Fieldquill"]
    if os.environ.get(_SECRET):
        words += ["-readpass", os.environ[_SECRET]]
    service = os.environ.get(TIMESTAMP)
    return [*words, *(("-ts", service) if service else ("-time", str(epoch())))]


if __name__ == "__main__":
    sign(*map(Path, sys.argv[1:]))
