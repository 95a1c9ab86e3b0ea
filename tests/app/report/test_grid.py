"""Rows and columns: nothing gets lost where they are split, and heads go along."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.report.grid import KEPT, LEAST, TALL, WHOLE, Cell, Grid, Row, Stack, beside, table
from app.report.lines import line_said
from app.report.style import HEIGHT, TEXT_BODY, WIDTH
from app.report.text import paragraph


def row(lines, **more):
    return Row([Cell([paragraph("\n".join(["word"] * lines))]), Cell([paragraph("side")])], **more)


def pages(grid, height):
    """Split a grid over pages of a height, as a frame does."""
    done = []
    while grid.wrap(WIDTH, height)[1] > height:
        parts = grid.split(WIDTH, height)
        assert len(parts) == 2, "a page has room for something"
        done.append(parts[0])
        assert parts[0].wrap(WIDTH, height)[1] <= height + 1
        grid = parts[1]
    return [*done, grid]


def words(grid):
    items = [item for each in grid.rows for item in each.cells[0].items]
    return sum(line_said(line) == "word" for item in items for line in item.lines)


ROOM = int(KEPT + TALL) + 40  # what any page must have: the head, what is kept together, and a row that is not split


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 120), st.booleans()), min_size=1, max_size=12), st.integers(ROOM, 700))
@example([(115, True), (17, False)], ROOM)
@example([(5, True)] * 11 + [(17, False)], ROOM)
def test_no_word_is_lost_over_pages(rows, height):
    grid = Grid([200, 200], [row(lines, keep=keep) for lines, keep in rows], head=[row(1)], gap=9)
    total = sum(lines for lines, _ in rows)
    found = pages(grid, height)
    assert sum(words(each) for each in found) == total
    assert all(each.head for each in found)


def test_a_row_goes_over_whole_where_it_can():
    first, second = pages(Grid([200, 200], [row(10), row(10), row(10)], gap=9), 330)
    assert [len(each.rows) for each in (first, second)] == [2, 1]


def test_no_row_goes_over_alone():
    one, two = pages(Grid([200, 200], [row(1) for _ in range(6)], gap=9), 130)
    assert [len(one.rows), len(two.rows)] == [4, 2]


def test_a_small_table_opens_with_all_of_it():
    small, large = (Grid([200, 200], [row(1) for _ in range(count)], head=[row(1)], gap=9) for count in (4, 30))
    assert small.opening(WIDTH) == small.height < WHOLE
    assert large.opening(WIDTH) < WHOLE < large.height


def test_of_low_rows_no_single_one_is_left_at_the_foot():
    low, high, led = ([row(lines) for _ in range(30)] for lines in (1, 8, 1))
    led[0].keep = True
    for rows, count in ((low, 2), (high, 1), (led, 2)):
        grid = Grid([200, 200], rows, head=[row(1)], gap=9)
        assert grid.opening(WIDTH) == sum(each.height for each in (*grid.head, *grid.rows[:count]))


def test_of_any_row_that_is_split_no_less_than_a_few_lines_go_over():
    rows = [row(30, flows=True), *(row(1) for _ in range(9))]
    whole = Grid([200, 200], rows, gap=9)
    whole.wrap(WIDTH, 900)
    for less in range(4, 60, 4):
        first, second = Grid([200, 200], rows, gap=9).split(WIDTH, rows[0].height - less)
        second.wrap(WIDTH, 900)
        assert second.rows[0].height >= LEAST, less
        assert words(first) + words(second) == words(whole)


def test_columns_of_numbers_stand_against_their_right_edge():
    rows = [Row([Cell([paragraph("Tools")]), Cell([paragraph("12")])]), Row([Cell([paragraph("all")], span=2)])]
    made = table([200, 200], ("Code", "Passages"), rows, figures=(1,))
    ranged = [[item.ranged for cell in each.cells for item in cell.items] for each in (*made.head, *made.rows)]
    assert ranged == [[False, True], [False, True], [False]]
    long = paragraph("\n".join("12345678"))
    long.ranged = True
    assert [part.ranged for part in long.split(60, 60)] == [True, True]


def test_a_row_kept_to_the_next_goes_with_it():
    one, two = pages(Grid([200, 200], [row(5), row(1, keep=True), row(5), row(1)], gap=9), 150)
    assert len(one.rows) == 1
    assert two.rows[0].keep


def test_a_text_beside_a_label_flows_and_the_label_says_it_goes_on():
    block = beside([paragraph("Label")], [paragraph("\n".join(["word"] * 80))], again=lambda: [paragraph("continued")])
    block.wrap(WIDTH, HEIGHT)
    first, second = block.split(WIDTH, 400)
    assert [item.frags[0].text for item in second.rows[0].cells[0].items] == ["continued"]
    assert first.wrap(WIDTH, 400)[1] <= 400


def test_no_two_lines_of_a_text_go_over_alone():
    block = beside([paragraph("Label")], [paragraph("\n".join(["word"] * 40))])
    height = block.wrap(WIDTH, HEIGHT)[1]
    first, second = block.split(WIDTH, height - 20)
    assert second.wrap(WIDTH, HEIGHT)[1] > 3 * TEXT_BODY.leading
    assert words(first) == 0  # of the label's column
    assert sum(len(item.lines) for each in (first, second) for item in each.rows[0].cells[1].items) == 40


def test_little_room_is_left_alone():
    block = beside([paragraph("Label")], [paragraph("\n".join(["word"] * 80))])
    assert block.split(WIDTH, LEAST - 1) == []


def test_what_fits_is_not_split():
    grid = Grid([200, 200], [row(1)])
    assert grid.split(WIDTH, 500) == [grid]


def test_a_heading_does_not_stay_behind():
    head = paragraph("Head")
    head.keepWithNext = True
    body = paragraph("\n".join(["word"] * 3))
    upper, rest = Stack([paragraph("before"), head, body], 200).split(32)
    assert len(upper) == 1
    assert rest[0] is head


def test_opening_measures_what_must_stand_together():
    grid = Grid([200, 200], [row(1, keep=True), row(2), row(9)], head=[row(1)], gap=9)
    heights = [each.height for each in (*grid.head, *grid.rows)] if grid.wrap(WIDTH, 9)[1] else []
    assert grid.opening(WIDTH) == sum(heights[:3])
