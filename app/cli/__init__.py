"""The command line: everything a user can do, without a window."""

from app.cli.main import main

__all__ = ["main"]
