"""Where assessors' answers differ, and what the team agrees on."""
