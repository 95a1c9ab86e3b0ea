"""The rubric studio: look through rubrics, check one, edit a copy, and move a round to a newer version."""
