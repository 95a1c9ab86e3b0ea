"""How far a coder has come, and what stands around a line that two differ on."""

from datetime import UTC, datetime

from msgspec.structs import replace

from app.analysis.agreement import agreement
from app.analysis.double_coding import Progress, around, progress
from app.model.evidence import Coded, Coding, DoubleCoding
from tests.documents import example

THEN = datetime(2024, 5, 1, 12, tzinfo=UTC)
PAIR = DoubleCoding(key="dc", first="ada", second="bob", sources=("m1", "i1"))


def test_progress_counts_the_own_lines():
    document = replace(example(), double_codings=(PAIR,))
    assert progress(document, PAIR, "ada") == (
        Progress("m1", "M1", "Meeting", 0, 1),
        Progress("i1", "I1", "Interview with P1", 2, 2),  # its third line has no words
    )
    assert [each.coded for each in progress(document, PAIR, "bob")] == [0, 0]


def difference(document, code="monitoring", entry="i1-1", coder="ada"):
    pair = replace(PAIR, first_done_at=THEN, second_done_at=THEN, coded=(Coded(coder=coder, entry=entry, code=code),))
    (found,) = agreement(document, pair).differences
    return found


def test_what_stands_around_a_line():
    document = example()
    found = around(document, difference(document))
    assert (found.before, found.after) == ("", "Alarms?")
    assert found.words.startswith("The canary sings")
    assert (found.speaker, found.title, found.definition) == ("P1", "Interview with P1", "")
    assert found.memos == ("canary memo",)


def test_the_last_line_has_none_after_it():
    document = example()
    found = around(document, difference(document, code="tools", entry="m1-1"))
    assert (found.before, found.after, found.speaker) == ("", "", "")
    middle = around(document, difference(document, code="tools", entry="i1-2"))
    assert middle.before.startswith("The canary")
    assert middle.memos == ()


def test_only_memos_of_this_code_line_and_coder_are_told():
    others = (
        Coding(passage="i1-p1", code="monitoring", assessor="bob", memo="of another"),
        Coding(passage="i1-p1", code="tools", assessor="ada", memo="with another code"),
        Coding(passage="m1-p1", code="monitoring", assessor="ada", memo="on another line"),
    )
    document = example()
    document = replace(document, codings=(*document.codings, *others))
    assert around(document, difference(document)).memos == ("canary memo",)
