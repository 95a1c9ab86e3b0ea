"""Moving the ends of marked words: by words, never into what people see as one character."""

from hypothesis import given
from hypothesis import strategies as st

from app.analysis.word_ends import moved, word_spans
from app.model.clusters import together

TEXTS = st.lists(
    st.sampled_from(
        ["drift", "e\u0301te\u0301", "👩‍💻", "🇩🇪🇫🇷", "«nobody»", "—", "l'alarme,", "(2.5)", " ", "\u0301", "  "]
    ),
    max_size=8,
).map(" ".join) | st.text(max_size=30)


@st.composite
def words(draw):
    """A line and a stretch of it that has something in it."""
    text = draw(TEXTS.filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    return (text, start, end) if text[start:end].strip() else (text, 0, len(text))


def test_words_stand_without_the_punctuation_around_them():
    text = "“No alarm” — said P1, twice."
    assert [text[start:end] for start, end in word_spans(text)] == ["No", "alarm", "—", "said", "P1", "twice"]


def test_ends_go_word_by_word_and_take_the_stop_at_the_end_of_the_line_last():
    text = "We look at the dashboard."
    assert moved(text, 3, 7, "end", 1) == (3, 10)
    assert moved(text, 3, 7, "start", -1) == (0, 7)
    assert moved(text, 0, 7, "start", -1) is None
    assert moved(text, 3, 14, "end", -1) == (3, 10)
    assert moved(text, 3, 7, "end", -1) is None  # a word is left
    assert moved(text, 3, 7, "start", 1) is None
    assert moved(text, 3, 10, "start", 1) == (8, 10)
    assert moved(text, 3, 24, "end", 1) == (3, 25)
    assert moved(text, 3, 25, "end", 1) is None


def test_an_end_within_a_word_goes_to_its_edge():
    assert moved("dashboards", 0, 4, "end", 1) == (0, 10)
    assert moved("the dashboards", 0, 7, "end", -1) == (0, 3)


def test_an_accent_or_a_joined_picture_is_not_cut():
    text = "e\u0301te\u0301 👩‍💻 ici"
    assert moved(text, 0, 5, "end", 1) == (0, 9)
    assert text[:9].endswith("👩‍💻")


@given(words(), st.sampled_from(["start", "end"]), st.sampled_from([1, -1]))
def test_an_end_that_moves_stays_in_the_line_and_leaves_something(drawn, which, step):
    text, start, end = drawn
    found = moved(text, start, end, which, step)
    if found is None:
        return
    first, last = found
    assert 0 <= first < last <= len(text)
    assert text[first:last].strip()
    still, went = ((start, first), (end, last)) if which == "end" else ((end, last), (start, first))
    assert still[0] == still[1]
    assert (went[1] - went[0]) * step > 0


@given(words(), st.sampled_from(["start", "end"]), st.sampled_from([1, -1]))
def test_an_end_lands_where_the_text_may_be_cut(drawn, which, step):
    text, start, end = drawn
    found = moved(text, start, end, which, step)
    if found is not None:
        at = found[which == "end"]
        assert (
            at in {0, len(text)} or text[at:].isspace() or text[:at].isspace() or not together(text[at - 1], text[at])
        )


@given(words(), st.sampled_from([1, -1]))
def test_the_end_reaches_every_word_and_comes_back(drawn, step):
    text, start, end = drawn
    edges = {at for _, at in word_spans(text)} | {len(text.rstrip())}
    reached, place = set(), (start, end)
    while (found := moved(text, *place, "end", step)) is not None:
        reached.add(found[1])
        assert end not in edges or moved(text, *found, "end", -step)[1] == place[1]
        place, end = found, found[1]
    wanted = {at for at in edges if (at > drawn[2]) if step > 0} | {
        at for at in edges if step < 0 and at < drawn[2] and text[start:at].strip()
    }
    assert reached == wanted
