"""The panel of a task: alone for htmx, else on the page of its board."""

from typing import Any

from flask import Response, render_template, url_for

from pmo.http import board_pages, current, rendering, task_texts
from pmo.queries import attachments, boards, comments, histories, tasks
from pmo.queries.tasks import TaskChoices, TaskView
from pmo.web import checklists, dependencies, evidence, task_sprints, watchers
from schemas.comments import COMMENT_LENGTH

HISTORY_LINES = 20

SECTIONS = (
    checklists.facts,
    evidence.facts,
    dependencies.facts,
    watchers.facts,
    task_sprints.facts,
)
"""Each section's own module tells its facts, by the names that its template expects."""


def task_of(task_id: int) -> TaskView:
    """Return a task for the visitor. Raises NotFound, Forbidden."""
    return tasks.task(task_id, current.actor(), today=current.today())


def choices_of(task: TaskView) -> TaskChoices:
    """Return what the visitor may set a task's fields to."""
    return tasks.choices(task.project_id, current.actor())


def answer(task: TaskView, template: str, *, status: int = 200, **facts: Any) -> Response:
    """Draw a panel alone for htmx, else on the page of its board."""
    html = render_template(template, task=task, **facts)
    if rendering.is_htmx():
        response = Response(html, status)
        response.vary.add("HX-Request")
        return response
    head = boards.head(task.board_id, current.actor())
    return board_pages.page(head, asked={}, panel=html, status=status)


def html_of(task_id: int) -> str:
    """Draw the panel of a task."""
    task = task_of(task_id)
    return render_template("tasks/_panel.html", task=task, **facts(task))


def facts(task: TaskView) -> dict[str, Any]:
    """Return what the panel of a task shows beside its fields."""
    return {
        "board_url": url_for("boards.show", board_id=task.board_id),
        "period_meaning": task_texts.period_meaning(task.period) if task.period else "",
        "comments": comments.of_task(task.id, current.actor()),
        "comment_length": COMMENT_LENGTH,
        "attachments": attachments.of_task(task.id, current.actor()),
        **{name: value for section in SECTIONS for name, value in section(task.id).items()},
        **history(task, None),
    }


def history(task: TaskView, before: int | None) -> dict[str, Any]:
    """Return lines of a task's history. before: the last event seen, to page on."""
    found = histories.of_task(task.id, current.actor(), limit=HISTORY_LINES + 1, before_id=before)
    shown = found[:HISTORY_LINES]
    return {
        "history": task_texts.lines(shown, choices_of(task)),
        "more_history": shown[-1].id if len(found) > len(shown) else None,
    }
