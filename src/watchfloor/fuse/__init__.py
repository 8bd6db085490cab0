"""Fuse it: reports become copies, stories, claims with their origins, and one contact log."""
