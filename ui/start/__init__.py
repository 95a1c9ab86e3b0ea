"""Before a study is open: recent studies, a new one, the passphrase."""
