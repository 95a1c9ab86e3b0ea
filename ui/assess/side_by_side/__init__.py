"""Criteria by cases: the matrix that assessors fill in."""
