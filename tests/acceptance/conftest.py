"""The product is tried as a whole, with all that it does for safety."""

from tests.guarding import memory_guarded

__all__ = ["memory_guarded"]
