"""Rules that every page of a report keeps, whatever the profile, the paper and the rubric."""

import functools
import io
import re

import pypdfium2
import pytest

from app.disclosure.quoting import WITHHELD
from app.exchange.demo import demo_document
from app.model.disclosure import Paper, ReportSetup
from app.report.build import make_report
from app.report.grid import Stack
from app.report.hyphens import SOFT
from app.report.material import gather
from app.report.sections import principle as principles
from app.report.sections.literature import cited
from app.report.sections.summary import Density, _map_grid
from app.report.snapshot import take
from app.report.style import GREY, HEIGHT, PALE, WHITE, WIDTH
from app.report.text import Text
from app.report.wording import lowered
from app.rubric import library
from app.rubric.structure import Source
from tests.app.report.test_rubrics import assessed

PROFILES = ("internal", "client", "anonymised")
VARIANTS = (
    *(("mlops-maturity", profile, paper) for profile in PROFILES for paper in Paper),
    *((key, "internal", Paper.A4) for key in library.shipped()),
)
COUNTED = "case|principle|criterion|passage|interview|source|time|round|code|answer|finding|challenge|factor|page|level"
MANY = "cases|principles|criteria|passages|interviews|sources|times|rounds|codes|answers|findings|challenges|factors"
HYPHENS = (SOFT, "-")
MARKS = re.compile(r"[^\W\d_]{2}[/+_#&=]")  # lines may end after these
LEAST_LINES = 5


@functools.cache
def study_of(key):
    return demo_document() if key == "mlops-maturity" else assessed(key)


def as_drawn(line):
    """Give the words of a line, with the hyphen that divides the last."""
    said = (f"{' ' if word.space else ''}{''.join(piece.text for piece in word.pieces)}" for word in line.words)
    return "".join(said).split()


class Made:
    """A report of a variant: every string that is printed, the lines of every text, and the pages read back."""

    def __init__(self, key, profile, paper):
        self.document = study_of(key)
        drawn, self.lines = Text.drawOn, []

        def note(text, *where, **more):
            self.lines.append((text.said, [as_drawn(each) for each in text.lines]))
            drawn(text, *where, **more)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Text, "drawOn", note)
            report = make_report(take(self.document, ReportSetup(profile=profile, paper=paper), version="1"))
        self.printed = [each.text for each in report.printed]
        with pypdfium2.PdfDocument(io.BytesIO(report.content)) as pdf:
            self.pages = [page.get_textpage().get_text_range() for page in pdf]


@pytest.fixture(scope="module", params=dict.fromkeys(VARIANTS), ids=lambda each: "-".join(map(str, each)))
def made(request):
    return Made(*request.param)


def test_no_page_is_nearly_empty(made):
    edges = 4  # marking and running title at head and foot
    assert [number for number, text in enumerate(made.pages, 1) if len(text.splitlines()) < edges + LEAST_LINES] == []


def test_no_value_or_key_is_printed_for_words(made):
    keys = {each.key for each in (*made.document.cases, *made.document.sources, *made.document.participants)}
    keys |= {each.key for each in (*made.document.codes, *made.document.factors)}
    keys = {key for key in keys if "-" in key or "_" in key}
    for text in made.printed:
        assert not re.search(r"\b(?:nan|inf|null)\b|(?:^|[:(,] )None(?:$|[,);])| object at |\{\w+\}", text), text
        assert not keys.intersection(text.split()), text


def test_things_are_counted_with_the_word_that_fits(made):
    for text in made.printed:
        assert not re.search(rf"(?<![\d.,])(?<!of )\b1 (?:{MANY})\b", text), text
        assert not re.search(rf"(?<!line )\b(?:[02-9]|[1-9]\d+) (?:{COUNTED})\b(?!s)", text), text


def test_no_sign_stands_where_words_are_missing(made):
    for text in made.printed:
        assert not re.search(r"\(\)|, ,|; ;|: ;|(?<!\.)\.\.(?!\.)|\s,|“”|^[,;:] ", text), text
        assert not [words for words in WITHHELD if f"“{words}”" in text]


def test_no_word_is_broken_without_a_hyphen_and_no_line_is_half_a_word(made):
    for said, lines in made.lines:
        whole, divided = set(said.split()), False
        for line in lines:
            for part in line:
                assert divided or part in whole or part[-1] in HYPHENS or MARKS.search(said), (part, lines)
                divided = part.endswith(SOFT)
        assert len(lines) == 1 or not lines[-2][-1].endswith(SOFT) or len(lines[-1]) > 1 or len(lines[0]) == 1, lines


def test_no_source_of_a_rubric_is_named_by_its_id(made):
    assert not [text for text in made.printed if re.fullmatch(r"[a-z]+-\d{4}", text)]


@pytest.mark.parametrize("key", library.shipped())
def test_the_levels_of_a_map_are_set_in_one_size(key):
    assessment = gather(take(study_of(key), version="1")).assessment
    for how in (Density.FULL, Density.BRIEF):
        grid = _map_grid(assessment, 0, last=True, how=how)
        names = {each.name for each in assessment.rubric.levels}
        marked = [item for row in grid.rows for cell in row.cells for item in cell.items if hasattr(item, "mark")]
        assert {item.item.said for item in marked} <= names
        assert len({item.item.style.size for item in marked}) == 1


@pytest.mark.parametrize("key", library.shipped())
def test_a_case_and_its_level_are_not_left_behind_by_its_answers(key):
    material = gather(take(study_of(key), version="1"))
    assessment = material.assessment
    for case in assessment.cases:
        for judged in case.principles:
            room, block, grid = principles._case(material, assessment.rubric, case, judged)
            least = Stack([block], WIDTH).height
            least += 0 if judged.finding and judged.finding.evidence else grid.opening(WIDTH)
            assert room.height > min(least, HEIGHT / 2 - 1)


@pytest.mark.parametrize("key", library.shipped())
def test_names_in_capitals_stay_so_in_captions(key):
    material = gather(take(study_of(key), version="1"))
    rubric = material.assessment.rubric
    for each in rubric.principles:
        for word in each.name.split():
            assert word in lowered(each.name).split() or not any(map(str.isupper, word[1:]))


def test_a_name_is_lowered_but_for_its_capitals():
    assert lowered("ML infrastructure") == "ML infrastructure"
    assert lowered("CI/CD automation") == "CI/CD automation"
    assert lowered("Training & deployment") == "training & deployment"
    assert not lowered("")


@pytest.mark.parametrize(
    ("title", "year", "told"),
    [
        ("Weber, Schniertshauer, Przybilla: Streamlining the Operation", 2024, "Weber et al. 2024"),
        ("Sato, Wider: Continuous Delivery", 2019, "Sato and Wider 2019"),
        ("Google Cloud: MLOps: Continuous delivery", 2020, "Google Cloud 2020"),
        ("Google Cloud: MLOps", None, "Google Cloud"),
        ("A title and nothing else", 2020, "Some id 2020"),
        (f"{'A long title ' * 20}: and more", 2020, "Some id 2020"),
    ],
)
def test_publications_are_cited_in_short(title, year, told):
    assert cited(Source(id="some-id-2020", title=title, year=year)) == told


def test_small_grey_words_can_be_read_on_a_watermark():
    grey, pale, white = (each.luminance + 0.05 for each in (GREY, PALE, WHITE))
    assert pale / grey > 5.8
    assert 1.1 < white / pale < 1.17
