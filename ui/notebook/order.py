"""In which order the study holds a source's lines, followed without going through all of them; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Order:
    """Keys, each knowing the one above it and the one below; None is the beginning and the end."""

    def __init__(self, keys: Iterable[str] = ()) -> None:
        self._above: dict[str | None, str | None] = {}
        self._below: dict[str | None, str | None] = {}
        last: str | None = None
        for key in keys:
            self._tie(last, key)
            last = key
        self._tie(last, None)

    def copy(self) -> Order:
        """Give another one of the same keys in the same order."""
        made = Order()
        made._above, made._below = dict(self._above), dict(self._below)
        return made

    def above(self, key: str) -> str | None:
        """Give the key above another; None where it is the first."""
        return self._above[key]

    def put(self, key: str, after: str | None) -> None:
        """Put a key, new or moved, below another; at the beginning below None."""
        if key in self._above:
            self.take(key)
        below = self._below.get(after)
        self._tie(after, key)
        self._tie(key, below)

    def take(self, key: str) -> None:
        """Take a key out."""
        self._tie(self._above.pop(key), self._below.pop(key))

    def _tie(self, above: str | None, below: str | None) -> None:
        self._below[above] = below
        self._above[below] = above
