"""Compile the modules of a package; run by the Python that is shipped, so it needs nothing but its library.

Words: the folder `lib`. Modules lose their source and keep bytecode alone, all but Alembic's, which it reads itself.
Of other people's docstrings, a fifth of all bytecode, a point stays: some libraries look for their own.

Source: PEP 552 for the head of a file of bytecode; this kind is never compared to a source.
"""

from __future__ import annotations

import ast
import importlib.util
import marshal
import sys
from pathlib import Path
from typing import Final

READ_AS_SOURCE: Final = "app/store/migrations/"
SITE: Final = "site/"
_UNCHECKED: Final = (1).to_bytes(4, "little")
_HAVE_DOCSTRINGS: Final = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def compile_folder(lib: Path) -> None:
    """Compile all modules below a folder, in the order of their names."""
    for path in sorted(lib.rglob("*.py")):
        name = path.relative_to(lib).as_posix()
        if name.startswith(READ_AS_SOURCE):
            cached = path.parent / "__pycache__" / f"{path.stem}.{sys.implementation.cache_tag}.pyc"
            cached.parent.mkdir(exist_ok=True)
            cached.write_bytes(bytecode(path.read_bytes(), name))
        else:
            path.with_suffix(".pyc").write_bytes(bytecode(path.read_bytes(), name))
            path.unlink()


def bytecode(source: bytes, name: str) -> bytes:
    """Give a module's file of bytecode, which knows the module by a name within the package only."""
    tree = ast.parse(source)
    if name.startswith(SITE):
        shorten_docstrings(tree)
    code = compile(tree, name.removeprefix(SITE), "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + _UNCHECKED + importlib.util.source_hash(source) + marshal.dumps(code)


def shorten_docstrings(tree: ast.Module) -> None:
    """Leave a point of each docstring of a module, wherever it is in it."""
    for node in ast.walk(tree):
        if isinstance(node, _HAVE_DOCSTRINGS) and ast.get_docstring(node, clean=False) is not None:
            place = node.body[0]
            node.body[0] = ast.copy_location(ast.Expr(ast.copy_location(ast.Constant("."), place)), place)


if __name__ == "__main__":
    compile_folder(Path(sys.argv[1]))
