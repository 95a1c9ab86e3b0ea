"""What exchanging a large project costs, beside packing and unpacking its bytes; printed, and never failed on."""

import io
import random
import time
import zipfile
from datetime import UTC, datetime
from uuid import UUID

from msgspec.structs import replace

from app.actions.arrive import begin_with, take_in
from app.actions.create import import_document, new_document
from app.actions.open_study import OpenStudy
from app.exchange.refi.project import read_qdpx, write_qdpx
from app.model.evidence import Code, Coding, Passage, Span
from app.model.setting import Assessor
from app.model.source import Entry, Source
from tests.bench.big import PASSPHRASE, WORDS

SOURCES = 1_000
LINES = 30
A_LINE = 67  # words: 2,000 a source
CODINGS = 10  # a source


def a_study(title):
    document = new_document(title, "mlops-maturity", now=datetime(2026, 1, 1, tzinfo=UTC))
    return replace(document, study=replace(document.study, id=UUID(int=1)))


def large(sources=SOURCES):
    """A study of interviews, each of 2,000 words with 10 codings, all with ids as from a file; always the same."""
    chance = random.Random(1)

    def new_id():
        return UUID(int=chance.getrandbits(128), version=4)

    made, passages, codings = [], [], []
    for number in range(1, sources + 1):
        key = f"i{number}"
        entries = [
            Entry(key=f"{key}-{n}", text=" ".join(chance.choices(WORDS, k=A_LINE)), id=new_id()) for n in range(LINES)
        ]
        made.append(Source(id=new_id(), key=key, title=f"Interview {number}", round="r1", entries=tuple(entries)))
        for n in range(CODINGS):
            entry = entries[n * LINES // CODINGS]
            end = entry.text.index(" ", chance.randrange(40, 200))
            passage = f"{key}-p{n}"
            span = Span(entry=entry.key, start=0, end=end)
            passages.append(Passage(id=new_id(), key=passage, source=key, words=entry.text[:end], spans=(span,)))
            coder, code = chance.choice(["ada", "bob"]), f"code-{chance.randrange(60)}"
            codings.append(Coding(id=new_id(), passage=passage, code=code, assessor=coder))
    return replace(
        a_study("A large study"),
        assessors=(Assessor(key="ada", name="Ada"), Assessor(key="bob", name="Bob")),
        codes=tuple(Code(key=f"code-{n}", name=f"Code {n}", colour="#4a6a8a") for n in range(60)),
        sources=tuple(made),
        passages=tuple(passages),
        codings=tuple(codings),
    )


def timed(work):
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


def packed_again(path):
    """Unpack all of an archive and pack it again: what any program must do to its bytes, and no more."""
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(io.BytesIO(), "w", zipfile.ZIP_DEFLATED) as other:
        for info in archive.infolist():
            other.writestr(info.filename, archive.read(info))


def test_exchanging_a_large_project(tmp_path):
    document = large()
    path = tmp_path / "large.qdpx"
    exported, _ = timed(lambda: write_qdpx(document, path))
    yardstick, _ = timed(lambda: packed_again(path))
    read, arrival = timed(lambda: read_qdpx(path))
    made, _ = timed(lambda: begin_with(tmp_path / "new.fieldquill", PASSPHRASE, arrival, rubric="mlops-maturity"))
    import_document(tmp_path / "old.fieldquill", PASSPHRASE, a_study("Another"))
    with OpenStudy.open(tmp_path / "old.fieldquill", PASSPHRASE) as study:
        taken, _ = timed(lambda: study.do(take_in, arrival, study.document))
        undone, _ = timed(study.undo)
    with OpenStudy.open(tmp_path / "new.fieldquill", PASSPHRASE) as study:
        again, _ = timed(lambda: write_qdpx(study.document, path))
    rows = {
        "exported": exported,
        "exported again": again,
        "read": read,
        "read into a new study": read + made,
        "read into a study that is open": read + taken,
        "taken back": undone,
    }
    print(f"\n{SOURCES:,} interviews x 2,000 words x 10 codings, {path.stat().st_size / 1e6:.1f} MB (at most 5 s each)")
    for what, took in rows.items():
        print(f"  {what:32} {took:5.2f} s, {took / yardstick:4.1f} times packing its bytes again")
