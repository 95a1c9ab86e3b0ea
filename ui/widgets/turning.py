"""Going round the choices of an enumeration, one at each press."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from enum import StrEnum

Choice = TypeVar("Choice", bound="StrEnum")


def following(choice: Choice) -> Choice:
    """Give the choice after another; the first after the last."""
    every = list(type(choice))
    return every[(every.index(choice) + 1) % len(every)]
