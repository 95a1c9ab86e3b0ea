"""The schema's history, one Alembic migration a change; see CONTRIBUTING.md for how to add one."""
