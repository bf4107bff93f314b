"""The store: SQLite or PostgreSQL through SQLAlchemy Core, and an in-memory reference.

`storage.opening.open_store` is the way in. What a write means is said once, in `steps` and `rules`, over the
few operations of `rows.Tables`; `memory` and `sqltables` carry those out. Nothing heavy is imported here.
"""
