"""Checks of a database that should never find anything, and of the machine it is on."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from pmo.blobs import Store
from pmo.db import SQLITE_FLOOR, database, is_postgresql
from pmo.errors import _
from pmo.models import Attachment, Event
from pmo.queries import background, readiness, search_health

COUNTERS = {
    "checklist_total": "SELECT COUNT(*) FROM checklist_items p WHERE p.task_id = t.id",
    "checklist_done": "SELECT COUNT(*) FROM checklist_items p WHERE p.task_id = t.id AND p.is_done",
    "comment_count": (
        "SELECT COUNT(*) FROM comments p WHERE p.task_id = t.id AND p.removed_at IS NULL"
    ),
    "attachment_count": "SELECT COUNT(*) FROM attachments p WHERE p.task_id = t.id",
    "evidence_count": "SELECT COUNT(*) FROM evidence p WHERE p.task_id = t.id",
}
"""Column of a task → what it must be; t is the task."""

CLOCKS_APART = timedelta(minutes=1)
"""How far the last event may lie ahead: clocks of two machines are never quite the same."""

COUNTS = (
    (
        _("sums of columns"),
        _("{count} columns whose sums are not those of their tasks"),
        """SELECT COUNT(*) FROM (
             SELECT c.id FROM board_columns c
             LEFT JOIN tasks t ON t.column_id = c.id AND t.archived_at IS NULL
             GROUP BY c.id, c.task_count, c.task_weight
             HAVING c.task_count <> COUNT(t.id) OR c.task_weight <> COALESCE(SUM(t.weight), 0)
           ) AS wrong""",
    ),
    (
        _("order of tasks"),
        _("{count} places in columns that several tasks hold, or none can"),
        """SELECT COUNT(*) FROM (
             SELECT column_id, rank FROM tasks GROUP BY column_id, rank
             HAVING COUNT(*) > 1 OR rank <= 0
           ) AS wrong""",
    ),
    (
        _("tasks and their projects"),
        _("{count} tasks in a column or a stage of another project"),
        """SELECT COUNT(*) FROM tasks t
           JOIN board_columns c ON c.id = t.column_id JOIN boards b ON b.id = c.board_id
           LEFT JOIN stages s ON s.id = t.stage_id
           WHERE b.project_id <> t.project_id OR s.project_id <> t.project_id""",
    ),
    (
        _("counters of tasks"),
        _("{count} tasks whose counters are not those of what hangs on them"),
        "SELECT COUNT(*) FROM tasks t WHERE "  # noqa: S608 - of the constants above
        + " OR ".join(f"t.{name} <> ({counted})" for name, counted in COUNTERS.items()),
    ),
    (
        _("evidence and its files"),
        _("{count} pieces of evidence with a file of another task, or with none at all"),
        """SELECT COUNT(*) FROM evidence e LEFT JOIN attachments a ON a.id = e.attachment_id
           WHERE (a.id IS NULL AND e.url = '') OR a.task_id <> e.task_id""",
    ),
    (
        _("dependencies and their projects"),
        _("{count} tasks that wait for one of another project"),
        """SELECT COUNT(*) FROM task_dependencies d JOIN tasks t ON t.id = d.task_id
           JOIN tasks b ON b.id = d.blocker_id WHERE b.project_id <> t.project_id""",
    ),
    (
        _("labels and their projects"),
        _("{count} tasks with a label of another project"),
        """SELECT COUNT(*) FROM task_labels l JOIN labels n ON n.id = l.label_id
           JOIN tasks t ON t.id = l.task_id WHERE n.project_id <> t.project_id""",
    ),
    (
        _("numbers of tasks"),
        _("{count} projects whose next number is used already"),
        """SELECT COUNT(*) FROM projects p WHERE p.next_task_number <=
           (SELECT COALESCE(MAX(t.number), 0) FROM tasks t WHERE t.project_id = p.id)""",
    ),
    (
        _("passports"),
        _("{count} projects without a passport"),
        """SELECT COUNT(*) FROM projects p
           WHERE NOT EXISTS (SELECT 1 FROM passports s WHERE s.project_id = p.id)""",
    ),
    (
        _("numbers of files"),
        _("{count} tasks whose number of files is not the one they have"),
        """SELECT COUNT(*) FROM tasks t WHERE t.attachment_count <>
           (SELECT COUNT(*) FROM attachments a WHERE a.task_id = t.id)""",
    ),
    (
        _("events and their projects"),
        _("{count} events of a task under another project"),
        """SELECT COUNT(*) FROM events e JOIN tasks t ON t.id = e.task_id
           WHERE e.project_id IS NULL OR e.project_id <> t.project_id""",
    ),
)
"""Name, fault, statement that counts what must not be."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: `fault` is '' when all is well, else a template with its facts."""

    check: str
    fault: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def is_well(self) -> bool:
        """Tell whether nothing was found."""
        return not self.fault


def findings(
    *,
    now: datetime,
    data_dir: Path,
    attachments_dir: Path | None = None,
    expected: background.Expected | None = None,
) -> Iterator[Finding]:
    """Check everything, the quick things first; the schema must be this version's."""
    yield _version()
    yield from _postgresql() if is_postgresql() else _sqlite()
    for check, fault, statement in COUNTS:
        count = int(_value(statement))
        yield Finding(check, fault, {"count": count}) if count else Finding(check)
    fault, facts = search_health.fault()
    yield Finding(_("search index"), fault, facts)
    yield _journal_guard()
    yield _clock(now)
    if expected is not None:
        yield Finding(_("background work"), *background.silence(now, expected))
        yield Finding(_("jobs"), *background.failing(expected))
    yield _data_dir(data_dir)
    if attachments_dir is not None:
        yield _files(Store(attachments_dir))
    yield _writing()


def clock_is_behind(now: datetime) -> bool:
    """Tell whether the journal has an event that has not come yet."""
    latest = Event.select(Event.at).order_by(Event.at.desc()).limit(1).scalar()
    return latest is not None and latest > now + CLOCKS_APART


def _version() -> Finding:
    if is_postgresql():
        return Finding(f"PostgreSQL {_value('SHOW server_version')}")
    check = f"SQLite {_value('SELECT sqlite_version()')}"
    if database.server_version >= SQLITE_FLOOR:
        return Finding(check)
    needed = ".".join(map(str, SQLITE_FLOOR))
    return Finding(check, _("older than {needed}: it can corrupt the file"), {"needed": needed})


def _sqlite() -> Iterator[Finding]:
    on = _value("PRAGMA foreign_keys")
    yield Finding(_("foreign keys"), "" if on else _("they are switched off"))
    said = [row[0] for row in database.execute_sql("PRAGMA integrity_check")]
    well = said == ["ok"]
    facts = {} if well else {"said": "; ".join(map(str, said[:5]))}
    yield Finding(_("integrity of the file"), "" if well else _("SQLite says: {said}"), facts)
    orphans = len(list(database.execute_sql("PRAGMA foreign_key_check")))
    yield _orphans(orphans)


def _postgresql() -> Iterator[Finding]:
    off = [name for name in ("fsync", "synchronous_commit") if _value(f"SHOW {name}") == "off"]
    fault = _("{names} is off: what was saved can be lost") if off else ""
    yield Finding(_("durability"), fault, {"names": ", ".join(off)})
    statement = "SELECT COUNT(*) FROM pg_constraint WHERE contype = 'f' AND NOT convalidated"
    yield _orphans(int(_value(statement)))


def _orphans(count: int) -> Finding:
    check = _("rows that belong to something")
    return (
        Finding(check, _("{count} rows whose owner is gone"), {"count": count})
        if count
        else (Finding(check))
    )


def _journal_guard() -> Finding:
    sqlite = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'events'"
    postgresql = """SELECT COUNT(*) + 1 FROM pg_trigger
        WHERE tgrelid = 'events'::regclass AND NOT tgisinternal AND tgenabled <> 'D'"""
    guards = int(_value(postgresql if is_postgresql() else sqlite))
    guarded = guards >= 3  # noqa: PLR2004 - see migration 0001
    return Finding(_("guard of the journal"), "" if guarded else _("its triggers are gone"))


def _clock(now: datetime) -> Finding:
    behind = clock_is_behind(now)
    return Finding(_("clock"), _("it is behind the last event of the journal") if behind else "")


def _data_dir(path: Path) -> Finding:
    writable = path.is_dir() and os.access(path, os.W_OK)
    facts = {"path": str(path)}
    return Finding(_("data directory"), "" if writable else _("{path} cannot be written"), facts)


def _files(store: Store) -> Finding:
    """Look for every file that a row refers to, by its size."""
    kept = Attachment.select(Attachment.sha256, Attachment.size).distinct().tuples()
    lost = [sha256 for sha256, size in kept.iterator() if not store.has(sha256, size)]
    fault = _("{count} files are not in the store: {names}") if lost else ""
    return Finding(_("files"), fault, {"count": len(lost), "names": ", ".join(lost[:5])})


def _writing() -> Finding:
    fault = readiness.fault()
    return Finding(_("writing"), "{fault}" if fault else "", {"fault": fault})


def _value(statement: str) -> Any:
    return database.execute_sql(statement).fetchone()[0]
