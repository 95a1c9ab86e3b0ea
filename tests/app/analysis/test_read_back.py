"""What can be read back to whom: the lines noted as said by them, and no others."""

from msgspec.structs import replace

from app.analysis.read_back import readable, statements
from app.model.source import Entry, EntryKind, SourceKind

ENTRIES = (
    Entry(key="e1", text="We deploy by hand", speaker="p1", kind=EntryKind.PARAPHRASE),
    Entry(key="e2", text="Every second Monday", speaker="p1", kind=EntryKind.QUOTATION),
    Entry(key="e3", text="Looks at the colleague", speaker="p1", kind=EntryKind.OBSERVATION),
    Entry(key="e4", text="Who approves it?", kind=EntryKind.PARAPHRASE),
    Entry(key="e5", text="The line lead", speaker="p2", kind=EntryKind.PARAPHRASE),
    Entry(key="e6", text="  ", speaker="p2", kind=EntryKind.PARAPHRASE),
)


def source(small, **fields):
    return replace(small.sources[0], entries=ENTRIES, **fields)


def test_only_what_somebody_said_is_read_back_to_them(small):
    assert [each.key for each in statements(source(small), "p1")] == ["e1", "e2"]
    assert [each.key for each in statements(source(small), "p2")] == ["e5"]
    assert statements(source(small), "p3") == []


def test_lines_are_counted_by_interview_and_person(small):
    silent = replace(source(small), key="silent", entries=())
    meeting = source(small, key="meeting", kind=SourceKind.MEETING)
    study = replace(small, sources=(source(small), silent, meeting))
    assert readable(study) == {small.sources[0].key: {"p1": 2, "p2": 1}}
