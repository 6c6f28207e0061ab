"""Tasks of a board or a project as a file for spreadsheet programs."""

from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from pmo.domain.permissions import Capability
from pmo.http import current, task_filters, task_tables
from pmo.http.access import requires
from pmo.queries import boards, headings
from pmo.queries import task_tables as queries
from schemas.task_files import TaskFileSchema

bp = Blueprint("exports", __name__)


@bp.get("/boards/<int:board_id>/export")
@requires(Capability.PROJECT_READ)
def show(board_id: int) -> str:
    """Offer the forms of the file, for the tasks that fit the filter of the address."""
    actor, today = current.actor(), current.today()
    board = boards.head(board_id, actor)
    asked = task_filters.read(request.args)
    meant = task_filters.meant(asked)
    return render_template(
        "exports/show.html",
        project_id=board.project_id,
        project_code=board.project_code,
        project_name=board.project_name,
        board=board,
        action=url_for("exports.of_board", board_id=board_id),
        count=queries.count_of_board(board_id, actor, meant, today=today),
        filters=[(name, value) for name, value in request.args.items(multi=True) if value],
        is_part=bool(asked),
    )


@bp.get("/projects/<int:project_id>/export")
@requires(Capability.PROJECT_READ)
def show_project(project_id: int) -> str:
    """Offer the forms of the file, for all tasks of a project."""
    actor, today = current.actor(), current.today()
    project = headings.of_project(project_id, actor, Capability.PROJECT_READ)
    return render_template(
        "exports/show.html",
        project_id=project_id,
        project_code=project.code,
        project_name=project.short_name,
        board=None,
        count=queries.count_of_project(project_id, actor, task_filters.meant({}), today=today),
        action=url_for("exports.of_project", project_id=project_id),
        filters=[],
        is_part=False,
    )


@bp.get("/boards/<int:board_id>/tasks-file")
@requires(Capability.PROJECT_READ)
def of_board(board_id: int) -> Response:
    """Give the tasks of a board that fit the filter as a file."""
    asked = _asked()
    found = queries.of_board(board_id, current.actor(), _meant(asked), today=current.today())
    return task_tables.file(found, asked)


@bp.get("/projects/<int:project_id>/tasks-file")
@requires(Capability.PROJECT_READ)
def of_project(project_id: int) -> Response:
    """Give the tasks of a project that fit the filter as a file."""
    asked = _asked()
    found = queries.of_project(project_id, current.actor(), _meant(asked), today=current.today())
    return task_tables.file(found, asked)


def _asked() -> dict[str, Any]:
    asked: dict[str, Any] = TaskFileSchema().load_filled(request.args)
    return asked


def _meant(asked: dict[str, Any]) -> Any:
    return task_filters.meant(task_filters.only(asked))
