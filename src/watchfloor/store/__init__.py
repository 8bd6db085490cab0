"""Store it: captures, reports and annotations are kept; every read takes a Reader.

The way in is `watchfloor.store.connection.open_store`; nothing is loaded before.
"""
