"""How answers become levels: pure rules, values in and values out."""
