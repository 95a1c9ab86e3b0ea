"""Printing from a page of the window: asking for a printer, and pages painted on it beside the window."""
