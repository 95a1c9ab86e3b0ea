"""The notebook: an editor in which every line of notes is an entry of the study."""
