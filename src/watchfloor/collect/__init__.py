"""Collect it: files, folders, archives and standard input become captures."""
