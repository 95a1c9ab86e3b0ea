"""The page Factors: what facilitates and what inhibits maturity, judged for each case, and drawn from that."""
