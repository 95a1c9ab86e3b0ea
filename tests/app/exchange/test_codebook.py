"""The codebook as CSV: there and back, as people write it, and what is refused with one sentence and no harm."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.actions.codebook import take_in_codes
from app.actions.create import import_document
from app.actions.open_study import OpenStudy
from app.analysis.code_tree import from_the_top
from app.analysis.codebook import same_name
from app.analysis.coding import CodingIndex
from app.exchange.codebook import codebook_table, read_codebook_csv, write_codebook_csv
from app.exchange.demo import demo_document
from app.exchange.errors import DocumentError
from app.model.evidence import About, Code, Theme
from tests.documents import example, rubric

replace = msgspec.structs.replace
PASSPHRASE = "correct horse battery"
WORDS = st.sampled_from(["a", "B > c", "d\\", "\\>", ">", "=e", "'=f", "g,h;i", 'say "j"', "ß", "\U0001f424", "-", "é"])
TEXTS = st.one_of(WORDS, st.just(""), st.sampled_from(["two\nlines", "+1", "@x", "a\tb"]))


@st.composite
def codebooks(draw):
    """Codes in any order, beside each other with different names."""
    made = []
    taken = set()
    for number in range(draw(st.integers(0, 7))):
        name = " ".join(draw(st.lists(WORDS, min_size=1, max_size=2)))
        parent = draw(st.sampled_from([None, *(code.key for code in made)]))
        if (parent, same_name(name)) in taken:
            continue
        taken.add((parent, same_name(name)))
        principle = draw(st.sampled_from([None, "first", "second"]))
        made.append(
            Code(
                key=f"c{number}",
                name=name,
                parent=parent,
                definition=draw(TEXTS),
                use_when=draw(TEXTS),
                avoid_when=draw(TEXTS),
                colour=draw(st.sampled_from(["", "#00ff9a"])),
                theme=draw(st.sampled_from(list(Theme))),
                about=draw(st.sampled_from([None, *About])),
                rubric="small" if principle else None,
                principle=principle,
                factor=draw(st.sampled_from([None, "experience"])),
            )
        )
    return replace(example(), codes=tuple(draw(st.permutations(made))), codings=(), double_codings=())


def told(codes):
    """What codes say, by their paths, in order; keys aside."""
    index = CodingIndex(replace(example(), codes=tuple(codes), codings=(), double_codings=()))
    return {index.path(key): replace(index.codes[key], key="x", id=None, parent=None) for key in index.tree}


@given(document=codebooks())
def test_there_and_back(tmp_path_factory, document):
    path = tmp_path_factory.mktemp("csv") / "codes.csv"
    write_codebook_csv(document, path)
    codes, left = read_codebook_csv(path, document)
    assert left == ()
    assert list(told(codes).items()) == list(told(document.codes).items())
    assert from_the_top(codes) == list(codes)
    assert len({code.key for code in codes}) == len(codes)


def test_the_demonstration_there_and_back(tmp_path):
    document = demo_document()
    write_codebook_csv(document, tmp_path / "codes.csv")
    codes, left = read_codebook_csv(tmp_path / "codes.csv", document)
    assert (told(codes), left) == (told(document.codes), ())


def test_principles_of_several_rubrics(tmp_path):
    text = rubric().text.replace("id: small", "id: other", 1)
    codes = tuple(Code(key=key, name=key, rubric=key, principle="first") for key in ("small", "other"))
    document = replace(example(), codes=codes, codings=(), double_codings=())
    document = replace(document, rubrics=(*document.rubrics, replace(rubric(), key="other", text=text)))
    assert [row[7] for row in codebook_table(document).rows] == ["small/first", "other/first"]
    write_codebook_csv(document, tmp_path / "codes.csv")
    read, _ = read_codebook_csv(tmp_path / "codes.csv", document)
    assert [(code.rubric, code.principle) for code in read] == [("small", "first"), ("other", "first")]


# As people write it


@pytest.fixture
def read(tmp_path):
    def read(content):
        path = tmp_path / "codes.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_codebook_csv(path, example())

    return read


def paths(codes):
    return [" > ".join(path) for path in told(codes)]


@pytest.mark.parametrize(
    "content",
    [
        "path\nTools > Charts > Live\n",
        "\ufeffPath;Definition\r\nTools;\r\nTools>Charts;\r\n Tools >  CHARTS>Live ;\r\n",
        "name,parent\nLive,Charts\nCharts,Tools\nTools,\n",
        "name\tparent\nCharts\tTools\nLive\tTools > Charts\n",
        'PATH,NAME,PARENT\nTools,,\n,Charts,Tools\n,Live,"Charts"\n',
        "\r\n\r\npath\r\r\nTools > Charts > Live\r\n,,\n",
    ],
)
def test_paths_and_parents(read, content):
    codes, left = read(content)
    assert [path.casefold() for path in paths(codes)] == ["tools", "tools > charts", "tools > charts > live"]
    assert left == ()
    assert [code.key for code in codes] == ["tools", "charts", "live"]


def test_what_a_code_is_tied_to_by_name(read):
    codes, left = read(
        "path;USE_WHEN;Theme;about;principle;factor;colour\n"
        "A;u;Next Step; CASE;The FIRST principle;Experience;#ABCDEF\n"
        "B;;next_step;;Second;experience;\n"
        "C;;;;third;nobody;\n"
        "D;;;;third;;\n"
    )
    tied = [(each.theme, each.about, each.rubric, each.principle, each.factor, each.colour) for each in codes]
    assert tied == [
        (Theme.NEXT_STEP, About.CASE, "small", "first", "experience", "#abcdef"),
        (Theme.NEXT_STEP, None, "small", "second", "experience", ""),
        (Theme.OTHER, None, None, None, None, ""),
        (Theme.OTHER, None, None, None, None, ""),
    ]
    assert codes[0].use_when == "u"
    assert left == (("principle", 2), ("factor", 1))


def test_what_can_t_be_carried_over_is_counted(read):
    codes, left = read("name,memo,weight,\nA,one,,x\nB,two,3\n")
    assert [code.name for code in codes] == ["A", "B"]
    assert left == (("memo", 2), ("", 1), ("weight", 1))


def test_a_line_that_comes_after_one_under_it(read):
    codes, _ = read("path,definition\nA > B,below\nA,above\n")
    assert [(code.name, code.definition) for code in codes] == [("A", "above"), ("B", "below")]


# What is refused

CSV = {
    "empty": ("", "line 1: a codebook's first line names its columns"),
    "no column of ours": ("title,text\nA,B\n", "line 1: a codebook's first line names its columns"),
    "not UTF-8": ("name\nGr\u00f6\u00dfe\n".encode("latin-1"), "it is not in UTF-8; save it as “CSV UTF-8”"),
    "UTF-16": ("name\nA\n".encode("utf-16"), "it is not in UTF-8"),
    "a NUL": ("name\nA\nB\0C\n", "line 3: it holds a character that can't be kept"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is not in UTF-8"),
    "another program's zip": (b"PK\x03\x04\0\0\0\0", "line 1: it holds a character that can't be kept"),
    "oversized": (b"name\n" + b"A" * (8 * 1024 * 1024), "it is larger than any codebook can be (8 MB)"),
    "a million columns": ("name" + "," * 1_000_000, "line 1: it has 1,000,001 columns, more than any codebook (100)"),
    "a cell of megabytes": (
        f'name,definition\nA,"{"x" * 7_000_000}"\n',
        "line 2: a cell is longer than 131,072 characters",
    ),
    "quotation marks left open": ('name,definition\nA,ok\nB,"open\nC,\n', "line 3: its quotation marks don't match"),
    "quotation marks within": ('name,definition\n"A"b,x\n', "line 2: its quotation marks don't match"),
    "twice the same column": ("name,NAME\nA,B\n", "line 1: there are two columns “name”"),
    "too many cells": ("name,definition\nA,x\nB,x,y\n", "line 3: it has more cells than the first line has names for"),
    "the same code twice": ("path\nA > B\nA\na >  b\n", "line 4: “b” is on line 2 already"),
    "a loop of parents": ("name,parent\nA,C\nB,A\nC,B\n", "line 2: “A” would stand under itself"),
    "its own parent": ("name,parent\nA,A\n", "line 2: “A” would stand under itself"),
    "a parent of two": (
        "name,parent\nA,\nA,B\nC,A\n",
        "line 4: its parent is the name of several codes: write the parent's path",
    ),
    "no name": ("name,definition\nA,x\n,y\n", "line 3: a name is missing"),
    "a hole in a path": ("path\nA > > B\n", "line 2: a name is missing"),
    "a path that begins with a sign": ("path\n> B\n", "line 2: a name is missing"),
    "a long name": (f"path\n{'x' * 201} > B\n", "line 2: a name has more than 200 characters"),
    "a bad colour": ("name,colour\nA,\nB,red\n", "line 3: a colour is written like #4a6a8a"),
    "a colour and more": ("name,colour\nA,#4a6a8a; url(x)\n", "line 2: a colour is written like #4a6a8a"),
    "a bad theme": (
        "name,theme\nA,none\n",
        "line 2: “theme” is none of: procedure, tool, challenge, next step, context, factor, other",
    ),
    "about nothing": ("name,about\nA,me\n", "line 2: “about” is none of: case, organisation"),
    "a very deep tree": (f"path\n{' > '.join(map(str, range(40)))}\n", "line 2: it stands more than 30 codes deep"),
    "a very deep chain": (
        "name,parent\n" + "".join(f"n{n},n{n + 1}\n" for n in range(4000)),
        "line 2: it stands more than 30 codes deep",
    ),
    "too many codes": ("name\n" + "".join(f"{n}\n" for n in range(5001)), "line 5002: a codebook has at most 5,000"),
    "too many codes on the way": (
        "path\n" + "".join(f"{' > '.join(f'{n}-{m}' for m in range(29))}\n" for n in range(300)),
        "a codebook has at most 5,000 codes",
    ),
}


@pytest.mark.parametrize("what", CSV)
def test_what_is_refused(read, tmp_path, what):
    content, sentence = CSV[what]
    with pytest.raises(DocumentError) as caught:
        read(content)
    said = caught.value.sentence
    assert said.startswith("codes.csv")
    assert sentence in said
    assert "\n" not in said
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]


def test_what_can_t_be_read(tmp_path):
    for name, reason in (("gone.csv", "No such file or directory"), ("", "Is a directory")):
        with pytest.raises(DocumentError, match=rf"it can't be read \({reason}\)"):
            read_codebook_csv(tmp_path / name, example())


@given(
    content=st.one_of(
        st.binary(max_size=60), st.text("name,;\"\n\r>\\=' A", max_size=40).map(lambda t: b"name\n" + t.encode())
    )
)
def test_whatever_stands_there(tmp_path_factory, content):
    """It is read, and can be kept, or it is refused; nothing else happens."""
    path = tmp_path_factory.mktemp("csv") / "codes.csv"
    path.write_bytes(content)
    try:
        codes, _ = read_codebook_csv(path, example())
    except DocumentError:
        return
    assert from_the_top(codes) == list(codes)
    assert msgspec.convert(msgspec.to_builtins(codes), tuple[Code, ...]) == codes


def test_what_is_read_can_be_taken_in(tmp_path, quick_keys):
    document = demo_document()
    write_codebook_csv(document, tmp_path / "codes.csv")
    import_document(tmp_path / "study.fieldquill", PASSPHRASE, example())
    with OpenStudy.open(tmp_path / "study.fieldquill", PASSPHRASE) as study:
        codes, left = read_codebook_csv(tmp_path / "codes.csv", study.document)
        assert left == (("principle", 20), ("factor", 6))
        study.do(take_in_codes, codes)
        index = CodingIndex(study.document)
        assert {index.path(key) for key in index.tree} == set(told(document.codes)) | {("Tools", "Monitoring")}
        study.do(take_in_codes, codes)
        assert CodingIndex(study.document).tree == index.tree
