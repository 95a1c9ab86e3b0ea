"""Words in a drawing: broken into lines that fit, set to the left, centred or to the right, and noted as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from app.report.fonts import Face, register, shortened, width_of
from app.report.style import INK, pdf_colour
from app.report.text import line, note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.report.pdf import Canvas
    from app.report.style import Style

LEFT: Final = 0.0
CENTRE: Final = 0.5
RIGHT: Final = 1.0
_END: Final = 10  # letters kept of a long name's end


def cut_inside(text: str, face: Face, size: float, room: float) -> str:
    """Cut a name that is wider than the room in its middle, since names that begin alike are told apart by their ends.

    The room is one line's, in points.
    """
    text = line(text)
    if width_of(text, face, size) <= room:
        return text
    head, end = text[:-_END], text[-_END:]
    return f"{shortened(head, face, size, room - width_of(end, face, size))}{end}"


class Said(NamedTuple):
    """One line of a label, and how it is cut."""

    text: str
    face: Face


class Label:
    """Words in a width of at most `room`, each of `said` on a line of its own or more; `at` is how lines are set."""

    def __init__(self, said: Sequence[Said], style: Style, room: float, at: float = LEFT) -> None:
        self.said = " ".join(each.text for each in said)
        self.style = style
        self.at = at
        self.lines = [part for each in said for part in self._broken(each, room)]
        self.width = max((self._wide(each) for each in self.lines), default=0.0)
        self.height = style.leading * len(self.lines)

    def draw(self, canvas: Canvas, left: float, low: float) -> None:
        """Draw with the left and lower edges there."""
        register()
        canvas.setFillColor(pdf_colour(INK))
        base = low + self.height - self.style.size
        for each in self.lines:
            canvas.setFont(each.face.value, self.style.size)
            canvas.drawString(left + (self.width - self._wide(each)) * self.at, base, each.text)
            base -= self.style.leading
        note(canvas, self.said)

    def _wide(self, said: Said) -> float:
        return width_of(said.text, said.face, self.style.size)

    def _broken(self, said: Said, room: float) -> Iterator[Said]:
        """Break between words, and within one that is wider than the room."""
        done = ""
        for word in line(said.text).split():
            longer = f"{done} {word}".strip()
            if self._wide(said._replace(text=longer)) <= room:
                done = longer
                continue
            if done:
                yield said._replace(text=done)
            done = word
            while self._wide(said._replace(text=done)) > room and len(done) > 1:
                fits = self._fitting(said, done, room)
                yield said._replace(text=done[:fits])
                done = done[fits:]
        if done:
            yield said._replace(text=done)

    def _fitting(self, said: Said, word: str, room: float) -> int:
        """How many characters of a word fit, one at least."""
        ends = (end for end in range(len(word) - 1, 1, -1) if self._wide(said._replace(text=word[:end])) <= room)
        return next(ends, 1)
