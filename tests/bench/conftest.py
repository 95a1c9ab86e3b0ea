"""What is measured is the product as it is."""

from tests.guarding import memory_guarded

__all__ = ["memory_guarded"]
