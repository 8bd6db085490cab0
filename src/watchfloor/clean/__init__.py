"""Clean it: a capture becomes a report, or is set aside with a reason."""
