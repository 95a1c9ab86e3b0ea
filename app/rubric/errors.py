"""What can be wrong with a rubric or a mapping, as sentences that name the file, the line and what was expected."""

from app.errors import FieldquillError


class RubricError(FieldquillError):
    """A rubric or mapping that cannot be used: `name` is its file, `line` counts from 1 (None: the file as such)."""

    code = "rubric.invalid"

    def __init__(self, name: str, line: int | None, problem: str) -> None:
        super().__init__(f"{name}, line {line}: {problem}" if line else f"{name}: {problem}")
        self.name = name
        self.line = line
        self.problem = problem

    def __reduce__(self) -> tuple[type["RubricError"], tuple[str, int | None, str]]:
        """Pickle by the parts, so that the error passes between processes."""
        return type(self), (self.name, self.line, self.problem)


class UnknownRubricError(FieldquillError):
    """A rubric or mapping that does not come with the product."""

    code = "rubric.unknown"
