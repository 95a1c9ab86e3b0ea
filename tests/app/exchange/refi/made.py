"""Projects as other programs write them, put together by hand; and the schemas the standard publishes."""

import functools
import zipfile
from pathlib import Path
from uuid import UUID

from lxml import etree

SCHEMAS = Path(__file__).resolve().parents[3] / "data" / "refi-qda"
PROJECT = "urn:QDA-XML:project:1.0"
ADA = "6C2A7F10-0000-4000-8000-00000000000A"


def guid(number):
    return str(UUID(int=0x5E1F0000_0000_4000_8000_000000000000 + number))


@functools.cache
def schema(name):
    return etree.XMLSchema(etree.parse(SCHEMAS / f"{name}.xsd"))


def require_valid(xml, name="Project-mrt2019"):
    document = etree.fromstring(xml)
    assert schema(name).validate(document), schema(name).error_log
    guids = [element.get("guid") for element in document.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert [element.tag for element in document.iter() if "}" in element.tag and _is_empty_container(element)] == []
    return document


def _is_empty_container(element):
    name = etree.QName(element).localname
    return name in {"Users", "Codes", "CodeBook", "Cases", "Sources", "Notes", "Sets"} and len(element) == 0


def archive(path, xml, files=None, *, project="project.qde", folder="sources", **more):
    """Write an archive: the project's XML, and texts by their names."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(project, xml)
        for name, content in {**(files or {}), **more}.items():
            made.writestr(f"{folder}/{name}", content)
    return path


def project(sources="", *, users=True, codes=True, more="", origin='origin="Other 1.0"', namespace=PROJECT, notes=""):
    """The XML of a project with a user Ada and two codes, "Tools" and under it "Alarms" (guids 1 and 2)."""
    named = f'<Users><User guid="{ADA}" name="Ada"/></Users>' if users else ""
    book = (
        f'<CodeBook><Codes><Code guid="{guid(1)}" name="Tools" isCodable="true" color="#0A0">'
        f'<Code guid="{guid(2)}" name="Alarms" isCodable="true" color="#00ff9A"/></Code></Codes></CodeBook>'
        if codes
        else ""
    )
    inside = f"<Sources>{sources}</Sources>" if sources else ""
    noted = f"<Notes>{notes}</Notes>" if notes else ""
    head = f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="{namespace}" name="P" {origin}>'
    return f"{head}{named}{book}{inside}{noted}{more}</Project>"


def source(inner, number=10, *, name="Interview", path="", content=None, **more):
    text = f' plainTextPath="{path}"' if path else ""
    attributes = "".join(f' {key}="{value}"' for key, value in more.items())
    inline = f"<PlainTextContent>{content}</PlainTextContent>" if content is not None else ""
    return f'<TextSource guid="{guid(number)}" name="{name}"{text}{attributes}>{inline}{inner}</TextSource>'


def selection(start, end, number, code=2, *, inner="", coding="", user=ADA):
    who = f' creatingUser="{user}"' if user else ""
    return (
        f'<PlainTextSelection guid="{guid(number)}" startPosition="{start}" endPosition="{end}">{inner}'
        f'<Coding guid="{guid(number + 5000)}"{who}><CodeRef targetGUID="{guid(code)}"/>{coding}</Coding>'
        "</PlainTextSelection>"
    )


def words_of(arrival):
    """What is coded with what: (source's title, words, code's name, coder's name, about which case)."""
    codes = {code.key: code.name for code in arrival.codes}
    coders = {each.key: each.name for each in arrival.assessors}
    cases = {case.key: case.name for case in arrival.cases}
    return [
        (found.title, words(found, passage), codes[coding.code], coders[coding.assessor], cases.get(coding.case))
        for found in arrival.sources
        for passage in found.passages
        for coding in passage.codings
    ]


def words(found, passage):
    return "\n".join(found.lines[line][start:end] for line, start, end in passage.spans)
