"""Resolve it: names become people, bodies and places, within a report and across reports."""
