#!/usr/bin/env python3
"""Keep what a release held after loading its demo portfolio, for the tests of migrations.

    .venv/bin/python tools/dump_release.py COMMIT NAME

runs the program of COMMIT on a new SQLite file in a temporary folder and writes its rows to
tests/migrations/release_NAME.json.gz, where tests/migrations/test_from_releases.py finds it. Do it
once for each release, before the next migration is written.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import cysqlite

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "migrations"
PROGRAM = "from pmo.cli import main; main()"
UNKEPT = ("schema_migration", "search_", "sqlite_")
"""Beginnings of names of tables that are made anew: versions of the schema, the search index."""

SECRETS = {"password_hash"}
"""Columns whose values stay empty."""


def main() -> None:
    """Make the dump and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit")
    parser.add_argument("name", help="as in release_NAME.json.gz, for example 0_2")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pmo-release-") as folder:
        database = _demo(given.commit, Path(folder))
        held = dump(database)
    target = KEPT / f"release_{given.name}.json.gz"
    text = json.dumps(held, ensure_ascii=False, separators=(",", ":"))
    target.write_bytes(gzip.compress(text.encode(), mtime=0))
    rows = sum(len(table["rows"]) for table in held["tables"].values())
    print(f"{target.name}: {rows} rows of {len(held['tables'])} tables, schema {held['schema']}")


def _demo(commit: str, folder: Path) -> Path:
    """Run the program as it was; return the file of its database."""
    code = folder / "code"
    code.mkdir()
    archive = subprocess.run(
        ["git", "archive", commit],  # noqa: S607 - the project's own history
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    subprocess.run(["tar", "-x", "-C", str(code)], input=archive.stdout, check=True)  # noqa: S607
    env = {name: value for name, value in os.environ.items() if not name.startswith("PMO_")}
    env |= {"PYTHONPATH": str(code), "PMO_DATA_DIR": str(folder / "data")}
    for command in (["db", "upgrade"], ["demo", "load"]):
        called = [sys.executable, "-c", PROGRAM, *command]
        subprocess.run(called, cwd=code, env=env, check=True, stdout=subprocess.DEVNULL)
    return folder / "data" / "pmo.sqlite3"


def dump(path: Path) -> dict[str, Any]:
    """Return the last migration and every table that has rows, parents before children."""
    connection = cysqlite.connect(str(path))
    [(schema,)] = connection.execute("SELECT MAX(name) FROM schema_migration")
    tables = {}
    for name in _in_order(connection):
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        names = [column[1] for column in columns]
        keys = [column[1] for column in sorted(columns, key=lambda it: it[5]) if column[5]]
        select = f"SELECT {', '.join(names)} FROM {name} ORDER BY {', '.join(keys)}"  # noqa: S608
        rows = [
            ["" if of in SECRETS else value for of, value in zip(names, row, strict=True)]
            for row in connection.execute(select)
        ]
        if rows:
            tables[name] = {"columns": names, "rows": rows}
    connection.close()
    return {"schema": schema, "tables": tables}


def _in_order(connection: Any) -> list[str]:
    named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    names = [name for (name,) in named if not name.startswith(UNKEPT)]
    parents = {
        name: {row[2] for row in connection.execute(f"PRAGMA foreign_key_list({name})")} - {name}
        for name in names
    }
    return list(TopologicalSorter(parents).static_order())


if __name__ == "__main__":
    main()
