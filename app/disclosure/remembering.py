"""What was worked out for texts, kept while the same ones come again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MOST_KEPT: Final = 100_000


class Remembered(dict[str, T]):
    """What a function makes of texts, worked out once for each of a great many."""

    def __init__(self, function: Callable[[str], T]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> T:
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[text] = found = self._function(text)
        return found
