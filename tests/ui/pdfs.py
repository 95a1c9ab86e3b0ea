"""Reading PDFs beside a window: PDFium is not made for two threads, and the report page paints with it in another."""

import pypdfium2

from ui.report.renderer import PDFIUM


def texts(file, password=None):
    """The text of each page, of a path or of bytes."""
    with PDFIUM, pypdfium2.PdfDocument(file, password=password) as pdf:
        return [_text(pdf, number) for number in range(len(pdf))]


def _text(pdf, number):
    page = pdf[number]
    words = page.get_textpage()
    text = words.get_text_bounded()
    words.close()
    page.close()
    return text
