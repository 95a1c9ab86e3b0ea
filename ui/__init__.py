"""The window: shows what `app` does and holds no rule of its own."""
