"""What follows from a study: scores with their evidence, citations, counts; pure functions of the document."""
