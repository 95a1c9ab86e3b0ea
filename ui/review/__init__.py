"""The page Review: an insider's word on each result, what the team makes of it, and sheets to have words checked on."""
