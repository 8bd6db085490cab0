"""Store it: captures, reports and annotations are kept; every read takes a Reader."""
