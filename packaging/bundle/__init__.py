"""What goes into an installed Fieldquill and how it is put together, whatever the system it is for."""
