"""Collect it: files, folders, archives, standard input and what is fetched from the web become captures."""
