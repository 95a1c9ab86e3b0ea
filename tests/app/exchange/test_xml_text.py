"""What XML can hold of a text."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.exchange.xml_text import held, unbroken


@given(st.text(st.characters(codec=None)))
def test_what_is_held_is_what_lxml_takes_and_nothing_else_is_lost(text):
    element = etree.Element("words")
    element.text = held(text)
    for character in text:
        try:
            element.text = character
        except ValueError:
            assert character not in held(text)
        else:
            assert character in held(text)


@given(st.text(st.sampled_from("a\r\n")))
def test_lines_are_ended_as_xml_reads_them(text):
    read = etree.fromstring(f"<words>{text}</words>".encode())
    assert (read.text or "") == unbroken(text)
