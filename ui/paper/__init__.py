"""Sheets to be written on by hand, printed from the window."""

from ui.paper.printing import print_interview_sheet, print_read_back_sheet, print_rubric_sheet, read_back_sheaf

__all__ = ["print_interview_sheet", "print_read_back_sheet", "print_rubric_sheet", "read_back_sheaf"]
