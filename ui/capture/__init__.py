"""Capture mode: the whole window for the hour in the room, with the guide, the notes and what is still to ask."""
