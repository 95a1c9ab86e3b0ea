"""The printed report: sections set in type on pages, written as PDF."""
