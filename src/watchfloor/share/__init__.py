"""Share it: what may be released leaves with its markings and citations."""
