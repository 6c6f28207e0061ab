"""A PostgreSQL database that many tests use one after another, each finding it as new."""

import psycopg

TABLES = """
    SELECT tablename FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'schema_migration'"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"


class PostgresqlStage:
    """Empties a migrated database, and brings back what was kept of it.

    DELETE, not TRUNCATE: truncating makes new files for every table and index, which takes
    longer than most tests. Replication's role looks past the journal's guard and the order of
    foreign keys. The statements are made of the names of our own tables.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        with psycopg.connect(url) as connection:
            tables = connection.execute(TABLES).fetchall()
            sequences = [name for name, _ in connection.execute(SEQUENCES)]
        self._tables = [name for (name,) in tables]
        self._empty = "; ".join(
            [
                "SET session_replication_role = replica",
                *(f'DELETE FROM public."{name}"' for name in self._tables),  # noqa: S608
                *(f"SELECT setval('public.\"{name}\"', 1, false)" for name in sequences),
            ]
        )
        self._restore = self._empty

    def empty(self) -> None:
        """Leave no row."""
        self._run(self._empty)

    def keep(self) -> None:
        """Remember what is in it now: that is what `restore` brings back."""
        restore = [self._empty]
        with psycopg.connect(self.url) as connection:
            connection.execute("CREATE SCHEMA stage")
            for name in self._tables:
                made = connection.execute(
                    f'CREATE TABLE stage."{name}" AS TABLE public."{name}"'.encode()
                )
                if made.rowcount:
                    restore.append(f'INSERT INTO public."{name}" SELECT * FROM stage."{name}"')  # noqa: S608
            restore.extend(
                f"SELECT setval('public.\"{name}\"', {last}, true)"
                for name, last in connection.execute(SEQUENCES)
                if last is not None
            )
        self._restore = "; ".join(restore)

    def restore(self) -> None:
        """Leave what was kept, and nothing else."""
        self._run(self._restore)

    def _run(self, script: str) -> None:
        with psycopg.connect(self.url) as connection:
            connection.execute(script.encode())
