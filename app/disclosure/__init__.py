"""What of a study may be shown to whom; pure functions of the document."""
