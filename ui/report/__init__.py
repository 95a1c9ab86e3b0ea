"""The report page: the PDF as it will be printed, made anew when the study changes, and saved."""
