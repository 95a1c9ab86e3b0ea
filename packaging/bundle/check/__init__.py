"""Check the packages in `dist` as a user meets them, and from inside."""
