"""The whole product without a window."""
