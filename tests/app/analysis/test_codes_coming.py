"""Which codes would be added: the same as taking them in adds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions.codebook import take_in_codes
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.analysis.codes_coming import new_among
from app.model.evidence import Code
from tests.app.actions.conftest import PASSPHRASE
from tests.documents import example

NAMES = ("Tools", "tools", "People", "Training ", "Training")


@st.composite
def codebooks(draw):
    """Codes in order, each under one before it or at the top, some alike."""
    codes = []
    for number in range(draw(st.integers(0, 8))):
        parent = draw(st.sampled_from([None, *(code.key for code in codes)]))
        codes.append(Code(key=f"x{number}", name=draw(st.sampled_from(NAMES)), parent=parent))
    return tuple(codes)


def test_what_is_there_by_name_and_path_is_not_new():
    standing = (Code(key="a", name="Tools"), Code(key="b", name="Charts", parent="a"))
    coming = (Code(key="1", name=" tools"), Code(key="2", name="Charts"), Code(key="3", name="CHARTS", parent="1"))
    assert new_among(coming, standing) == ("2",)


@settings(max_examples=15)
@given(codebooks())
def test_what_is_said_to_be_new_is_what_is_added(tmp_path_factory, quick_keys, coming):
    path = tmp_path_factory.mktemp("coming") / "study.fieldquill"
    import_document(path, PASSPHRASE, example())
    with OpenStudy.open(path, PASSPHRASE) as study:
        before = study.document.codes
        study.do(take_in_codes, coming)
        assert len(study.document.codes) - len(before) == len(new_among(coming, before))
