"""Say it on the command line: no logic."""
