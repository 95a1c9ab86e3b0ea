"""The store is tested as it is, down to the memory."""

from tests.guarding import memory_guarded

__all__ = ["memory_guarded"]
