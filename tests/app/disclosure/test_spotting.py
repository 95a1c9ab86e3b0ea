"""A name is found however it is written, and nothing else is taken for it."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure import remembering
from app.disclosure.folding import Gap, fold, letters, spellings
from app.disclosure.names import MARK, Hidden
from app.disclosure.replacing import replaced
from app.disclosure.spotting import How, Spotter, spotter

AUTOCORP = Hidden("AutoCorp", "the carmaker")
SMITH = Hidden(
    "John Michael Smith", "ML engineer", contacts=("jo.smith@autocorp.de", "zx-9000", "+49 89 1234-5678"), person=True
)
MUELLER = Hidden("Jörg Müller", "IT manager", person=True)
NAMES = (
    AUTOCORP,
    SMITH,
    MUELLER,
    Hidden("BMW", "another carmaker"),
    Hidden("Canary Works", "the mine"),
    Hidden("Young, Ada", "Architect", person=True),
    Hidden("Anna von der Leyen-Schmitt", "Head", person=True),
    Hidden("Forecast", "Case 1"),
)


def found(text, names=NAMES):
    return [(text[spot.start : spot.end], spot.hidden.name, spot.how) for spot in spotter(names).find(text)]


@pytest.mark.parametrize(
    ("text", "words", "how"),
    [
        ("At AutoCorp, yes", "AutoCorp", How.EXACT),
        ("AutoCorp's plan", "AutoCorp's", How.INFLECTED),
        ("AutoCorps Plan", "AutoCorps", How.INFLECTED),
        ("the autocorpschen Werke", "autocorpschen", How.INFLECTED),
        ("AUTOCORP", "AUTOCORP", How.FOLDED),
        ("auto-corp", "auto-corp", How.FOLDED),
        ("auto corp", "auto corp", How.FOLDED),
        ("auto_corp.docx", "auto_corp", How.FOLDED),
        ("A\u00fbtoC\u00f6rp", "A\u00fbtoC\u00f6rp", How.FOLDED),
        ("Auto\u00adCorp", "Auto\u00adCorp", How.FOLDED),
        ("Au\u200btoCorp\u0301", "Au\u200btoCorp\u0301", How.FOLDED),
        ("\u0410ut\u043e\u0421\u043er\u0440", "\u0410ut\u043e\u0421\u043er\u0440", How.FOLDED),
        (
            "\uff21\uff55\uff54\uff4f\uff23\uff4f\uff52\uff50",
            "\uff21\uff55\uff54\uff4f\uff23\uff4f\uff52\uff50",
            How.FOLDED,
        ),
        ("Auto\u00a0Corp", "Auto\u00a0Corp", How.FOLDED),
        ("AutoCorp-Werk", "AutoCorp", How.EXACT),
        ("Autocorpwerk", "Autocorp", How.COMPOUND),
        ("exautocorpians", "autocorp", How.COMPOUND),
        ("MyAutoCorpPlan_v2.docx", "AutoCorp", How.EXACT),
        ("Au-\ntocorp", "Au-\ntocorp", How.SPLIT),
        ("Autoc\norp", "Autoc\norp", How.SPLIT),
        ("A u t o C o r p", "A u t o C o r p", How.SPACED),
        ("A.u.t.o.C.o.r.p", "A.u.t.o.C.o.r.p", How.SPACED),
        ("B M W", "B M W", How.SPACED),
        ("the BMWs here", "BMWs", How.INFLECTED),
        ("\u0130AutoCorp", "AutoCorp", How.EXACT),
    ],
)
def test_an_organisation_is_found_however_it_is_written(text, words, how):
    assert [(each[0], each[2]) for each in found(text)] == [(words, how)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("J. Smith said", "J. Smith"),
        ("J.M. Smith said", "J.M. Smith"),
        ("by Mr. John M. Smith.", "Mr. John M. Smith"),
        ("Smith, John", "Smith, John"),
        ("jsmith", "jsmith"),
        ("smith.j", "smith.j"),
        ("john.smith@corp.example", "john.smith"),
        ("write to Jo.Smith@AutoCorp.de", "Jo.Smith@AutoCorp.de"),
        ("his login zx9000", "zx9000"),
        ("call 089 / 12 34 56 78", "089 / 12 34 56 78"),
        ("call (+49) 89 12345678.", "(+49) 89 12345678"),
        ("Herr M\u00fcller", "Herr M\u00fcller"),
        ("Muellers Idee", "Muellers"),
        ("M\u00dcLLER-Lab", "M\u00dcLLER"),
        ("Joerg knows", "Joerg"),
        ("https://x.example/~jmueller/a", "jmueller"),
        ("told Young about it", "Young"),
        ("Ada Young", "Ada Young"),
        ("Frau von der Leyen-Schmitt", "Frau von der Leyen-Schmitt"),
        ("Schmitt's list", "Schmitt's"),
        ("a vonderleyenschmitt", "vonderleyenschmitt"),
    ],
)
def test_a_person_is_found_by_surname_first_name_initials_and_how_they_are_reached(text, words):
    assert [each[0] for each in found(text)] == [words]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing here",
        "we bought an auto. Corp rules changed",
        "auto (corp)",
        "the canary sang",
        "a smith hammered the young metal",
        "IBMWare",
        "BMWish",
        "forecasts and a forecast",
        "an au to corp",
        "he auto; corp",
        "line 12, 3456",
        "A u t o",
        "XA u t o C o r pX",
        "jo\nhn and b\nmw",
        "auto" + " " * 60 + "corp",
        "a provincejoerger",
    ],
)
def test_what_is_no_name_is_not_found(text):
    assert found(text) == []


def test_words_of_every_day_that_hold_a_name_are_left_alone():
    vince = Hidden("Vince Montes", "Manager", person=True)
    assert found("the province of Montesano in advance", (vince,)) == [("Montes", "Vince Montes", How.COMPOUND)]
    assert found("months in Vincelles or the province", (vince,)) == []
    assert found("a canary workshop", NAMES) == [("canary works", "Canary Works", How.COMPOUND)]
    assert found("told Young about it and Smith joined", NAMES)[0][0] == "Young"


def test_a_name_that_is_a_word_of_every_day_counts_with_a_capital_only():
    assert [each[0] for each in found("Forecast's team makes a forecast")] == ["Forecast's"]


@pytest.mark.parametrize("text", ["我们和王伟说话", "王伟", "คุณสมชายบอก"])
def test_names_are_found_in_scripts_without_blanks(text):
    names = (Hidden("王伟", "x", person=True), Hidden("สมชาย", "y", person=True), Hidden("王", "z", person=True))
    assert len(found(text, names)) == 1
    assert found("女王", names) == []


def test_names_that_overlap_are_one_find_with_the_longest_name():
    works = Hidden("Works Council", "the council")
    spots = spotter((NAMES[4], works)).find("the Canary Works Council met")
    assert [(spot.start, spot.end, spot.hidden) for spot in spots] == [(4, 24, works)]


def test_a_surname_that_two_people_bear_names_neither():
    ann, bob = Hidden("Ann Dorfler", "Architect", person=True), Hidden("Bob Dorfler", "Manager", person=True)
    instead = {text: spotter((ann, bob)).find(text)[0].instead for text in ("Dorfler", "Ann Dorfler", "Bob Dorfler")}
    assert instead == {"Dorfler": MARK, "Ann Dorfler": "Architect", "Bob Dorfler": "Manager"}


def test_a_number_is_no_surname():
    agent = (Hidden("Agent 4711", "Inspector", person=True),)
    assert found("4711 parts a shift", agent) == []
    assert [words for words, _, _ in found("so says Agent 4711", agent)] == ["Agent 4711"]


def test_names_of_two_people_beside_each_other_stay_two():
    assert [each[1] for each in found("John, Joerg")] == ["John Michael Smith", "Jörg Müller"]
    assert [each[0] for each in found("John (Smith)")] == ["John", "Smith"]
    assert [each[0] for each in found("John M., Smith")] == ["John M., Smith"]


def test_without_names_nothing_is_found():
    assert spotter(()).find("A u t o C o r p") == ()


def test_what_was_found_is_kept_for_so_many_texts(monkeypatch):
    monkeypatch.setattr(remembering, "_MOST_KEPT", 1)
    finder = Spotter((AUTOCORP,))
    for _ in range(2):
        assert [len(finder.find(text)) for text in ("AutoCorp is", "nobody else")] == [1, 0]


def test_a_name_may_be_spelt_without_its_umlauts_or_with():
    assert spellings("Jörg") == ("Jörg", "Joerg")
    assert spellings("GOETHE") == ("GOETHE", "GoTHE")
    assert set(spellings("Müller-Löhe")) == {"Müller-Löhe", "Mueller-Löhe", "Müller-Loehe", "Mueller-Loehe"}
    assert spellings("ÄÖÜäö") == ("ÄÖÜäö", "AeOeUeaeoe")
    assert letters("Straße, Łódź, Œuvre, ﬁne") == "strasselodzoeuvrefine"


def test_what_lies_between_words_is_told_by_how_far_it_parts_them():
    texts = {"aB": Gap.CAMEL, "a1": Gap.CAMEL, "ab": Gap.NONE, "ABc": Gap.CAMEL, "a-b": Gap.HYPHEN, "a-\nb": Gap.BREAK}
    texts |= {"a b": Gap.APART, "a. b": Gap.STOP, "a (b": Gap.BRACKET, "a;b": Gap.FAR, "1a": Gap.CAMEL, "AB": Gap.NONE}
    assert {text: fold(text).gaps[1] for text in texts} == texts
    assert fold("\u200ba").gaps == [Gap.FAR]


@given(st.text(max_size=60))
def test_letters_are_folded_where_they_stand(text):
    folded = fold(text)
    assert len(folded.letters) == len(folded.starts) == len(folded.ends) == len(folded.gaps)
    assert folded.letters == letters(text)
    assert all(start < end <= len(text) for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(folded.starts)
    assert fold(folded.letters).letters == folded.letters


@given(
    st.lists(st.sampled_from(["AutoCorp", "J. Smith", "müller", "BMW", " ", "-", "x", "the", "\n", ". "]), max_size=9)
)
def test_finds_lie_in_order_apart_from_one_another_and_within_the_text(pieces):
    text = "".join(pieces)
    spots = spotter(NAMES).find(text)
    assert all(0 <= spot.start < spot.root <= spot.end <= len(text) for spot in spots)
    assert all(before.end <= spot.start for before, spot in pairwise(spots))


@given(st.text(st.characters(exclude_categories=["L", "N", "M", "Cs", "Cf"]), max_size=5), st.sampled_from(NAMES))
def test_a_name_among_signs_is_found(signs, hidden):
    assert any(each[1] == hidden.name for each in found(f"{signs} {hidden.name} {signs}"))


@given(
    st.lists(
        st.sampled_from(
            [*"AuJSmt.-_ \n\u00ad", "Auto", "Corp", "corp", "John", "Smith", "Can", "ary", "works", "BMW", "1234", "89"]
        )
    )
)
def test_no_text_with_a_name_is_passed_over_unread(pieces):
    text = "".join(pieces)
    assert spotter(NAMES).find(text) == spotter(NAMES)._found(text)


@pytest.mark.slow
@pytest.mark.parametrize("word", ["autocorp", "x", "smith", "/", "a ", "A u t o C o r p ", "1 ", "@"])
def test_a_word_of_absurd_length_is_read_in_no_great_time(word):
    text = word * (200_000 // len(word))
    began = time.process_time()
    replaced(text, Spotter(NAMES))
    assert time.process_time() - began < 30


def test_somebody_called_by_their_part_is_found_as_a_whole_only():
    found = Spotter((Hidden("Assessor Two", "Assessor 2", person=True),)).find
    assert [spot.start for spot in found("then Assessor Two and ASSESSOR TWO asked")] == [5, 22]
    assert not found("Two assessors asked. Two of three answered; assessors two by two.")


@pytest.mark.parametrize(
    "text",
    [
        "Zschom-\nöns-\nsen",
        "Zsch\nomö\nnssen",
        "Z/s/c/h/o/m/ö/n/s/s/e/n",
        "Z*s*c*h*o*m*ö*n*s*s*e*n",
        "Z·s·c·h·o·m·ö·n·s·s·e·n",
        "ᴢꜱᴄʜᴏᴍᴏɴꜱꜱᴇɴ",
        "".join(chr(0x1F150 + ord(each) - ord("a")) for each in "zschomonssen"),
        "".join(chr(0x1F170 + ord(each) - ord("a")) for each in "zschomonssen"),
        "".join(chr(0x1F1E6 + ord(each) - ord("a")) for each in "zschomonssen"),
        "Annalena",
        "call 1234567",
        "call 1234 567",
        "call ١٢٣٤٥٦٧",
    ],
)
def test_tricks_of_the_type_case_and_of_lines_hide_no_name(text):
    hidden = Hidden("Anna-Lena Zschomönssen", "a welder", contacts=("+49 89 1234567",), person=True)
    assert Spotter((hidden,)).find(f"then {text} now")


@pytest.mark.parametrize("text", ["Zs\nc\nh\no\nm\nönssen", "call 123456"])
def test_what_is_torn_to_pieces_is_none(text):
    hidden = Hidden("Anna-Lena Zschomönssen", "a welder", contacts=("+49 89 1234567",), person=True)
    assert not Spotter((hidden,)).find(f"then {text} now")


def test_a_surname_that_stands_in_every_report_is_found_with_the_first_name_only():
    found = Spotter((Hidden("Will Case", "an engineer", person=True),)).find
    assert [spot.start for spot in found("ask Will Case or W. Case, not Case, Will")] == [4, 17, 30]
    assert not found("Case 1 of 3 Cases")
