"""A PDF made to last: it says what it is, brings its colours along, and claims PDF/A-2b where our own checks hold.

The claim is for part 2, conformance B: fonts embedded, colours defined, metadata inside, nothing that needs another
file, a program or a passphrase. Not reached, and never claimed, are PDF/A-2a and PDF/UA: ReportLab writes no tags, so a
screen reader gets the words in the order they were drawn, without headings, table cells or words for the charts. Nor is
PDF/A-2u claimed, although every font maps its glyphs to Unicode. The checks are those of the rules that a file of ours
could break, not a validator's: none is bundled. A protected file can't be PDF/A and claims nothing.

Source: ISO 19005-2:2011; Adobe XMP specification, part 1.
"""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from app.report.archive_checks import problems

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pikepdf import Pdf

_PRINTED: Final = 4  # the flag of an annotation that is printed, and neither hidden nor invisible
_DATE: Final = slice(24, 36)  # of an ICC profile's header: when it was made
_PLATFORM: Final = slice(40, 44)  # the system it was made on
_DIGEST: Final = slice(84, 100)
_MADE: Final = bytes((7, 188, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 1980
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
{properties}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_CLAIM: Final = "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>"


def archived(content: bytes, *, claim: bool = True) -> bytes:
    """Complete a finished report for keeping, in memory; the same report gives the same bytes.

    Args:
        content: the PDF as it was set.
        claim: whether it may call itself PDF/A-2b, if all checks hold; not for one that will be protected.
    """
    import pikepdf

    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        _complete(pdf)
        _describe(pdf, claim=claim and not problems(pdf))
        pdf.save(file, deterministic_id=True, min_version="1.7", fix_metadata_version=False)
    return file.getvalue()


def _complete(pdf: Pdf) -> None:
    """Add what the rules ask for and ReportLab does not write."""
    from pikepdf import Array, Dictionary, Name, String

    profile = pdf.make_stream(srgb(), {"/N": 3})
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
        Info=String("sRGB IEC61966-2.1"),
        RegistryName=String("http://www.color.org"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([intent])
    _describe(pdf, claim=False)
    for page in pdf.pages:
        if "/Trans" in page:
            del page["/Trans"]
        for annotation in page.get("/Annots", ()):
            annotation.F = _PRINTED


def _describe(pdf: Pdf, *, claim: bool) -> None:
    """Write the metadata: what the file's information says, once more as XMP."""
    from pikepdf import Name

    words = {str(key): str(value) for key, value in pdf.docinfo.items()}
    stream = pdf.make_stream(xmp(words, str(pdf.Root.get("/Lang", "")), claim=claim))
    stream.Type, stream.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = stream


def xmp(info: Mapping[str, str], language: str, *, claim: bool) -> bytes:
    """Set a file's information, by its PDF names, as an XMP packet without any date."""
    lines = {
        "/Title": '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>',
        "/Author": "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>",
        "/Subject": '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>',
        "/Keywords": "<pdf:Keywords>{}</pdf:Keywords>",
        "/Creator": "<xmp:CreatorTool>{}</xmp:CreatorTool>",
        "/Producer": "<pdf:Producer>{}</pdf:Producer>",
    }
    found = [line.format(escape(info[name])) for name, line in lines.items() if info.get(name)]
    if language:
        found.append(f"<dc:language><rdf:Bag><rdf:li>{escape(language)}</rdf:li></rdf:Bag></dc:language>")
    return _PACKET.format(properties="\n".join([*found, *([_CLAIM] if claim else [])])).encode()


@functools.cache
def srgb() -> bytes:
    """Make the ICC profile of sRGB, undated and of no system, so that it is the same one every time and everywhere."""
    from PIL import ImageCms

    made: Any = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    profile = bytearray(made.tobytes())
    profile[_DATE] = _MADE
    profile[_PLATFORM] = bytes(4)
    profile[_DIGEST] = bytes(16)
    return bytes(profile)
