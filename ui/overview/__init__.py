"""The Overview: what the study is about, what the site allows, and how far it has come."""
