"""The report's sections, one module each: from the material to what is set on the pages."""
