"""The registry of projects: rows as tuples, three statements however many there are.

SQL is written out here: building it anew for each request took longer than running it.
Values go in as parameters alone; names come from the constants below.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from pmo.db import database, is_postgresql
from pmo.domain import folding, permissions
from pmo.domain.permissions import Actor, Capability
from pmo.domain.registry import NO_FILTERS, PAGE_SIZE, RegistryFilters
from pmo.domain.rollup import TaskSums
from pmo.domain.vocabulary import Gate, MemberRole
from pmo.queries import sums


@dataclass(frozen=True, slots=True)
class RegistryItem:
    """A project as a line of the registry; holds nothing personal, so its HTML can be shared.

    stage: name of the stage whose period holds today, '' if none.
    """

    id: int
    code: str
    name: str
    short_name: str
    gate: Gate
    lead_id: int | None
    lead: str
    strategic_project_id: int | None
    strategic_project: str
    stage: str
    tasks: TaskSums


@dataclass(frozen=True, slots=True)
class RegistryPage:
    """A page of the registry. total: how many fit the filters, over all pages."""

    items: tuple[RegistryItem, ...]
    total: int
    page: int
    page_size: int

    @property
    def page_count(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.page_size))


@dataclass(frozen=True, slots=True)
class RegistryChoices:
    """What the registry can be filtered by: (id, name) of what the actor may see."""

    leads: tuple[tuple[int, str], ...]
    strategic_projects: tuple[tuple[int, str], ...]
    stages: tuple[str, ...]


STAGE_NOW: Final = """
FROM stages s WHERE s.project_id = p.id AND s.starts_on <= {p}
AND (s.ends_on IS NULL OR s.ends_on >= {p})"""

COLUMNS: Final = """
p.id, p.code, p.name, p.short_name, p.gate, p.lead_id, l.name, p.strategic_project_id, sp.name,
(SELECT s.name {stage} ORDER BY s.position LIMIT 1) AS stage, m.role"""

TABLES: Final = """
FROM projects p
LEFT JOIN memberships m ON m.project_id = p.id AND m.user_id = {p}
LEFT JOIN users l ON l.id = p.lead_id
LEFT JOIN strategic_projects sp ON sp.id = p.strategic_project_id"""

GATE_ORDER: Final = (
    "CASE p.gate "
    + " ".join(f"WHEN '{gate.value}' THEN {place}" for place, gate in enumerate(Gate))
    + " END"
)
ORDER_BY: Final = {
    "code": "p.code{binary}",
    "name": "p.search{binary}",
    "gate": GATE_ORDER,
    "lead": "COALESCE(l.name, ''){binary}",
    "progress": "COALESCE(t.done_weight * 1.0 / NULLIF(t.total_weight, 0), -1)",
    "overdue": "COALESCE(t.overdue, 0)",
}
BY_SUMS: Final = frozenset({"progress", "overdue"})


def registry(
    actor: Actor,
    filters: RegistryFilters = NO_FILTERS,
    *,
    today: date,
    sort: str = "code",
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> RegistryPage:
    """Return a page of the projects that the actor may see and the filters let through.

    sort: one of `domain.registry.ORDERS`. page: from 1; one behind the last is empty.
    Two statements; a third counts when there may be more pages.
    """
    conditions, values = _conditions(actor, filters, today)
    name = sort.removeprefix("-")
    joined, joined_values = _joined_sums(today) if name in BY_SUMS else ("", ())
    sql = f"SELECT {COLUMNS}{TABLES}{joined}{conditions} ORDER BY {_order(sort)}"
    day = today.isoformat()
    bounds = (page_size, (page - 1) * page_size)
    values_in_order = (day, day, actor.user_id, *joined_values, *values, *bounds)
    rows = _rows(f"{sql} LIMIT {{p}} OFFSET {{p}}", values_in_order)
    is_last = len(rows) < page_size and (rows or page == 1)
    total = (page - 1) * page_size + len(rows)
    if not is_last:
        total = _count(conditions, (actor.user_id, *values))
    items = tuple(item for item, _ in _items(rows, today))
    return RegistryPage(items, total, page, page_size)


def everything(actor: Actor, *, today: date) -> Iterator[tuple[RegistryItem, MemberRole | None]]:
    """Return all projects that the actor may see, by code, with the actor's part in each.

    Two statements.
    """
    conditions, values = _conditions(actor, NO_FILTERS, today)
    sql = f"SELECT {COLUMNS}{TABLES}{conditions} ORDER BY {_order('code')}"
    day = today.isoformat()
    return _items(_rows(sql, (day, day, actor.user_id, *values)), today)


def choices(actor: Actor, *, today: date) -> RegistryChoices:
    """Return what the filters of the registry can be set to; one statement."""
    conditions, _ = _conditions(actor, NO_FILTERS, today)
    parts = (
        f"SELECT 'lead', l.id, l.name {TABLES}{conditions} AND l.id IS NOT NULL",
        f"SELECT 'strategic', sp.id, sp.name {TABLES}{conditions} AND sp.id IS NOT NULL",
        f"SELECT 'stage', 0, s.name {TABLES} JOIN stages s ON s.project_id = p.id "
        f"{conditions} AND s.starts_on <= {{p}} AND (s.ends_on IS NULL OR s.ends_on >= {{p}})",
    )
    day = today.isoformat()
    who = actor.user_id
    found: dict[str, list[tuple[int, str]]] = {"lead": [], "strategic": [], "stage": []}
    sql = " UNION ".join(parts) + " ORDER BY 1, 3"
    for kind, row_id, name in _rows(sql, (who, who, who, day, day)):
        found[kind].append((row_id, name))
    return RegistryChoices(
        leads=tuple(found["lead"]),
        strategic_projects=tuple(found["strategic"]),
        stages=tuple(name for _, name in found["stage"]),
    )


def _conditions(actor: Actor, filters: RegistryFilters, today: date) -> tuple[str, tuple[Any, ...]]:
    """Return the WHERE, with what the actor may see in front, and its values."""
    parts: list[tuple[str, tuple[Any, ...]]] = []
    if filters.mine or not permissions.office_may(actor, Capability.PROJECT_READ):
        parts.append(("m.role IS NOT NULL", ()))
    parts += [("p.search LIKE {p}", (f"%{word}%",)) for word in folding.words(filters.search)]
    if filters.gate is not None:
        parts.append(("p.gate = {p}", (filters.gate.value,)))
    if filters.lead_id is not None:
        parts.append(("p.lead_id = {p}", (filters.lead_id,)))
    if filters.strategic_project_id is not None:
        parts.append(("p.strategic_project_id = {p}", (filters.strategic_project_id,)))
    if filters.stage:
        day = today.isoformat()
        now = f"(SELECT s.name {STAGE_NOW} ORDER BY s.position LIMIT 1) = {{p}}"
        parts.append((now, (day, day, filters.stage)))
    sql = "".join(f" AND {condition}" for condition, _ in parts)
    return f" WHERE 1 = 1{sql}", tuple(value for _, values in parts for value in values)


def _joined_sums(today: date) -> tuple[str, tuple[Any, ...]]:
    sql = f" LEFT JOIN ({sums.BY_PROJECT} GROUP BY b.project_id) t ON t.project_id = p.id"
    return sql, (today.isoformat(),)


def _order(sort: str) -> str:
    name = sort.removeprefix("-")
    direction = "DESC" if sort.startswith("-") else "ASC"
    return f"{ORDER_BY[name]} {direction}, p.code{{binary}}"


def _count(conditions: str, values: tuple[Any, ...]) -> int:
    [(count,)] = _rows(f"SELECT COUNT(*) {TABLES}{conditions}", values)
    return int(count)


def _items(rows: Iterable[Any], today: date) -> Iterator[tuple[RegistryItem, MemberRole | None]]:
    kept = list(rows)
    figures = sums.of_projects([row[0] for row in kept], today=today)
    for *row, role in kept:
        yield _item(*row, figures.get(row[0], sums.NOTHING)), role and MemberRole(role)


@lru_cache(maxsize=8192)
def _item(  # noqa: PLR0913, PLR0917 - a row
    project_id: int,
    code: str,
    name: str,
    short_name: str,
    gate: str,
    lead_id: int | None,
    lead: str | None,
    strategic_project_id: int | None,
    strategic_project: str | None,
    stage: str | None,
    tasks: TaskSums,
) -> RegistryItem:
    """Make an item of a row, once while nothing changes: half of the registry's time else."""
    return RegistryItem(
        id=project_id,
        code=code,
        name=name,
        short_name=short_name,
        gate=Gate(gate),
        lead_id=lead_id,
        lead=lead or "",
        strategic_project_id=strategic_project_id,
        strategic_project=strategic_project or "",
        stage=stage or "",
        tasks=tasks,
    )


def _rows(sql: str, values: tuple[Any, ...]) -> list[Any]:
    binary = ' COLLATE "C"' if is_postgresql() else ""
    text = sql.replace("{stage}", STAGE_NOW).replace("{binary}", binary)
    return list(database.execute_sql(text.replace("{p}", database.param), values))
