"""The leak check tells what would be given away, where, and whether somebody let it pass."""

import pytest
from msgspec.structs import replace

from app.disclosure import check as checking
from app.disclosure.check import LeakKind, check, open_leaks
from app.disclosure.disclose import disclose
from app.disclosure.printed import Printed
from app.disclosure.profiles import STANDARD_PROFILES, find_profile
from app.exchange.demo import demo_document
from app.model.disclosure import Allowance, NameKind, Pseudonym, ReportSetup
from app.model.setting import Identity
from app.report.build import make_report
from app.report.snapshot import take
from tests.documents import example

ZEPPELIN = Pseudonym(key="zep", kind=NameKind.OTHER, name="Zeppelin", instead="the ship")


def study(**fields):
    return replace(example(), identities=(), pseudonyms=(ZEPPELIN,), allowances=(), **fields)


def checked(*texts, document=None, key="client"):
    document = document or study()
    printed = [Printed(text, page, "1 Summary") for page, text in enumerate(texts, 1)]
    return check(printed, document, find_profile(document, key))


def told(leaks):
    return [(leak.text, leak.kind, leak.name, leak.pseudonym, leak.page) for leak in leaks]


def test_leaks_of_every_kind_are_told_with_where_they_stand():
    leaks = checked(
        "nothing",
        "So the ZEPPELIN flew, and the Zepelin",
        "x@y.example or 089/123456",
        "Hauptstr. 7, srv-mes01",
    )
    assert told(leaks) == [
        ("ZEPPELIN", LeakKind.NAME, "Zeppelin", "zep", 2),
        ("Zepelin", LeakKind.NEAR, "Zeppelin", "zep", 2),
        ("x@y.example", LeakKind.EMAIL, "", "", 3),
        ("089/123456", LeakKind.TELEPHONE, "", "", 3),
        ("Hauptstr. 7", LeakKind.ADDRESS, "", "", 4),
        ("srv-mes01", LeakKind.HOST, "", "", 4),
    ]
    assert (leaks[0].before, leaks[0].after, leaks[0].place) == ("So the ", " flew, and the Zepelin", "1 Summary")
    assert open_leaks(leaks) == leaks


@pytest.mark.parametrize(
    "text",
    [
        "Notes of JÃ¼rgen KÃ¶hler",
        "Notes of K\u00c3\u00b6hler",
        "Notes of K?hler",
        "Notes of K\ufffdhler.docx",
        "Notes of relhöK",
        "Notes of relhok negruj",
        "Notes of relheoK",
    ],
)
def test_a_name_is_found_garbled_or_written_backwards(text):
    keeper = Pseudonym(key="p", kind=NameKind.PERSON, name="Jürgen Köhler", instead="an engineer")
    (leak,) = checked(text, document=replace(study(), pseudonyms=(keeper,)))
    assert (leak.kind, leak.pseudonym, leak.before) == (LeakKind.NAME, "p", "Notes of ")


@pytest.mark.parametrize("text", ["JÃ¼rgen KÃ¶hler", "K?hler", "K\ufffdhler's", "relhöK"])
def test_a_name_that_is_garbled_is_replaced_like_any_other(text):
    keeper = Pseudonym(key="p", kind=NameKind.PERSON, name="Jürgen Köhler", instead="an engineer")
    document = replace(study(), pseudonyms=(keeper,))
    document = replace(document, study=replace(document.study, purpose=f"Ask {text} Ã¼ber it"))
    shown = disclose(document, find_profile(document, "client")).study.purpose
    assert shown in ("Ask an engineer Ã¼ber it", "Ask an engineer's Ã¼ber it")
    assert checked(shown, document=document) == ()


def test_a_word_of_every_day_is_no_name_written_backwards():
    reward = Pseudonym(key="p", kind=NameKind.OTHER, name="Drawer", instead="the ship")
    assert checked("A reward, a drawer", document=replace(study(), pseudonyms=(reward,))) == ()
    assert [leak.text for leak in checked("A Drawer", document=replace(study(), pseudonyms=(reward,)))] == ["Drawer"]


def test_a_name_tells_more_than_the_mail_address_it_stands_in():
    assert [leak.kind for leak in checked("zeppelin@y.example")] == [LeakKind.NAME]


def test_a_leak_is_told_once_a_page_and_in_the_order_of_pages():
    document = study()
    printed = [Printed("a Zeppelin, Zeppelin", page, "x") for page in (3, 1, 3, 0)]
    leaks = check(printed, document, find_profile(document, "client"))
    assert [leak.page for leak in leaks] == [0, 1, 3]


def test_what_somebody_let_pass_is_not_open():
    allowances = (
        Allowance(profile="client", text="the  zeppelin", reason="other text"),
        Allowance(profile="client", text="zeppelin", reason="A kind of ship."),
        Allowance(profile="anonymised", text="Zeppelins", reason="elsewhere"),
    )
    document = replace(study(), allowances=allowances)
    leaks = checked("Zeppelin", "Zeppelins", document=document)
    assert [leak.allowed for leak in leaks] == ["A kind of ship.", ""]
    assert open_leaks(leaks) == leaks[1:]


def test_what_stands_in_the_rubric_leads_nowhere_but_a_name_in_it_does():
    rubric = study().rubrics[0]
    text = rubric.text.replace("A log.", "See https://x.example/zeppelin, a Zepelin of 089/123456.")
    document = replace(study(), rubrics=(replace(rubric, text=text),))
    leaks = checked("https://x.example/y", "Zepelin", "089/123456", "Zeppelin", document=document)
    assert [leak.text for leak in leaks] == ["https://x.example/y", "Zeppelin"]


def test_under_the_internal_profile_it_still_tells_who_people_are():
    document = replace(study(), identities=(Identity(participant="p1", name="Ada Byron", contact="ada@x.example"),))
    leaks = checked("Byron flew a Zeppelin", "ada@x.example", document=document, key="internal")
    assert told(leaks) == [
        ("Byron", LeakKind.NAME, "Ada Byron", "", 1),
        ("ada@x.example", LeakKind.NAME, "Ada Byron", "", 2),
    ]


def test_a_string_that_was_read_is_not_read_again(monkeypatch):
    checked("Zeppelin one", "two")
    monkeypatch.setattr(checking, "traces", None)
    assert len(checked("Zeppelin one", "two", "two")) == 1
    with pytest.raises(TypeError):
        checked("three")


@pytest.mark.parametrize("key", [profile.key for profile in STANDARD_PROFILES])
def test_the_demonstration_gives_nothing_away_under_any_profile(key):
    document = demo_document()
    report = make_report(take(document, ReportSetup(profile=key), version="1.0"))
    assert check(report.printed, document, find_profile(document, key)) == ()
