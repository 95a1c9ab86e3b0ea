"""What a study is: frozen values for everybody to read, and the tables that keep them."""
