"""Order it: the only place that knows the sequence."""
