"""Reads: each returns frozen dataclasses in a fixed number of SQL statements."""
