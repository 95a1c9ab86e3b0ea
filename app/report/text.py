"""Text on paper: the only way words get into the report, so that none can be read as markup.

ReportLab's own paragraphs parse tags and would load a file named in one. Here a paragraph is made of runs that are
already taken apart, and no parser ever sees what people wrote. What cannot be printed is replaced or left out.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from app.report.fonts import REPLACEMENT, Face, glyphs
from app.report.pdf import Paragraph
from app.report.style import TEXT_BODY, Colour, Style, paragraph_style, pdf_colour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from app.report.pdf import Canvas, Flowable

LONGEST_WORD: Final = 1_000
LONGEST_TEXT: Final = 20_000
BREAK: Final = "\n"
_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD},}}")
_BREAKS: Final = re.compile(r"[ \t]*(?:\r\n|[\n\r\v\f\x85\u2028\u2029])[ \t]*")
_GAPS: Final = re.compile(r"\n{3,}")
_DROPPED: Final = frozenset({"Cc", "Cf"})


class Run(NamedTuple):
    """A stretch of text set in one way; None takes what the paragraph has. `to` is a place in this document."""

    text: str
    face: Face | None = None
    colour: Colour | None = None
    to: str = ""


Words = str | Run


class Text(Paragraph):
    """A paragraph that knows its words, and tells the sheets which page they came to stand on.

    `words` and `look` are what it was made of, for what is not a PDF.
    """

    words: tuple[Words, ...] = ()
    look: Style = TEXT_BODY

    @functools.cached_property
    def said(self) -> str:
        """The words, line ends included, as they are printed."""
        return said(self.frags)

    def split(self, width: float, height: float) -> list[Flowable]:
        """Split as any paragraph; the first part goes on knowing all the words, so that none is read torn."""
        whole = self.said
        parts = super().split(width, height)
        if len(parts) > 1:
            parts[0].said = whole  # type: ignore[attr-defined]
        return parts

    def draw(self) -> None:
        """Draw the words, and note them."""
        super().draw()
        note(self.canv, self.said)


def said(frags: Sequence[Any]) -> str:
    """Join the words of ReportLab's fragments; once a paragraph was split, those are words rather than runs."""
    if any(isinstance(frag, list) for frag in frags):
        return " ".join("".join(text for _, text in frag[1:]) for frag in frags if isinstance(frag, list))
    return "".join(BREAK if hasattr(frag, "lineBreak") else _text_of(frag) for frag in frags)


def _text_of(frag: Any) -> str:
    return frag.text if hasattr(frag, "text") else " ".join(frag.words)


def note(canvas: Canvas, text: str) -> None:
    """Note a string that was drawn, for the leak check to read; a sheet that is written on by hand keeps none."""
    sheets = getattr(canvas, "sheets", None)
    if sheets is not None and text:
        sheets.note(text, canvas.getPageNumber())


class _Printable(dict[int, str | None]):
    """What each code point is printed as, found out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        known = code in glyphs() and unicodedata.category(character) not in _DROPPED
        if character == BREAK or known:
            printed: str | None = character
        elif character == "\t":
            printed = " "
        else:
            printed = _substitute(character)
        self[code] = printed
        return printed


def _substitute(character: str) -> str | None:
    kind = unicodedata.category(character)
    if kind in _DROPPED:
        return None
    if kind.startswith("Z"):
        return " "
    plain = unicodedata.normalize("NFKC", character)
    printable = plain != character and all(ord(part) in glyphs() for part in plain)
    return plain if printable else REPLACEMENT


_PRINTABLE: Final = _Printable()


def clean(text: str) -> str:
    """Return text as it can be printed.

    Control and format characters go, line ends become one kind, a character without a glyph and a lone surrogate
    become the replacement character, and words and texts of absurd length are cut with a mark that says so.
    """
    if len(text) > LONGEST_TEXT:
        text = f"{text[:LONGEST_TEXT].rstrip()} {_cut_mark(len(text) - LONGEST_TEXT)}"
    if not (text.isascii() and text.isprintable()):
        text = unicodedata.normalize("NFC", _GAPS.sub("\n\n", _BREAKS.sub("\n", text)))
        text = text.translate(_PRINTABLE)
    if len(text) >= LONGEST_WORD:
        text = _LONG_WORD.sub(_shorter_word, text)
    return text.strip()


def unprintable(text: str) -> bool:
    """Whether a text has characters that are printed as the replacement character."""
    return not text.isascii() and any(_PRINTABLE[ord(each)] == REPLACEMENT for each in set(text))


def line(text: str) -> str:
    """Return text as it can be printed in one line."""
    return " ".join(clean(text).split())


def paragraph(*words: Words, style: Style = TEXT_BODY, before: float = 0, after: float = 0) -> Flowable:
    """Set words as one paragraph; a line end in them is kept."""
    pieces = [frag for run in words for frag in _frags(run, style)] or list(_frags(" ", style))
    made = Text(None, paragraph_style(style), frags=pieces)
    made.words, made.look = words, style
    made.spaceBefore, made.spaceAfter = before, after
    return made


def divided(item: Flowable, width: float, height: float) -> list[Flowable]:
    """Split a flowable; a line end on which a paragraph is split does not become an empty line of its second part."""
    parts = item.split(width, height)
    words = getattr(parts[1], "frags", None) if len(parts) > 1 else None
    if words and isinstance(words[0], list) and hasattr(words[0][1][0], "lineBreak"):
        del words[0]
    return parts


def _shorter_word(match: re.Match[str]) -> str:
    word = match.group()
    if len(word) == LONGEST_WORD:
        return word
    return f"{word[:LONGEST_WORD]} {_cut_mark(len(word) - LONGEST_WORD)}"


def _cut_mark(characters: int) -> str:
    return f"[… {characters:,} more characters]"


def _frags(words: Words, style: Style) -> Iterator[Any]:
    run = words if isinstance(words, Run) else Run(words)
    for number, part in enumerate(kept_ends(run.text).split(BREAK)):
        if number:
            yield _frag("", run, style, lineBreak=True)
        if part:
            yield _frag(part, run, style)


def kept_ends(text: str) -> str:
    """Clean text, keeping a space or line end at either end, which parts it from the run beside it."""
    inner = clean(text)
    before, after = (end if end in {" ", BREAK} else "" for end in (text[:1], text[-1:]))
    return f"{before}{inner}{after}" if inner else before


def _frag(text: str, run: Run, style: Style, **more: Any) -> Any:
    from reportlab.platypus.paraparser import ParaFrag

    return ParaFrag(
        text=text,
        fontName=(run.face or style.face).value,
        fontSize=style.size,
        textColor=pdf_colour(run.colour or style.colour),
        rise=0,
        us_lines=[],
        link=[(0, f"#{run.to}")] if run.to else [],
        **more,
    )
