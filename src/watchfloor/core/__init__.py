"""Name it: the nouns of Watchfloor and its errors. No input, no output, no logic."""
