"""The notebook: an editor in which every line of notes is an entry of the study."""

from ui.notebook.notebook import Notebook

__all__ = ["Notebook"]
