"""Tasks as a file for spreadsheet programs, headed in the visitor's language."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from pmo.documents import tables
from pmo.documents.tables import Cell, Table
from pmo.domain.own_fields import number_of
from pmo.domain.vocabulary import OwnFieldKind
from pmo.http import current, downloads, labels, sprint_texts
from pmo.queries.own_fields import OwnFieldView
from pmo.queries.task_tables import TaskRow, TaskTable

Column = tuple[Any, Callable[[TaskRow], Cell]]

COLUMNS: tuple[Column, ...] = (
    (_l("Number"), lambda it: it.key),
    (_l("Title"), lambda it: it.title),
    (_l("Description"), lambda it: it.description),
    (_l("Kind"), lambda it: labels.label_of(it.kind)),
    (_l("Board"), lambda it: it.board),
    (_l("Column"), lambda it: it.column),
    (_l("State"), lambda it: labels.label_of(it.meaning)),
    (_l("Stage"), lambda it: it.stage),
    (_l("Number in the plan"), lambda it: it.plan_number),
    (_l("Period"), lambda it: it.period),
    (_l("From"), lambda it: it.starts_on),
    (_l("To"), lambda it: it.ends_on),
    (_l("Due date"), lambda it: it.due_on),
    (_l("Weight"), lambda it: it.weight),
    (_l("Sprint"), lambda it: "" if it.sprint is None else sprint_texts.name(it.sprint)),
    (_l("Assignees"), lambda it: ", ".join(it.people)),
    (_l("Labels"), lambda it: ", ".join(it.labels)),
    (_l("Expected result"), lambda it: it.expected_result),
    (_l("Responsible in the plan"), lambda it: it.responsible),
    (_l("Blocked because of"), lambda it: it.blocked_reason),
    (_l("Checklist, done"), lambda it: it.checklist_done),
    (_l("Checklist, all"), lambda it: it.checklist_total),
    (_l("Comments"), lambda it: it.comments),
    (_l("Files"), lambda it: it.files),
    (_l("Evidence"), lambda it: it.evidence),
    (_l("Created by"), lambda it: it.created_by),
)


def file(found: TaskTable, asked: Mapping[str, Any]) -> Response:
    """Return tasks as a file. asked: `format`, `delimiter`, `bom` of `TaskFileSchema`."""
    table = _table(found)
    name = f"{found.code}-{found.name}-{current.today().isoformat()}"
    if asked["format"] == "xlsx":
        return downloads.made(tables.to_xlsx(table), name=f"{name}.xlsx", media_type=tables.XLSX)
    delimiter = {"semicolon": ";", "comma": ","}[asked["delimiter"]]
    body = tables.to_csv(table, delimiter=delimiter, with_mark=asked["bom"])
    return downloads.made(body, name=f"{name}.csv", media_type=tables.CSV)


def _table(found: TaskTable) -> Table:
    own = [_own(field) for field in found.own_fields]
    columns = (*COLUMNS, *own)
    return Table(
        title=_("Tasks"),
        headings=[str(heading) for heading, _cell in columns],
        rows=([cell(row) for _heading, cell in columns] for row in found.rows),
    )


def _own(field: OwnFieldView) -> Column:
    def cell(row: TaskRow) -> Cell:
        text = row.own.get(field.key, "")
        return number_of(text) if text and field.kind is OwnFieldKind.NUMBER else text

    return field.name, cell
