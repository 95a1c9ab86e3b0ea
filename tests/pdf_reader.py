"""Fill in a PDF form as a person does in a reader: with PDFium, the reader in Chromium, by clicks and typed text."""

import ctypes
import io

import pypdfium2
import pypdfium2.raw as pdfium

_COPY = 0


class Reader:
    """A form that is open in a reader."""

    def __init__(self, content):
        self._pdf = pypdfium2.PdfDocument(content)
        self._pdf.init_forms()
        self._form = self._pdf.formenv.raw
        self._pages = [self._pdf[number] for number in range(len(self._pdf))]

    @property
    def fields(self):
        """Every field by its name: the page and rectangle of each of its boxes, and what is read out of the first."""
        found = {}
        for page in self._pages:
            for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
                annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
                name = _text(pdfium.FPDFAnnot_GetFormFieldName, self._form, annotation)
                said = _text(pdfium.FPDFAnnot_GetFormFieldAlternateName, self._form, annotation)
                box = pdfium.FS_RECTF()
                pdfium.FPDFAnnot_GetRect(annotation, box)
                found.setdefault(name, []).append((page, (box.left, box.bottom, box.right, box.top), said))
                pdfium.FPDFPage_CloseAnnot(annotation)
        return found

    def click(self, name, which=0):
        """Click into a field, or on one of its boxes."""
        page, (left, bottom, right, top), _ = self.fields[name][which]
        across, up = (left + right) / 2, (bottom + top) / 2
        pdfium.FORM_OnMouseMove(self._form, page.raw, 0, across, up)
        pdfium.FORM_OnLButtonDown(self._form, page.raw, 0, across, up)
        pdfium.FORM_OnLButtonUp(self._form, page.raw, 0, across, up)
        return page

    def write(self, name, text):
        """Type a text into a field."""
        page = self.click(name)
        pdfium.FORM_SelectAllText(self._form, page.raw)
        wide = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        pdfium.FORM_ReplaceSelection(self._form, page.raw, ctypes.cast(wide, ctypes.POINTER(ctypes.c_ushort)))
        pdfium.FORM_ForceToKillFocus(self._form)

    def saved(self):
        """Save the file and give its bytes."""
        file = io.BytesIO()
        self._pdf.save(file)
        return file.getvalue()

    def close(self):
        """Close the file."""
        for page in self._pages:
            page.close()
        self._pdf.close()


def _text(function, *arguments):
    size = function(*arguments, None, 0)
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le")
