"""What can be wrong with a document brought in; each names the file and the place."""

from app.errors import FieldquillError


class DocumentError(FieldquillError):
    """A document is not what it should be.

    Args:
        name: the file's name, without its folder.
        place: a JSON path such as `$.cases[0].name`; empty when it is the whole file.
        problem: what is wrong and what was expected.
    """

    code = "exchange.document"

    def __init__(self, name: str, place: str, problem: str) -> None:
        super().__init__(f"{name}, {place}: {problem}" if place else f"{name}: {problem}")
        self.place = place


class ExportError(FieldquillError):
    """A document could not be written; what stood at its place still stands."""

    code = "exchange.export"
