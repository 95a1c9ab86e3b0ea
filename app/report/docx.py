"""The report as a Word document, for those who must edit it: the same words as the PDF, in styles that Word knows."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from app.exchange.xml_text import held
from app.report.build import notice
from app.report.docx_body import NAMESPACE, PAGE_BREAK, Body, hexed, legible
from app.report.pieces import Heading, Lines, Stretch, Tabled
from app.report.style import ACCENT, BOTTOM, GREY, INK, PAGES, TOP, Colour
from app.report.text import line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.report.pieces import Field, Piece
    from app.report.told import Told

FONT: Final = "Arial"
_DATE: Final = (1980, 1, 1, 0, 0, 0)  # of every part: the same report is the same file
_SIZES: Final = {"Normal": 9.5, "Heading 1": 20, "Heading 2": 13, "Heading 3": 9.5, "Title": 24, "Caption": 8.5}
_BEFORE: Final = {"Heading 1": 26, "Heading 2": 16, "Heading 3": 10, "Caption": 12}
_COLOURS: Final = {"Heading 1": ACCENT, "Caption": INK}
_APP: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Fieldquill</Application></Properties>"
)
_CONTENTS: Final = "Contents"
_UNWANTED: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")


def make_docx(told: Told) -> bytes:
    """Set a told report as a Word document; the same report gives the same bytes, and no account's name stands in it.

    Headings, lists, captions and tables are Word's own, a table's head is repeated on every page, page numbers are
    fields, and levels stand as a sign with their word. Charts stand as the tables of what they show.
    """
    import docx

    document = docx.Document()
    _set_styles(document)
    _set_page(document, told)
    _fill(document, told)
    _describe(document, told)
    file = io.BytesIO()
    document.save(file)
    return _undated(file.getvalue())


def _fill(document: Any, told: Told) -> None:
    from docx.oxml import parse_xml

    body = document.element.body
    every = [*told.cover, *told.pieces()]
    written = "".join(_written(told, Body(every)))
    for element in list(parse_xml(f'<w:body xmlns:w="{NAMESPACE}">{written}</w:body>')):
        body.insert(len(body) - 1, element)  # what the section is like stands last


def _written(told: Told, body: Body) -> Iterator[str]:
    study = told.material.document.study
    yield f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{legible(line(study.title))}</w:t></w:r></w:p>'
    yield from body.write(_cover(told))
    yield from body.write([Lines((Stretch(_CONTENTS, bold=True),))])
    for number, told_section in told.sections:
        yield body.jump(_key(told_section), f"{number}  {_title(told_section, number)}")
    yield PAGE_BREAK
    for _number, told_section in told.sections:
        yield from body.write(told_section)


def _cover(told: Told) -> Iterator[Lines]:
    """Give what stands on the cover but its title and contents, which Word has its own styles for; facts one a line."""
    title = line(told.material.document.study.title)
    for piece in told.cover:
        if isinstance(piece, Tabled):
            yield from (_fact(field) for row in piece.rows for field in row if field.lines)
        elif isinstance(piece, Heading):
            if piece.text != _CONTENTS:
                yield Lines((Stretch(piece.text, bold=True),))
        elif piece.text not in (title, _CONTENTS):
            yield piece


def _fact(field: Field) -> Lines:
    """Put a label and what it tells into one line."""
    label, *others = field.lines
    return Lines((Stretch(f"{label.text}  ", bold=True), *(stretch for lines in others for stretch in lines.words)))


def _key(section: tuple[Piece, ...]) -> str:
    head = section[0]
    return head.places[0] if isinstance(head, Heading) else ""


def _title(section: tuple[Piece, ...], number: str) -> str:
    head = section[0]
    return head.text.removeprefix(f"{number} ") if isinstance(head, Heading) else ""


# Styles and pages


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    lead = document.styles.add_style("Lead", WD_STYLE_TYPE.PARAGRAPH)
    lead.base_style = document.styles["Normal"]
    lead.font.size = Pt(12.5)
    contents = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    contents.base_style = document.styles["Normal"]
    contents.element.set(f"{{{NAMESPACE}}}styleId", "TOC1")
    for name, size in _SIZES.items():
        _set_style(document.styles[name], size, _BEFORE.get(name, 0), _COLOURS.get(name, INK))
        document.styles[name].font.bold = name.startswith("Heading") or name == "Title"
    _set_language(document)


def _set_style(style: Any, size: float, before: float, colour: Colour) -> None:
    from docx.shared import Pt, RGBColor

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()  # those of the theme would win
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{{{NAMESPACE}}}{script}", FONT)
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(hexed(colour).upper())
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(4)


def _set_language(document: Any) -> None:
    for found in document.styles.element.iter(f"{{{NAMESPACE}}}lang"):
        found.set(f"{{{NAMESPACE}}}val", "en-GB")


def _set_page(document: Any, told: Told) -> None:
    """Set paper, margins, and what stands at the head and foot of each page: as in the PDF."""
    from docx.shared import Pt

    section = document.sections[0]
    page = PAGES[told.material.setup.paper]
    section.page_width, section.page_height = Pt(page.width), Pt(page.height)
    section.left_margin = section.right_margin = Pt(page.margin)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(BOTTOM)
    head, foot = running(told)
    _set_margin(section.header, head)
    _set_margin(section.footer, foot)
    _add_numbers(section.footer.paragraphs[0])


def running(told: Told) -> tuple[str, str]:
    """Give what stands at the head and at the foot of every page, but its number."""
    material = told.material
    study, marking = material.document.study, line(material.document.site_policy.marking)
    title = line(f"{study.organisation.name} · {study.title}")
    head = " · ".join(filter(None, (marking, line(material.setup.watermark))))
    return head, " · ".join(filter(None, (marking, title, notice(material.snapshot))))


def _set_margin(margin: Any, words: str) -> None:
    from docx.shared import Pt, RGBColor

    style = margin.paragraphs[0].style
    style.font.size = Pt(8)
    style.font.color.rgb = RGBColor.from_string(hexed(GREY).upper())
    margin.paragraphs[0].add_run(held(words))


def _add_numbers(paragraph: Any) -> None:
    """Add "3 of 12" as fields, which Word works out."""
    from docx.oxml import parse_xml

    for before, field in (("  ·  ", "PAGE"), (" of ", "NUMPAGES")):
        paragraph.add_run(before)
        words = f'<w:fldSimple xmlns:w="{NAMESPACE}" w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(words))  # noqa: SLF001 - it has no other way in


# What the file says of itself


def _describe(document: Any, told: Told) -> None:
    core, metadata = document.core_properties, told.metadata
    core.title, core.subject, core.author = metadata.title, metadata.subject, metadata.author
    core.comments, core.keywords, core.language = metadata.creator, metadata.keywords, "en"
    core.version = told.material.setup.version
    core.last_modified_by = ""
    for name in ("created", "modified"):
        for found in core._element.findall(f"{{http://purl.org/dc/terms/}}{name}"):  # noqa: SLF001 - no other way
            core._element.remove(found)  # noqa: SLF001
    for part in (document.part, document.part.package):
        for key, relation in list(part.rels.items()):
            if any(word in relation.target_part.partname for word in _UNWANTED):
                del part.rels[key]


def _undated(content: bytes) -> bytes:
    """Pack a document anew, without the time of day, and with a word on the program that made it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in given.namelist():
            part = _APP.encode() if name == "docProps/app.xml" else given.read(name)
            packed.writestr(zipfile.ZipInfo(name, _DATE), part, zipfile.ZIP_DEFLATED)
    return file.getvalue()
