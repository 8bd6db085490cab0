"""Say it to a browser: pages, no logic."""
