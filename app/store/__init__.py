"""The study file: one SQLCipher database, its key, its lock, its backups and its migrations."""
