"""Codebooks: a study's codes go out valid and come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from app.exchange.demo import demo_document
from app.exchange.errors import ExportError
from app.exchange.refi.codebook import encode_qdc, read_qdc, write_qdc
from app.exchange.refi.codes import colour_of, described, undescribed
from app.exchange.refi.names import clean
from app.model.evidence import Code
from tests.app.exchange.refi.made import guid, require_valid
from tests.documents import documents, example


def test_autocorp_s_codebook_comes_back(tmp_path):
    document = demo_document()
    path = tmp_path / "codes.qdc"
    write_qdc(document, path)
    require_valid(path.read_bytes(), "Codebook")
    codes, left = read_qdc(path)
    assert left == ()
    told = [(c.name, c.definition, c.use_when, c.avoid_when, c.colour) for c in codes]
    assert told == [(c.name, c.definition, c.use_when, c.avoid_when, c.colour) for c in document.codes]
    names = {code.key: code.name for code in (*codes, *document.codes)}
    assert [names.get(code.parent) for code in codes] == [names.get(code.parent) for code in document.codes]


@given(document=documents(most=4).filter(lambda document: document.codes))
def test_made_up_codebooks_are_valid(document, tmp_path_factory):
    path = tmp_path_factory.mktemp("made-up") / "codes.qdc"
    path.write_bytes(encode_qdc(document))
    require_valid(path.read_bytes(), "Codebook")
    codes, left = read_qdc(path)
    assert left == ()
    assert len(codes) == len(document.codes)
    assert len({code.key for code in codes}) == len(codes)
    seen = {None}
    for code in codes:
        assert code.parent in seen
        seen.add(code.key)


def test_without_codes_there_is_no_codebook(tmp_path):
    with pytest.raises(ExportError, match="no codes yet"):
        write_qdc(replace(example(), codes=()), tmp_path / "codes.qdc")
    with pytest.raises(ExportError, match=r"codes\.qdc can't be written"):
        write_qdc(example(), tmp_path / "none" / "codes.qdc")
    assert list(tmp_path.iterdir()) == []


def test_what_a_codebook_has_besides_codes_is_counted(tmp_path):
    path = tmp_path / "codes.qdc"
    sets = (
        f'<Sets><Set guid="{guid(5)}" name="S"><Description>D</Description><MemberCode guid="{guid(1)}"/></Set></Sets>'
    )
    path.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="{{{guid(1)}}}" name=" " isCodable="false">'
        f"<Description>D</Description></Code></Codes>{sets}</CodeBook>",
        encoding="utf-8",
    )
    codes, left = read_qdc(path)
    assert [(code.name, code.definition) for code in codes] == [("Unnamed code", "D")]
    assert left == (("Description", 1), ("Set", 1))


_LETTERS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
_PART = _LETTERS.map(lambda text: clean(text).strip()).filter(lambda text: "when:" not in text)


@given(_PART, _PART, _PART)
def test_descriptions_are_taken_apart_as_they_were_put_together(definition, use_when, avoid_when):
    code = Code(key="c", name="C", definition=definition, use_when=use_when, avoid_when=avoid_when)
    assert undescribed(described(code)) == (definition, use_when, avoid_when)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_description_is_kept(text):
    parts = undescribed(text)
    assert all(part == part.strip() and part in text for part in parts)


@pytest.mark.parametrize(("text", "colour"), [("#0F8", "#00ff88"), ("#0F80a1", "#0f80a1"), ("red", ""), (None, "")])
def test_colours(text, colour):
    assert colour_of(text) == colour
