"""What the columns of projects add up to, for their progress figures."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from pmo.db import database
from pmo.domain.rollup import TaskSums

NOTHING: Final = TaskSums(0, 0, 0, 0)

BY_PROJECT: Final = """
SELECT b.project_id,
  SUM(CASE WHEN c.meaning = 'done' THEN c.task_count ELSE 0 END) AS done_count,
  SUM(c.task_count) AS total_count,
  SUM(CASE WHEN c.meaning = 'done' THEN c.task_weight ELSE 0 END) AS done_weight,
  SUM(c.task_weight) AS total_weight,
  SUM(CASE WHEN c.meaning = 'done' OR c.task_count = 0 THEN 0 ELSE
    (SELECT COUNT(*) FROM tasks t
     WHERE t.column_id = c.id AND t.due_on < {p} AND t.archived_at IS NULL) END) AS overdue
FROM boards b JOIN board_columns c ON c.board_id = b.id"""
"""Sums that the columns keep; overdue tasks are counted from the index (column, due_on, …)."""


def of_projects(project_ids: Sequence[int], *, today: date) -> dict[int, TaskSums]:
    """Return the sums by project id, one statement; `NOTHING` stands for those without boards."""
    if not project_ids:
        return {}
    marks = ", ".join([database.param] * len(project_ids))
    sql = f"{BY_PROJECT.format(p=database.param)} WHERE b.project_id IN ({marks}) GROUP BY 1"
    rows = database.execute_sql(sql, (today.isoformat(), *project_ids))
    return {project_id: _sums(*figures) for project_id, *figures in rows}


def of_project(project_id: int, *, today: date) -> TaskSums:
    """Return the sums of one project; one statement."""
    return of_projects([project_id], today=today).get(project_id, NOTHING)


@lru_cache(maxsize=8192)
def _sums(*figures: int) -> TaskSums:
    return TaskSums(*map(int, figures))  # PostgreSQL sums into Decimal
