"""Annotate it: a report gets its mentions, times, places, quantities, attributions, contacts and events."""
