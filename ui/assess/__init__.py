"""The Assess page: a case's criteria, answered by key or mouse, with the levels that follow and the evidence."""
