"""The store: SQLite or PostgreSQL through SQLAlchemy Core, and an in-memory reference."""
