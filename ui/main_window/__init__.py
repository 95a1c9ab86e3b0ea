"""The one window: start page, workspace of an open study, and the lock before it."""
