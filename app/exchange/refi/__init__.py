"""REFI-QDA: projects (`.qdpx`) and codebooks (`.qdc`) that other programs for qualitative analysis read and write.

Source: the exchange standard of the Rotterdam Exchange Format Initiative, version 1.0, https://www.qdasoftware.org.
"""
