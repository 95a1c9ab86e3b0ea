"""The rules of PDF/A-2b that a report could break, each a check of its own; what they find is why no claim is made.

Source: ISO 19005-2:2011, the clauses named at each check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pikepdf import Object, Pdf

_INKED: Final = re.compile(rb"\s[kK]\s")
_FOUR: Final = re.compile(rb"(?:[\d.]+\s+){3}[\d.]+\s*\Z")
_ROOM: Final = 80  # bytes that four numbers may take
_BARRED: Final = "Launch Sound Movie ResetForm ImportData Hide SetOCGState Rendition Trans GoTo3DView JavaScript"
_BARRED_ACTIONS: Final = frozenset(f"/{name}" for name in f"{_BARRED} URI GoToR GoToE SubmitForm".split())
_PRINTED, _HIDING = 4, 1 | 2 | 32 | 256
_IN_NO_NEED_OF_LOOKS: Final = ("/Link", "/Popup")


def problems(pdf: Pdf) -> list[str]:
    """List what keeps a file from being PDF/A-2b; none where every check holds."""
    things = list(dictionaries(pdf))
    return [words for check in CHECKS for words in check(pdf, things)]


def dictionaries(pdf: Pdf) -> Iterator[Any]:
    """List every dictionary and stream of a file, those within others, too."""
    import pikepdf

    waiting: list[Any] = list(pdf.objects)
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
            yield thing
            waiting += (each for _, each in thing.items() if _holds(each))
        elif isinstance(thing, pikepdf.Array) and len(thing) and isinstance(thing[0], pikepdf.Object):
            waiting += (each for each in thing if _holds(each))  # widths and boxes, which are long, hold numbers only


def _holds(thing: Any) -> bool:
    """Whether something stands within another, and can hold more; what has a number of its own is listed anyway."""
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary | pikepdf.Array) and not thing.is_indirect


def _is_dictionary(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)


def _of_root(pdf: Pdf, name: str) -> Any:
    """Give a dictionary of the file's root, an empty one where it has none."""
    return pdf.Root.get(name, {})


def not_encrypted(pdf: Pdf, _things: list[Object]) -> Iterator[str]:
    """6.1.3: no encryption."""
    if pdf.is_encrypted:
        yield "it is encrypted"


def colours_defined(pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.2.3, 6.2.4: an output intent with a profile, and colours of that kind alone."""
    intents = list(pdf.Root.get("/OutputIntents", ()))
    if not any("/DestOutputProfile" in each for each in intents):
        yield "its colours have no output intent"
    drawn = [thing for thing in things if _draws(thing)]
    if any(_has_inks(content) for content in (*map(_bytes, drawn), *map(_page_bytes, pdf.pages))):
        yield "it has colours for four inks"
    if any(thing.get("/ColorSpace") == "/DeviceCMYK" for thing in things):
        yield "it has a picture for four inks"


def _has_inks(content: bytes) -> bool:
    """Whether a drawing sets a colour by four numbers; a letter "k" in its words has none before it."""
    found = (each.start() for each in _INKED.finditer(content))
    return any(_FOUR.search(content[max(0, at - _ROOM) : at + 1]) for at in found)


def _draws(thing: Object) -> bool:
    return thing.get("/Subtype") == "/Form"


def _bytes(stream: Object) -> bytes:
    return bytes(stream.read_bytes())


def _page_bytes(page: Any) -> bytes:
    import pikepdf

    contents = page.obj.get("/Contents", ())
    return b"\n".join(map(_bytes, [contents] if isinstance(contents, pikepdf.Stream) else contents))


def nothing_seen_through(pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.2.10: what is seen through is blended in a colour space that is known."""
    intent = bool(pdf.Root.get("/OutputIntents", ()))
    for thing in things:
        group = thing.get("/Group")
        if group is not None and group.get("/S") == "/Transparency" and "/CS" not in group and not intent:
            yield "something is seen through without a colour space to blend in"
        if thing.get("/BM", "/Normal") not in ("/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay"):
            yield "something is blended in a way that is not allowed"


def fonts_embedded(_pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.2.11.4: every font is in the file; 6.2.11.6: a symbolic one has no encoding."""
    for thing in things:
        if thing.get("/Type") != "/Font" or thing.get("/Subtype") in ("/Type0", "/Type3"):
            continue
        looks = thing.get("/FontDescriptor")
        if looks is None or not {"/FontFile", "/FontFile2", "/FontFile3"} & set(looks.keys()):
            yield "a font is not embedded"
        elif int(looks.get("/Flags", 0)) & 4 and "/Encoding" in thing and thing.get("/Subtype") == "/TrueType":
            yield "a symbolic font has an encoding"


def no_programs(pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.5.1, 6.5.2, 6.4: no scripts, nothing that happens by itself, no form of another kind."""
    if (
        "/JavaScript" in _of_root(pdf, "/Names")
        or "/AA" in pdf.Root
        or any("/AA" in thing or "/JS" in thing for thing in things)
    ):
        yield "it has a script"
    actions: list[Any] = [*(thing.get("/A") for thing in things if "/A" in thing), pdf.Root.get("/OpenAction")]
    if any(str(each.get("/S", "")) in _BARRED_ACTIONS for each in actions if _is_dictionary(each)):
        yield "it starts something outside itself"
    form = _of_root(pdf, "/AcroForm")
    if "/XFA" in form or form.get("/NeedAppearances"):
        yield "its form has no look of its own"


def nothing_outside(pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.1.7, 6.2.9, 6.8: no stream, picture or file that is elsewhere or attached, and nothing to switch on."""
    import pikepdf

    if "/EmbeddedFiles" in _of_root(pdf, "/Names") or any("/EF" in thing for thing in things):
        yield "it has a file attached"
    if any(isinstance(thing, pikepdf.Stream) and ("/F" in thing or "/Ref" in thing) for thing in things):
        yield "part of it is in another file"
    if "/OCProperties" in pdf.Root:
        yield "it has layers"


def filters_allowed(_pdf: Pdf, things: list[Object]) -> Iterator[str]:
    """6.1.7.2: no LZW."""
    import pikepdf

    if any(isinstance(thing, pikepdf.Stream) and "LZW" in str(thing.get("/Filter", "")) for thing in things):
        yield "it is compressed in a way that is not allowed"


def annotations_printed(pdf: Pdf, _things: list[Object]) -> Iterator[str]:
    """6.3.2, 6.3.3: what is put on a page is printed, and has its look with it."""
    for page in pdf.pages:
        for each in page.get("/Annots", ()):
            flags = int(each.get("/F", 0))
            if not flags & _PRINTED or flags & _HIDING:
                yield "something on a page is not printed"
            if each.get("/Subtype") not in _IN_NO_NEED_OF_LOOKS and "/AP" not in each:
                yield "something on a page has no look of its own"


def metadata_agrees(pdf: Pdf, _things: list[Object]) -> Iterator[str]:
    """6.6.2, 6.6.3: there is metadata, and it says what the file's information does."""
    if "/Metadata" not in pdf.Root:
        yield "it has no metadata"
        return
    told = described(_bytes(pdf.Root.Metadata))
    if any(told.get(name, "") != str(pdf.docinfo.get(name, "")) for name in PROPERTIES):
        yield "its metadata and its information differ"


PROPERTIES: Final = {
    "/Title": "{http://purl.org/dc/elements/1.1/}title",
    "/Author": "{http://purl.org/dc/elements/1.1/}creator",
    "/Subject": "{http://purl.org/dc/elements/1.1/}description",
    "/Keywords": "{http://ns.adobe.com/pdf/1.3/}Keywords",
    "/Creator": "{http://ns.adobe.com/xap/1.0/}CreatorTool",
    "/Producer": "{http://ns.adobe.com/pdf/1.3/}Producer",
}
"""What the file's information and its XMP both say, by the names they have in each."""


def described(packet: bytes) -> dict[str, str]:
    """Read an XMP packet of ours back, by the PDF names of what it says."""
    from lxml import etree

    root = etree.fromstring(packet, etree.XMLParser(resolve_entities=False, no_network=True))
    found = {name: root.find(f".//{tag}") for name, tag in PROPERTIES.items()}
    return {name: "".join(map(str, each.itertext())) for name, each in found.items() if each is not None}


CHECKS: Final[tuple[Callable[[Pdf, list[Object]], Iterator[str]], ...]] = (
    not_encrypted,
    colours_defined,
    nothing_seen_through,
    fonts_embedded,
    no_programs,
    nothing_outside,
    filters_allowed,
    annotations_printed,
    metadata_agrees,
)
"""All checks."""
