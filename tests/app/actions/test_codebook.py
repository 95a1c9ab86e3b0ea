"""The codebook: what becomes of codings, memos and what two coders did; and that one undo brings all of it back."""

import shutil

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.actions import codebook, links, things
from app.actions.create import create_study, import_document
from app.actions.errors import NotFoundError, RefusedError
from app.actions.open_study import OpenStudy
from app.analysis.blind import seen_by
from app.analysis.codebook import Delete, Merge, Split, consequences
from app.analysis.coding import CodingIndex
from app.exchange.demo import demo_document
from app.model.assessment import Finding
from app.model.evidence import About, Code, Coded, Coding, DoubleCoding, Passage, Resolution, Span, Theme
from tests.app.actions.clocked import START, check_undo, done
from tests.app.actions.conftest import PASSPHRASE
from tests.documents import example

replace = msgspec.structs.replace

#  tools            procs
#  ├ trackers       ├ trackers
#  │ └ lineage      └ tests
#  └ charts
CODES = (
    Code(key="tools", name="Tools", definition="What is used.", theme=Theme.TOOL, colour="#4f7a6b"),
    Code(key="trackers", name="Trackers", parent="tools"),
    Code(key="lineage", name="Lineage", parent="trackers"),
    Code(key="charts", name="Charts", parent="tools", use_when="A chart is seen."),
    Code(key="procs", name="Procedures", avoid_when="Wished for only."),
    Code(key="p-trackers", name="trackers", parent="procs", definition="Of procedures."),
    Code(key="tests", name="Tests", parent="procs"),
)


def coding(passage, code, who="ada", case=None, memo=""):
    return Coding(passage=passage, code=code, assessor=who, case=case, memo=memo)


CODINGS = (
    coding("a", "charts", memo="one"),
    coding("a", "tests", memo="two"),
    coding("a", "tests", "bob", case="c1", memo="three"),
    coding("b", "tests", memo="four"),
    coding("b", "trackers"),
    coding("c", "p-trackers", memo="five"),
    coding("gone", "tests", "bob"),
)
PASSAGES = (
    Passage(key="a", source="i1", words="The canary", spans=(Span(entry="i1-1", start=0, end=10),)),
    Passage(key="b", source="i1", words="canary sings", spans=(Span(entry="i1-1", start=4, end=16),)),
    Passage(key="c", source="i1", words="Alarms?", spans=(Span(entry="i1-2", start=0, end=7),)),
    Passage(key="gone", source="i1", words="no longer there"),
)


def document(codings=CODINGS, codes=CODES, passages=PASSAGES, doubles=()):
    bare = replace(
        example(), answers=(), findings=(), challenges=(), influences=(), double_codings=(), codings=(), passages=()
    )
    return replace(bare, codes=codes, passages=passages, codings=codings, double_codings=doubles)


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    """Study files made so far, by what is in them."""
    return tmp_path_factory.mktemp("templates"), {}


@pytest.fixture
def opened(templates, tmp_path, quick_keys):
    folder, known = templates
    made = []

    def open_(whole=None):
        whole = whole or document()
        content = msgspec.json.encode(whole)
        if content not in known:
            known[content] = folder / f"{len(known)}.fieldquill"
            import_document(known[content], PASSPHRASE, whole)
        path = shutil.copyfile(known[content], tmp_path / f"coded{len(made)}.fieldquill")
        made.append(OpenStudy.open(path, PASSPHRASE))
        return made[-1]

    yield open_
    for study in made:
        study.close()


@pytest.fixture
def moving(opened):
    """The study with names that may stand beside each other anywhere."""
    return opened(document(codes=tuple(replace(code, name=code.key) for code in CODES)))


def tree(study):
    index = CodingIndex(study.document)
    return [" > ".join(index.path(key)) for key in index.tree]


def on(study, code):
    return {(each.passage, each.assessor, each.memo) for each in study.document.codings if each.code == code}


def code_of(study, key):
    return next(code for code in study.document.codes if code.key == key)


def refused(study, action, *arguments, **named):
    before = study.document
    with pytest.raises((RefusedError, NotFoundError)) as caught:
        study.do(action, *arguments, **named)
    assert study.document == before
    return caught.value.sentence


# One code


def test_adding_renaming_and_changing(opened):
    study = opened()
    added = Code(key="models", name="  Large\nmodels ", parent="tools", about=About.CASE)
    assert done(study, codebook.add_code, added) == "Add code “Large models”"
    assert code_of(study, "models").name == "Large models"
    assert done(study, codebook.rename_code, "models", " Models ") == "Rename code “Large models”: “Models”"
    changed = Code(
        key="models",
        name="Big models",
        parent="procs",
        definition="Those that are large.",
        use_when="Size is spoken of.",
        avoid_when="Small ones.",
        colour="#123abc",
        theme=Theme.FACTOR,
        about=About.ORGANISATION,
        rubric="small",
        principle="second",
        factor="experience",
    )
    assert done(study, codebook.change_code, changed) == "Change code “Models”"
    assert replace(code_of(study, "models"), id=None) == changed
    assert tree(study)[-1] == "Procedures > Big models"


def test_two_beside_each_other_have_two_names(opened):
    study = opened()
    there = "A code “Charts” stands there already: merge the two, or rename one."
    assert refused(study, codebook.add_code, Code(key="x", name=" CHARTS", parent="tools")) == there
    assert refused(study, codebook.rename_code, "trackers", "charts") == there
    assert refused(study, codebook.change_code, Code(key="trackers", name="charts", parent="tools")) == there
    assert refused(study, codebook.change_code, Code(key="charts", name="TOOLS")).startswith("A code “Tools” stands")
    assert refused(study, codebook.move_code, "p-trackers", "tools", 0).startswith("A code “Trackers” stands")
    study.do(codebook.rename_code, "trackers", "TRACKERS")  # its own name, written otherwise
    study.do(codebook.change_code, Code(key="charts", name="Tools", parent="tools"))  # beside each other only


def test_what_a_code_can_t_be(opened):
    study = opened()
    assert refused(study, codebook.add_code, Code(key="tools", name="Other")) == "The study has that code already."
    assert refused(study, codebook.rename_code, "tools", " \n") == "The name can't be kept: it can't be empty."
    assert "200 characters" in refused(study, codebook.rename_code, "tools", "x" * 201)
    assert "can't be kept" in refused(study, codebook.rename_code, "tools", "a\0b")
    assert "can't be kept" in refused(study, codebook.add_code, Code(key="x", name="X", colour="red"))
    assert refused(study, codebook.rename_code, "none", "X") == 'The study has no code "none".'
    assert refused(study, codebook.change_code, Code(key="none", name="X")) == 'The study has no code "none".'
    assert refused(study, codebook.add_code, Code(key="x", name="X", parent="none")) == 'The study has no code "none".'
    assert "factor" in refused(study, codebook.change_code, Code(key="tools", name="Tools", factor="none"))
    under_itself = replace(CODES[0], parent="lineage")
    assert refused(study, codebook.change_code, under_itself) == "A code can't stand under itself."


# Moving


def test_moving_among_siblings(opened):
    study = opened()
    assert done(study, codebook.move_code, "charts", "tools", 0) == "Move code “Charts”"
    assert tree(study)[:3] == ["Tools", "Tools > Charts", "Tools > Trackers"]
    done(study, codebook.move_code, "charts", "tools", 1)
    assert tree(study)[:3] == ["Tools", "Tools > Trackers", "Tools > Trackers > Lineage"]
    done(study, codebook.move_code, "procs", None, 0)
    assert tree(study)[0] == "Procedures"
    done(study, codebook.move_code, "procs", None, 7)
    assert tree(study)[0] == "Tools"


def test_moving_under_another(opened):
    study = opened()
    done(study, codebook.move_code, "trackers", "charts", 0)
    done(study, codebook.move_code, "tests", None, -3)
    assert tree(study) == [
        "Tests",
        "Tools",
        "Tools > Charts",
        "Tools > Charts > Trackers",
        "Tools > Charts > Trackers > Lineage",
        "Procedures",
        "Procedures > trackers",
    ]
    for parent in ("tools", "charts", "trackers", "lineage"):
        assert refused(study, codebook.move_code, "tools", parent, 0) == "A code can't stand under itself."
    assert refused(study, codebook.move_code, "tools", "none", 0) == 'The study has no code "none".'


def test_moving_to_and_fro_for_ever(opened):
    """Places lie ever closer together; when there is no room between two the list is numbered anew."""
    study = opened()
    wanted = [code.key for code in study.document.codes if code.parent is None]
    wanted += ["third"]
    study.do(codebook.add_code, Code(key="third", name="Third"))
    for _ in range(60):
        study.do(codebook.move_code, wanted[2], None, 1)
        wanted = [wanted[0], wanted[2], wanted[1]]
        assert [code.key for code in study.document.codes if code.parent is None] == wanted


@settings(max_examples=15)
@given(
    moves=st.lists(
        st.tuples(st.sampled_from([c.key for c in CODES]), st.integers(-1, 6), st.integers(0, 8)), max_size=8
    )
)
def test_moving_about(moving, moves):
    """Held to lists of keys, moved about in the plainest way."""
    begun = moving.document
    for key, number, index in moves:
        parent = None if number < 0 else CODES[number].key
        before = CodingIndex(moving.document)
        if parent in before.under(key):
            refused(moving, codebook.move_code, key, parent, index)
            continue
        expected = [code.key for code in before.children(parent or "") if code.key != key]
        expected.insert(index, key)
        moving.do(codebook.move_code, key, parent, index)
        after = CodingIndex(moving.document)
        assert [code.key for code in after.children(parent or "")] == expected
        assert len(after.tree) == len(CODES)
    while moving.document != begun:
        moving.undo()


# Merging


def test_merging_codings_and_memos(opened):
    study = opened()
    deed = Merge("charts", ("tests",))
    assert consequences(study.document, deed) == (
        "Merging “Tests” into “Charts” puts that on 3 passages by 2 assessors; "
        "1 passage that somebody put several on keeps one, memos joined; 3 memos come along."
    )
    assert done(study, codebook.merge_codes, deed.into, deed.others) == "Merge “Tests” into “Charts”"
    assert on(study, "charts") == {
        ("a", "ada", "one\n\ntwo"),
        ("a", "bob", "three"),
        ("b", "ada", "four"),
        ("gone", "bob", ""),
    }
    assert "tests" not in [code.key for code in study.document.codes]
    assert [each.case for each in study.document.codings if each.assessor == "bob" and each.passage == "a"] == ["c1"]


def test_merging_memos_that_say_the_same_or_nothing(opened):
    codings = (
        coding("a", "charts", memo="same"),
        coding("a", "tests", memo="same"),
        coding("b", "charts", memo=" "),
        coding("b", "tests", case="c1", memo="only"),
        coding("c", "charts", memo="only"),
        coding("c", "tests"),
    )
    study = opened(document(codings))
    assert (
        "3 passages that somebody put several on keep one, memos joined; 1 coding loses the case it was about"
        in consequences(study.document, Merge("charts", ("tests",)))
    )
    done(study, codebook.merge_codes, "charts", ["tests", "charts", "tests"])
    assert on(study, "charts") == {("a", "ada", "same"), ("b", "ada", "only"), ("c", "ada", "only")}


def test_merging_trees(opened):
    study = opened()
    assert consequences(study.document, Merge("tools", ("procs",))) == (
        "Merging “Procedures” into “Tools” changes no passage; 2 codes come under it."
    )
    done(study, codebook.merge_codes, "tools", ["procs"])
    assert tree(study) == ["Tools", "Tools > Trackers", "Tools > Trackers > Lineage", "Tools > Charts", "Tools > Tests"]
    assert on(study, "trackers") == {("b", "ada", ""), ("c", "ada", "five")}
    assert code_of(study, "trackers").definition == "Of procedures."
    assert (code_of(study, "tools").definition, code_of(study, "tools").avoid_when) == (
        "What is used.",
        "Wished for only.",
    )


def test_merging_a_code_into_one_under_it(opened):
    study = opened()
    done(study, codebook.merge_codes, "lineage", ["tools"])
    assert tree(study) == ["Lineage", "Lineage > Trackers", "Lineage > Charts", "Procedures", *tree(study)[4:]]
    study.undo()
    label = done(study, codebook.merge_codes, "lineage", ["tools", "trackers", "procs", "p-trackers"])
    assert label == "Merge 4 codes into “Lineage”"
    assert tree(study) == ["Lineage", "Lineage > Charts", "Lineage > Tests"]
    assert on(study, "lineage") == {("b", "ada", ""), ("c", "ada", "five")}


def test_merging_that_can_t_be(opened):
    study = opened(document(codes=(*CODES, Code(key="other", name="LINEAGE"))))
    assert refused(study, codebook.merge_codes, "tools", ["tools"]) == "Choose two codes or more to merge."
    assert refused(study, codebook.merge_codes, "tools", []) == "Choose two codes or more to merge."
    assert refused(study, codebook.merge_codes, "tools", ["none"]) == 'The study has no code "none".'
    assert refused(study, codebook.merge_codes, "lineage", ["tools"]).startswith("A code “LINEAGE” stands there")


# Splitting


def test_splitting(opened):
    study = opened()
    assert consequences(study.document, Split("tests", "Gates", ("a", "gone", "c"))) == (
        "Splitting “Tests” puts “Gates” in its place on 2 passages by 2 assessors; 1 passage keeps it; "
        "2 memos come along."
    )
    assert consequences(study.document, Split("tests", "Gates", ("a", "b", "gone"))) == (
        "Splitting “Tests” puts “Gates” in its place on 3 passages by 2 assessors; none keeps it; 3 memos come along."
    )
    assert "puts the new code in its place" in consequences(study.document, Split("tests", "", ("a",)))
    new = Code(key="gates", name=" Gates", parent="procs")
    assert done(study, codebook.split_code, "tests", new, ["a", "gone", "c"]) == "Split “Tests”: “Gates”"
    assert on(study, "gates") == {("a", "ada", "two"), ("a", "bob", "three"), ("gone", "bob", "")}
    assert on(study, "tests") == {("b", "ada", "four")}


def test_splitting_that_can_t_be(opened):
    study = opened()
    new = Code(key="gates", name="Gates", parent="procs")
    assert refused(study, codebook.split_code, "tests", new, ["c"]) == "Choose passages that have the code “Tests”."
    assert "no passage" in refused(study, codebook.split_code, "tests", new, ["none"])
    assert "no code" in refused(study, codebook.split_code, "none", new, ["a"])
    assert refused(study, codebook.split_code, "tests", replace(new, name="TESTS"), ["a"]).startswith("A code “Tests”")
    assert refused(study, codebook.split_code, "tests", replace(new, key="charts"), ["a"]).endswith("code already.")


# Deleting


def test_deleting_a_code_whose_children_go_up(opened):
    study = opened(document(codings=[each for each in CODINGS if each.code == "trackers"], codes=CODES[:4]))
    deed = Delete("trackers")
    assert consequences(study.document, deed) == (
        "Deleting “Trackers” takes it off 1 passage by 1 assessor; 1 code under it moves up."
    )
    assert done(study, codebook.delete_code, "trackers") == "Delete code “Trackers”"
    assert tree(study) == ["Tools", "Tools > Lineage", "Tools > Charts"]
    assert done(study, codebook.delete_code, "tools", "up") == "Delete code “Tools”"
    assert tree(study) == ["Lineage", "Charts"]
    assert done(study, codebook.delete_code, "charts", "with") == "Delete code “Charts”"
    assert len(study.document.passages) == len(PASSAGES)


def test_deleting_a_code_with_what_is_under_it(opened):
    study = opened()
    assert consequences(study.document, Delete("procs", with_children=True)) == (
        "Deleting “Procedures” and 2 codes under it takes them off 4 passages by 2 assessors; 4 memos go with them."
    )
    assert consequences(study.document, Delete("procs")) == (
        "Deleting “Procedures” changes no passage; 2 codes under it move up."
    )
    label = done(study, codebook.delete_code, "tools", "with")
    assert label == "Delete code “Tools” and what is under it"
    assert tree(study) == ["Procedures", "Procedures > trackers", "Procedures > Tests"]
    assert {each.code for each in study.document.codings} == {"tests", "p-trackers"}


def test_children_that_can_t_go_up(opened):
    study = opened(document(codes=(*CODES, Code(key="other", name="Charts"))))
    assert refused(study, codebook.delete_code, "tools").startswith("A code “Charts” stands there already")
    assert refused(study, codebook.delete_code, "none") == 'The study has no code "none".'


def test_evidence_is_untouched(opened):
    study = opened()
    finding = Finding(rubric="small", principle="first", case="c1", round="r1", text="It runs.")
    study.do(things.add, finding)
    for passage in ("a", "b", "c"):
        study.do(links.link, finding, passage)
    before = study.document.findings
    assert consequences(study.document, Delete("tests")).endswith("; 2 passages that are evidence stay so.")
    assert consequences(study.document, Delete("charts")).endswith("; 1 passage that is evidence stays so.")
    assert consequences(study.document, Merge("charts", ("tests", "p-trackers"))).startswith(
        "Merging “trackers” and “Tests” into “Charts” puts that on 4 passages"
    )
    study.do(codebook.delete_code, "procs", "with")
    study.do(codebook.merge_codes, "charts", ["trackers"])
    assert study.document.findings == before


# What two coders did


def double(coded=(), resolutions=()):
    return DoubleCoding(
        key="dc",
        first="ada",
        second="bob",
        first_done_at=START,
        second_done_at=START,
        sources=("i1",),
        coded=tuple(Coded(coder=who, entry=entry, code=code) for who, entry, code in coded),
        resolutions=tuple(
            Resolution(entry=entry, code=code, applies=applies, reason=reason)
            for entry, code, applies, reason in resolutions
        ),
    )


def coded(study):
    return [(each.coder, each.entry, each.code) for each in study.document.double_codings[0].coded]


def resolved(study):
    return [(each.entry, each.code, each.applies, each.reason) for each in study.document.double_codings[0].resolutions]


def test_merging_brings_what_two_coders_did_along(opened):
    done_by = [
        ("ada", "i1-1", "tests"),
        ("ada", "i1-1", "charts"),
        ("bob", "i1-1", "tests"),
        ("bob", "i1-2", "lineage"),
    ]
    study = opened(document(doubles=(double(done_by),)))
    done(study, codebook.merge_codes, "charts", ["tests"])
    assert coded(study) == [("ada", "i1-1", "charts"), ("bob", "i1-1", "charts"), ("bob", "i1-2", "lineage")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # of both: what applies to either applies
        ([("i1-1", "charts", False, "x"), ("i1-1", "tests", True, "y")], [("i1-1", "charts", True, "x\n\ny")]),
        ([("i1-1", "charts", False, "x"), ("i1-1", "tests", False, "x")], [("i1-1", "charts", False, "x")]),
        # what was rejected goes, where the other code stands
        ([("i1-1", "tests", False, "x")], []),
        ([("i1-1", "charts", False, "x")], []),
        # and stays where it does not
        ([("i1-2", "tests", False, "x")], [("i1-2", "charts", False, "x")]),
        ([("i1-2", "charts", False, "x")], [("i1-2", "charts", False, "x")]),
        ([("i1-1", "tests", True, "x")], [("i1-1", "charts", True, "x")]),
        ([("i1-1", "charts", True, "x")], [("i1-1", "charts", True, "x")]),
        ([("i1-1", "lineage", False, "x")], [("i1-1", "lineage", False, "x")]),
    ],
)
def test_merging_what_two_coders_resolved(opened, before, after):
    study = opened(document(doubles=(double(resolutions=before),)))
    shown = {each.passage for each in seen_by(study.document, "").codings if each.code in {"charts", "tests"}}
    done(study, codebook.merge_codes, "charts", ["tests"])
    assert resolved(study) == after
    assert shown <= {each.passage for each in seen_by(study.document, "").codings if each.code == "charts"}


def test_splitting_brings_what_two_coders_did_along(opened):
    done_by = [("ada", "i1-1", "tests"), ("bob", "i1-1", "tests"), ("ada", "i1-2", "tests"), ("ada", "i1-1", "charts")]
    agreed = [("i1-1", "tests", True, "x"), ("i1-2", "tests", True, "y")]
    study = opened(document(doubles=(double(done_by, agreed),)))
    done(study, codebook.split_code, "tests", Code(key="gates", name="Gates"), ["a"])
    assert sorted(coded(study)) == [
        ("ada", "i1-1", "charts"),
        ("ada", "i1-1", "gates"),  # and still the old one, through another passage
        ("ada", "i1-1", "tests"),
        ("ada", "i1-2", "tests"),
        ("bob", "i1-1", "gates"),
    ]
    assert sorted(resolved(study)) == [
        ("i1-1", "gates", True, "x"),
        ("i1-1", "tests", True, "x"),
        ("i1-2", "tests", True, "y"),
    ]
    study.undo()
    done(study, codebook.split_code, "tests", Code(key="gates", name="Gates"), ["a", "b"])
    assert [each[1:] for each in coded(study)] == [
        ("i1-1", "gates"),
        ("i1-1", "gates"),
        ("i1-2", "tests"),
        ("i1-1", "charts"),
    ]
    assert resolved(study)[0] == ("i1-1", "gates", True, "x")


def test_deleting_takes_what_two_coders_did_with_it(opened):
    done_by = [("ada", "i1-1", "tests"), ("bob", "i1-1", "charts")]
    study = opened(document(doubles=(double(done_by, [("i1-1", "tests", True, "x"), ("i1-2", "tests", True, "x")]),)))
    told = consequences(study.document, Delete("tests"))
    assert "; 2 differences resolved by two coders go, too" in told
    done(study, codebook.delete_code, "tests")
    assert (coded(study), resolved(study)) == ([("bob", "i1-1", "charts")], [])


# Whatever is done

KEYS = st.sampled_from([code.key for code in CODES])
ENTRIES = st.sampled_from(["i1-1", "i1-2"])
CODED = st.tuples(st.sampled_from(["ada", "bob"]), ENTRIES, KEYS)
RESOLVED = st.builds(
    lambda place, applies, reason: (*place, applies, reason),
    st.tuples(ENTRIES, KEYS),
    st.booleans(),
    st.sampled_from(["x", "y"]),
)


def put(study):
    return {(each.passage, each.assessor, each.code) for each in study.document.codings}


def shown(study):
    return {(each.passage, each.assessor, each.code) for each in seen_by(study.document, "").codings}


def renamed(triples, old, new):
    return {(one, other, new if code in old else code) for one, other, code in triples}


@pytest.fixture
def doubled(opened):
    """The study of `moving`, with a double coding to fill."""
    codes = tuple(replace(code, name=code.key) for code in CODES)
    return opened(document(codes=codes, doubles=(double(),)))


@settings(max_examples=25)
@given(
    done_by=st.lists(CODED, unique=True, max_size=6),
    agreed=st.lists(RESOLVED, unique_by=lambda each: each[:2], max_size=5),
    into=KEYS,
    others=st.lists(KEYS, min_size=1, max_size=3),
)
def test_merging_whatever_there_is(doubled, done_by, agreed, into, others):
    filled = replace(double(done_by, agreed), id=doubled.document.double_codings[0].id)
    doubled.do(things.change, filled)
    before, seen, snapshot = put(doubled), shown(doubled), {*coded(doubled)}
    if set(others) == {into}:
        refused(doubled, codebook.merge_codes, into, others)
    else:
        check_undo(doubled, codebook.merge_codes, into, others)
        assert put(doubled) == renamed(before, others, into)
        assert set(coded(doubled)) == renamed(snapshot, others, into)
        assert renamed(seen, others, into) <= shown(doubled)
        assert {code.key for code in doubled.document.codes} == {code.key for code in CODES} - set(others) | {into}
        doubled.undo()
    if doubled.undo_label.startswith("Change"):
        doubled.undo()


@settings(max_examples=15)
@given(
    done_by=st.lists(CODED, unique=True, max_size=6),
    agreed=st.lists(RESOLVED, unique_by=lambda each: each[:2], max_size=5),
    code=KEYS,
    passages=st.sets(st.sampled_from([passage.key for passage in PASSAGES]), min_size=1),
)
def test_splitting_whatever_there_is(doubled, done_by, agreed, code, passages):
    filled = replace(double(done_by, agreed), id=doubled.document.double_codings[0].id)
    doubled.do(things.change, filled)
    before, seen, snapshot = put(doubled), shown(doubled), {*coded(doubled)}
    chosen = {each for each in before if each[2] == code and each[0] in passages}
    new = Code(key="new", name="New")
    if not chosen:
        refused(doubled, codebook.split_code, code, new, sorted(passages))
    else:
        check_undo(doubled, codebook.split_code, code, new, sorted(passages))
        assert put(doubled) == before - chosen | renamed(chosen, {code}, "new")
        assert shown(doubled) == seen - chosen | renamed(seen & chosen, {code}, "new")
        assert renamed(coded(doubled), {"new"}, code) == snapshot
        doubled.undo()
    if doubled.undo_label.startswith("Change"):
        doubled.undo()


# Many at once


def test_starting_the_codebook(opened, tmp_path):
    path = tmp_path / "new.fieldquill"
    create_study(path, PASSPHRASE, title="New", rubric="mlops-maturity")
    with OpenStudy.open(path, PASSPHRASE) as study:
        assert check_undo(study, codebook.start_codebook).label == "Start codebook: 40 codes"
        codes = {code.key: code for code in study.document.codes}
        demo = {code.key: code for code in demo_document().codes}
        assert set(codes) == set(demo)
        for key, code in codes.items():
            of = demo[key]
            assert (code.name, code.parent, code.colour) == (of.name, of.parent, of.colour)
            assert (code.theme, code.rubric, code.principle, code.factor) == (
                of.theme,
                of.rubric,
                of.principle,
                of.factor,
            )
        again = study.do(codebook.start_codebook)
        assert (again.seq, again.label) == (None, "Start codebook: 0 codes")


def test_starting_the_codebook_of_another_rubric(opened):
    study = opened(example())
    done(study, codebook.start_codebook)
    paths = tree(study)
    assert paths[0] == "Tools"
    assert {"Tools > Monitoring", "Procedures > First", "Challenges > Second", "Factors > Experience with MLOps"} < set(
        paths
    )
    tools = code_of(study, "tools")
    assert (tools.about, tools.factor) == (About.ORGANISATION, "experience")
    assert tools.definition == "What is used, built or bought to do it with."
    tied = {(code.name, code.principle) for code in study.document.codes if code.parent == "challenges"}
    assert tied == {("First", "first"), ("Second", "second")}
    assert code_of(study, "f-experience").about is About.ORGANISATION


def test_taking_in_codes(opened):
    study = opened()
    identity = demo_document().study.id
    taken = study.document.codes[0].id
    codes = (
        Code(key="sub", name="New", parent="top", principle="first", rubric="small"),
        Code(key="top", name="tools ", definition="Another.", use_when="Used.", colour="#000000", about=About.CASE),
        Code(key="charts", name="Other", id=identity),
        Code(key="x", name="Other two", id=taken),
        Code(key="y", name="OTHER", definition="Again."),
        Code(key="z", name="trackers", parent="top", rubric="small", theme=Theme.TOOL, factor="experience"),
        Code(key="zz", name="charts", parent="top", rubric="small", principle="second"),
    )
    assert check_undo(study, codebook.take_in_codes, codes).label == "Import codebook: 3 codes"
    tools = code_of(study, "tools")
    assert (tools.definition, tools.use_when, tools.colour) == ("What is used.", "Used.", "#4f7a6b")
    assert (tools.about, tools.theme) == (About.CASE, Theme.TOOL)
    assert code_of(study, "other").definition == "Again."
    assert code_of(study, "other").id == identity
    assert code_of(study, "x").id != taken
    assert code_of(study, "sub").parent == "tools"
    trackers = code_of(study, "trackers")
    assert (trackers.theme, trackers.factor, trackers.rubric, trackers.principle) == (
        Theme.TOOL,
        "experience",
        "small",
        None,
    )
    assert code_of(study, "charts").principle == "second"
    study.do(codebook.take_in_codes, [Code(key="q", name="charts", parent="w"), Code(key="w", name="Tools")])
    assert code_of(study, "charts").principle == "second"


@pytest.mark.parametrize(
    ("codes", "sentence"),
    [
        ([Code(key="a", name="A", parent="b"), Code(key="b", name="B", parent="a")], "These codes make no tree"),
        ([Code(key="a", name="A", parent="tools")], "These codes make no tree"),
        ([Code(key="a", name="A"), Code(key="a", name="B")], "These codes make no tree"),
        ([Code(key="a", name="A"), Code(key="b", name="B", factor="none")], 'The study has no factor "none".'),
        ([Code(key="a", name="A"), Code(key="b", name=" ")], "The name can't be kept"),
        ([Code(key="b", name="Tools", colour="blue")], "The colour can't be kept"),
    ],
)
def test_codes_that_can_t_be_taken_in(opened, codes, sentence):
    assert refused(opened(), codebook.take_in_codes, codes).startswith(sentence)
