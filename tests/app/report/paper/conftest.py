"""Sheets read back."""

import io

import pypdfium2
import pytest

from app.report.paper.interview import build_interview_sheets
from app.report.paper.rubric import build_rubric_sheets


class Sheet:
    """A printed sheet: its bytes, and the text of its pages with line ends as spaces."""

    def __init__(self, content):
        self.content = content
        self.pdf = pypdfium2.PdfDocument(io.BytesIO(content))
        self.pages = [self._text(page) for page in self.pdf]
        self.flat = " ".join(self.pages)

    @staticmethod
    def _text(page):
        text = page.get_textpage().get_text_bounded().replace("\ufffe", "-")
        return " ".join(text.split())

    @property
    def size(self):
        return tuple(round(length, 1) for length in self.pdf[0].get_size())

    @property
    def bookmarks(self):
        return [each.get_title() for each in self.pdf.get_toc()]

    def rects(self):
        """Every run of text: page, left, bottom, right, top."""
        for number, page in enumerate(self.pdf):
            textpage = page.get_textpage()
            for index in range(textpage.count_rects()):
                yield (number, *textpage.get_rect(index))

    def paths(self, number):
        """What is drawn on a page: left, bottom, right, top of each stroke."""
        return [each.get_bounds() for each in self.pdf[number].get_objects(filter=[2])]


@pytest.fixture(scope="session")
def read_sheet():
    return Sheet


@pytest.fixture(scope="session")
def interview_sheet():
    def made(document, number=7, **how):
        return Sheet(build_interview_sheets(document, numbers=[number], version="9.8.7", **how))

    return made


@pytest.fixture(scope="session")
def rubric_sheet():
    def made(document, number=7, **how):
        return Sheet(build_rubric_sheets(document, numbers=[number], version="9.8.7", **how))

    return made
