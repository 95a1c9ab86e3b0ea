"""Sheets to be written on by hand, where laptops are barred: one for an interview, one for a case's answers."""
