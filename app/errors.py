"""The base of every error the product expects, so that callers can tell it from a bug."""

from typing import ClassVar


class FieldquillError(Exception):
    """An expected failure: a stable code for programs and one sentence for people.

    Subclasses set `code` (dotted, lower case, never changed once released, e.g. "rubric.invalid").
    The sentence says what happened, what was kept and what to do, and is safe to show; it ends without
    a line break.
    """

    code: ClassVar[str] = "error"

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)

    @property
    def sentence(self) -> str:
        """The sentence for people, the same as `str(error)`."""
        return str(self)
