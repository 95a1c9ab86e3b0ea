"""The results page: levels of all cases as a heat map and radars, why each level is what it is, and challenges."""
