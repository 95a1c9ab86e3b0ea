"""What packages in `dist` are put through: installed, used and removed, as somebody would."""
