"""What XML can hold of a text somebody typed."""

from __future__ import annotations

import re
from typing import Final

_ILLEGAL: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def held(text: str) -> str:
    """Give a text without the characters that no XML can hold (XML 1.0, production 2)."""
    return _ILLEGAL.sub("", text)


def unbroken(raw: str) -> str:
    """Give a text with each of its line breaks as one line feed, as XML reads them (XML 1.0, 2.11)."""
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
