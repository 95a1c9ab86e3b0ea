"""Mail addresses, telephones, streets, hosts and paths are found; dates, ratios and numbers of lines are not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.disclosure.patterns import Trace, traces


def found(text):
    return [(text[each.start : each.end], each.trace) for each in traces(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mail jane.doe@corp.de now", "jane.doe@corp.de"),
        ("mailto:x@y-z.example.org.", "mailto:x@y-z.example.org"),
        ("jane [at] corp (dot) de", "jane [at] corp (dot) de"),
    ],
)
def test_mail_addresses(text, words):
    assert found(text) == [(words, Trace.EMAIL)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("call +49 (0)89 1234-567", "+49 (0)89 1234-567"),
        ("0049 89 1234567", "0049 89 1234567"),
        ("089/123456.", "089/123456"),
        ("0171 123 45 67", "0171 123 45 67"),
        ("01711234567", "01711234567"),
        ("(089) 123 456", "(089) 123 456"),
        ("212-555-0123", "212-555-0123"),
        ("+44 20 7946 0958", "+44 20 7946 0958"),
        ("Tel. 4711", "4711"),
        ("extension 12-34", "12-34"),
        ("Durchwahl: 815", "815"),
    ],
)
def test_telephones(text, words):
    assert found(text) == [(words, Trace.TELEPHONE)]


def test_a_hash_in_groups_is_no_telephone():
    groups = "01342609 cb542ef8 d3dfc1f3 9ce0c89a d10da2d1 0a1b2c3d 00118937 01711234"
    assert found(f"Last hash {groups}") == []
    assert found(groups.replace("d10da2d1 ", "d10da2d1\n")) == []
    assert found(f"{groups}, call 01711234567") == [("01711234567", Trace.TELEPHONE)]


@pytest.mark.parametrize(
    "text",
    [
        "Lindenstraße 12a",
        "Am Alten Markt 5",
        "Hauptstr. 7",
        "80331 München",
        "60311 Frankfurt am Main",
        "D-80331 München",
        "12 Baker Street",
        "1600 Amphitheatre Ave.",
        "Dearborn, MI 48126",
        "SW1A 1AA",
        "P.O. Box 1234",
        "Postfach 12 34",
    ],
)
def test_postal_addresses(text):
    assert found(f"it is in {text}, there") == [(text, Trace.ADDRESS)]


@pytest.mark.parametrize(
    "text",
    [
        "https://intra.corp/x?y=1",
        "ssh://build",
        "www.example.museum",
        "gitlab.plant.corp:8443/x",
        "config.io",
        "plant.works.at",
        "10.0.0.12",
        "192.168.1.4:8080",
        "10.0.0.0/8",
        "fe80::1",
        "2001:db8:0:0:8:800:200c:417a",
        "fe80::1%eth0",
        "\\\\fs01\\share\\plans",
        "C:\\Users\\jdoe\\x.doc",
        "/home/jdoe/y",
        "/Users/jdoe",
        "~jdoe/notes",
        "srv-mes01",
        "GPU042",
    ],
)
def test_hosts_and_paths(text):
    assert found(f"look at {text} there") == [(text, Trace.HOST)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021-09-06, 12.10.2022 and 06/09/2021",
        "09-10-2022 to 01.02.2023 12",
        "2019-2021 or 2019/20",
        "3:4 or 10:15, 12:30:45 and 00::",
        "I7 lines 12, 40",
        "0.95 0.87 0.93",
        "1 234 567 parts, 40,000 a day",
        "version 1.0 and 1.2.3, 1.2.3.4.5, 999.1.1.1",
        "v10.0.0.1",
        "e.g. this, a.m. to p.m.",
        "README.md and model.pt",
        "done at once.it works",
        "20 Models In Use; 40000 Images",
        "ISO 27001 and 12 Way",
        "ML-P1, Level 2, 45 min",
        "and/or/maybe: ab:cd",
        "50 %",
    ],
)
def test_what_is_none_of_them(text):
    assert found(text) == []


def test_what_stands_in_another_is_not_told_twice():
    assert found("see https://jane@corp.example/x and srv01.corp.example") == [
        ("https://jane@corp.example/x", Trace.HOST),
        ("srv01.corp.example", Trace.HOST),
    ]


@given(st.text(st.sampled_from("ab@.:/\\0123456789-+() \nAStr~"), max_size=40))
def test_traces_lie_in_order_apart_from_one_another(text):
    ends = 0
    for each in traces(text):
        assert ends <= each.start < each.end <= len(text)
        ends = each.end


@pytest.mark.parametrize("word", ["1 Ab ", "9 Oct ", "12345 A", "+49 ", "a.", "a@", "Lane ", "1 A Lane"])
def test_a_long_list_of_what_begins_a_trace_is_read_in_no_great_time(word):
    text = word * (20_000 // len(word))
    began = time.process_time()
    traces(text)
    assert time.process_time() - began < 0.5
