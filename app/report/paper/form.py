"""Fields to fill in on a printed page: real ones, which any reader of PDF fills in, over boxes that a pen fills in.

ReportLab draws the page, then the fields are put on it: it can't make what is needed of them itself.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from app.disclosure.printed import Printed
from app.paths import RESOURCES
from app.report.fonts import Face, register
from app.report.paper.pen import BOX

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.report.paper.pen import Pen

SIZE: Final = 9.6
_FONT: Final = "Plex"
_SIGNS: Final = "ZaDb"
_INK: Final = "0.094 0.106 0.125 rg"
_FIRST, _LAST = 32, 255
_INSET: Final = 1.2
_EDGE: Final = 2

# Flags of annotations and fields, ISO 32000-1, tables 165, 221, 226 and 228.
_HIDDEN: Final = 1 << 1
_PRINTED: Final = 1 << 2
_READ_ONLY: Final = 1 << 0
_MULTILINE: Final = 1 << 12
_RADIO: Final = 1 << 15

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Option:
    """One of several choices that exclude one another: its value, what it is read out as, and its box."""

    value: str
    spoken: str
    page: int
    at: Rectangle


@dataclass(frozen=True)
class Choice:
    """Choices under one name, of which one at most is taken."""

    name: str
    spoken: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Lines:
    """Room for as much text as somebody wants to write."""

    name: str
    spoken: str
    page: int
    at: Rectangle


@dataclass
class Form:
    """The fields of a file, in the order in which one goes through them; `hidden` are values nobody sees or changes."""

    fields: list[Choice | Lines] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)

    def choose(self, pen: Pen, name: str, spoken: str, options: Sequence[tuple[str, str, float, float]]) -> None:
        """Draw boxes of which one is to be crossed; each has its value, what is read out, left edge and bottom."""
        page = pen.canvas.getPageNumber()
        for _, _, left, bottom in options:
            pen.box(left, bottom)
        boxes = (
            Option(value, f"{spoken}: {said}", page, (left, bottom, left + BOX, bottom + BOX))
            for value, said, left, bottom in options
        )
        self.fields.append(Choice(name, spoken, tuple(boxes)))

    def write(self, pen: Pen, name: str, spoken: str, at: Rectangle) -> None:
        """Draw a box to write in, given by its lower left and upper right corner."""
        left, bottom, right, top = at
        pen.box(left, bottom, right - left, top - bottom)
        inner = (left + _INSET, bottom + _INSET, right - _INSET, top - _INSET)
        self.fields.append(Lines(name, spoken, pen.canvas.getPageNumber(), inner))

    @property
    def printed(self) -> list[Printed]:
        """Every string that the fields bring into the file."""
        texts = [each.spoken for each in self.fields]
        texts += [option.spoken for each in self.fields if isinstance(each, Choice) for option in each.options]
        return [Printed(text, 0, "Name of a field") for text in texts]


def with_fields(content: bytes, form: Form) -> bytes:
    """Put fields on the pages of a PDF; the same input gives the same bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        maker = _Maker(pdf)
        for each in form.fields:
            maker.choice(each) if isinstance(each, Choice) else maker.lines(each)
        for name, value in form.hidden.items():
            maker.hidden(name, value)
        maker.finish()
        file = io.BytesIO()
        pdf.save(file, deterministic_id=True)
    return file.getvalue()


class _Maker:
    """Makes fields and puts them on the pages of one file."""

    def __init__(self, pdf: Any) -> None:
        from pikepdf import Array, Dictionary, Name, String

        self._pdf = pdf
        self._array, self._dictionary, self._name, self._string = Array, Dictionary, Name, String
        self._fields = Array()

    def choice(self, of: Choice) -> None:
        """Make buttons of which one is pressed at most, all of one name."""
        name, string = self._name, self._string
        group = self._pdf.make_indirect(
            self._dictionary(
                FT=name.Btn,
                Ff=_RADIO,
                T=string(of.name),
                TU=string(of.spoken),
                V=name.Off,
                DA=string(f"/{_SIGNS} 0 Tf {_INK}"),
            )
        )
        group.Kids = self._array([self._button(group, option) for option in of.options])
        self._fields.append(group)

    def lines(self, of: Lines) -> None:
        """Make a field of several lines."""
        left, bottom, right, top = of.at
        blank = self._drawing(right - left, top - bottom, b"/Tx BMC\nEMC")
        widget = self._widget(of.page, of.at, FT=self._name.Tx, Ff=_MULTILINE, T=self._string(of.name))
        widget.TU = self._string(of.spoken)
        widget.DA = self._string(f"/{_FONT} {SIZE} Tf {_INK}")
        widget.AP = self._dictionary(N=blank)
        self._fields.append(widget)

    def hidden(self, name: str, value: str) -> None:
        """Keep a value in the form."""
        widget = self._widget(1, (0, 0, 0, 0), FT=self._name.Tx, Ff=_READ_ONLY, T=self._string(name))
        widget.F = _HIDDEN
        widget.V = self._string(value)
        widget.DA = self._string(f"/{_FONT} {SIZE} Tf {_INK}")
        self._fields.append(widget)

    def finish(self) -> None:
        """Tell the file of its fields, and of the fonts they are filled in with."""
        fonts = self._dictionary({f"/{_FONT}": self._typeface(), f"/{_SIGNS}": self._signs()})
        self._pdf.Root.AcroForm = self._pdf.make_indirect(
            self._dictionary(
                Fields=self._fields,
                DR=self._dictionary(Font=fonts),
                DA=self._string(f"/{_FONT} {SIZE} Tf {_INK}"),
            )
        )
        for page in self._pdf.pages:
            page.obj.Tabs = self._name.R  # row by row: the boxes, then the comment

    def _button(self, group: Any, option: Option) -> Any:
        wide, high = option.at[2] - option.at[0], option.at[3] - option.at[1]
        right, top = f"{wide - _EDGE:.2f}", f"{high - _EDGE:.2f}"
        strokes = f"{_EDGE} {_EDGE} m {right} {top} l {_EDGE} {top} m {right} {_EDGE} l S"
        cross = f"{_INK.upper()} 1.3 w 1 J {strokes}"
        widget = self._widget(option.page, option.at, Parent=group, AS=self._name.Off)
        states = self._dictionary({f"/{option.value}": self._drawing(wide, high, cross.encode())})
        states.Off = self._drawing(wide, high, b"")
        widget.AP = self._dictionary(N=states)
        widget.MK = self._dictionary(CA=self._string("8"))
        widget.TU = self._string(option.spoken)
        return widget

    def _widget(self, page: int, at: Rectangle, **more: Any) -> Any:
        on = self._pdf.pages[page - 1].obj
        widget = self._pdf.make_indirect(
            self._dictionary(
                Type=self._name.Annot,
                Subtype=self._name.Widget,
                Rect=self._array([round(each, 2) for each in at]),
                F=_PRINTED,
                P=on,
                **more,
            )
        )
        if "/Annots" not in on:
            on.Annots = self._array()
        on.Annots.append(widget)
        return widget

    def _drawing(self, width: float, height: float, content: bytes) -> Any:
        made = self._pdf.make_stream(content)
        made.Type, made.Subtype = self._name.XObject, self._name.Form
        made.BBox = self._array([0, 0, round(width, 2), round(height, 2)])
        made.Resources = self._dictionary()
        return made

    def _signs(self) -> Any:
        """Name the font of signs that readers draw their own crosses with; every reader has it."""
        return self._pdf.make_indirect(
            self._dictionary(Type=self._name.Font, Subtype=self._name.Type1, BaseFont=self._name.ZapfDingbats)
        )

    def _typeface(self) -> Any:
        """Embed the report's typeface whole, since nobody knows what will be written."""
        from reportlab.pdfbase.pdfmetrics import getFont

        register()
        face = getFont(Face.REGULAR.value).face
        file = self._pdf.make_stream((RESOURCES / "fonts" / f"{Face.REGULAR.value}.ttf").read_bytes())
        file.Length1 = len(file.read_bytes())
        about = self._dictionary(
            Type=self._name.FontDescriptor,
            FontName=self._name(f"/{Face.REGULAR.value}"),
            Flags=32,
            FontBBox=self._array([round(each) for each in face.bbox]),
            ItalicAngle=0,
            Ascent=round(face.ascent),
            Descent=round(face.descent),
            CapHeight=round(face.capHeight),
            StemV=round(face.stemV),
            FontFile2=file,
        )
        codes = (bytes([code]).decode("cp1252", "replace") for code in range(_FIRST, _LAST + 1))
        widths = [round(face.charWidths.get(ord(each), face.defaultWidth)) for each in codes]
        return self._pdf.make_indirect(
            self._dictionary(
                Type=self._name.Font,
                Subtype=self._name.TrueType,
                BaseFont=self._name(f"/{Face.REGULAR.value}"),
                FirstChar=_FIRST,
                LastChar=_LAST,
                Widths=self._array(widths),
                FontDescriptor=self._pdf.make_indirect(about),
                Encoding=self._name.WinAnsiEncoding,
            )
        )
