"""What typed letters stand for: the words of a shorthand, with the capital they were typed with; pure."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.model.source import Shorthand


def expansion(shorthands: Iterable[Shorthand], who: str, typed_word: str) -> str | None:
    """Give the words that a typed word stands for, None where it stands for itself.

    Only the whole word counts. As it stands in the list ("dd") or all in capitals ("DD") it gives the words as they
    are written there ("data drift"); with its first letter alone made a capital ("Dd") it gives them with one too
    ("Data drift"). Any other mixture of letters is no shorthand. What the assessor wrote down comes before what is
    everybody's, and the letters as they stand before a capital.

    Args:
        shorthands: those of the study.
        who: key of the assessor working, "" for nobody.
        typed_word: what was typed since the last space.
    """
    typed = _composed(typed_word)
    every = list(shorthands)
    for owner in (who, None) if who else (None,):
        found = [_meant(each, typed) for each in every if each.assessor == owner]
        best = min((each for each in found if each is not None), default=None)
        if best is not None:
            return best[1]
    return None


def _meant(shorthand: Shorthand, typed: str) -> tuple[int, str] | None:
    """Give what a shorthand makes of a typed word, after how unlike the two are."""
    short = _composed(shorthand.short)
    if typed == short:
        return 0, shorthand.words
    if typed == _with_capital(short):
        return 1, _with_capital(shorthand.words)
    return (2, shorthand.words) if typed == short.upper() else None


def _with_capital(text: str) -> str:
    return text[:1].title() + text[1:]


def _composed(text: str) -> str:
    """Write a text in the one way, whether its accents were typed apart or not."""
    return unicodedata.normalize("NFC", text)
