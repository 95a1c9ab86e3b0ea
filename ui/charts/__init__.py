"""Charts on screen, drawn with pyqtgraph; importing this package alone does not import it."""
