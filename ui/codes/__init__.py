"""The page Codes: the codebook as a tree, and what was found with it."""
