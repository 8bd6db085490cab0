"""Archives of any size in pieces: beside each other on this machine or on a Dask cluster, with the same results."""
