"""Privacy in the room: when nobody sits there any more, what the system tells of it, and who else sees the window."""
