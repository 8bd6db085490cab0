"""Numbered steps of the database's shape; each file is one step and is never changed once released."""
