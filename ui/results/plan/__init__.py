"""Next steps: targets, what would reach them, what if some were reached, and the roadmap kept from it."""
