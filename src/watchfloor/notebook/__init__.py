"""The face for notebooks: what a reader can know as tables that polars, pandas and DuckDB read."""
